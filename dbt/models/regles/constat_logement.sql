-- Grain: one finding of a rule on one dwelling row.
{{ constats('logement') }}
