-- Grain: one facet × axis × value × period of an indicator whose figures must not be published.
with cellule as (
    select distinct
        kpi_id,
        volet,
        periode,
        axe,
        modalite,
        axe_parent,
        modalite_parent,
        niveau,
        nb,
        seuil,
        est_primaire
    from {{ ref('mesure') }}
    where seuil is not null
),

{{ cellules_protegees() }}

select *
from cellule_protegee
