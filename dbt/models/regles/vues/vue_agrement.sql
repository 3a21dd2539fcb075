-- Grain: one operation and one of its aids, with the agreements linked to it, as rules may read them; empty until then.
{{ empty_mart() }}
