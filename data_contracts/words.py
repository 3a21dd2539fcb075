"""The French words behind the codes that contracts and rules share, and how a value is written for a reader.

Shared by the command line, the generated documents and the application: each of them says the same thing by the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from data_contracts.rule_contract import Etat, Niveau

NARROW_SPACE = "\u202f"
"""Between thousands."""

SOURCES = {
    "ecoloweb": "Ecoloweb",
    "siap": "SIAP",
    "sisal": "SISAL",
    "apilos": "APiLos",
    "satisfaction": "Enquête de satisfaction",
    "referentiels": "Référentiels",
    "rpls": "RPLS",
}

FAMILIES = {
    "FIN": "Financement",
    "DUR": "Durée et date de fin",
    "DAT": "Dates",
    "LOY": "Loyer",
    "RED": "Redevance",
    "SUR": "Surfaces et logements",
    "MIX": "Mixité sociale et réservations",
    "PUB": "Publicité foncière",
    "AVE": "Avenants",
    "TYP": "Type de convention",
    "CAS": "Cas particuliers",
    "OM": "Outre-mer",
    "AGR": "Agrément et convention",
    "IDE": "Identité",
    "GEO": "Géographie",
    "DUP": "Doublons",
    "ORP": "Orphelins",
    "STA": "Statut",
    "MIG": "Reprise dans APiLos",
}
"""The families of rules, in the order they are shown."""

STATES = {
    Etat.ACTIVE: "active",
    Etat.EN_ATTENTE_DE_SOURCE: "en attente d'une source",
    Etat.NON_DERIVABLE: "non dérivable",
    Etat.CONTROLE_INTERNE: "contrôle de l'entrepôt",
    Etat.INDICATEUR: "indicateur",
}

SEVERITIES = {
    Niveau.NON_REGLEMENTAIRE: ("non réglementaire", "non réglementaires"),
    Niveau.ANOMALIE: ("anomalie", "anomalies"),
    Niveau.A_VERIFIER: ("à vérifier", "à vérifier"),
    Niveau.INFORMATION: ("information", "informations"),
}
"""For one finding and for several, the most serious first."""

CHANGES = {
    "convention_ajoutee": "convention ajoutée",
    "convention_disparue": "convention disparue",
    "convention_modifiee": "convention modifiée",
    "constat_nouveau": "constat nouveau",
    "constat_resolu": "constat résolu",
    "constat_modifie": "constat changé",
    "constat_non_juge": "constat qui n'est plus jugé",
}
"""What may change from a run to the next, in the order it is shown. A modified agreement counts once a field."""

CAUSES = {
    "livraison": "livraison",
    "regle": "règle",
    "parametre": "paramètre",
    "date_reference": "date de référence",
    "code": "code",
}
"""What a change comes from."""


def number(value: int) -> str:
    """Write a whole number: 781000 → « 781 000 »."""
    return f"{value:,}".replace(",", NARROW_SPACE)


def value(found: Any) -> str:  # noqa: ANN401 - any value of a JSON
    """Write a value as JSON holds it: a day « 08/02/2024 », a number, a decimal, oui or non, a list, « vide » for none."""
    match found:
        case None | []:
            return "vide"
        case bool():
            return "oui" if found else "non"
        case list():
            return ", ".join(map(value, found))
        case int():
            return number(found)
        case str():
            return _text(found)
        case _:
            return str(found).replace(".", ",")


def dated(found: Iterable[Mapping[str, Any]] | None) -> str:
    """Write the dated values of a parameter (depuis, valeur) as a French reader expects them: « 15 à partir du 03/05/2002 »."""
    if found is None:
        return "absent"
    return ", ".join(_since(value(one["valeur"]), one["depuis"]) for one in found)


def in_family_order(families: Iterable[str]) -> list[str]:
    """Return families in the order they are shown; those that nobody named come last."""
    known = list(FAMILIES)
    return sorted(families, key=lambda family: (known.index(family) if family in known else len(known), family))


def _since(text: str, day: str | None) -> str:
    return f"{text} à partir du {value(day)}" if day else text


def _text(found: str) -> str:
    """Write a day or a decimal, which JSON holds as texts, the French way; any other text is left as it is."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
        return f"{date.fromisoformat(found):%d/%m/%Y}"
    return found.replace(".", ",") if re.fullmatch(r"-?\d+\.\d+", found) else found
