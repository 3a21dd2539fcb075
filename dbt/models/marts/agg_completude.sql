-- Grain: one field of one mart × one source × one département.
with {{ marts_par_leur_nom(marts_de_la_completude()) }},

compte as (
    {{ requetes_unies(source('meta', 'completude'), 'mart', "select null as mart, null as champ where false") }}
),

taux as (
    select
        *,
        100 * nb_renseignes / nullif(nb_applicables, 0) as taux_completude_pct
    from compte
)

select
    {{ published_columns() }}
from taux
