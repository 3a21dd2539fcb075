-- Grain: one finding of a rule on one owner or manager.
{{ constats('bailleur') }}
