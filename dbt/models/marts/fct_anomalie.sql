-- Grain: one finding, none until rules exist.
{{ empty_mart() }}
