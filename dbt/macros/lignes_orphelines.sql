{# The rows of the source whose foreign key leads nowhere: the table, its key, the foreign key and the table it should lead to. #}
{% macro lignes_orphelines() -%}
{#- table, staging model, its key, foreign key in the source and in staging, table it leads to, its model, its key -#}
{%- set liens = {
    'apilos': [
        ('conventions_convention', 'convention', 'convention_id', 'parent_id', 'parent_id',
         'conventions_convention', 'convention', 'convention_id'),
        ('programmes_lot', 'lot', 'lot_id', 'convention_id', 'convention_id',
         'conventions_convention', 'convention', 'convention_id'),
        ('programmes_logement', 'logement', 'logement_id', 'lot_id', 'lot_id', 'programmes_lot', 'lot', 'lot_id'),
        ('conventions_pret', 'pret', 'pret_id', 'lot_id', 'lot_id', 'programmes_lot', 'lot', 'lot_id'),
        ('programmes_typestationnement', 'stationnement', 'stationnement_id', 'lot_id', 'lot_id', 'programmes_lot', 'lot', 'lot_id'),
        ('programmes_referencecadastrale', 'parcelle', 'parcelle_id', 'programme_id', 'programme_id',
         'programmes_programme', 'programme', 'programme_id'),
        ('conventions_conventionhistory', 'historique', 'historique_id', 'convention_id', 'convention_id',
         'conventions_convention', 'convention', 'convention_id'),
        ('conventions_piecejointe', 'piece_jointe', 'piece_jointe_id', 'convention_id', 'convention_id',
         'conventions_convention', 'convention', 'convention_id'),
        ('conventions_evenement', 'evenement', 'evenement_id', 'convention_id', 'convention_id',
         'conventions_convention', 'convention', 'convention_id'),
    ],
    'ecoloweb': [
        ('ecolo_conventiondonneesgenerales', 'periode', 'periode_id', 'conventionapl_id', 'convention_id',
         'ecolo_conventionapl', 'convention', 'convention_id'),
        ('ecolo_programmelogement', 'programme', 'programme_id', 'conventiondonneesgenerales_id', 'periode_id',
         'ecolo_conventiondonneesgenerales', 'periode', 'periode_id'),
        ('ecolo_logement', 'logement', 'logement_id', 'programmelogement_id', 'programme_id',
         'ecolo_programmelogement', 'programme', 'programme_id'),
        ('ecolo_annexe', 'annexe', 'annexe_id', 'programmelogement_id', 'programme_id',
         'ecolo_programmelogement', 'programme', 'programme_id'),
        ('ecolo_infocadastrale', 'info_cadastrale', 'info_cadastrale_id', 'programmelogement_id', 'programme_id',
         'ecolo_programmelogement', 'programme', 'programme_id'),
        ('ecolo_programmeadresse', 'adresse_programme', 'adresse_programme_id', 'programmelogement_id', 'programme_id',
         'ecolo_programmelogement', 'programme', 'programme_id'),
        ('ecolo_avenant', 'avenant', 'avenant_id', 'conventionapl_id', 'convention_id',
         'ecolo_conventionapl', 'convention', 'convention_id'),
        ('ecolo_piecejointe', 'piece_jointe', 'piece_jointe_id', 'conventionapl_id', 'convention_id',
         'ecolo_conventionapl', 'convention', 'convention_id'),
        ('ecolo_evenement', 'evenement', 'evenement_id', 'conventionapl_id', 'convention_id',
         'ecolo_conventionapl', 'convention', 'convention_id'),
    ],
} -%}
{%- for source, liens_de_la_source in liens.items() %}
{%- for table, modele, cle, colonne, champ, table_mere, mere, cle_mere in liens_de_la_source %}
select
    '{{ source }}' as source,
    '{{ table }}' as table_source,
    '{{ colonne }}' as cle_etrangere,
    '{{ table_mere }}' as table_mere,
    fille.{{ cle }}::varchar as cle,
    fille.{{ champ }}::varchar as valeur_cle
from {{ ref('stg_' ~ source ~ '__' ~ modele) }} as fille
anti join {{ ref('stg_' ~ source ~ '__' ~ mere) }} as mere on fille.{{ champ }} = mere.{{ cle_mere }}
{%- if source == 'apilos' %}
-- an agreement without a parent is none's amendment
where fille.{{ champ }} is not null
{%- endif %}
union all
{%- endfor %}
{%- endfor %}
-- a programme is written before its agreement, and names none: it is the agreement that names it
select
    'apilos' as source,
    'programmes_programme' as table_source,
    'id' as cle_etrangere,
    'conventions_convention' as table_mere,
    fille.programme_id::varchar as cle,
    fille.programme_id::varchar as valeur_cle
from {{ ref('stg_apilos__programme') }} as fille
anti join {{ ref('stg_apilos__convention') }} as mere on fille.programme_id = mere.programme_id
{%- endmacro %}
