-- Grain: one agrément and one agreement, a lot of which bears the number of its operation.
with critere as (
    {{ criteres_du_rapprochement() }}
),

lot as (
    select
        lien.agrement_id,
        lien.est_exact,
        lien.accord,
        lot.*,
        -- the best agreement of financings is that of the whole
        rank() over (
            partition by lien.agrement_id, lot.convention_id
            order by array_position(['financement', 'famille', 'autre'], lien.accord)
        ) as rang
    from {{ ref('int_lot_agrement') }} as lien
    inner join {{ ref('int_lot_compare') }} as lot on lien.lot_id = lot.lot_id
),

convention as (
    select
        agrement_id,
        convention_id,
        accord,
        bool_or(est_exact) as est_exact,
        bool_or(est_suivie) as est_suivie,
        min(reference) as reference,
        min(financement) as financement_convention,
        case when count(*) = count(nb_logements) then sum(nb_logements)::integer end as nb_logements_convention,
        list(distinct code_commune order by code_commune) filter (where code_commune is not null) as codes_commune,
        list(distinct siren order by siren) filter (where siren is not null) as sirens,
        list(distinct siren_suivi order by siren_suivi) filter (where siren_suivi is not null) as sirens_suivis,
        list_sort(list_distinct(flatten(list(parcelles)))) as parcelles,
        min(nature_logement) as nature_convention,
        min(annee) as annee_convention,
        bool_or(est_annee_de_signature) as est_annee_de_signature
    from lot
    where rang = 1
    group by all
),

juge as (
    select
        *,
        bool_or(accord <> 'autre') over (partition by agrement_id) as est_trouve
    from convention
)

select
    juge.* exclude (est_trouve, accord),
    case
        when juge.accord = 'autre' then 'numero_autre_financement'
        when juge.est_exact then 'numero_exact'
        else 'numero_normalise'
    end as methode,
    (
        case juge.accord
            when 'financement' then critere.confiance_numero_exact
            when 'famille' then critere.confiance_numero_famille
            else critere.confiance_autre_financement
        end * case when juge.est_exact then 1 else critere.confiance_numero_normalise end
    )::decimal(5, 4) as confiance,
    case when juge.accord = 'autre' then 'a_verifier' else 'lien' end as statut
from juge
cross join critere
-- another financing is only worth a look when nothing else was found
where juge.accord <> 'autre' or not juge.est_trouve
