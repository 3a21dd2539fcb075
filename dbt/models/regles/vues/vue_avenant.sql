-- Grain: one amendment, with its agreement and what stood before it, as rules may read it.
with suite as (
    select
        *,
        last_value(
            case when not est_annule and date_signature_prefet is not null then date_expiration_nouvelle end ignore nulls
        ) over (
            partition by convention_id order by numero, cle_source rows between unbounded preceding and 1 preceding
        ) as date_expiration_anterieure
    from {{ ref('int_avenant') }}
),

-- the period that an amendment opens, the first when it opens several, and the one before it
ouverture as (
    select
        periode.avenant_id,
        periode.periode_id,
        periode.date_expiration,
        periode.descriptif,
        lots.nb_logements,
        lag(lots.nb_logements) over (partition by periode.convention_id order by periode.rang) as nb_logements_precedents
    from {{ ref('int_periode') }} as periode
    left join {{ ref('int_lot_periode') }} as lots on periode.periode_id = lots.periode_id
    qualify
        periode.avenant_id is not null
        and row_number() over (partition by periode.avenant_id order by periode.rang) = 1
),

-- « Avenant 1 publié au SPF Bordeaux 2 le 16/08/2017 Volume 2017 P N° 10772 »
publication_lue as (
    select
        convention_id,
        regexp_extract(
            lower(description),
            'avenant\s*(?:n\s*[°º]|no|numéro)?\s*(\d{1,2})\s+publi[ée] [^\n]*?\b(\d{1,2}/\d{1,2}/\d{4})\b',
            ['numero', 'jour']
        ) as lue
    from {{ ref('int_piece_jointe') }}
    where lower(description) like '%avenant%publi%'
),

publication_citee as (
    select
        convention_id,
        try_cast(lue['numero'] as integer) as numero,
        min(try_strptime(lue['jour'], '%d/%m/%Y')::date) as date_publication_citee
    from publication_lue
    group by all
),

avenant as (
    select
        convention.* exclude (
            source, convention_id, objet_id, table_source, numero, date_depot, date_signature, date_publication,
            reference_publication, nb_logements, date_expiration
        ),
        suite.avenant_id as objet_id,
        suite.source,
        convention.convention_id,
        case suite.source when 'ecoloweb' then 'ecolo_avenant' else 'conventions_convention' end as table_source,
        convention.date_signature as date_signature_convention,
        convention.date_publication as date_publication_convention,
        convention.date_expiration as date_expiration_convention,
        suite.numero,
        suite.types,
        suite.est_annule,
        suite.est_en_cours,
        suite.nb_versions as nb_periodes_ouvertes,
        suite.date_depot,
        suite.date_signature_prefet as date_signature,
        suite.date_publication,
        suite.reference_publication,
        suite.date_expiration_nouvelle,
        coalesce(suite.date_expiration_anterieure, convention.date_expiration_initiale) as date_expiration_precedente,
        publication_citee.date_publication_citee,
        ouverture.descriptif as descriptif_periode,
        ouverture.date_expiration as date_expiration_periode,
        ouverture.nb_logements as nb_logements_periode,
        ouverture.nb_logements_precedents,
        suite.date_achevement,
        suite.date_fin_demandee,
        suite.est_mere_connue,
        suite.est_mere_avenant
    from suite
    left join {{ ref('vue_convention') }} as convention on suite.convention_id = convention.convention_id
    left join ouverture on suite.avenant_id = ouverture.avenant_id
    left join publication_citee
        on suite.convention_id = publication_citee.convention_id and suite.numero = publication_citee.numero
    -- an orphan of APiLos is judged as such; those of Ecoloweb are among the rows that lead nowhere
    where convention.convention_id is not null or suite.source = 'apilos'
)

select
    {{ published_columns() }}
from avenant
