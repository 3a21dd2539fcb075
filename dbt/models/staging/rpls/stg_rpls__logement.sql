-- Grain: one dwelling of RPLS, as its owner declares it.
with lu as (
    select
        *,
        nullif(upper(trim(depcom)), '') as commune_lue,
        nullif(trim(numconv), '') as numero_lu,
        nullif(trim(datconv), '') as date_lue
    from {{ source('rpls', 'logement') }}
)

select
    rang,
    commune_lue as code_commune_source,
    left(commune_lue, case when commune_lue[:2] in ('97', '98') then 3 else 2 end) as code_departement,
    case trim(conv) when '1' then true when '2' then false end as est_conventionne,
    numero_lu as numero,
    {{ numero_norm('numero_lu') }} as numero_norm,
    -- the day as exports write it: 2001-03-05, 05/03/2001
    case
        when regexp_full_match(date_lue, '\d{4}-\d{2}-\d{2}.*') then try_cast(left(date_lue, 10) as date)
        when regexp_full_match(date_lue, '\d{2}/\d{2}/\d{4}') then try_strptime(date_lue, '%d/%m/%Y')::date
    end as date_effet,
    nullif(trim(finan_code), '') as code_financement,
    try_cast(nullif(construct, 0) as integer) as annee_construction,
    try_cast(nullif(locat, 0) as integer) as annee_premiere_location,
    try_cast(nullif(nbpiece, 0) as integer) as nb_pieces,
    nullif(try_cast(surfhab as decimal(14, 2)), 0) as surface_habitable_m2,
    nullif(trim(origine), '') as code_origine,
    nullif(trim(typeconst_code), '') as code_type_construction,
    nullif(trim(qpv_code), '') as code_qpv,
    nullif(nullif(trim(dpedate), ''), '01/1900') as mois_dpe,
    nullif(upper(trim(dpeenergie)), '') as classe_energie,
    nullif(upper(trim(dpeserre)), '') as classe_serre,
    nullif(trim(sru_expir), '') as expiration_sru,
    nullif(trim(sru_alinea), '') as alinea_sru,
    _ligne as ligne_source,
    _illisible as valeurs_illisibles
from lu
