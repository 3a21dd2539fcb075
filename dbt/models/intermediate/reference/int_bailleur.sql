-- Grain: one owner or manager, known from Ecoloweb first.
select * from {{ ref('int_bailleur_ecoloweb') }}
union all by name
select * exclude (cle_source, est_connu_d_ecoloweb, est_signataire_renseigne)
from {{ ref('int_bailleur_apilos') }}
where not est_connu_d_ecoloweb
