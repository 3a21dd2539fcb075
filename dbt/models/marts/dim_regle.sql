-- Grain: one rule, none until rules exist.
{{ empty_mart() }}
