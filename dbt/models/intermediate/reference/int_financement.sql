-- Grain: one financing type of Ecoloweb, in the vocabulary of the warehouse.
select
    type_financement.type_financement_id,
    type_financement.code as code_typefinancement,
    vocabulaire.financement,
    vocabulaire.famille_financement,
    famille.code as famille_source,
    -- the official import knows this family alone, but for the three codes it calls "sans financement"
    case
        when vocabulaire.famille_financement = 'SANS_FINANCEMENT' then 'SANS_FINANCEMENT' else famille.code
    end as financement_apilos,
    coalesce(vocabulaire.est_anah, false) as est_anah
from {{ ref('stg_ecoloweb__type_financement') }} as type_financement
left join {{ ref('stg_ecoloweb__famille_financement') }} as famille
    on type_financement.famille_financement_id = famille.famille_financement_id
left join {{ ref('financement') }} as vocabulaire
    on type_financement.code = vocabulaire.code_typefinancement
