-- Grain: one indicator.
select
    {{ published_columns() }}
from {{ source('meta', 'indicateur') }}
