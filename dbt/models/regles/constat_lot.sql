-- Grain: one finding of a rule on one lot.
{{ constats('lot') }}
