-- Grain: one finding of a rule on one commune.
{{ constats('commune') }}
