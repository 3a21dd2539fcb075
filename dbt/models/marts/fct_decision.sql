-- Grain: one decision of an analyst on a finding.
select
    {{ published_columns() }}
from {{ ref('decision') }}
