"""What the files of corrections read: the agreements that each one is about, and what keeps a correction from being asked as it is.

Every query gives the fields of its file, `obstacle` (null when the correction is ready) and `precision` (what helps to decide). It
starts after `CHOISIES`, whose `choisie` holds the agreements of the selection that are not ANAH's.
"""

from __future__ import annotations

APILOS = ("PLUS", "PLAI", "PLS", "PALULOS", "SANS_FINANCEMENT")
"""The financings that APiLos can give to a list of agreements."""
MUTATION = "1"
"""The code of the amendments that change the owner."""

CHOISIES = """
with reprise as (
    -- what the official import left of each agreement in APiLos
    select
        convention_id,
        bool_or(est_reprise) as est_reprise,
        list_sort(list(distinct financement) filter (where est_reprise)) as financements_apilos
    from rec_apilos
    group by convention_id
),

numerotee as (
    select
        convention.*,
        coalesce(reprise.est_reprise, true) as est_dans_apilos,
        coalesce(reprise.financements_apilos, []) as financements_apilos,
        count(*) over (partition by convention.numero_norm) as nb_meme_numero
    from fct_convention as convention
    left join reprise on convention.convention_id = reprise.convention_id
),

suivie as (
    select
        *,
        case
            when coalesce(trim(numero), '') = '' then 'La convention n''a pas de numéro.'
            when nb_meme_numero > 1
                then concat(nb_meme_numero, ' conventions portent ce numéro : APiLos les changerait toutes.')
            when not est_dans_apilos then 'L''import officiel ne l''a pas reprise dans APiLos.'
        end as obstacle_commun
    from numerotee
    where not est_anah and {condition}
),

choisie as (
    select *
    from suivie
    where statut is distinct from 'ANNULEE' and statut is distinct from 'ABANDONNEE'
)
"""

_FIN = """
select
    convention_id,
    trim(numero) as numero,
    numero_norm,
    code_departement,
    date_fin,
    precision,
    coalesce(
        obstacle_commun,
        case
            when date_fin is null then 'La date manque.'
            when date_fin < date_signature then 'La date précède la signature de la convention.'
            when date_fin > date '{date_reference}' then 'La date est dans le futur.'
        end
    ) as obstacle
from terminee
order by numero_norm nulls last, convention_id
"""

RESILIATIONS = f"""
,

terminee as (
    select
        *,
        date_resiliation as date_fin,
        null as precision
    from choisie
    where statut = 'RESILIEE'
)
{_FIN}
"""

DENONCIATIONS = f"""
,

terminee as (
    select
        *,
        date_demande_denonciation as date_fin,
        concat('Expiration de la convention : ', coalesce(strftime(date_expiration, '%d/%m/%Y'), 'inconnue')) as precision
    from choisie
    where statut = 'DENONCEE'
)
{_FIN}
"""

FINANCEMENTS = f"""
,

lot as (
    select
        convention_id,
        -- APiLos has no PAM: such a lot is of the family PLUS there
        case financement when 'PAM' then 'PLUS' else financement end as financement,
        sum(nb_logements) as nb_logements
    from fct_lot
    where financement is not null
    group by all
),

lue as (
    select
        convention_id,
        list(financement order by financement) as financements_lus,
        string_agg(concat(financement, ' : ', coalesce(nb_logements::varchar, '?'), ' logements'), ' ; ' order by financement)
            as logements
    from lot
    group by convention_id
),

constat as (
    select
        anomalie.convention_id,
        string_agg(concat(anomalie.regle_id, ' : ', anomalie.message), chr(10) order by anomalie.regle_id, anomalie.anomalie_id)
            as messages
    from fct_anomalie as anomalie
    inner join dim_regle as regle on anomalie.regle_id = regle.regle_id
    where
        regle.famille = 'FIN'
        and anomalie.severite <> 'information'
        and anomalie.etat = 'ouverte'
        and anomalie.{{a_traiter}}
    group by anomalie.convention_id
),

comparee as (
    select
        choisie.*,
        lue.logements,
        constat.messages,
        coalesce(lue.financements_lus, []) as financements_lus,
        case when len(lue.financements_lus) = 1 then lue.financements_lus[1] end as financement
    from choisie
    left join lue on choisie.convention_id = lue.convention_id
    left join constat on choisie.convention_id = constat.convention_id
),

jugee as (
    select
        *,
        case
            when len(financements_lus) = 0 then 'Aucun financement connu : le chercher dans la convention.'
            when len(financements_lus) > 1
                then 'Plusieurs financements : APiLos n''en donne qu''un à toutes les conventions du numéro. Scinder d''abord.'
            when financement not in {APILOS} then 'APiLos ne donne pas ce financement par liste.'
            when messages is not null then 'Un constat porte sur ce financement : le trancher d''abord.'
            when len(financements_apilos) > 1 then 'APiLos porte plusieurs financements sous ce numéro : les lire d''abord.'
        end as obstacle_financement
    from comparee
    where
        messages is not null
        -- the official import wrote another financing than the one that the agreement has
        or (
            len(financements_lus) = 1
            and len(financements_apilos) > 0
            and financement in {APILOS}
            and not list_contains(financements_apilos, financement)
        )
)

select
    convention_id,
    trim(numero) as numero,
    numero_norm,
    code_departement,
    financement,
    concat_ws(chr(10), messages, logements, concat('Dans APiLos : ', array_to_string(financements_apilos, ', '))) as precision,
    coalesce(obstacle_commun, obstacle_financement) as obstacle
from jugee
order by financement nulls last, numero_norm nulls last, convention_id
"""

