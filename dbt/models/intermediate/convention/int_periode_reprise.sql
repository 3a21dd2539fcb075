-- Grain: one agreement of Ecoloweb: the period from which the official import starts, its latest one without amendment that was not
-- given up.
select
    convention_id,
    periode_id,
    date_debut
from {{ ref('int_periode_ecoloweb') }}
where avenant_id is null and statut is distinct from 'ABANDONNEE'
qualify row_number() over (partition by convention_id order by date_debut desc, cle_source desc) = 1
