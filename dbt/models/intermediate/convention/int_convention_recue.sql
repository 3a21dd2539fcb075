-- Grain: one agreement, under its permanent identifier, as the first source that knew it gives it.
select
    {{ ecoloweb_id('convention_id') }} as convention_id,
    'ecoloweb' as source,
    convention_id::varchar as cle_source,
    numero,
    numero_normalise,
    libelle,
    date_depot,
    date_saisie,
    date_modification,
    est_reprise,
    memo_reprise,
    {{ ecoloweb_id('administration_creatrice_id') }} as administration_creatrice_id,
    {{ ecoloweb_id('periode_instruite_id') }} as periode_instruite_id
from {{ ref('stg_ecoloweb__convention') }}
