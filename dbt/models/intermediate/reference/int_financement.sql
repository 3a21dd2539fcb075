-- Grain: one financing type of Ecoloweb, in the vocabulary of the warehouse.
select
    type_financement.type_financement_id,
    type_financement.code as code_typefinancement,
    type_financement.libelle,
    type_financement.fin_validite as date_fin_validite,
    -- a code that the vocabulary does not know, as those of the family PLI, stands in the family that the source gives it
    coalesce(vocabulaire.financement, famille.code) as financement,
    coalesce(vocabulaire.famille_financement, famille.code) as famille_financement,
    famille.code as famille_source,
    categorie.code as categorie_source,
    -- the official import knows this family alone, but for the three codes it calls "sans financement"
    case
        when vocabulaire.famille_financement = 'SANS_FINANCEMENT' then 'SANS_FINANCEMENT' else famille.code
    end as financement_apilos,
    coalesce(vocabulaire.est_anah, false) as est_anah,
    vocabulaire.code_typefinancement is not null as est_connu
from {{ ref('stg_ecoloweb__type_financement') }} as type_financement
left join {{ ref('stg_ecoloweb__famille_financement') }} as famille
    on type_financement.famille_financement_id = famille.famille_financement_id
left join {{ ref('stg_ecoloweb__categorie_financement') }} as categorie
    on type_financement.categorie_financement_id = categorie.categorie_financement_id
left join {{ ref('financement') }} as vocabulaire
    on type_financement.code = vocabulaire.code_typefinancement
