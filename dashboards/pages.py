"""The pages of the application, grouped by what their reader comes for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Page:
    """A page: its script, its title, its icon."""

    script: str
    """Its path from the folder of the application."""
    titre: str
    icone: str

    @property
    def nom(self) -> str:
        """The name of its script."""
        return PurePosixPath(self.script).stem

    @property
    def adresse(self) -> str:
        """Its path in the address, empty for the first page."""
        return "" if self == ACCUEIL else self.nom


def _page(nom: str, titre: str, icone: str) -> Page:
    return Page(f"screens/{nom}.py", titre, f":material/{icone}:")


ACCUEIL = _page("accueil", "Accueil", "home")
PARC = _page("parc", "Parc conventionné", "apartment")
CAS = _page("cas", "Cas non réglementaires", "rule")
FICHE_CONVENTION = _page("fiche_convention", "Fiche convention", "search")
AGREMENTS = _page("agrements", "Agréments sans convention", "order_approve")
REGLES = _page("regles", "Règles", "gavel")
DELAIS = _page("delais", "Délais", "schedule")
SATISFACTION = _page("satisfaction", "Satisfaction", "forum")
ADOPTION = _page("adoption", "Adoption", "trending_up")
DICTIONNAIRE = _page("dictionnaire", "Dictionnaire", "menu_book")
QUALITE = _page("qualite", "Qualité des données", "verified")
CHANGEMENTS = _page("changements", "Ce qui a changé", "difference")
GUIDE = _page("guide", "Guide", "help")
LIGNES = _page("lignes", "Les lignes derrière un chiffre", "table_rows")

GROUPES = {
    "Analyser le parc": (ACCUEIL, PARC, CAS, FICHE_CONVENTION, AGREMENTS),
    "Mesurer le service": (DELAIS, SATISFACTION, ADOPTION),
    "Tenir les données": (QUALITE, CHANGEMENTS),
    "Comprendre": (GUIDE, REGLES, DICTIONNAIRE),
}
"""Titles of the groups, and their pages."""
HORS_MENU = (LIGNES,)
"""Pages that others lead to."""
