-- Grain: one agreement of Ecoloweb beside what APiLos holds of it, as rules may read them.
with repris as (
    select *
    from {{ ref('int_apilos_acte') }}
    where est_reprise and est_connu_d_ecoloweb
),

-- the last state that the import gave to each of the agreements it made
courant as (
    select *
    from repris
    where not est_avenant or est_signe
    qualify row_number() over (partition by coalesce(racine_id, acte_id) order by ordre desc) = 1
),

-- what the official import wrote of the agreement itself; the first of its parts speaks for all where they must agree
racine as (
    select
        convention_id,
        max(date_expiration_source) as date_fin_apilos,
        max(date_envoi_publication) as date_envoi_publication_apilos,
        max(date_publication) as date_publication_apilos,
        bool_and(
            est_attribution_agees_autonomie and est_attribution_agees_ephad and est_attribution_agees_desorientees
            and est_attribution_agees_petite_unite and est_attribution_agees_autre and est_attribution_handicapes_foyer
            and est_attribution_handicapes_foyer_de_vie and est_attribution_handicapes_foyer_medicalise
            and est_attribution_handicapes_autre
            or len(list_filter(champs_non_renseignes, lambda champ: starts_with(champ, 'attribution_'))) > 0
        ) as est_attributions_par_defaut,
        arg_min(statut, uuid) as statut_apilos
    from repris
    where not est_avenant
    group by all
),

-- what each part says of its programme, beside what Ecoloweb says of the lots of that financing
partie as (
    select
        courant.convention_id,
        courant.uuid,
        operation.nature_operation,
        operation.code_commune_source,
        programme.bailleur_id,
        programme.code_region_source,
        lot.financement
    from courant
    left join {{ ref('stg_apilos__programme') }} as programme on courant.programme_id = programme.programme_id
    left join {{ ref('int_apilos_operation') }} as operation on courant.programme_id = operation.operation_id
    left join {{ ref('int_apilos_lot') }} as lot on courant.acte_id = lot.acte_id and lot.est_premier
),

operation as (
    select
        partie.convention_id,
        arg_min(partie.code_commune_source, partie.uuid) as code_commune_apilos,
        bool_and(
            officielle.code_commune is not null or ancienne.code_ancien is not null or partie.code_commune_source is null
        ) as est_commune_apilos_connue,
        bool_and(region.code_region is not null or partie.code_region_source is null) as est_region_apilos_actuelle,
        arg_min(bailleur.code_sous_nature, partie.uuid) as code_sous_nature,
        arg_min(bailleur.sous_nature_bailleur, partie.uuid) as sous_nature_apilos,
        -- the same owner in Ecoloweb, told by its SIREN
        arg_min(ecoloweb.code_sous_nature, partie.uuid) as code_sous_nature_ecoloweb,
        arg_min(ecoloweb.sous_nature_bailleur, partie.uuid) as sous_nature_bailleur
    from partie
    left join {{ ref('int_bailleur_apilos') }} as bailleur on partie.bailleur_id = bailleur.cle_source
    left join {{ ref('int_bailleur_ecoloweb') }} as ecoloweb on bailleur.bailleur_id = ecoloweb.bailleur_id
    left join {{ source('referentiel', 'commune') }} as officielle on partie.code_commune_source = officielle.code_commune
    left join {{ source('referentiel', 'commune_ancienne') }} as ancienne on partie.code_commune_source = ancienne.code_ancien
    left join {{ source('referentiel', 'region') }} as region on partie.code_region_source = region.code_region
    group by all
),

avenant as (
    select
        repris.convention_id,
        count(distinct coalesce(repris.numero_avenant::varchar, repris.uuid)) as nb_avenants_apilos,
        list_sort(list(distinct type_avenant.code) filter (where type_avenant.code is not null)) as types_avenants_apilos
    from repris
    left join {{ ref('stg_apilos__avenant_type') }} as lien on repris.acte_id = lien.convention_id
    left join {{ ref('stg_apilos__type_avenant') }} as type_avenant on lien.type_avenant_id = type_avenant.type_avenant_id
    where repris.est_avenant
    group by all
),

avenant_ecoloweb as (
    select
        convention_id,
        list_sort(list_distinct(flatten(list(types)))) as types_avenants
    from {{ ref('int_avenant_ecoloweb') }}
    where numero > 0
    group by all
),

logement_apilos as (
    select
        lot.convention_id,
        lot.financement,
        count(*) filter (where logement.designation is null) as nb_designations_vides,
        count(*) filter (where logement.typologie = 'T1bis') as nb_t1_bis,
        count(*) filter (where logement.typologie = 'T1prime') as nb_t1_prime,
        count(logement.loyer_m2_eur) as nb_loyers
    from {{ ref('stg_apilos__logement') }} as logement
    inner join {{ ref('int_apilos_lot') }} as lot on logement.lot_id = lot.lot_id
    inner join courant on lot.acte_id = courant.acte_id
    group by all
),

lot_apilos as (
    select distinct
        lot.convention_id,
        lot.financement
    from {{ ref('int_apilos_lot') }} as lot
    inner join courant on lot.acte_id = courant.acte_id
),

stationnement_apilos as (
    select
        lot.convention_id,
        sum(stationnement.nb_stationnements) as nb_stationnements_apilos
    from {{ ref('stg_apilos__stationnement') }} as stationnement
    inner join {{ ref('int_apilos_lot') }} as lot on stationnement.lot_id = lot.lot_id
    inner join courant on lot.acte_id = courant.acte_id
    group by all
),

