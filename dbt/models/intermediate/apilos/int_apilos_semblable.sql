-- Grain: one agreement born in APiLos that one of Ecoloweb looks like: owner, commune, financing families, number of dwellings.
with cle as (
    select
        convention.convention_id,
        convention.date_signature,
        concat_ws(
            '|',
            bailleur.siren,
            convention.code_commune,
            array_to_string(convention.familles_financement, '+'),
            convention.nb_logements
        ) as cle
    from {{ ref('int_convention') }} as convention
    inner join {{ ref('int_bailleur') }} as bailleur on convention.proprietaire_id = bailleur.bailleur_id
    where
        bailleur.siren is not null
        and convention.code_commune is not null
        and convention.nb_logements is not null
        and len(convention.familles_financement) > 0
        and convention.date_signature is not null
        and {{ est_suivie('convention.statut') }}
),

ecoloweb as (
    select * from cle
    where convention_id like 'ecoloweb:%'
),

semblable as (
    select
        cle,
        min(convention_id, 5) as conventions
    from ecoloweb
    group by all
)

-- pairs of agreements are never made: the nearest signature is the last one before, or the first one after
select
    apilos.convention_id,
    least(
        date_diff('day', avant.date_signature, apilos.date_signature),
        date_diff('day', apilos.date_signature, apres.date_signature)
    ) as ecart_signature_ecoloweb_jours,
    semblable.conventions as conventions_ecoloweb_semblables
from cle as apilos
inner join semblable on apilos.cle = semblable.cle
asof left join ecoloweb as avant on apilos.cle = avant.cle and apilos.date_signature >= avant.date_signature
asof left join ecoloweb as apres on apilos.cle = apres.cle and apilos.date_signature <= apres.date_signature
where apilos.convention_id like 'apilos:%'
