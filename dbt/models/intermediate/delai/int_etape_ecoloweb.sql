-- Grain: one stage of one agreement or of one amendment of Ecoloweb, whatever its dates say.
with convention as (
    select
        *,
        -- a delegate signs in the place of the prefect
        coalesce(date_signature_prefet, date_signature_delegataire) as date_signature_etat,
        coalesce(statut = 'INSTRUCTION', false) as est_en_instruction,
        coalesce(statut in ('ANNULEE', 'ABANDONNEE'), false) as est_abandonnee
    from {{ ref('int_convention') }}
    where premiere_source = 'ecoloweb'
),

passage as (
    select
        convention_id,
        null as avenant_id,
        []::varchar[] as types,
        statut,
        code_departement,
        code_region,
        nature_bailleur,
        est_anah,
        coalesce(est_reprise, false) as est_reprise,
        est_abandonnee,
        -- `est_attendue`: without an end, the file is still in the stage
        unnest(
            [
                {
                    etape_id: 'T-08',
                    date_debut: date_depot,
                    date_fin: date_signature_etat,
                    est_attendue: est_en_instruction
                },
                {
                    etape_id: 'T-09',
                    date_debut: date_signature_bailleur,
                    date_fin: date_signature_etat,
                    est_attendue: est_en_instruction
                },
                {
                    etape_id: 'T-10',
                    date_debut: date_signature_etat,
                    date_fin: date_publication,
                    -- overseas foyers take effect without it
                    est_attendue: (est_en_instruction or est_en_vigueur) and not coalesce(est_foyer and est_outre_mer, false)
                },
                {
                    etape_id: 'T-11',
                    date_debut: date_refus_publication,
                    date_fin: date_publication,
                    est_attendue: est_en_instruction or est_en_vigueur
                },
                {
                    etape_id: 'T-13',
                    date_debut: date_signature_etat,
                    date_fin: date_envoi_caf,
                    est_attendue: est_en_instruction or est_en_vigueur
                },
                {
                    etape_id: 'T-14',
                    date_debut: date_depot,
                    date_fin: date_effet,
                    est_attendue: est_en_instruction or est_en_vigueur
                },
                {
                    etape_id: 'T-16',
                    date_debut: coalesce(date_depot, date_saisie),
                    date_fin: null,
                    est_attendue: est_en_instruction
                }
            ]
        ) as etape
    from convention
),

etape_convention as (
    select
        passage.convention_id,
        passage.avenant_id,
        passage.types,
        passage.statut,
        passage.code_departement,
        passage.code_region,
        passage.nature_bailleur,
        passage.est_anah,
        passage.est_reprise,
        passage.est_abandonnee,
        passage.etape.etape_id,
        passage.etape.date_debut,
        passage.etape.date_fin,
        passage.etape.est_attendue
    from passage
),

etape_avenant as (
    select
        convention.convention_id,
        avenant.avenant_id,
        avenant.types,
        convention.statut,
        convention.code_departement,
        convention.code_region,
        convention.nature_bailleur,
        convention.est_anah,
        -- what was deposited before its agreement was typed came with the take-over
        coalesce(convention.est_reprise and avenant.date_depot <= convention.date_saisie, false) as est_reprise,
        avenant.est_annule or convention.est_abandonnee as est_abandonnee,
        'T-15' as etape_id,
        avenant.date_depot as date_debut,
        avenant.date_signature_prefet as date_fin,
        coalesce(avenant.est_en_cours, false) and not (avenant.est_annule or convention.est_abandonnee) as est_attendue
    from {{ ref('int_avenant_ecoloweb') }} as avenant
    inner join convention on avenant.convention_id = convention.convention_id
)

select *
from etape_convention
-- a stage that only some agreements meet, and the one that a file is in
where (etape_id <> 'T-11' or date_debut is not null) and (etape_id <> 'T-16' or est_attendue)
union all
select *
from etape_avenant
