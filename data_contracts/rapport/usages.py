"""What each source can be used for, then where it can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.extraits import formats
from data_contracts.extraits.libelles import SOURCES, nommer, ranger
from data_contracts.rapport.section import ABSENT, BON, MAUVAIS, PRUDENCE, Colonne, Etat, Genre, Section, Tableau, enumeration
from data_contracts.usage_contract import UsageState
from data_contracts.usage_loader import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.rapport.lecture import Lecture

ETATS = {
    UsageState.UTILISABLE: Etat("Utilisable", "✔", BON),
    UsageState.AVEC_PRECAUTION: Etat("Avec précaution", "▲", PRUDENCE),
    UsageState.NON_UTILISABLE: Etat("Non utilisable", "✖", MAUVAIS),
}
SANS_OBJET = Etat("Sans objet", "–", ABSENT)
_RIEN = "Aucune donnée ne permet de juger un usage."
_REQUETE = """
select agg_usage.*, coalesce(dim_departement.nom_departement, agg_usage.code_departement) as departement
from agg_usage
left join dim_departement on agg_usage.code_departement = dim_departement.code_departement
order by rang_usage, source, agg_usage.code_departement <> $ensemble, agg_usage.code_departement
"""
_COLONNES = (
    Colonne("titre", "Usage", 40),
    Colonne("source_dite", "Source", 18),
    Colonne("code_departement", "Code", 14),
    Colonne("departement", "Département", 24),
    Colonne("etat_dit", "État", 18, Genre.ETAT),
    Colonne("motif", "Pourquoi", 80),
)


def lire(lecture: Lecture) -> list[Ligne]:
    """Return the state of each use, by source and département; `code_departement` is « ensemble » for a whole source."""
    lignes = lecture.lignes(_REQUETE, {"ensemble": WHOLE})
    return [
        {
            **ligne,
            "source_dite": nommer(ligne["source"], SOURCES),
            "etat_dit": ETATS[UsageState(ligne["etat"])],
            "motif": formats.typographie(ligne["motif"]),
        }
        for ligne in lignes
    ]


def ensembles(lignes: Sequence[Ligne]) -> list[Ligne]:
    """Return the states of whole sources."""
    return [ligne for ligne in lignes if ligne["code_departement"] == WHOLE]


def section(lignes: Sequence[Ligne]) -> Section:
    """Return the section of what the data can be used for."""
    entieres = ensembles(lignes)
    bons = sum(ligne["etat"] == UsageState.UTILISABLE for ligne in entieres)
    phrase = (
        f"{formats.pluriel(bons, 'usage')} sur {formats.nombre(len(entieres))} sans réserve ; un usage compte une fois par source."
        if entieres
        else _RIEN
    )
    return Section(
        "usages",
        "Utilisable pour quoi ?",
        (
            formats.typographie(phrase),
            formats.typographie("La plus mauvaise des exigences d'un usage décide : un champ trop souvent vide suffit."),
        ),
        (_matrice(entieres), _reserves(entieres), _departements(lignes)),
        {"Usages": Tableau("Usages par source et par département", _COLONNES, lignes, _RIEN)},
    )


def _matrice(entieres: Sequence[Ligne]) -> Tableau:
    """One row a use, one column a source."""
    sources = ranger({ligne["source"] for ligne in entieres}, SOURCES)
    titres = list(dict.fromkeys(ligne["titre"] for ligne in entieres))
    etats = {(ligne["titre"], ligne["source"]): ligne["etat_dit"] for ligne in entieres}
    return Tableau(
        "Ce que chaque source permet",
        (Colonne("titre", "Usage", 40), *(Colonne(source, nommer(source, SOURCES), 18, Genre.ETAT) for source in sources)),
        [{"titre": titre, **{source: etats.get((titre, source), SANS_OBJET) for source in sources}} for titre in titres],
        _RIEN,
    )


def _reserves(entieres: Sequence[Ligne]) -> Tableau:
    return Tableau(
        "Ce qui limite chaque usage",
        (
            Colonne("titre", "Usage", 40),
            Colonne("source_dite", "Source", 18),
            Colonne("etat_dit", "État", 18, Genre.ETAT),
            Colonne("motif", "Pourquoi", 80),
        ),
        sorted(
            (ligne for ligne in entieres if ligne["etat"] != UsageState.UTILISABLE),
            key=lambda ligne: (ligne["etat"] != UsageState.NON_UTILISABLE, ligne["rang_usage"]),
        ),
        "Aucune limite : tous les usages jugés sont utilisables sans précaution."
        if entieres
        else "Rien à limiter : aucun usage n'est jugé.",
    )


def _departements(lignes: Sequence[Ligne]) -> Tableau:
    """How many départements hold, use by use and source by source, and which don't."""
    comptes: dict[tuple[str, str], list[Ligne]] = {}
    for ligne in lignes:
        if ligne["code_departement"] != WHOLE:
            comptes.setdefault((ligne["titre"], ligne["source_dite"]), []).append(ligne)
    return Tableau(
        "Par département",
        (
            Colonne("titre", "Usage", 40),
            Colonne("source", "Source", 18),
            Colonne(UsageState.UTILISABLE, "Utilisable", 12, Genre.NOMBRE),
            Colonne(UsageState.AVEC_PRECAUTION, "Avec précaution", 12, Genre.NOMBRE),
            Colonne(UsageState.NON_UTILISABLE, "Non utilisable", 12, Genre.NOMBRE),
            Colonne("ou", "Non utilisable dans", 40),
        ),
        [
            {
                "titre": titre,
                "source": source,
                **{etat: sum(ligne["etat"] == etat for ligne in groupe) for etat in UsageState},
                "ou": formats.texte(
                    enumeration((ligne["departement"] for ligne in groupe if ligne["etat"] == UsageState.NON_UTILISABLE), 8)
                ),
            }
            for (titre, source), groupe in comptes.items()
        ],
        "Aucun département ne se juge : aucune donnée n'en dit un.",
    )
