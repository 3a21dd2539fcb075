-- Grain: one agreement that has periods: how they follow one another, and the signatures they give.
with suite as (
    select
        convention_id,
        avenant_id,
        est_courante_source,
        date_debut,
        date_fin,
        date_signature_prefet,
        lead(date_debut) over (partition by convention_id order by rang) as debut_suivant,
        lead(periode_id) over (partition by convention_id order by rang) is not null as est_suivie
    -- the states that APiLos adds are set one after another by the warehouse itself
    from {{ ref('int_periode') }}
    where source = 'ecoloweb'
)

select
    convention_id,
    count(*) filter (where est_courante_source) as nb_periodes_courantes,
    -- an earlier period that never ends runs over all that follow
    count(*) filter (where est_suivie and (date_fin is null or date_fin >= debut_suivant)) as nb_chevauchements,
    count(*) filter (where debut_suivant > date_fin + interval 1 day) as nb_trous,
    list_sort(
        list(distinct date_signature_prefet) filter (where avenant_id is null and date_signature_prefet is not null)
    ) as dates_signature_hors_avenant
from suite
group by all
