-- Grain: one finding of a rule on one row of the source.
{{ constats('ligne') }}
