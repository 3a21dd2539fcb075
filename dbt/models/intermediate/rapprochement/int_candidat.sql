-- Grain: one agrément that no number links, and one agreement that resembles it: the same owner, commune and family of financing,
-- about as many dwellings, a few years at most. These make the blocks: agréments and agreements are only compared within one.
with critere as (
    {{ criteres_du_rapprochement() }}
),

lie as (
    select distinct agrement_id
    from {{ ref('int_rapprochement_numero') }}
    where statut = 'lien'
),

lot_lie as (
    select distinct lien.lot_id
    from {{ ref('int_lot_agrement') }} as lien
    where lien.accord <> 'autre'
),

agrement as (
    select
        agrement.agrement_id,
        agrement.financement,
        agrement.famille_financement,
        agrement.nb_logements_adaptes_compris as nb_logements,
        agrement.nature_comparable as nature_logement,
        agrement.annee,
        agrement.code_commune,
        agrement.siren_maitre_ouvrage as siren,
        coalesce(absorption.siren_suivi, agrement.siren_maitre_ouvrage) as siren_suivi,
        case
            when agrement.code_commune_parcelle_mere = agrement.code_commune
                then agrement.section_parcelle || ' ' || agrement.numero_parcelle
        end as parcelle
    from (
        select
            agrement.*,
            coalesce(nullif(commune.code_commune_parent, ''), commune.code_commune) as code_commune_parcelle_mere
        from {{ ref('int_agrement') }} as agrement
        left join {{ source('referentiel', 'commune') }} as commune on agrement.code_parcelle = commune.code_commune
    ) as agrement
    left join {{ ref('int_absorption') }} as absorption on agrement.siren_maitre_ouvrage = absorption.siren
    left join lie on agrement.agrement_id = lie.agrement_id
    where
        agrement.est_conventionnable
        and not agrement.est_reprise_siap
        and not coalesce(agrement.est_abandonnee, false)
        and lie.agrement_id is null
),

-- what an agreement holds of one family for one owner in one commune
part as (
    select
        lot.convention_id,
        lot.famille_financement,
        lot.siren_suivi,
        lot.code_commune,
        min(lot.siren) as siren,
        list(distinct lot.financement order by lot.financement) as financements,
        sum(lot.nb_logements)::integer as nb_logements,
        min(lot.nature_logement) as nature_logement,
        min(lot.annee) as annee,
        bool_or(lot.est_annee_de_signature) as est_annee_de_signature,
        list_sort(list_distinct(flatten(list(lot.parcelles)))) as parcelles,
        list_sort(list_distinct(flatten(list(lot.numeros)))) as numeros
    from {{ ref('int_lot_compare') }} as lot
    left join lot_lie on lot.lot_id = lot_lie.lot_id
    where
        lot.est_suivie
        and not coalesce(lot.est_anah, false)
        and lot.siren_suivi is not null
        and lot.code_commune is not null
        and lot_lie.lot_id is null
    group by all
    having count(*) = count(lot.nb_logements)
),

paire as (
    select
        agrement.agrement_id,
        part.convention_id,
        concat_ws('|', part.convention_id, part.famille_financement, part.siren_suivi, part.code_commune) as part_id,
        part.financements,
        list_contains(part.financements, agrement.financement) as est_meme_financement,
        agrement.siren = part.siren as est_meme_siren,
        part.siren as siren_convention,
        agrement.nb_logements as nb_logements_agrement,
        part.nb_logements as nb_logements_convention,
        part.nature_logement as nature_convention,
        part.annee as annee_convention,
        part.est_annee_de_signature,
        part.annee - agrement.annee as ecart_annees,
        100 * abs(part.nb_logements - agrement.nb_logements) / agrement.nb_logements as ecart_taille_pct,
        {{ natures_differentes('agrement.nature_logement', 'part.nature_logement') }} as est_nature_differente,
        list_contains(part.parcelles, agrement.parcelle) as est_parcelle_commune,
        len(part.numeros) > 0 as est_numero_autre,
        part.numeros,
        part.parcelles,
        part.code_commune
    from agrement
    inner join part
        on
            agrement.siren_suivi = part.siren_suivi
            and agrement.code_commune = part.code_commune
            and agrement.famille_financement = part.famille_financement
    cross join critere
    where
        100 * abs(part.nb_logements - agrement.nb_logements) <= critere.taille_ecart_max_pct * agrement.nb_logements
        and coalesce(part.annee - agrement.annee between critere.annees_min and critere.annees_max, true)
)

select
    paire.* exclude (ecart_taille_pct),
    greatest(
        case when paire.est_meme_siren then critere.poids_bailleur else critere.poids_bailleur_fusion end
        + critere.poids_commune
        + case when paire.est_meme_financement then critere.poids_financement else critere.poids_famille end
        + case
            when paire.nb_logements_agrement < critere.taille_petite then critere.poids_taille_petite
            else critere.poids_taille * (1 - paire.ecart_taille_pct::decimal(7, 4) / (2 * critere.taille_ecart_max_pct))
        end
        + case
            when paire.ecart_annees between 0 and critere.annees_pleines then critere.poids_annees_pleines
            when paire.ecart_annees between 0 and critere.annees_proches then critere.poids_annees_proches
            else 0
        end
        + case when paire.est_parcelle_commune then critere.poids_parcelle else 0 end
        - case when paire.est_nature_differente then critere.malus_nature else 0 end
        - case when paire.est_numero_autre then critere.malus_autre_numero else 0 end,
        0
    )::decimal(5, 4) as confiance
from paire
cross join critere
