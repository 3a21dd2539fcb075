-- Grain: one agreement, in the state of its current period.
with expiration_avenant as (
    -- the last valid amendment that fixes an expiry
    select
        convention_id,
        arg_max(date_expiration_nouvelle, (numero, avenant_id)) as date_expiration_nouvelle
    from {{ ref('int_avenant') }}
    where not est_annule and date_expiration_nouvelle is not null
    group by all
),

avenant as (
    select
        convention_id,
        count(*) as nb_avenants
    from {{ ref('int_avenant') }}
    group by all
),

version_ as (
    select
        convention_id,
        count(*) as nb_versions
    from {{ ref('int_periode') }}
    group by all
),

piece_jointe as (
    select
        convention_id,
        count(*) as nb_pieces_jointes
    from {{ ref('int_piece_jointe') }}
    group by all
),

courante as (
    select
        convention.convention_id,
        coalesce(periode.source, convention.source) as source,
        convention.source as premiere_source,
        coalesce(etat.est_vivante, false) as est_vivante_dans_apilos,
        convention.cle_source,
        convention.numero,
        {{ numero_norm('convention.numero') }} as numero_norm,
        convention.numero_normalise,
        convention.libelle,
        convention.date_depot,
        convention.date_saisie,
        convention.date_modification,
        convention.est_reprise,
        convention.administration_creatrice_id,
        periode.* exclude (convention_id, source, cle_source, date_expiration, rang),
        coalesce(periode.date_expiration, expiration_avenant.date_expiration_nouvelle) as date_expiration,
        lots.* exclude (periode_id, code_departement, code_region, est_outre_mer),
        -- without a programme: the département of the office that created the agreement
        coalesce(lots.code_departement, administration.code_departement) as code_departement,
        coalesce(avenant.nb_avenants, 0) as nb_avenants,
        coalesce(version_.nb_versions, 0) as nb_versions,
        coalesce(piece_jointe.nb_pieces_jointes, 0) as nb_pieces_jointes
    from {{ ref('int_convention_recue') }} as convention
    left join {{ ref('int_periode') }} as periode on convention.convention_id = periode.convention_id and periode.est_courante
    left join {{ ref('int_apilos_etat') }} as etat on convention.convention_id = etat.convention_id
    left join {{ ref('int_lot_periode') }} as lots on periode.periode_id = lots.periode_id
    left join {{ ref('int_administration') }} as administration
        on convention.administration_creatrice_id = administration.administration_id
    left join expiration_avenant on convention.convention_id = expiration_avenant.convention_id
    left join avenant on convention.convention_id = avenant.convention_id
    left join version_ on convention.convention_id = version_.convention_id
    left join piece_jointe on convention.convention_id = piece_jointe.convention_id
)

select
    courante.* replace (coalesce(courante.est_anah, false) or coalesce(courante.est_type_anah, false) as est_anah),
    departement.code_region,
    coalesce(departement.est_outre_mer::boolean, false) as est_outre_mer,
    coalesce(courante.statut in ('SIGNEE', 'PUBLICATION', 'PUBLIEE', 'OPPOSABLE'), false) as est_en_vigueur,
    coalesce(len(courante.familles_financement) >= 2, false) as est_mixte,
    case
        when est_en_vigueur
            then {{ tacit_expiry('courante.date_expiration', 'courante.renouvellement_ans', 'parametre.date_reference') }}
    end as date_echeance_tacite
from courante
cross join {{ source('meta', 'parametre') }} as parametre
left join {{ source('referentiel', 'departement') }} as departement
    on courante.code_departement = departement.code_departement
