-- Grain: one operation × aide, none until an agrément source is delivered.
{{ empty_mart() }}
