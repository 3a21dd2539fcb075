-- Grain: one finding of a rule on one agreement taken over by APiLos.
{{ constats('migration') }}
