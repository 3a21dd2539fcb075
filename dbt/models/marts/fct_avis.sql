-- Grain: one survey answer, none until a survey is delivered.
{{ empty_mart() }}
