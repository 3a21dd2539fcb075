-- Grain: one object that the official import took over from Ecoloweb.
select
    id as reference_ecoloweb_id,
    nullif(trim(apilos_model), '') as modele,
    apilos_id as objet_id,
    nullif(trim(ecolo_id), '') as cle_ecoloweb,
    -- the key of an agreement: its number in Ecoloweb, its financing, the number of the amendment (12:PLUS:0)
    case when trim(apilos_model) = 'conventions.Convention' then try_cast(split_part(trim(ecolo_id), ':', 1) as bigint) end
        as convention_ecoloweb_id,
    case when trim(apilos_model) = 'conventions.Convention' then nullif(split_part(trim(ecolo_id), ':', 2), '') end
        as financement_ecoloweb,
    case when trim(apilos_model) = 'conventions.Convention' then try_cast(split_part(trim(ecolo_id), ':', 3) as integer) end
        as numero_avenant_ecoloweb,
    upper(nullif(trim(departement), '')) as code_departement,
    importe_le as date_reprise,
    est_supprime,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from {{ source('apilos', 'ecoloweb_ecoloreference') }}
