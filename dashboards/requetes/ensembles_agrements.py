"""The sets of agréments, operations and links that the page « Agréments sans convention » counts.

An agrément is an operation and one of its aids. What is counted is what A-08 counts: aids that must have an agreement, of
operations neither cancelled nor deleted, once each; those given up are told apart.
"""

from __future__ import annotations

from dataclasses import replace

from dashboards.requetes.communs import Portee
from dashboards.requetes.ensembles import Ensemble, Genre
from data_contracts.extraits.libelles import AVANCEMENTS

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

AGREMENTS = Genre(
    code="agrement",
    depuis=AGREMENT,
    cle="agrement.annee nulls last, agrement.code_departement nulls last, agrement.agrement_id",
    portee=Portee(
        territoire="agrement.code_departement",
        annee="agrement.annee",
        familles="[agrement.famille_financement]",
        bailleur="agrement.bailleur_id",
        source="agrement.source",
    ),
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
    portee=Portee(
        territoire="operation.code_departement",
        annee="operation.annee",
        familles="operation.familles",
        bailleur="operation.bailleur_id",
        source="operation.source",
    ),
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
    portee=Portee(
        territoire="lien.code_departement",
        annee="lien.annee_agrement",
        familles="[lien.famille_financement]",
        bailleur="lien.bailleur_id",
        source="lien.source",
    ),
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
    portee=Portee(
        territoire="duree.code_departement",
        annee="duree.annee",
        familles="[duree.famille_financement]",
        bailleur="duree.bailleur_id",
        source="duree.source",
    ),
    dates=DATES,
    champs="duree.* exclude (convention_id), duree.premiere_convention_id as convention_id, bailleur.nom as nom_bailleur",
    jointures="left join dim_bailleur as bailleur on duree.bailleur_id = bailleur.bailleur_id",
)
"""Agréments whose agreement is signed, as T-12 measures them: the first of the agreements that they are linked to."""


def _agrements(code: str, titre: str, condition: str, definition: str, champ: str = "nb_conventions") -> Ensemble:
    source = f"fct_agrement.{champ}"
    return Ensemble(code=code, titre=titre, genre=AGREMENTS, condition=condition, definition=definition, source=source)


A_CONVENTIONNER = _agrements(
    "agrements_a_conventionner",
    "Agréments à conventionner",
    COMPTE,
    "Une opération et une aide qui doit être conventionnée, ni annulée ni supprimée ; donnée par SISAL et par le SIAP, elle compte "
    "une fois.",
    "est_conventionnable",
)
RELIES = _agrements(
    "agrements_rapproches",
    "Agréments rapprochés",
    f"{COMPTE} and agrement.est_relie",
    "Agréments à conventionner liés à une convention au moins, même résiliée ou dénoncée depuis.",
)
SANS_CONVENTION = _agrements(
    "agrements_sans_convention",
    "Agréments sans convention",
    f"{COMPTE} and not agrement.est_relie",
    "Agréments à conventionner qu'aucun lien ne mène à une convention, même résiliée ou dénoncée. Une proposition à vérifier n'est "
    "pas un lien ; une convention annulée ne compte pas.",
)


def _sans(avancement: str, definition: str) -> Ensemble:
    return _agrements(
        f"agrements_{avancement}",
        f"Agréments sans convention : {AVANCEMENTS[avancement].lower()}",
        f"agrement.avancement = '{avancement}' and not agrement.est_relie",
        definition,
        "statut",
    )


ACOMPTE = _sans(
    "acompte",
    "L'opération a demandé un acompte, est close ou soldée dans le SIAP : la convention aurait dû être signée avant.",
)
ENGAGEE = _sans("engagee", "L'opération est engagée dans le SIAP, sans acompte demandé.")
SANS_TRAVAUX = _sans(
    "sans_travaux", "Conventionnement sans travaux, engagé ou non : ni chantier ni acompte n'expliquent l'attente."
)
AVANT = _sans("avant", "L'opération n'est pas encore engagée dans le SIAP : la convention n'est pas encore due.")
INCONNU = _sans("inconnu", "Rien ne dit l'avancement : SISAL ne le donne pas, et un statut du SIAP peut être inconnu.")
ABANDONNEE = _sans(
    "abandonnee",
    "Opération annulée ou supprimée : comptée à part, ni dans A-08, ni dans les autres chiffres de la page.",
)
ANCIENS = _agrements(
    "agrements_anciens",
    "Sans convention depuis 5 ans et plus",
    f"{COMPTE} and not agrement.est_relie and year($reference::date) - agrement.annee >= 5",
    "Agréments sans convention dont l'année précède de cinq ans au moins celle de la date de référence.",
    "annee",
)
PAR_AVANCEMENT = {
    "acompte": ACOMPTE,
    "engagee": ENGAGEE,
    "sans_travaux": SANS_TRAVAUX,
    "avant": AVANT,
    "inconnu": INCONNU,
    "abandonnee": ABANDONNEE,
}
"""Agréments without an agreement, by how far the operation has come."""
OPERATIONS_COMPTEES = Ensemble(
    code="operations_a_conventionner",
    titre="Opérations à conventionner",
    genre=OPERATIONS,
    condition="true",
    definition="Opérations dont une aide au moins doit être conventionnée, ni annulées ni supprimées : le dénominateur de A-08.",
    source="fct_agrement",
)
OPERATIONS_COUVERTES = replace(
    OPERATIONS_COMPTEES,
    code="operations_couvertes",
    titre="Opérations couvertes",
    condition="operation.est_couverte",
    definition="Opérations dont l'un des agréments est lié à une convention, même terminée depuis : le numérateur de A-08.",
    source="fct_agrement.nb_conventions",
)
OPERATIONS_SANS = replace(
    OPERATIONS_COUVERTES,
    code="operations_sans_convention",
    titre="Opérations sans convention",
    condition="not operation.est_couverte",
    definition="Opérations dont aucun agrément n'est lié à une convention.",
)
PROPOSITIONS = Ensemble(
    code="rapprochements_a_verifier",
    titre="Rapprochements à vérifier",
    genre=LIENS,
    condition="lien.avancement <> 'abandonnee' and lien.statut = 'a_verifier'",
    definition="Conventions qui ressemblent à un agrément sans lui être liées : ni les règles ni les indicateurs ne les lisent.",
    source="fct_rapprochement.statut",
)
RAPPROCHEMENTS = replace(
    PROPOSITIONS,
    code="rapprochements",
    titre="Agréments et conventions rapprochés",
    condition="lien.avancement <> 'abandonnee' and lien.statut = 'lien'",
    definition="Liens entre un agrément et une convention. Une convention annulée reste liée par son numéro, et ne le couvre pas.",
)
SIGNES_SISAL = Ensemble(
    code="agrements_signes_sisal",
    titre="Agréments de SISAL dont la convention est signée",
    genre=DUREES,
    condition="duree.origine_annee = 'programmation'",
    definition="De l'année de programmation à celle de la première signature : ce que mesure T-12.",
    source="fct_agrement.annee et fct_convention.date_signature",
)
SIGNES_SIAP = replace(
    SIGNES_SISAL,
    code="agrements_signes_siap",
    titre="Agréments du SIAP dont la convention est signée",
    condition="duree.origine_annee = 'numero'",
    definition="De l'année de création de l'opération, lue dans son numéro, à celle de la première signature : ce que mesure T-12.",
)
