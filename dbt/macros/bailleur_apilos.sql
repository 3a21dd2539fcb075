{# What a row of APiLos says of an owner, in its own table or in that of its past states. #}
{% macro colonnes_bailleur() -%}
id as bailleur_id,
uuid,
{{ texte_apilos('nom') }} as nom,
case
    when regexp_full_match(trim(siren), '\d{9}') then trim(siren)
    -- SIAP puts the SIREN in the field of the SIRET when it has no SIRET
    when regexp_full_match(trim(siret), '\d{9}') then trim(siret)
    when regexp_full_match(trim(siret), '\d{14}') then left(trim(siret), 9)
end as code_siren,
case
    when regexp_full_match(trim(siret), '\d{14}') then trim(siret)
    else {{ siret_entier('trim(siret)') }}
end as code_siret,
nullif(trim(siren), '') as code_siren_source,
nullif(trim(siret), '') as code_siret_source,
coalesce(regexp_full_match(trim(siret), '\d{9}'), false) as est_siren_dans_siret,
-- an e-mail address or any other text lands as a pseudonym only
coalesce(starts_with(siren, 'p:'), false) or coalesce(starts_with(siret, 'p:'), false) as est_identifiant_personnel,
nullif(trim(nature_bailleur), '') as nature_bailleur,
upper(nullif(trim(sous_nature_bailleur), '')) as sous_nature_bailleur,
parent_id as bailleur_parent_id,
nullif(try_cast(capital_social as decimal(16, 2)), 0) as capital_social_eur,
nullif(trim(adresse), '') as adresse,
nullif(trim(code_postal), '') as code_postal,
nullif(trim(ville), '') as ville,
signataire_nom is not null as est_signataire_renseigne,
signataire_fonction is not null as est_fonction_signataire_renseignee,
signataire_date_deliberation as date_deliberation,
signataire_bloc_signature is not null as est_bloc_signature_renseigne,
{{ texte_apilos('operation_exceptionnelle') }} as operation_exceptionnelle,
{{ jour_de_paris('cree_le') }} as date_creation,
cree_le as creation_utc,
{{ jour_de_paris('mis_a_jour_le') }} as date_modification,
mis_a_jour_le as modification_utc
{%- endmacro %}
