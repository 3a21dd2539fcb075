-- Grain: one lot of one period.
select
    {{ published_columns() }}
from {{ ref('int_lot_publie') }}
