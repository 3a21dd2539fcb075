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
        and source = 'ecoloweb'
        and (
            date_financement is not null
            or montant_financement_eur is not null
            or duree_pret_ans is not null
            or reference_dossier is not null
        )
    union all by name
    select
        {{ apilos_id_ou_cle('pret', 'pret', 'pret_id') }} as pret_id,
        lot.lot_id,
        lot.convention_id,
        case when pret.est_pret then 'PRET_' else 'FINANCEMENT_' end || pret.preteur as type,
        pret.date_octroi as date,
        pret.montant_eur,
        pret.duree_ans,
        pret.numero as reference,
        pret.preteur_autre as description
    from {{ ref('int_lot_publie') }} as lot
    inner join {{ ref('stg_apilos__pret') }} as pret on lot.cle_source = pret.lot_id
    where lot.est_courante and lot.source = 'apilos'
)

select
    {{ published_columns() }}
from financement
