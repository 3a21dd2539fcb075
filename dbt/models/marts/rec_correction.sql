-- Grain: one corrected column of a refused row of a delivery read by this run.
select
    {{ published_columns() }}
from {{ source('meta', 'correction') }}
