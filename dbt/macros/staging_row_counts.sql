{# The staging model of each Ecoloweb table. A model must name what it reads, so the pairs are written here. #}
{% macro ecoloweb_staging() -%}
{{ return({
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
}) }}
{%- endmacro %}

{# Rows of each staging model of Ecoloweb, beside the source table it reads. #}
{% macro ecoloweb_staging_row_counts() -%}
{%- for table, entity in ecoloweb_staging().items() %}
select
    'ecoloweb' as source,
    '{{ table }}' as table_source,
    count(*) as nb_staging
from {{ ref('stg_ecoloweb__' ~ entity) }}
{{ "union all" if not loop.last }}
{%- endfor %}
{%- endmacro %}
