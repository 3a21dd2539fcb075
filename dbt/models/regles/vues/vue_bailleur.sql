-- Grain: one owner or manager of a current lot, as rules may read it.
with role as (
    select
        bailleur_id,
        convention_id
    from {{ ref('int_lot_publie') }}
    where est_courante and bailleur_id is not null
    union
    select
        gestionnaire_id as bailleur_id,
        convention_id
    from {{ ref('int_lot_publie') }}
    where est_courante and gestionnaire_id is not null
),

usage as (
    select
        role.bailleur_id,
        count(*) as nb_conventions,
        min(role.convention_id, 5) as conventions,
        min(convention.date_signature) as date_premiere_signature
    from role
    inner join {{ ref('vue_convention') }} as convention on role.convention_id = convention.convention_id
    group by all
),

bailleur as (
    select
        bailleur.*,
        bailleur.bailleur_id as objet_id,
        -- a SIRET that went through a spreadsheet has lost its leading zero
        case when regexp_full_match(bailleur.code_siret_source, '\d{13}') then '0' else '' end
        || bailleur.code_siret_source as siret_complet,
        {{ mots('bailleur.nom') }} as nom_norm
    from {{ ref('int_bailleur') }} as bailleur
),

meme_siren as (
    select
        siren,
        count(*) as nb_bailleurs,
        {{ six_premiers('objet_id') }} as bailleurs
    from bailleur
    where siren is not null
    group by all
),

-- one name in one town, for several SIREN
meme_nom as (
    select
        nom_norm,
        code_postal,
        count(distinct siren) as nb_siren,
        {{ six_premiers('objet_id') }} as bailleurs
    from bailleur
    where siren is not null and nom_norm <> '' and code_postal is not null
    group by all
),

vue as (
    select
        bailleur.objet_id,
        bailleur.source,
        null as convention_id,
        bailleur.code_departement,
        bailleur.objet_id as bailleur_id,
        'ecolo_bailleur' as table_source,
        parametre.date_reference,
        bailleur.nom,
        bailleur.sous_nature_bailleur,
        bailleur.nature_bailleur,
        bailleur.est_personne_physique,
        bailleur.est_anah,
        bailleur.est_actif,
        {{ sans_adresse_electronique('bailleur.code_siren_source') }} as code_siren_source,
        {{ sans_adresse_electronique('bailleur.code_siret_source') }} as code_siret_source,
        {{ cle_de_luhn_juste('bailleur.code_siren_source') }} as est_cle_siren_juste,
        -- the establishments of La Poste have a key of their own
        {{ cle_de_luhn_juste('bailleur.siret_complet') }}
        or bailleur.siret_complet like '356000000%' and {{ somme_des_chiffres('bailleur.siret_complet') }} % 5 = 0
            as est_cle_siret_juste,
        bailleur.siren,
        bailleur.siret,
        bailleur.code_postal,
        bailleur.ville,
        usage.nb_conventions,
        usage.conventions,
        usage.date_premiere_signature,
        coalesce(meme_siren.nb_bailleurs - 1, 0) as nb_bailleurs_meme_siren,
        {{ les_autres('meme_siren.bailleurs', 'bailleur.objet_id') }} as bailleurs_meme_siren,
        coalesce(meme_nom.nb_siren - 1, 0) as nb_siren_meme_nom,
        {{ les_autres('meme_nom.bailleurs', 'bailleur.objet_id') }} as bailleurs_meme_nom,
        absorption.siren_absorbant,
        absorption.date_fusion
    from bailleur
    inner join usage on bailleur.objet_id = usage.bailleur_id
    cross join {{ source('meta', 'parametre') }} as parametre
    left join {{ ref('int_absorption') }} as absorption on bailleur.siren = absorption.siren
    left join meme_siren on bailleur.siren = meme_siren.siren
    left join meme_nom
        on bailleur.siren is not null and bailleur.nom_norm = meme_nom.nom_norm and bailleur.code_postal = meme_nom.code_postal
)

select
    {{ published_columns() }}
from vue
