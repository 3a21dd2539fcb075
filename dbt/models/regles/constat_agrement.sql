-- Grain: one finding of a rule on one agrément.
{{ constats('agrement') }}
