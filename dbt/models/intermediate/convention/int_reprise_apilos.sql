-- Grain: one key of the official import into APiLos: agreement × its financing × amendment number, kept or lost.
with convention as (
    select
        convention_id as cle_source,
        {{ ecoloweb_id('convention_id') }} as convention_id
    from {{ ref('stg_ecoloweb__convention') }}
),

racine as (
    select * from {{ ref('int_periode_reprise') }}
),

avenant as (
    select
        avenant.convention_id,
        avenant.avenant_id,
        avenant.cle_source,
        avenant.numero,
        periode.periode_id
    from {{ ref('int_avenant_ecoloweb') }} as avenant
    left join {{ ref('int_periode_ecoloweb') }} as periode on avenant.avenant_id = periode.avenant_id
    qualify row_number() over (partition by avenant.avenant_id order by periode.date_debut desc, periode.cle_source desc) = 1
),

-- the periods that the official import reads, under the number it gives them
lue as (
    select
        convention_id,
        0 as numero,
        periode_id,
        false as est_abandonnee
    from racine
    union all
    select
        avenant.convention_id,
        avenant.numero,
        coalesce(avenant.periode_id, racine.periode_id) as periode_id,
        false as est_abandonnee
    from avenant
    left join racine on avenant.convention_id = racine.convention_id
    where avenant.numero > 0
    qualify row_number() over (partition by avenant.convention_id, avenant.numero order by avenant.cle_source desc) = 1
    union all
    select
        convention.convention_id,
        0 as numero,
        periode.periode_id,
        periode.periode_id is not null as est_abandonnee
    from convention
    left join {{ ref('int_periode_ecoloweb') }} as periode
        on convention.convention_id = periode.convention_id and periode.avenant_id is null
    where
        convention.convention_id not in (select racine.convention_id from racine)
        -- an agreement made of amendments alone has no root to lose: its amendments are read above
        and (periode.periode_id is not null or convention.convention_id not in (select avenant.convention_id from avenant))
    qualify
        row_number() over (
            partition by convention.convention_id order by periode.date_debut desc nulls last, periode.cle_source desc
        ) = 1
),

cle_lue as (
    select
        lue.convention_id,
        lue.numero,
        lue.est_abandonnee,
        lot.financement_apilos as financement,
        count(distinct lot.commune_id) as nb_communes,
        count(distinct lot.proprietaire_id) as nb_bailleurs,
        arg_min(lot.code_departement, lot.cle_source) as code_departement
    from lue
    left join {{ ref('int_lot_ecoloweb') }} as lot on lue.periode_id = lot.periode_id
    group by all
),

jugee as (
    select
        *,
        case
            when est_abandonnee then 'abandonnee'
            when financement is null then 'sans_programme'
            when nb_communes > 1 then 'multi_commune'
            when nb_bailleurs > 1 then 'multi_bailleur'
        end as motif_exclusion
    from cle_lue
),

-- a financing that stands only in periods the official import does not read
perdue as (
    select
        periode.convention_id,
        0 as numero,
        lot.financement_apilos as financement,
        arg_min(lot.code_departement, lot.cle_source) as code_departement,
        case
            when bool_and(coalesce(avenant.numero <= 0, false)) then 'avenant_zero' else 'financement_perdu'
        end as motif_exclusion
    from {{ ref('int_periode_ecoloweb') }} as periode
    inner join {{ ref('int_lot_ecoloweb') }} as lot on periode.periode_id = lot.periode_id
    left join avenant on periode.avenant_id = avenant.avenant_id
    where lot.financement_apilos is not null
    group by periode.convention_id, lot.financement_apilos
),

abandonnee as (
    select convention_id
    from {{ ref('int_periode_ecoloweb') }}
    where est_derniere and statut = 'ABANDONNEE'
),

ensemble as (
    select
        convention_id,
        numero,
        financement,
        code_departement,
        motif_exclusion
    from jugee
    union all
    select
        perdue.convention_id,
        perdue.numero,
        perdue.financement,
        perdue.code_departement,
        perdue.motif_exclusion
    from perdue
    anti join jugee on perdue.convention_id = jugee.convention_id and perdue.financement = jugee.financement
)

select
    concat(convention.cle_source, ':', ensemble.financement, ':', ensemble.numero) as cle_apilos,
    ensemble.convention_id,
    ensemble.financement,
    ensemble.numero as numero_avenant,
    ensemble.code_departement,
    ensemble.motif_exclusion is null as est_reprise,
    ensemble.motif_exclusion,
    case
        when ensemble.motif_exclusion is not null then null
        -- an amendment whose financing has no kept root becomes an agreement of its own
        when
            ensemble.numero > 0
            and not bool_or(ensemble.numero = 0 and ensemble.motif_exclusion is null)
                over (partition by ensemble.convention_id, ensemble.financement)
            then 'parent_perdu'
        -- an abandoned agreement comes back to life through an older period
        when ensemble.convention_id in (select abandonnee.convention_id from abandonnee) then 'etat_perdu'
        when ensemble.financement not in ('PLUS', 'PLAI', 'PLS', 'SANS_FINANCEMENT') then 'financement_hors_apilos'
    end as alteration
from ensemble
-- what hangs on an agreement that does not exist has no key
inner join convention on ensemble.convention_id = convention.convention_id
