-- Grain: one finding of a rule on one period.
{{ constats('version') }}
