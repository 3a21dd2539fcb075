-- Grain: one funding of a lot, loan or subsidy.
select
    id as pret_id,
    uuid,
    lot_id,
    upper(nullif(trim(preteur), '')) as preteur,
    -- the other rows are subsidies, or loans of which nothing is known
    coalesce(upper(trim(preteur)) in ('CDCF', 'CDCL'), false) as est_pret,
    {{ texte_apilos('autre') }} as preteur_autre,
    date_octroi,
    nullif(trim(numero), '') as numero,
    nullif(try_cast(duree as integer), 0) as duree_ans,
    nullif(try_cast(montant as decimal(16, 2)), 0) as montant_eur,
    {{ jour_de_paris('cree_le') }} as date_creation,
    cree_le as creation_utc,
    {{ jour_de_paris('mis_a_jour_le') }} as date_modification,
    mis_a_jour_le as modification_utc,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'conventions_pret') }}
