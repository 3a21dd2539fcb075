"""The kinds of rows of the page « Agréments sans convention »: agréments, operations, links, and years from the one to the other.

An agrément is an operation and one of its aids.
"""

from __future__ import annotations

from dashboards.requetes.communs import Portee
from dashboards.requetes.ensembles import Genre

AGREMENT = """(
    select
        fct_agrement.*,
        nb_conventions + nb_conventions_terminees > 0 as est_relie,
        case
            when est_abandonnee then 'abandonnee'
            when est_sans_travaux then 'sans_travaux'
            when est_acompte_demande then 'acompte'
            when est_engagee then 'engagee'
            when not est_engagee then 'avant'
            else 'inconnu'
        end as avancement
    from fct_agrement
    where est_conventionnable and not est_reprise_siap and nb_conventions is not null
) as agrement"""
"""Agréments that must have an agreement, those given up too, with how far each has come."""
COMPTE = "agrement.avancement <> 'abandonnee'"
"""An agrément that figures count."""
DATES = ("Agréés depuis l'année du", "Agréés jusqu'à l'année du")
_PISTE = """
    left join (
        select
            agrement_id,
            bool_or(statut = 'lien') as est_lie_a_une_annulee,
            first(convention_id order by statut = 'lien' desc, confiance desc, convention_id) as piste_id
        from fct_rapprochement
        group by agrement_id
    ) as piste on agrement.agrement_id = piste.agrement_id
"""
_RAISONS = """
    case when not agrement.est_relie then list_filter(
        [
            case when agrement.nb_conventions_a_verifier > 0 then 'A_VERIFIER' end,
            case when piste.est_lie_a_une_annulee then 'CONVENTION_ANNULEE' end,
            case when piste.agrement_id is null then 'NUMERO_ABSENT' end,
            case when list_contains(agrement.signalements, 'NUMERO_MAL_FORME') then 'NUMERO_MAL_FORME' end,
            case when agrement.avancement = 'abandonnee' then 'OPERATION_ABANDONNEE' end,
            case when agrement.siren_maitre_ouvrage is null then 'SANS_SIREN' end,
            case when agrement.code_commune is null then 'SANS_COMMUNE' end,
            case when agrement.famille_financement is null then 'SANS_FAMILLE' end,
            case when agrement.nb_logements_adaptes_compris is null then 'SANS_NOMBRE' end
        ],
        lambda raison: raison is not null
    ) end as raisons
"""
"""Why an agrément has no agreement, as far as matching knows: what was found all the same, and what could not be compared."""


def _portee(de: str, *, annee: str = "annee", familles: str = "") -> Portee:
    """Return what the shared filters compare in rows that have the usual columns of an agrément, read under the name `de`."""
    return Portee(
        territoire=f"{de}.code_departement",
        annee=f"{de}.{annee}",
        familles=familles or f"[{de}.famille_financement]",
        bailleur=f"{de}.bailleur_id",
        source=f"{de}.source",
    )


AGREMENTS = Genre(
    code="agrement",
    depuis=AGREMENT,
    cle="agrement.annee nulls last, agrement.code_departement nulls last, agrement.agrement_id",
    portee=_portee("agrement"),
    dates=DATES,
    champs=f"""
        agrement.* exclude (convention_id),
        coalesce(agrement.convention_id, piste.piste_id) as convention_id,
        {_RAISONS},
        bailleur.nom as nom_bailleur,
        bailleur.siren as siren_bailleur
    """,
    jointures=f"left join dim_bailleur as bailleur on agrement.bailleur_id = bailleur.bailleur_id {_PISTE}",
)
OPERATIONS = Genre(
    code="operation",
    depuis=f"""(
        select
            agrement.source,
            agrement.numero_operation,
            min(agrement.nom_operation) as nom_operation,
            min(agrement.code_departement) as code_departement,
            min(agrement.nom_commune) as nom_commune,
            min(agrement.annee) as annee,
            min(agrement.bailleur_id) as bailleur_id,
            list(distinct agrement.famille_financement) as familles,
            list(agrement.aide order by agrement.aide) as aides,
            sum(agrement.nb_logements) as nb_logements,
            bool_or(agrement.est_relie) as est_couverte,
            bool_and(agrement.est_relie) as est_entierement_couverte,
            bool_or(agrement.nb_conventions_a_verifier > 0) as est_a_verifier
        from {AGREMENT}
        where {COMPTE}
        group by agrement.source, agrement.numero_operation
    ) as operation""",
    cle="operation.annee nulls last, operation.source, operation.numero_operation",
    portee=_portee("operation", familles="operation.familles"),
    dates=DATES,
    champs="operation.*, bailleur.nom as nom_bailleur",
    jointures="left join dim_bailleur as bailleur on operation.bailleur_id = bailleur.bailleur_id",
)
"""An operation is kept by a filter on financing as soon as one of its aids is."""
LIENS = Genre(
    code="lien",
    depuis=f"""(
        select
            lien.*,
            agrement.source,
            agrement.aide,
            agrement.famille_financement,
            agrement.nom_operation,
            agrement.nom_commune,
            agrement.bailleur_id,
            agrement.avancement
        from fct_rapprochement as lien
        inner join {AGREMENT} on lien.agrement_id = agrement.agrement_id
    ) as lien""",
    cle="lien.confiance desc, lien.agrement_id, lien.convention_id",
    portee=_portee("lien", annee="annee_agrement"),
    dates=DATES,
    champs="""
        lien.*,
        bailleur.nom as nom_bailleur,
        convention.numero as numero_convention,
        convention.statut as statut_convention,
        convention.date_signature
    """,
    jointures="""
        left join dim_bailleur as bailleur on lien.bailleur_id = bailleur.bailleur_id
        left join fct_convention as convention on lien.convention_id = convention.convention_id
    """,
)
DUREES = Genre(
    code="duree",
    depuis="""(
        select
            fct_agrement.*,
            premiere.convention_id as premiere_convention_id,
            premiere.date_signature,
            year(premiere.date_signature) as annee_signature,
            year(premiere.date_signature) - fct_agrement.annee as annees
        from fct_agrement
        inner join (
            select
                lien.agrement_id,
                min(convention.date_signature) as date_signature,
                arg_min(convention.convention_id, (convention.date_signature, convention.convention_id)) as convention_id
            from fct_rapprochement as lien
            inner join fct_convention as convention on lien.convention_id = convention.convention_id
            where
                lien.statut = 'lien'
                and convention.date_signature is not null
                and convention.statut not in ('ANNULEE', 'ABANDONNEE')
                and convention.nature_bailleur in ('HLM', 'SEM', 'AUTRE')
            group by lien.agrement_id
        ) as premiere on fct_agrement.agrement_id = premiere.agrement_id
        where not fct_agrement.est_reprise_siap and fct_agrement.annee is not null
    ) as duree""",
    cle="duree.annees desc, duree.agrement_id",
    portee=_portee("duree"),
    dates=DATES,
    champs="duree.* exclude (convention_id), duree.premiere_convention_id as convention_id, bailleur.nom as nom_bailleur",
    jointures="left join dim_bailleur as bailleur on duree.bailleur_id = bailleur.bailleur_id",
)
"""Agréments whose agreement is signed, as T-12 measures them: the first of the agreements that they are linked to."""
