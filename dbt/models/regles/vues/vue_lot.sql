-- Grain: one current lot of an agreement, as rules may read it.
with lot as (
    select
        convention.* exclude (objet_id, table_source, nb_logements),
        lot.lot_id as objet_id,
        'ecolo_programmelogement' as table_source,
        lot.famille_financement,
        lot.financement,
        lot.code_typefinancement,
        financement.libelle as libelle_financement,
        lot.famille_source,
        coalesce(financement.est_connu, false) as est_financement_connu,
        financement.date_fin_validite as date_fin_financement,
        lot.nb_logements,
        lot.date_financement,
        lot.duree_pret_ans,
        lot.code_commune,
        lot.nom_commune,
        lot.code_commune_source,
        adresse.code_postal as code_postal_saisi,
        adresse.ville as ville_saisie,
        string_split(nullif(commune.codes_postaux, ''), ' ') as codes_postaux_commune
    from {{ ref('int_lot_publie') }} as lot
    inner join {{ ref('vue_convention') }} as convention on lot.convention_id = convention.convention_id
    left join {{ ref('int_financement') }} as financement on lot.type_financement_id = financement.type_financement_id
    left join {{ ref('int_adresse_programme') }} as adresse on lot.programme_id = adresse.programme_id
    left join {{ ref('int_commune') }} as commune on lot.commune_id = commune.commune_id
    where lot.est_courante
)

select
    {{ published_columns() }}
from lot
