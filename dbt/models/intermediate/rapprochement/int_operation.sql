-- Grain: one number of operation as it is read, with what its agréments say: SIAP's where it gives the operation, else SISAL's.
with agrement as (
    select
        *,
        coalesce(list_extract({{ numeros_operation('numero_operation') }}, 1), numero_operation) as numero
    from {{ ref('int_agrement') }}
    where not est_reprise_siap
)

select
    numero,
    coalesce(list(distinct financement order by financement) filter (where est_aide_connue), []) as financements,
    case when count(*) = count(nb_logements) then sum(nb_logements)::integer end as nb_logements,
    count(*) filter (where aide not in ('SANS_AIDE', 'SANS_FINANCEMENT')) as nb_aides,
    make_date(min(annee) filter (where aide = 'PSLA'), 1, 1) as debut_annee_agrement_psla
from agrement
group by all
