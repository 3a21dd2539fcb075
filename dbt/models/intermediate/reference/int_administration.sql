-- Grain: one managing office, known from Ecoloweb first.
select * from {{ ref('int_administration_ecoloweb') }}
union all by name
select * exclude (cle_source, est_connue_d_ecoloweb)
from {{ ref('int_administration_apilos') }}
where not est_connue_d_ecoloweb
