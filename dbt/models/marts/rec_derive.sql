-- Grain: one difference of one delivery: a nature, a table, a column.
select
    {{ published_columns() }}
from {{ source('meta', 'derive') }}
