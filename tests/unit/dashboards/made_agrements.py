"""Agréments of a made run: one of each state that the page « Agréments sans convention » tells apart, and what links them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit.dashboards.made_rows import MIXTE, NUE, RESILIEE, SANS_PUBLICATION

Row = dict[str, Any]

RELIE, SANS_PLAI, ACOMPTE, AVANT, SANS_TRAVAUX, ANNULE, SUR_ANNULEE, INCONNU = (
    "siap:20210330001:PLUS",
    "siap:20210330001:PLAI",
    "siap:20240330002:PLS",
    "siap:20250290001:PLUS",
    "siap:20230290002:SANS_FINANCEMENT",
    "siap:20220330003:PLUS",
    "sisal:2015DD0330001:PLAI",
    "sisal:2010DD029:PLS",
)
EXPLICATION = "sans numéro commun ; même bailleur <100000009> ; 2 conventions se valent"

_STATES = {
    "ENGAGEE": (True, False, False),
    "ACOMPTE": (True, True, False),
    "TRANSMISE": (False, False, False),
    "ANNULEE": (False, False, True),
    None: (None, None, False),
}


def _agrement(agrement_id: str, departement: str, statut: str | None, nb_logements: int | None, **row: object) -> Row:
    source, numero, aide = agrement_id.split(":")
    engaged, paid, given_up = _STATES[statut]
    town, name, owner = {
        "33": ("33063", "Bordeaux", "51"),
        "29": ("29232", "Quimper", "52"),
        "974": ("97418", "Sainte-Marie", "52"),
    }[departement]
    return {
        "agrement_id": agrement_id,
        "source": source,
        "numero_operation": numero,
        "aide": aide,
        "financement": aide,
        "famille_financement": aide,
        "est_conventionnable": True,
        "nom_operation": "Les <Tilleuls>",
        "annee": int(numero[:4]),
        "origine_annee": "numero" if source == "siap" else "programmation",
        "statut": statut,
        "est_engagee": engaged,
        "est_acompte_demande": paid,
        "est_abandonnee": given_up,
        "est_sans_travaux": None if source == "sisal" else aide == "SANS_FINANCEMENT",
        "nb_logements": nb_logements,
        "nb_logements_adaptes_compris": nb_logements,
        "code_commune": town,
        "nom_commune": name,
        "code_departement": departement,
        "bailleur_id": f"ecoloweb:{owner}",
        "siren_maitre_ouvrage": {"51": "100000009", "52": "100000017"}[owner],
        "nb_conventions": 0,
        "nb_conventions_terminees": 0,
        "nb_conventions_a_verifier": 0,
        **row,
    }


def _lien(agrement_id: str, convention_id: str, methode: str, confiance: float, **row: object) -> Row:
    return {
        "agrement_id": agrement_id,
        "convention_id": convention_id,
        "statut": "lien",
        "methode": methode,
        "confiance": confiance,
        "explication": "même numéro d'opération",
        "numero_operation": agrement_id.split(":")[1],
        "code_departement": "33",
        "annee_agrement": int(agrement_id.split(":")[1][:4]),
        "nb_logements_agrement": 8,
        "nb_logements_convention": 8,
        **row,
    }


AGREMENTS = [
    _agrement(RELIE, "33", "ENGAGEE", 20, nb_conventions=1, convention_id=MIXTE),
    _agrement(SANS_PLAI, "33", "ENGAGEE", 10),
    _agrement(ACOMPTE, "33", "ACOMPTE", 8, nb_conventions_a_verifier=1),
    _agrement(AVANT, "29", "TRANSMISE", None),
    _agrement(SANS_TRAVAUX, "29", "ENGAGEE", 5),
    _agrement(ANNULE, "33", "ANNULEE", 12),
    _agrement(SUR_ANNULEE, "33", None, 30),
    _agrement(
        INCONNU,
        "29",
        None,
        4,
        bailleur_id=None,
        siren_maitre_ouvrage=None,
        code_commune=None,
        nom_commune=None,
        signalements=["NUMERO_MAL_FORME"],
    ),
    _agrement("sisal:2016DD9740001:PLUS", "974", None, 40, nb_conventions_terminees=1),
    _agrement("sisal:1991DD0330009:PLUS", "33", None, 15, nb_conventions=1, convention_id=MIXTE),
    _agrement("sisal:20210330001:PLUS", "33", None, 20, est_reprise_siap=True, nb_conventions=1, convention_id=MIXTE),
    _agrement("siap:20210330004:PSLA", "33", "ENGAGEE", 6, est_conventionnable=False, nb_conventions=None),
    _agrement("siap:20210330005:RENO", "33", "ENGAGEE", 7, est_conventionnable=None, nb_conventions=None),
    _agrement("siap:1900VIEUX:PLUS", "29", "ENGAGEE", 3, annee=None, origine_annee=None),
]
MARTS: dict[str, list[Row]] = {
    "fct_agrement": AGREMENTS,
    "fct_rapprochement": [
        _lien(RELIE, MIXTE, "numero_exact", 1),
        _lien("sisal:1991DD0330009:PLUS", MIXTE, "numero_normalise", 0.98),
        _lien("sisal:2016DD9740001:PLUS", RESILIEE, "numero_exact", 1),
        _lien("sisal:20210330001:PLUS", MIXTE, "numero_exact", 1),
        _lien(SUR_ANNULEE, NUE, "numero_exact", 1),
        _lien(ACOMPTE, SANS_PUBLICATION, "ressemblance", 0.8765, statut="a_verifier", explication=EXPLICATION),
    ],
    "dim_livraison": [
        {"livraison_id": "a", "source": "ecoloweb", "date_reception": date(2026, 10, 31)},
        {"livraison_id": "b", "source": "siap", "habilitation": "1, France entière"},
        {"livraison_id": "c", "source": "sisal"},
    ],
}
