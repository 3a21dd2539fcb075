-- Grain: one agreement: what its number says, and the other agreements of the département that bear it.
with lu as (
    select
        convention_id,
        code_departement,
        numero_norm,
        {{ est_suivie('statut') }} as est_suivie,
        -- « 33 2 1998-11 85-1231 2100 », « 29 3 08 2009 5600 », « 33/2/061993/851231/1/033012/1333 »
        coalesce(
            nullif(regexp_extract(numero, '\b((?:19|20)\d{2})[-/. ](?:0?[1-9]|1[0-2])\b', 1), ''),
            nullif(regexp_extract(numero, '\b(?:0[1-9]|1[0-2])[-/. ]?((?:19|20)\d{2})\b', 1), '')
        ) as annee_lue,
        coalesce(
            nullif(regexp_extract(numero, '\b(?:19|20)\d{2}[-/. ](0?[1-9]|1[0-2])\b', 1), ''),
            nullif(regexp_extract(numero, '\b(0[1-9]|1[0-2])[-/. ]?(?:19|20)\d{2}\b', 1), '')
        ) as mois_lu,
        -- « 33 N 1 1 98 11   S 2100 »
        regexp_extract(numero_normalise, '^\S+\s+N\s+\d\s+\d\s+(\d{2})\s+(?:1[0-2]|0?[1-9])\s+S\b', 1) as annee_normalisee,
        regexp_extract(numero_normalise, '^\S+\s+N\s+\d\s+\d\s+\d{2}\s+(1[0-2]|0?[1-9])\s+S\b', 1) as mois_normalise
    from {{ ref('int_convention') }}
),

date_lue as (
    select
        convention_id,
        code_departement,
        numero_norm,
        est_suivie,
        coalesce(
            try_cast(annee_lue || '-' || lpad(mois_lu, 2, '0') || '-01' as date),
            try_cast(
                -- agreements began in 1977: 77 to 99 are of the last century
                case when annee_normalisee >= '77' then '19' else '20' end
                || annee_normalisee || '-' || lpad(mois_normalise, 2, '0') || '-01' as date
            )
        ) as date_numero
    from lu
),

-- the number of an agreement that was cancelled or given up may be given again
usage as (
    select
        code_departement,
        numero_norm,
        count(*) as nb_conventions,
        {{ six_premiers('convention_id') }} as conventions
    from lu
    where numero_norm is not null and est_suivie
    group by all
)

select
    date_lue.convention_id,
    date_lue.date_numero,
    coalesce(usage.nb_conventions - 1, 0) as nb_conventions_meme_numero,
    {{ les_autres('usage.conventions', 'date_lue.convention_id') }} as conventions_meme_numero
from date_lue
left join usage
    on
        -- a condition on one side would have every agreement compared with every number
        case when date_lue.est_suivie then date_lue.numero_norm end = usage.numero_norm
        and date_lue.code_departement is not distinct from usage.code_departement
