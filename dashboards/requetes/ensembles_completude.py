"""The rows where a followed field is expected and empty, one set a field, by the declaration that measures its completeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.requetes.communs import Portee
from dashboards.requetes.ensembles import Ensemble, Genre
from data_contracts.clauses import quote
from data_contracts.indicator_loader import followed_fields
from data_contracts.indicator_sql import filled
from data_contracts.loader import products

if TYPE_CHECKING:
    from collections.abc import Iterator

_AVEC_CONVENTION = "left join fct_convention as convention on ligne.convention_id = convention.convention_id"
_DE_LA_CONVENTION = "ligne.*, convention.numero as numero_convention, convention.nom_commune"
_LISTES = {
    "fct_convention": (
        "convention",
        "ligne.*, bailleur.nom as nom_bailleur",
        "left join dim_bailleur as bailleur on ligne.bailleur_id = bailleur.bailleur_id",
    ),
    "dim_bailleur": ("bailleur", "ligne.*", ""),
    "fct_avenant": ("avenant", _DE_LA_CONVENTION, _AVEC_CONVENTION),
    "fct_lot": ("lot_incomplet", _DE_LA_CONVENTION, _AVEC_CONVENTION),
    "fct_parcelle": ("parcelle_incomplete", _DE_LA_CONVENTION, _AVEC_CONVENTION),
}
"""The columns that show the rows of a mart (`components.colonnes`), and where they are read: dwellings are too many."""


def code(mart: str, champ: str) -> str:
    """Return what an address calls the rows where a field is missing."""
    return f"sans_{mart.partition('_')[2]}_{champ}"


def _ensembles() -> Iterator[Ensemble]:
    for suivis in followed_fields():
        if suivis.mart not in _LISTES:
            continue
        genre, champs, jointures = _LISTES[suivis.mart]
        produit = products()[suivis.mart]
        colonnes = {colonne.nom: colonne for colonne in produit.colonnes}
        for suivi in suivis.champs:
            vides = (
                f"select * from ({suivis.lignes}) as suivie where ({suivi.applicable}) and {filled(colonnes[suivi.champ])} is null"
            )
            yield Ensemble(
                code=code(suivis.mart, suivi.champ),
                titre=f"{colonnes[suivi.champ].description.rstrip('.')} : valeur absente",
                genre=Genre(
                    code=genre,
                    depuis=f"({vides}) as ligne",
                    cle=", ".join(f"ligne.{quote(nom)}" for nom in produit.cle_primaire),
                    # what the completeness itself is told by: other filters would list fewer rows than it counts
                    portee=Portee(territoire="ligne.code_departement", source="ligne.source"),
                    champs=champs,
                    jointures=jointures,
                ),
                condition="true",
                definition=(
                    f"Lignes où une valeur est attendue et absente : {colonnes[suivi.champ].description} "
                    "Un texte vide, une liste vide et un zéro comptent comme absents."
                ),
                source=f"{suivis.mart}.{suivi.champ}",
            )


INCOMPLETES = tuple(_ensembles())
