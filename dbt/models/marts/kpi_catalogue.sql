-- Grain: one indicator, none until indicators are defined.
{{ empty_mart() }}
