-- Grain: one agreement, under its permanent identifier, as the first source that knew it gives it.
with apilos as (
    select
        acte.convention_id,
        'apilos' as source,
        acte.uuid as cle_source,
        acte.numero,
        acte.date_premiere_soumission as date_depot,
        acte.date_creation as date_saisie,
        acte.date_modification,
        acte.est_reprise,
        acte.commentaires as memo_reprise,
        administration.administration_id as administration_creatrice_id,
        acte.periode_id as periode_instruite_id
    from {{ ref('int_apilos_acte') }} as acte
    left join {{ ref('stg_apilos__programme') }} as programme on acte.programme_id = programme.programme_id
    left join {{ ref('int_administration_apilos') }} as administration
        on programme.administration_id = administration.cle_source
    where acte.convention_id is not null and not acte.est_connu_d_ecoloweb
    qualify row_number() over (partition by acte.convention_id order by acte.ordre) = 1
)

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
union all by name
select * from apilos
