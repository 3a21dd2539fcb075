-- Grain: one number of agreement in one département of RPLS, with the agreement that alone bears it there.
with numero as (
    select
        logement.code_departement,
        logement.numero_norm,
        min(logement.numero) as numero,
        count(*) as nb_logements,
        count(*) filter (where logement.est_conventionne) as nb_logements_conventionnes,
        min(logement.date_effet) filter (where logement.est_conventionne) as date_effet_min,
        max(logement.date_effet) filter (where logement.est_conventionne) as date_effet_max,
        min(logement.annee_construction) filter (where logement.est_conventionne) as annee_construction_min,
        min(logement.annee_premiere_location) filter (where logement.est_conventionne) as annee_premiere_location_min,
        list_sort(
            list(distinct financement.famille_financement)
            filter (where logement.est_conventionne and financement.famille_financement is not null)
        ) as familles_financement
    from {{ ref('stg_rpls__logement') }} as logement
    left join {{ ref('financement_rpls') }} as financement on logement.code_financement = financement.code
    group by all
),

-- the number of an agreement that was cancelled or given up may be given again
convention as (
    select
        code_departement,
        numero_norm,
        min(convention_id) as convention_id,
        count(*) as nb_conventions
    from {{ ref('int_convention') }}
    where numero_norm is not null and {{ est_suivie('statut') }}
    group by all
)

select
    numero.code_departement,
    numero.numero_norm,
    numero.numero,
    numero.nb_logements,
    numero.nb_logements_conventionnes,
    numero.date_effet_min,
    numero.date_effet_max,
    numero.annee_construction_min,
    numero.annee_premiere_location_min,
    coalesce(numero.familles_financement, []) as familles_financement,
    coalesce(convention.nb_conventions, 0) as nb_conventions,
    case when convention.nb_conventions = 1 then convention.convention_id end as convention_id,
    case
        when numero.numero_norm is null then 'sans_numero'
        when convention.nb_conventions = 1 then 'lie'
        when convention.nb_conventions > 1 then 'ambigu'
        else 'inconnu'
    end as destin
from numero
left join convention
    on numero.code_departement = convention.code_departement and numero.numero_norm = convention.numero_norm
