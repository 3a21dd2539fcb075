-- Grain: one agreement × stage, none until stages are measured.
{{ empty_mart() }}
