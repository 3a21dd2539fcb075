-- Grain: one financing type of Ecoloweb: those of the vocabulary, and any other that the source uses.
with financement as (
    select
        * exclude (est_valide_jusqu_au),
        est_valide_jusqu_au as date_fin_validite
    from {{ ref('financement') }}
    union all by name
    select int_financement.* exclude (type_financement_id, financement_apilos)
    from {{ ref('int_financement') }} as int_financement
    anti join {{ ref('financement') }} as vocabulaire
        on int_financement.code_typefinancement = vocabulaire.code_typefinancement
    where int_financement.code_typefinancement is not null
    qualify row_number() over (
        partition by int_financement.code_typefinancement order by int_financement.type_financement_id
    ) = 1
)

select
    {{ published_columns() }}
from financement
