-- Grain: one owner that was absorbed and one owner that its mergers lead to, directly or through others (merger log of SIAP).
with recursive chemin as (
    select
        siren_absorbe,
        siren_absorbant,
        date_fin_validite as date_fusion,
        true as est_directe,
        [siren_absorbe, siren_absorbant] as suivis
    from {{ ref('stg_siap__fusion') }}
    union all
    select
        chemin.siren_absorbe,
        suivante.siren_absorbant,
        greatest(chemin.date_fusion, suivante.date_fin_validite) as date_fusion,
        false as est_directe,
        list_append(chemin.suivis, suivante.siren_absorbant) as suivis
    from chemin
    inner join {{ ref('stg_siap__fusion') }} as suivante on chemin.siren_absorbant = suivante.siren_absorbe
    -- a log that turns round is followed once
    where not list_contains(chemin.suivis, suivante.siren_absorbant)
)

select
    siren_absorbe,
    siren_absorbant,
    min(date_fusion) as date_fusion,
    bool_or(est_directe) as est_directe
from chemin
group by all
