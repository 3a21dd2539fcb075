-- Grain: one stage of one agreement born in APiLos or of one amendment made there, whatever its dates say; spell by spell where a
-- file can meet it several times.
with acte as (
    select
        acte.acte_id,
        acte.convention_id,
        case when acte.est_avenant then acte.periode_id end as avenant_id,
        acte.est_avenant,
        acte.statut,
        acte.date_creation,
        acte.date_premiere_soumission,
        acte.date_validation,
        acte.date_signature,
        acte.date_publication,
        coalesce(avenant.types, []) as types,
        convention.code_departement,
        convention.code_region,
        convention.nature_bailleur,
        convention.est_anah,
        convention.date_effet,
        coalesce(convention.est_foyer and convention.est_outre_mer, false) as est_foyer_d_outre_mer,
        coalesce(acte.statut = 'ANNULEE', false) as est_abandonnee
    from {{ ref('int_apilos_acte') }} as acte
    inner join {{ ref('int_convention') }} as convention on acte.convention_id = convention.convention_id
    left join {{ ref('int_avenant_apilos') }} as avenant on acte.est_avenant and acte.periode_id = avenant.avenant_id
    -- of what was taken over from Ecoloweb there is no history, and the import wrote its own dates
    where not acte.est_reprise
),

-- a status « signée » in the history is a file sent back to it: signature and publication are told by their own dates
passage as (
    select
        historique.convention_id as acte_id,
        historique.statut,
        historique.date_creation as jour,
        lead(historique.date_creation) over (
            partition by historique.convention_id order by historique.creation_utc, historique.historique_id
        ) as jour_suivant,
        lead(historique.statut) over (
            partition by historique.convention_id order by historique.creation_utc, historique.historique_id
        ) is null as est_dernier
    from {{ ref('stg_apilos__historique') }} as historique
    where historique.statut in ('PROJET', 'INSTRUCTION', 'CORRECTION', 'A_SIGNER', 'ANNULEE')
),

premier as (
    select
        acte_id,
        min(jour) filter (where statut = 'INSTRUCTION') as date_instruction,
        min(jour) filter (where statut in ('CORRECTION', 'A_SIGNER')) as date_premiere_reponse,
        min(jour) filter (where statut = 'A_SIGNER') as date_a_signer,
        max(jour) filter (where est_dernier) as date_dernier_passage
    from passage
    group by all
),

date_acte as (
    select
        acte.*,
        coalesce(premier.date_instruction, acte.date_premiere_soumission) as date_depot,
        premier.date_premiere_reponse,
        coalesce(premier.date_a_signer, acte.date_validation) as date_a_signer,
        coalesce(premier.date_dernier_passage, acte.date_creation) as date_statut
    from acte
    left join premier on acte.acte_id = premier.acte_id
),

etapes as (
    select
        acte_id,
        unnest(
            [
                { etape_id: 'T-01', date_debut: date_creation, date_fin: date_depot, est_attendue: statut = 'PROJET' },
                { etape_id: 'T-02', date_debut: date_depot, date_fin: date_premiere_reponse, est_attendue: statut = 'INSTRUCTION' },
                {
                    etape_id: 'T-03',
                    date_debut: date_depot,
                    date_fin: date_a_signer,
                    est_attendue: statut in ('INSTRUCTION', 'CORRECTION')
                },
                { etape_id: 'T-07', date_debut: date_a_signer, date_fin: date_signature, est_attendue: statut = 'A_SIGNER' },
                {
                    etape_id: 'T-10',
                    date_debut: date_signature,
                    date_fin: date_publication,
                    -- overseas foyers take effect without it
                    est_attendue: statut in ('SIGNEE', 'PUBLICATION') and not est_foyer_d_outre_mer
                },
                {
                    etape_id: 'T-14',
                    date_debut: date_creation,
                    date_fin: date_effet,
                    est_attendue: statut in ('PROJET', 'INSTRUCTION', 'CORRECTION', 'A_SIGNER', 'SIGNEE', 'PUBLICATION')
                }
            ]
        ) as etape
    from date_acte
    where not est_avenant
),

etape_convention as (
    select
        etapes.acte_id,
        etapes.etape.etape_id,
        etapes.etape.date_debut,
        etapes.etape.date_fin,
        etapes.etape.est_attendue
    from etapes
),

etape_avenant as (
    select
        acte_id,
        'T-15' as etape_id,
        date_depot as date_debut,
        date_a_signer as date_fin,
        statut in ('INSTRUCTION', 'CORRECTION') as est_attendue
    from date_acte
    where est_avenant
),

-- the time that each side held the file, spell by spell
sejour as (
    select
        passage.acte_id,
        case passage.statut when 'CORRECTION' then 'T-04' else 'T-05' end as etape_id,
        passage.jour as date_debut,
        passage.jour_suivant as date_fin,
        acte.statut = passage.statut as est_attendue
    from passage
    inner join acte on passage.acte_id = acte.acte_id and not acte.est_avenant
    where passage.statut in ('CORRECTION', 'INSTRUCTION')
),

-- what is under way, since it is in its present status
en_cours as (
    select
        acte_id,
        'T-16' as etape_id,
        date_statut as date_debut,
        null::date as date_fin,
        true as est_attendue
    from date_acte
    where statut in ('PROJET', 'INSTRUCTION', 'CORRECTION', 'A_SIGNER')
),

etape as (
    select * from etape_convention
    -- a stage begins when the file enters it
    where date_debut is not null or date_fin is not null
    union all by name
    select * from etape_avenant
    where date_debut is not null or date_fin is not null
    union all by name
    select * from sejour
    union all by name
    select * from en_cours
)

select
    acte.convention_id,
    acte.avenant_id,
    acte.types,
    acte.statut,
    acte.code_departement,
    acte.code_region,
    acte.nature_bailleur,
    acte.est_anah,
    false as est_reprise,
    acte.est_abandonnee,
    etape.etape_id,
    etape.date_debut,
    etape.date_fin,
    coalesce(etape.est_attendue, false) as est_attendue
from etape
inner join acte on etape.acte_id = acte.acte_id
