{# The staging model of each table of each source. A model must name what it reads, so the pairs are written here. #}
{% macro staging_models() -%}
{{ return({
    'apilos': {
        'bailleurs_bailleur': 'bailleur',
        'bailleurs_historicalbailleur': 'bailleur_historique',
        'comments_comment': 'commentaire',
        'conventions_alertesiaplog': 'alerte',
        'conventions_avenanttype': 'type_avenant',
        'conventions_convention': 'convention',
        'conventions_convention_avenant_types': 'avenant_type',
        'conventions_convention_parents_2nd_vie': 'seconde_vie',
        'conventions_conventionhistory': 'historique',
        'conventions_evenement': 'evenement',
        'conventions_piecejointe': 'piece_jointe',
        'conventions_pret': 'pret',
        'ecoloweb_ecoloreference': 'reference_ecoloweb',
        'instructeurs_administration': 'administration',
        'programmes_annexe': 'annexe',
        'programmes_indiceevolutionloyer': 'indice_loyer',
        'programmes_locauxcollectifs': 'locaux_collectifs',
        'programmes_logement': 'logement',
        'programmes_logementedd': 'logement_edd',
        'programmes_lot': 'lot',
        'programmes_programme': 'programme',
        'programmes_referencecadastrale': 'parcelle',
        'programmes_repartitionsurface': 'repartition_surface',
        'programmes_typestationnement': 'stationnement',
        'users_role': 'role',
        'users_user': 'utilisateur',
    },
    'ecoloweb': {
        'ecolo_adressebailleur': 'adresse_bailleur',
        'ecolo_annexe': 'annexe',
        'ecolo_avenant': 'avenant',
        'ecolo_avenant_typeavenant': 'avenant_type',
        'ecolo_bailleur': 'bailleur',
        'ecolo_bureaucaf': 'bureau_caf',
        'ecolo_bureauenregistrement': 'bureau_enregistrement',
        'ecolo_categoriefinancement': 'categorie_financement',
        'ecolo_codepostal': 'code_postal',
        'ecolo_commune': 'commune',
        'ecolo_contactbailleur': 'contact_bailleur',
        'ecolo_conventionapl': 'convention',
        'ecolo_conventiondonneesgenerales': 'periode',
        'ecolo_conventiontype': 'convention_type',
        'ecolo_cus': 'cus',
        'ecolo_decret': 'decret',
        'ecolo_departement': 'departement',
        'ecolo_entitegest': 'administration',
        'ecolo_entitegestadresse': 'adresse_administration',
        'ecolo_evenement': 'evenement',
        'ecolo_famillefinancement': 'famille_financement',
        'ecolo_groupebailleurs': 'groupe_bailleurs',
        'ecolo_indiceloyer': 'indice_loyer',
        'ecolo_indiceredevance': 'indice_redevance',
        'ecolo_infocadastrale': 'info_cadastrale',
        'ecolo_infostypelogement': 'infos_type_logement',
        'ecolo_logement': 'logement',
        'ecolo_logementadresse': 'adresse_logement',
        'ecolo_naturebailleur': 'nature_bailleur',
        'ecolo_naturelogement': 'nature_logement',
        'ecolo_piecejointe': 'piece_jointe',
        'ecolo_programmeadresse': 'adresse_programme',
        'ecolo_programmelogement': 'programme',
        'ecolo_region': 'region',
        'ecolo_reservataire': 'reservataire',
        'ecolo_sousnaturebailleur': 'sous_nature_bailleur',
        'ecolo_typefinancement': 'type_financement',
        'ecolo_valeurparamstatic': 'valeur',
    },
    'satisfaction': {
        'enquete': 'enquete',
        'reponse': 'reponse',
    },
    'siap': {
        'detail_aide': 'detail_aide',
        'detail_garage': 'detail_garage',
        'detail_loyer': 'detail_loyer',
        'detail_loyer_garage': 'detail_loyer_garage',
        'detail_type_logement': 'detail_type_logement',
        'fusion': 'fusion',
        'habilitation': 'habilitation',
        'operation': 'operation',
        'operation_aide': 'operation_aide',
        'operation_annoncee': 'operation_annoncee',
        'plan_aide_complementaire': 'plan_aide_complementaire',
        'plan_aide_fiscale': 'plan_aide_fiscale',
        'plan_financement': 'plan_financement',
        'plan_pret': 'plan_pret',
        'plan_subvention': 'plan_subvention',
    },
    'sisal': {
        'rapport_1': 'agrement',
    },
}) }}
{%- endmacro %}

{# Rows of each staging model, beside the source table it reads. #}
{% macro staging_row_counts() -%}
{%- for source, models in staging_models().items() %}
{%- set last_source = loop.last %}
{%- for table, entity in models.items() %}
select
    '{{ source }}' as source,
    '{{ table }}' as table_source,
    count(*) as nb_staging
from {{ ref('stg_' ~ source ~ '__' ~ entity) }}
{{ "union all" if not (last_source and loop.last) }}
{%- endfor %}
{%- endfor %}
{%- endmacro %}
