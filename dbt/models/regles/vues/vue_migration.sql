-- Grain: one agreement of Ecoloweb beside what APiLos holds of it, as rules may read them; empty until APiLos is delivered.
{{ empty_mart() }}
