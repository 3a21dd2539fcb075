-- Grain: one comment of the source.
with commentaire as (
    select
        'MEMO_REPRISE' as type,
        convention_id as cle,
        convention_id,
        null::date as date,
        memo_reprise as texte
    from {{ ref('int_convention_recue') }}
    union all
    select
        'COMMENTAIRE_OPAH' as type,
        programme_id as cle,
        convention_id,
        null::date as date,
        commentaire_opah as texte
    from {{ ref('int_lot_publie') }}
    where est_courante
    union all
    select
        'REFUS_PUBLICATION' as type,
        periode.periode_id as cle,
        convention.convention_id,
        periode.date_refus_publication as date,
        periode.motif_refus_publication as texte
    from {{ ref('int_periode') }} as periode
    left join {{ ref('int_convention_recue') }} as convention on periode.convention_id = convention.convention_id
    where periode.est_courante
    union all
    select
        'ECHANGE' as type,
        {{ apilos_id_ou_cle('commentaire', 'commentaire', 'commentaire_id') }} as cle,
        acte.convention_id,
        commentaire.date_creation as date,
        commentaire.message as texte
    from {{ ref('stg_apilos__commentaire') }} as commentaire
    inner join {{ ref('int_apilos_acte') }} as acte on commentaire.convention_id = acte.acte_id
),

publie as (
    select
        *,
        concat(cle, ':', type) as commentaire_id
    from commentaire
    where texte is not null
)

select
    {{ published_columns() }}
from publie
