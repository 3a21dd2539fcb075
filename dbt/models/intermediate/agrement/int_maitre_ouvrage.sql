-- Grain: one owner of one source of agréments, told by its SIREN, else by its pseudonym.
select
    maitre_ouvrage_id,
    source,
    nom_maitre_ouvrage as nom_source,
    siren_maitre_ouvrage as siren,
    siret,
    siret_source,
    siren_source,
    code_famille,
    code_postal_maitre_ouvrage as code_postal,
    ville_maitre_ouvrage as ville,
    source = 'siap' and siren_maitre_ouvrage is null and not est_siret_faux as est_personne_physique,
    siren_maitre_ouvrage is null as est_masque
from {{ ref('int_agrement') }}
where maitre_ouvrage_id is not null
qualify row_number() over (
    partition by maitre_ouvrage_id
    order by annee desc nulls last, numero_operation desc, aide asc
) = 1
