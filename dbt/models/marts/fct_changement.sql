-- Grain: one change since the run that this one is compared with.
{{ changements() }}