lot_ecoloweb as (
    select
        periode.convention_id,
        lot.financement_apilos as financement,
        max(lot.loyer_collectif_m2_eur) as loyer_collectif_m2_eur,
        sum(lot.nb_stationnements) as nb_stationnements,
        -- a programme without a kind had to be given one
        list(distinct coalesce(lot.nature_operation, 'SANS_OBJET')) as natures_operation
    from {{ ref('int_periode_ecoloweb') }} as periode
    inner join {{ ref('int_lot_ecoloweb') }} as lot on periode.periode_id = lot.periode_id
    where periode.est_derniere
    group by all
),

logement_ecoloweb as (
    select
        periode.convention_id,
        lot.financement_apilos as financement,
        count(*) filter (where logement.typologie = 'T1bis') as nb_t1_bis,
        count(*) filter (where logement.typologie = 'T1prime') as nb_t1_prime,
        count(*) filter (where logement.designation is null) as nb_designations_vides
    from {{ ref('int_periode_ecoloweb') }} as periode
    inner join {{ ref('int_lot_ecoloweb') }} as lot on periode.periode_id = lot.periode_id
    inner join {{ ref('int_logement_ecoloweb') }} as logement on lot.programme_id = logement.programme_id
    where periode.est_derniere
    group by all
),

nature as (
    select
        partie.convention_id,
        list_sort(list_distinct(flatten(list(lot_ecoloweb.natures_operation)))) as natures_operation,
        list_sort(list(distinct partie.nature_operation) filter (where partie.nature_operation is not null))
            as natures_operation_apilos
    from partie
    inner join lot_ecoloweb
        on partie.convention_id = lot_ecoloweb.convention_id and partie.financement = lot_ecoloweb.financement
    -- an operation without a kind in Ecoloweb has none to keep
    where lot_ecoloweb.natures_operation <> ['SANS_OBJET']
    group by all
),

-- financing by financing, where both have it
lot as (
    select
        lot_ecoloweb.convention_id,
        count(*) filter (
            where lot_ecoloweb.loyer_collectif_m2_eur is not null and logement_apilos.nb_loyers = 0
        ) as nb_lots_sans_loyer,
        sum(lot_ecoloweb.nb_stationnements) as nb_stationnements,
        -- as many T1 bis too many as there are T1' too few
        sum(
            greatest(
                least(
                    logement_apilos.nb_t1_bis - coalesce(logement_ecoloweb.nb_t1_bis, 0),
                    coalesce(logement_ecoloweb.nb_t1_prime, 0) - logement_apilos.nb_t1_prime
                ),
                0
            )
        ) as nb_typologies_deformees,
        sum(
            greatest(logement_apilos.nb_designations_vides - coalesce(logement_ecoloweb.nb_designations_vides, 0), 0)
        ) as nb_designations_vides
    from lot_ecoloweb
    inner join lot_apilos
        on lot_ecoloweb.convention_id = lot_apilos.convention_id and lot_ecoloweb.financement = lot_apilos.financement
    left join logement_apilos
        on lot_ecoloweb.convention_id = logement_apilos.convention_id and lot_ecoloweb.financement = logement_apilos.financement
    left join logement_ecoloweb
        on
            lot_ecoloweb.convention_id = logement_ecoloweb.convention_id
            and lot_ecoloweb.financement = logement_ecoloweb.financement
    group by all
),

-- an amendment whose root was lost counts among them: the import made an agreement of it
devenue as (
    select
        convention_id,
        count(*) as nb_conventions_apilos
    from repris
    where parent_id is null
    group by all
),

migration as (
    select
        racine.*,
        devenue.nb_conventions_apilos,
        racine.convention_id as objet_id,
        'apilos' as source,
        convention.code_departement,
        convention.proprietaire_id as bailleur_id,
        'conventions_convention' as table_source,
        parametre.date_reference,
        periode.date_signature,
        periode.date_expiration,
        periode.date_fin as date_fin_periode,
        periode.date_envoi_publication,
        periode.statut,
        operation.sous_nature_bailleur,
        -- several codes of Ecoloweb have one faithful translation
        case
            when list_contains(string_split(traduction.codes_ecoloweb, ' '), operation.code_sous_nature_ecoloweb)
                then operation.sous_nature_bailleur
            else operation.sous_nature_apilos
        end as sous_nature_apilos,
        operation.code_commune_apilos,
        operation.est_commune_apilos_connue,
        operation.est_region_apilos_actuelle,
        nature.natures_operation_apilos,
        coalesce(avenant.nb_avenants_apilos, 0) as nb_avenants_apilos,
        coalesce(avenant.types_avenants_apilos, []) as types_avenants_apilos,
        coalesce(avenant_ecoloweb.types_avenants, []) as types_avenants,
        lot.nb_lots_sans_loyer,
        lot.nb_stationnements,
        nature.natures_operation,
        lot.nb_typologies_deformees,
        lot.nb_designations_vides,
        coalesce(stationnement_apilos.nb_stationnements_apilos, 0) as nb_stationnements_apilos
    from racine
    inner join {{ ref('int_convention') }} as convention on racine.convention_id = convention.convention_id
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ ref('int_periode_ecoloweb') }} as periode
        on racine.convention_id = periode.convention_id and periode.est_derniere
    left join devenue on racine.convention_id = devenue.convention_id
    left join operation on racine.convention_id = operation.convention_id
    left join {{ ref('sous_nature_apilos') }} as traduction on operation.code_sous_nature = traduction.code
    left join avenant on racine.convention_id = avenant.convention_id
    left join avenant_ecoloweb on racine.convention_id = avenant_ecoloweb.convention_id
    left join stationnement_apilos on racine.convention_id = stationnement_apilos.convention_id
    left join lot on racine.convention_id = lot.convention_id
    left join nature on racine.convention_id = nature.convention_id
)

select
    {{ published_columns() }}
from migration
