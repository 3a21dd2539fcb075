"""The sets of agreements that the quality score tells apart, and of what was received and not published as it came."""

from __future__ import annotations

from dataclasses import replace

from dashboards.requetes.communs import Portee
from dashboards.requetes.ensembles import Ensemble, Genre
from dashboards.requetes.ensembles_parc import CONVENTIONS

_DU_PIRE_AU_MEILLEUR = replace(CONVENTIONS, cle="convention.score_qualite, convention.convention_id")
_REFUSEES = Genre(
    code="ligne_refusee",
    depuis="rec_quarantaine as refusee",
    cle="refusee.source, refusee.livraison_id, refusee.table_source, refusee.ligne",
    portee=Portee(source="refusee.source"),
    champs="refusee.*",
)
_RECUES = Genre(
    code="convention_recue",
    depuis="rec_convention as recue",
    cle="recue.source, recue.cle_source",
    portee=Portee(source="recue.source"),
    champs="recue.*",
)
_ENREGISTREMENTS = Genre(
    code="enregistrement_apilos",
    depuis="rec_apilos as enregistrement",
    cle="enregistrement.cle_apilos",
    portee=Portee(source="'ecoloweb'"),
    champs="enregistrement.*, convention.numero as numero_convention",
    jointures="left join fct_convention as convention on enregistrement.convention_id = convention.convention_id",
)


def _notees(code: str, titre: str, condition: str, definition: str) -> Ensemble:
    return Ensemble(
        code=code,
        titre=titre,
        genre=_DU_PIRE_AU_MEILLEUR,
        condition=condition,
        definition=definition,
        source="fct_convention.score_qualite",
    )


def _bande(bas: int, haut: int) -> Ensemble:
    return _notees(
        f"score_{bas}",
        f"Score de {bas} à moins de {haut} %" if bas else f"Score sous {haut} %",
        f"convention.score_qualite >= {bas} and convention.score_qualite < {haut}",
        f"Conventions dont le score de qualité est d'au moins {bas} % et de moins de {haut} %.",
    )


NOTEES = _notees(
    "notees", "Conventions notées", "convention.score_qualite is not null", "Conventions où un contrôle qui pèse s'applique."
)
SANS_DEFAUT = _notees(
    "score_100",
    "Score de 100 %",
    "convention.score_qualite = 100",
    "Conventions notées dont aucun contrôle qui pèse n'est en défaut : rien n'est à y traiter.",
)
EN_DEFAUT = _notees(
    "en_defaut",
    "Conventions avec un défaut",
    "convention.score_qualite < 100",
    "Conventions notées dont un contrôle qui pèse est en défaut ; les plus mal notées d'abord.",
)
SANS_SCORE = _notees(
    "sans_score",
    "Conventions sans score",
    "convention.score_qualite is null",
    "Conventions où aucun contrôle qui pèse ne s'applique : leur qualité ne se mesure pas.",
)
BANDES = (
    SANS_DEFAUT,
    _bande(99, 100),
    _bande(95, 99),
    _bande(90, 95),
    _bande(75, 90),
    _bande(50, 75),
    _bande(0, 50),
    SANS_SCORE,
)
"""They hold every agreement, each once."""
QUARANTAINE = Ensemble(
    code="quarantaine",
    titre="Lignes en quarantaine",
    genre=_REFUSEES,
    condition="true",
    definition="Lignes reçues qu'une clause bloquante de leur contrat a fait refuser : elles ne sont dans aucun autre chiffre.",
    source="rec_quarantaine",
)
NON_PUBLIEES = Ensemble(
    code="non_publiees",
    titre="Conventions reçues et non publiées",
    genre=_RECUES,
    condition="recue.destin <> 'publiee'",
    definition="Conventions d'une source qui ne sont dans aucune ligne publiée, avec leur motif.",
    source="rec_convention",
)
PERDUES_APILOS = Ensemble(
    code="perdues_apilos",
    titre="Enregistrements que l'import officiel d'APiLos perd",
    genre=_ENREGISTREMENTS,
    condition="not enregistrement.est_reprise",
    definition="Une convention d'Ecoloweb, un financement et un numéro d'avenant que l'import officiel ne reprend pas.",
    source="rec_apilos",
)
