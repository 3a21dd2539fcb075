-- Grain: one finding of a rule on one agreement.
{{ constats('convention') }}
