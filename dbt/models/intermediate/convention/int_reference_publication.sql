-- Grain: one agreement whose current period gives a publication reference: what can be read in it.
with lue as (
    select
        convention_id,
        code_departement,
        {{ est_suivie('statut') }} as est_suivie,
        -- « 2000P Volume 4992 », « Dépôt N° 7948 Vol. 2010 P N° 5506 », « 2021 D N° 20828 VOLUME 2021 P N° 12190 »
        regexp_extract(
            upper(reference_publication),
            '(?:^|\D)((?:19|20)\d{2})\s*P\s*(?:VOLUME|VOL|V)?\W*(?:N\s*[°ºO]?)?\W*(\d+)',
            ['annee', 'numero']
        ) as volume
    from {{ ref('int_convention') }}
    where reference_publication is not null
),

reference as (
    select
        convention_id,
        code_departement,
        est_suivie,
        try_cast(volume['annee'] as integer) as annee_reference_publication,
        try_cast(volume['numero'] as bigint) as numero_reference_publication
    from lue
),

-- one office in the département is assumed: the reference does not name it
usage as (
    select
        code_departement,
        annee_reference_publication,
        numero_reference_publication,
        count(*) as nb_conventions,
        {{ six_premiers('convention_id') }} as conventions
    from reference
    where est_suivie and annee_reference_publication is not null and numero_reference_publication is not null
    group by all
)

select
    reference.convention_id,
    reference.annee_reference_publication,
    reference.numero_reference_publication,
    coalesce(usage.nb_conventions - 1, 0) as nb_conventions_meme_reference,
    {{ les_autres('usage.conventions', 'reference.convention_id') }} as conventions_meme_reference
from reference
left join usage
    on
        reference.code_departement is not distinct from usage.code_departement
        -- a condition on one side would have every agreement compared with every reference
        and case when reference.est_suivie then reference.annee_reference_publication end = usage.annee_reference_publication
        and reference.numero_reference_publication = usage.numero_reference_publication
