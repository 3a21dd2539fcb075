-- Grain: one owner of APiLos, under the identifier of the owner of Ecoloweb that has its SIREN, when there is one.
with identite as (
    select
        bailleur.*,
        vocabulaire.sous_nature_bailleur as sous_nature_lue,
        coalesce(
            vocabulaire.nature_bailleur,
            case bailleur.nature_bailleur
                when 'HLM' then 'HLM' when 'SEM' then 'SEM' when 'Bailleurs privés' then 'PRIVE'
                when 'Autres bailleurs sociaux non HLM' then 'AUTRE'
            end
        ) as nature_lue,
        coalesce(bailleur.sous_nature_bailleur = 'ANAH', false) as est_anah,
        -- a name that lands as a pseudonym is that of a person
        starts_with(bailleur.nom, 'p:') as est_masque
    from {{ ref('stg_apilos__bailleur') }} as bailleur
    left join {{ ref('sous_nature_apilos') }} as vocabulaire on bailleur.sous_nature_bailleur = vocabulaire.code
),

-- the same legal person, whichever of its rows in Ecoloweb is read; a SIREN typed beside a wrong SIRET tells it too
ecoloweb as (
    select
        siren,
        min(bailleur_id) as bailleur_id
    from (
        select
            bailleur_id,
            unnest(list_distinct([siren, code_siren_source])) as siren
        from {{ ref('int_bailleur_ecoloweb') }}
        where siren is not null
    )
    where regexp_full_match(siren, '\d{9}')
    group by all
),

lu as (
    select
        identite.*,
        coalesce(
            ecoloweb.bailleur_id, {{ apilos_id('coalesce(identite.uuid, identite.code_siren, identite.bailleur_id::varchar)') }}
        )
            as identifiant,
        ecoloweb.bailleur_id is not null as est_connu_d_ecoloweb
    from identite
    left join ecoloweb on case when not identite.est_masque then identite.code_siren end = ecoloweb.siren
)

select
    identifiant as bailleur_id,
    'apilos' as source,
    bailleur_id as cle_source,
    est_connu_d_ecoloweb,
    coalesce(est_masque and not est_anah, false) as est_personne_physique,
    est_anah,
    case when est_anah then 'ANAH' when est_masque then 'Personne physique' else nom end as nom,
    case when not est_masque and not est_anah then code_siren end as siren,
    case when not est_masque and not est_anah then code_siret end as siret,
    case when not est_masque then code_siren_source end as code_siren_source,
    case when not est_masque then code_siret_source end as code_siret_source,
    case when est_masque then nom end as nom_pseudonyme,
    sous_nature_bailleur as code_sous_nature,
    sous_nature_lue as sous_nature_bailleur,
    nature_lue as nature_bailleur,
    true as est_actif,
    case when not est_masque then code_postal end as code_postal,
    case when not est_masque then ville end as ville,
    est_signataire_renseigne
from lu
