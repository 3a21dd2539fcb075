-- Grain: one loan or grant noted by the source; Ecoloweb notes the main financing of each current programme.
with financement as (
    select
        lot_id as pret_id,
        lot_id,
        convention_id,
        'FINANCEMENT_PRINCIPAL' as type,
        date_financement as date,
        montant_financement_eur as montant_eur,
        duree_pret_ans as duree_ans,
        reference_dossier as reference,
        financement_description as description
    from {{ ref('int_lot_publie') }}
    where
        est_courante
        and (
            date_financement is not null
            or montant_financement_eur is not null
            or duree_pret_ans is not null
            or reference_dossier is not null
        )
)

select
    {{ published_columns() }}
from financement
