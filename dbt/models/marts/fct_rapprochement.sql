-- Grain: one agrément × agreement, linked or to be looked at; none until an agrément source is delivered.
select
    {{ published_columns() }}
from {{ ref('int_rapprochement') }}
