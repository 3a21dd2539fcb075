-- Grain: one agreement with a PLS lot on a parcel where a PLUS agreement had been terminated before its signature.
with lot as (
    select
        convention.convention_id,
        convention.statut,
        convention.date_signature,
        convention.date_resiliation,
        lot.famille_financement,
        concat_ws('|', lot.code_commune, parcelle.prefixe, parcelle.section, parcelle.numero) as parcelle
    from {{ ref('int_convention') }} as convention
    inner join {{ ref('int_lot') }} as lot on convention.periode_id = lot.periode_id
    inner join {{ ref('int_parcelle') }} as parcelle on lot.programme_id = parcelle.programme_id
    where lot.code_commune is not null and parcelle.section is not null and parcelle.numero is not null
),

-- what happens on a parcel, day after day: pairs of agreements are never made, however many share it
evenement as (
    select distinct
        parcelle,
        convention_id,
        date_resiliation as jour,
        true as est_resiliation
    from lot
    where statut = 'RESILIEE' and famille_financement = 'PLUS' and date_resiliation is not null
    union all
    select distinct
        parcelle,
        convention_id,
        date_signature as jour,
        false as est_resiliation
    from lot
    where famille_financement = 'PLS' and date_signature is not null
),

-- the first of all is the first on any day that has one
premiere as (
    select
        parcelle,
        arg_min(convention_id, (jour, convention_id)) as premiere_resiliee_id
    from evenement
    where est_resiliation
    group by all
),

suivi as (
    select
        evenement.convention_id,
        evenement.est_resiliation,
        -- not a filter: the running count would be made again from the first day for each event
        count(case when evenement.est_resiliation then 1 end)
            over (partition by evenement.parcelle order by evenement.jour) as nb_resiliees,
        premiere.premiere_resiliee_id
    from evenement
    inner join premiere on evenement.parcelle = premiere.parcelle
)

select
    convention_id,
    max(nb_resiliees) as nb_plus_resiliees,
    list_sort(list(distinct premiere_resiliee_id))[1:5] as plus_resiliees
from suivi
where not est_resiliation and nb_resiliees > 0 and premiere_resiliee_id <> convention_id
group by all
