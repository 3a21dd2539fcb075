-- Grain: one agreement: the numbers of its amendments, and the highest one that its texts name.
with numero as (
    select
        convention_id,
        -- the application numbers 0 the row that it adds for a CUS: it is no amendment
        list_sort(
            list(numero) filter (where numero is not null and not (numero = 0 and types = ['14']))
        ) as numeros_avenants,
        count(*) filter (where not est_annule and list_has_any(types, ['2', '3', '9'])) as nb_avenants_sortie,
        count(*) filter (where not est_annule and date_signature_prefet is null) as nb_avenants_en_cours
    from {{ ref('int_avenant') }}
    where convention_id is not null
    group by all
),

texte as (
    select
        convention_id,
        description as texte
    from {{ ref('int_avenant') }}
    union all
    select
        convention_id,
        descriptif as texte
    from {{ ref('int_periode') }}
    union all
    select
        convention_id,
        description as texte
    from {{ ref('int_piece_jointe') }}
),

cite as (
    select
        convention_id,
        -- « Avenant n° 3 » and « avenant 3 », not the year of « avenant 2017 »
        max(
            list_max(
                list_transform(
                    regexp_extract_all(lower(texte), 'avenants?\s*(?:n\s*[°º]|no|numéro)?\s*(\d{1,2})\b', 1),
                    lambda trouve: trouve::integer
                )
            )
        ) as numero_avenant_cite
    from texte
    where convention_id is not null and lower(texte) like '%avenant%'
    group by all
)

select
    coalesce(numero.convention_id, cite.convention_id) as convention_id,
    coalesce(numero.numeros_avenants, []) as numeros_avenants,
    coalesce(numero.nb_avenants_sortie, 0) as nb_avenants_sortie,
    coalesce(numero.nb_avenants_en_cours, 0) as nb_avenants_en_cours,
    cite.numero_avenant_cite
from numero
full outer join cite on numero.convention_id = cite.convention_id
