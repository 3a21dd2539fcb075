-- Grain: one finding of a rule on one amendment.
{{ constats('avenant') }}
