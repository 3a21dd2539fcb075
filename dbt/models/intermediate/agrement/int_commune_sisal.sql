-- Grain: one place as SISAL tells it: a name, the département of who manages the operation, the commune of the parcel.
with lieu as (
    select distinct
        nom_commune,
        {{ departement_du_gestionnaire('substr(numero_operation, 5)') }} as departement_gestionnaire,
        {{ commune_de_la_parcelle('reference_parcelle') }} as code_parcelle
    from {{ ref('stg_sisal__agrement') }}
),

officielle as (
    select
        code_commune,
        nom_commune,
        code_departement,
        code_region,
        coalesce(nullif(code_commune_parent, ''), code_commune) as code_commune_mere,
        {{ nom_de_commune('nom_commune') }} as nom_lu
    from {{ source('referentiel', 'commune') }}
),

lu as (
    select
        lieu.*,
        {{ nom_de_commune('lieu.nom_commune') }} as nom_lu,
        departement.code_region as region_gestionnaire,
        parcelle.code_commune as commune_parcelle,
        parcelle.code_commune_mere as commune_mere_parcelle
    from lieu
    left join {{ source('referentiel', 'departement') }} as departement
        on lieu.departement_gestionnaire = departement.code_departement
    left join {{ source('referentiel', 'commune_ancienne') }} as ancienne on lieu.code_parcelle = ancienne.code_ancien
    left join officielle as parcelle on coalesce(ancienne.code_commune, lieu.code_parcelle) = parcelle.code_commune
),

-- an operation may lie outside the département of who manages it, as a metropolis may reach over its border
candidate as (
    select
        lu.*,
        officielle.code_commune,
        case
            when officielle.code_commune_mere = lu.commune_mere_parcelle then 'nom_et_parcelle'
            when officielle.code_departement = lu.departement_gestionnaire then 'nom_et_departement'
            when lu.commune_parcelle is null and officielle.code_region = lu.region_gestionnaire then 'nom_et_region'
        end as methode
    from lu
    inner join officielle on lu.nom_lu = officielle.nom_lu
),

-- two communes of one name are told apart by nothing else
choisie as (
    select
        nom_commune,
        departement_gestionnaire,
        code_parcelle,
        methode,
        min(code_commune) as code_commune
    from candidate
    where methode is not null
    group by all
    having count(*) = 1
),

retenue as (
    select *
    from choisie
    qualify row_number() over (
        partition by nom_commune, departement_gestionnaire, code_parcelle
        order by array_position(['nom_et_parcelle', 'nom_et_departement', 'nom_et_region'], methode)
    ) = 1
)

select
    lu.nom_commune,
    lu.departement_gestionnaire,
    lu.code_parcelle,
    -- the name of a commune that is no more is told by its parcel
    coalesce(retenue.code_commune, lu.commune_parcelle) as code_commune,
    coalesce(retenue.methode, case when lu.commune_parcelle is not null then 'parcelle' end) as methode,
    coalesce(retenue.methode <> 'nom_et_parcelle' and lu.commune_parcelle is not null, false) as est_parcelle_ailleurs
from lu
left join retenue
    on
        lu.nom_commune is not distinct from retenue.nom_commune
        and lu.departement_gestionnaire is not distinct from retenue.departement_gestionnaire
        and lu.code_parcelle is not distinct from retenue.code_parcelle
