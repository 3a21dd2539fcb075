-- Grain: one finding of a rule on one cadastral field.
{{ constats('parcelle') }}
