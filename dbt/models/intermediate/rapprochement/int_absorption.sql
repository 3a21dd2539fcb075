-- Grain: one owner that was absorbed: by whom, when, and what it is today.
with terme as (
    select
        fusion.siren_absorbe,
        min(fusion.siren_absorbant) as siren_suivi
    from {{ ref('int_fusion') }} as fusion
    left join {{ ref('stg_siap__fusion') }} as suivante on fusion.siren_absorbant = suivante.siren_absorbe
    where suivante.siren_absorbe is null
    group by all
    -- an owner shared out between several is none of them
    having count(distinct fusion.siren_absorbant) = 1
)

select
    fusion.siren_absorbe as siren,
    fusion.siren_absorbant,
    fusion.date_fusion,
    terme.siren_suivi
from {{ ref('int_fusion') }} as fusion
left join terme on fusion.siren_absorbe = terme.siren_absorbe
where fusion.est_directe
qualify row_number() over (
    partition by fusion.siren_absorbe
    order by fusion.date_fusion desc nulls last, fusion.siren_absorbant asc
) = 1
