-- Grain: one agreement × programme × financing type, in the current period.
with sortie as (
    select
        lot_id,
        sum(nb_logements) as nb_sortis
    from {{ ref('fct_logement') }}
    where statut_logement in ('AB', 'CH', 'DE', 'VP')
    group by all
),

lot as (
    select
        lot.*,
        coalesce(sortie.nb_sortis, 0) as nb_logements_sortis,
        case
            when lot.etat_programme in ('RES', 'DEN') then 0
            when sortie.nb_sortis is null then lot.nb_logements
            -- the total may have been lowered already: the rows that are still there are its floor
            else least(lot.nb_logements, greatest(lot.nb_logements, lot.nb_logements_lignes) - sortie.nb_sortis)
        end as nb_logements_restants
    from {{ ref('int_lot_publie') }} as lot
    left join sortie on lot.lot_id = sortie.lot_id
    where lot.est_courante
)

select
    {{ published_columns() }}
from lot