BAILLEURS = f"""
,

racine as (
    -- the period that the official import read: the latest without amendment that was not abandoned
    select
        convention_id,
        arg_max(version_id, (date_debut, version_id)) as version_id
    from fct_convention_version
    where avenant_id is null and statut is distinct from 'ABANDONNEE'
    group by convention_id
),

ancien as (
    select
        racine.convention_id,
        min(lot.bailleur_id) as bailleur_id
    from racine
    inner join fct_lot_version as lot on racine.version_id = lot.version_id
    group by racine.convention_id
    having count(distinct lot.bailleur_id) = 1
),

mutation as (
    select distinct convention_id
    from fct_avenant
    where list_contains(types, '{MUTATION}') and not est_annule
),

changee as (
    select
        choisie.*,
        nouveau.siren,
        nouveau.nom as nom_nouveau,
        precedent.nom as nom_precedent,
        precedent.siren as siren_precedent,
        choisie.convention_id in (select mutation.convention_id from mutation) as est_actee,
        (
            select sum(chiffre // 10 + chiffre % 10) % 10 = 0
            from (
                select substr(nouveau.siren, rang::integer, 1)::integer * (case when rang % 2 = 0 then 2 else 1 end) as chiffre
                from range(1, 10) as rangs(rang)
            )
        ) as est_siren_juste
    from choisie
    inner join ancien on choisie.convention_id = ancien.convention_id
    inner join dim_bailleur as nouveau on choisie.bailleur_id = nouveau.bailleur_id
    inner join dim_bailleur as precedent on ancien.bailleur_id = precedent.bailleur_id
    where
        choisie.nb_bailleurs = 1
        and choisie.bailleur_id <> ancien.bailleur_id
        and (nouveau.siren is null or nouveau.siren is distinct from precedent.siren)
)

select
    convention_id,
    trim(numero) as numero,
    numero_norm,
    code_departement,
    siren,
    concat('De ', nom_precedent, ' (' || siren_precedent || ')', ' à ', nom_nouveau) as precision,
    coalesce(
        obstacle_commun,
        case
            when siren is null then 'Le nouveau bailleur n''a pas de SIREN.'
            when not est_siren_juste then 'Le SIREN du nouveau bailleur n''est pas valide.'
            when not est_actee then 'Aucun avenant de mutation : vérifier l''acte avant de demander le changement.'
        end
    ) as obstacle
from changee
order by numero_norm nulls last, convention_id
"""

ANAH = """
with choisie as (
    select *
    from fct_convention
    where est_anah and {condition}
),

reprise as (
    select
        convention_id,
        bool_or(est_reprise) as est_reprise
    from rec_apilos
    group by convention_id
),

financement as (
    select
        lot.convention_id,
        array_to_string(
            list_sort(list(distinct concat(financement.libelle, ' (code ', financement.code_typefinancement, ')'))), ', '
        ) as libelles
    from fct_lot as lot
    inner join dim_financement as financement on lot.code_typefinancement = financement.code_typefinancement
    where financement.est_anah
    group by lot.convention_id
)

select
    choisie.convention_id,
    trim(choisie.numero) as numero,
    choisie.code_departement,
    choisie.date_signature,
    choisie.date_effet,
    choisie.date_expiration,
    choisie.statut,
    -- without such a financing, the type of the agreement is what makes it one of ANAH's
    coalesce('Financement : ' || financement.libelles, 'Convention type ' || choisie.convention_type) as motif,
    coalesce(reprise.est_reprise, true) as est_dans_apilos
from choisie
left join financement on choisie.convention_id = financement.convention_id
left join reprise on choisie.convention_id = reprise.convention_id
order by choisie.code_departement nulls last, choisie.numero_norm nulls last, choisie.convention_id
"""
