-- Grain: one agrément × agreement link, none until an agrément source is delivered.
{{ empty_mart() }}
