-- Grain: one measure of what became of the agréments of one source: in rows of its report for SISAL, in agréments for SIAP.
{%- set mesures = [
    ('communes_rattachees', 'communes rattachées au code officiel', 'code_commune is not null', 'poids', true),
    ('lignes_sans_logement', 'lignes sans logement', 'nb_lignes_sans_logement > 0', 'nb_lignes_sans_logement', false),
    ('maitres_ouvrage_inconnus', "maîtres d''ouvrage inconnus", 'est_maitre_ouvrage_inconnu', 'poids', false),
    ('siret_faux', 'SIRET ou SIREN faux, laissés tels quels', 'est_siret_faux', 'poids', false),
    ('siret_repares', 'SIRET à qui leur zéro de tête est rendu', 'est_siret_repare', 'poids', false),
    ('surfaces_vides', 'surfaces utiles vides', 'nb_surfaces_vides > 0', 'nb_surfaces_vides', false),
    ('zones_inversees', "zones 1/2/3 et A/B/C écrites l''une pour l''autre, remises en place", 'est_zone_inversee', 'poids', false),
] %}
with agrement as (
    select
        *,
        case source when 'sisal' then nb_lignes_source else 1 end as poids
    from {{ ref('int_agrement') }}
),

recue as (
    select
        'sisal' as source,
        count(*) as nb
    from {{ ref('stg_sisal__agrement') }}
    union all
    select
        'siap' as source,
        count(*) as nb
    from {{ ref('stg_siap__operation') }}
),

mesure as (
    select
        agrement.source,
        'lignes_reprises' as mesure,
        case agrement.source when 'sisal' then 'lignes reprises' else 'opérations reprises' end as libelle,
        case agrement.source when 'sisal' then sum(agrement.poids) else count(distinct agrement.numero_operation) end as nb,
        recue.nb as sur,
        null as cles
    from agrement
    inner join recue on agrement.source = recue.source
    group by agrement.source, recue.nb
    {%- for mesure, libelle, condition, compte, est_entiere in mesures %}
    union all
    select
        source,
        '{{ mesure }}' as mesure,
        '{{ libelle }}' as libelle,
        coalesce(sum({{ compte }}) filter (where {{ condition }}), 0) as nb,
        sum(poids) as sur,
        min(agrement_id, 20) filter (where {{ 'not ' if est_entiere }}coalesce({{ condition }}, false)) as cles
    from agrement
    group by source
    {%- endfor %}
),

rec as (
    select
        * exclude (cles),
        coalesce(cles, []) as cles,
        round(100.0 * nb / nullif(sur, 0), 2) as taux_pct
    from mesure
)

select
    {{ published_columns() }}
from rec
