-- Grain: one indicator × axis × period, none until indicators are computed.
{{ empty_mart() }}
