-- Grain: one finding of a rule on one region.
{{ constats('region') }}
