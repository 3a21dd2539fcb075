-- Grain: one agreement × programme × financing type, in the current period.
select
    {{ published_columns() }}
from {{ ref('int_lot_publie') }}
where est_courante
