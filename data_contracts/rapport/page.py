"""The report as one HTML page that needs nothing else: no script, no network."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup, escape

from data_contracts.extraits import formats
from data_contracts.rapport.section import Colonne, Etat, Genre

if TYPE_CHECKING:
    from data_contracts.rapport.rapport import Rapport

_GABARIT = "rapport-qualite.html.j2"


def en_html(rapport: Rapport) -> str:
    """Write the page."""
    return _environnement().get_template(_GABARIT).render(rapport=rapport)


@cache
def _environnement() -> jinja2.Environment:
    environnement = jinja2.Environment(
        loader=jinja2.PackageLoader("data_contracts.rapport", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environnement.filters |= {"cellule": cellule, "jour": formats.jour, "instant": formats.instant, "etat": etat}
    return environnement


def cellule(valeur: Any, colonne: Colonne) -> str | Markup:  # noqa: ANN401 - one value of any column
    """Write a value as its column shows it."""
    if valeur is None:
        return formats.VIDE
    match colonne.genre:
        case Genre.ETAT:
            return etat(valeur)
        case Genre.PART:
            return formats.pourcent(valeur)
        case Genre.ECART:
            return formats.nombre(valeur) if valeur <= 0 else f"+{formats.nombre(valeur)}"
        case Genre.CLES:
            return Markup(", ").join(Markup("<code>{}</code>").format(cle) for cle in valeur) if valeur else formats.VIDE
        case _:
            return formats.valeur(valeur)


def etat(montre: Etat) -> Markup:
    """Write a state: its sign, its words, and a colour that repeats them."""
    return Markup('<span class="etat {}"><span aria-hidden="true">{}</span> {}</span>').format(
        montre.classe, montre.signe, escape(montre.mots)
    )
