-- Grain: one programme of one period in Ecoloweb, in the vocabulary of the warehouse.
with programme as (
    select
        * replace (
            {{ ecoloweb_id('programme_id') }} as programme_id,
            {{ ecoloweb_id('periode_id') }} as periode_id,
            {{ ecoloweb_id('proprietaire_id') }} as proprietaire_id,
            {{ ecoloweb_id('gestionnaire_id') }} as gestionnaire_id
        ),
        'ecoloweb' as source,
        programme_id as cle_source
    from {{ ref('stg_ecoloweb__programme') }}
),

annexe as (
    select
        programme_id,
        sum(nb_annexes) as nb_annexes,
        sum(nb_annexes) filter (where est_stationnement) as nb_stationnements
    from {{ ref('int_annexe') }}
    group by all
),

-- the postal codes that Ecoloweb knows for a commune: useful only when there is one
code_postal as (
    select
        code_insee,
        min(code_postal) as code_postal
    from {{ ref('stg_ecoloweb__code_postal') }}
    group by all
    having count(distinct code_postal) = 1
),

lot as (
    select
        programme.*,
        financement.financement,
        financement.famille_financement,
        financement.famille_source,
        financement.financement_apilos,
        financement.code_typefinancement,
        financement.est_anah,
        commune.code_commune,
        commune.code_source as code_commune_source,
        commune.nom_commune,
        commune.code_departement,
        commune.code_region,
        commune.est_outre_mer,
        type_surface.code as type_surface,
        type_surface_unite.unite_loyer,
        nature_operation.nature_operation,
        etat.code as etat_programme,
        adresse.adresse,
        adresse.code_postal as code_postal_adresse,
        commune.codes_postaux,
        code_postal.code_postal as code_postal_ecoloweb,
        coalesce(logement.nb_logements, 0) as nb_logements_lignes,
        coalesce(logement.nb_logements_sortis, 0) as nb_logements_sortis,
        coalesce(annexe.nb_annexes, 0) as nb_annexes,
        coalesce(annexe.nb_stationnements, 0) as nb_stationnements,
        coalesce(adresse.nb_adresses, 0) as nb_adresses,
        -- two zeros beside an unknown total say nothing
        programme.nb_logements is not null
        or coalesce(programme.nb_logements_individuels, 0) + coalesce(programme.nb_logements_collectifs, 0) > 0 as est_reparti
    from programme
    left join {{ ref('int_financement') }} as financement on programme.type_financement_id = financement.type_financement_id
    left join {{ ref('int_commune') }} as commune on programme.commune_id = commune.commune_id
    left join {{ ref('stg_ecoloweb__valeur') }} as type_surface on programme.type_surface_id = type_surface.valeur_id
    left join {{ ref('type_surface') }} as type_surface_unite on type_surface.code = type_surface_unite.code
    left join {{ ref('stg_ecoloweb__valeur') }} as operation on programme.nature_operation_id = operation.valeur_id
    left join {{ ref('nature_operation') }} as nature_operation on operation.code = nature_operation.code
    left join {{ ref('stg_ecoloweb__valeur') }} as etat on programme.etat_programme_id = etat.valeur_id
    left join {{ ref('int_adresse_programme') }} as adresse on programme.programme_id = adresse.programme_id
    left join code_postal on commune.code_source = code_postal.code_insee
    left join {{ ref('int_logement_programme') }} as logement on programme.programme_id = logement.programme_id
    left join annexe on programme.programme_id = annexe.programme_id
)

select
    * exclude (
        nb_logements, nb_logements_individuels, nb_logements_collectifs,
        codes_postaux, code_postal_adresse, code_postal_ecoloweb, est_reparti
    ),
    -- zero means unknown: the declared total, else its parts, else the rows themselves
    coalesce(
        nb_logements,
        nullif(coalesce(nb_logements_individuels, 0) + coalesce(nb_logements_collectifs, 0), 0),
        nullif(nb_logements_lignes, 0)
    ) as nb_logements,
    case when est_reparti then nb_logements_individuels end as nb_logements_individuels,
    case when est_reparti then nb_logements_collectifs end as nb_logements_collectifs,
    -- the rent of the kind of dwelling that most of the lot is made of
    case
        when coalesce(nb_logements_individuels, 0) > coalesce(nb_logements_collectifs, 0)
            then coalesce(loyer_individuel_m2_eur, loyer_collectif_m2_eur)
        else coalesce(loyer_collectif_m2_eur, loyer_individuel_m2_eur)
    end as loyer_m2_eur,
    coalesce(
        -- the address's own postal code first, unless an INSEE code was typed in its place
        case
            when
                contains(codes_postaux, code_postal_adresse)
                or code_postal_adresse not in (coalesce(code_commune_source, ''), coalesce(code_commune, ''))
                then code_postal_adresse
        end,
        code_postal_ecoloweb,
        case when codes_postaux not like '% %' then codes_postaux end
    ) as code_postal
from lot
