-- Grain: one rule of the catalogue.
select
    {{ published_columns() }}
from {{ source('meta', 'regle') }}
