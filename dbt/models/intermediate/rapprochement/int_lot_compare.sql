-- Grain: one current lot of an agreement, with what an agrément is compared with.
with parcelle as (
    select
        programme_id,
        list_sort(list_distinct(list(section || ' ' || numero))) as parcelles
    from {{ ref('int_parcelle') }}
    where section is not null and numero is not null
    group by all
),

convention as (
    select
        convention_id,
        statut,
        nature_logement,
        date_depot,
        date_signature
    from {{ ref('int_convention') }}
),

bailleur as (
    select
        bailleur_id,
        siren
    from {{ ref('int_bailleur') }}
)

select
    lot.lot_id,
    lot.convention_id,
    lot.financement,
    lot.famille_financement,
    lot.est_anah,
    lot.est_anru,
    lot.nb_logements,
    coalesce(nullif(commune.code_commune_parent, ''), lot.code_commune) as code_commune,
    lot.bailleur_id,
    bailleur.siren,
    coalesce(absorption.siren_suivi, bailleur.siren) as siren_suivi,
    nullif(trim(lot.numero_operation), '') as reference,
    coalesce({{ numeros_operation('lot.numero_operation') }}, []) as numeros,
    coalesce(parcelle.parcelles, []) as parcelles,
    {{ est_suivie('convention.statut') }} as est_suivie,
    convention.nature_logement,
    year(coalesce(convention.date_signature, convention.date_depot)) as annee,
    convention.date_signature is not null as est_annee_de_signature
from {{ ref('int_lot_publie') }} as lot
inner join convention on lot.convention_id = convention.convention_id
left join bailleur on lot.bailleur_id = bailleur.bailleur_id
left join {{ ref('int_absorption') }} as absorption on bailleur.siren = absorption.siren
left join {{ source('referentiel', 'commune') }} as commune on lot.code_commune = commune.code_commune
left join parcelle on lot.programme_id = parcelle.programme_id
where lot.est_courante
