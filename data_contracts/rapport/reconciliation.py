"""What became of everything received: rows, agreements, agréments, stages, dwellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.extraits import formats
from data_contracts.extraits.destins import MOTIF
from data_contracts.extraits.libelles import DESTINS, SOURCES, nommer
from data_contracts.rapport.section import Colonne, Genre, Section, Tableau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.rapport.lecture import Lecture

_DESTINS_RPLS = {
    "lie": "logements dont la convention est connue",
    "ambigu": "logements dont plusieurs conventions portent le numéro",
    "inconnu": "logements dont aucune convention ne porte le numéro",
    "sans_numero": "logements sans numéro de convention",
}
_DESTINS_DELAI = {
    "ferme": "étapes fermées",
    "ouvert": "étapes ouvertes",
    "negatif": "étapes dont la fin précède le début",
    "hors_periode": "étapes hors période",
    "sans_debut": "étapes sans début connu",
    "abandonne": "étapes abandonnées",
    "sans_fin": "étapes sans fin connue",
}
CONVENTIONS, AGREMENTS, ETAPES, RPLS = "Conventions reçues", "Agréments reçus", "Étapes datées", "Logements du RPLS"
_SUJETS = {
    CONVENTIONS: "Aucune source de conventions n'est livrée.",
    AGREMENTS: "Aucune source d'agréments n'est livrée.",
    ETAPES: "Aucune étape n'est datée : aucun délai ne se mesure.",
    RPLS: "Le RPLS n'est pas livré.",
}
"""What is received and followed to its end, and what it means that there is none."""
_TITRES = (Colonne("source_dite", "Source", 22), Colonne("quoi", "Ce qui est compté", 60))
_MESURES = (
    Colonne("nb", "Nombre", 12, Genre.NOMBRE),
    Colonne("sur", "Sur", 12, Genre.NOMBRE),
    Colonne("part", "Part", 10, Genre.PART),
)
_TABLES = """
select
    source, table_source, sum(nb_recus)::bigint as recus, sum(nb_poses)::bigint as poses,
    sum(nb_quarantaine)::bigint as refusees, sum(nb_illisibles)::bigint as illisibles, sum(ecart)::bigint as ecart
from rec_table group by all order by sum(ecart) = 0, refusees desc, source, table_source
"""
_CONVENTIONS = f"""
select source, destin, {MOTIF} as motif, sum(nb_lignes)::bigint as nb
from rec_convention group by all order by source, destin desc, nb desc, motif nulls first
"""
_AGREMENTS = "select source, libelle, nb, sur from rec_agrement order by source, mesure"
_DELAIS = "select source, destin, sum(nb)::bigint as nb from rec_delai group by all order by source, destin"
_RPLS = "select source, destin, sum(nb_logements)::bigint as nb from rec_rpls group by all order by source, destin"
_COMPTES = ("recus", "poses", "refusees", "illisibles", "ecart")


def lire_tables(lecture: Lecture) -> list[Ligne]:
    """Return the rows received, kept and refused of each table: source, table_source, recus, poses, refusees, illisibles, ecart."""
    return [{**ligne, "source_dite": nommer(ligne["source"], SOURCES)} for ligne in lecture.lignes(_TABLES)]


def section(lecture: Lecture, tables: Sequence[Ligne]) -> Section:
    """Return the section of what became of everything received."""
    recus, refusees = sum(ligne["recus"] for ligne in tables), sum(ligne["refusees"] for ligne in tables)
    ecart = sum(abs(ligne["ecart"]) for ligne in tables)
    if not recus:
        phrase = "Aucune ligne n'est reçue : rien à réconcilier."
    elif ecart:
        phrase = f"{formats.pluriel(ecart, 'ligne manque', 'lignes manquent')} entre la réception et la publication."
    else:
        phrase = (
            f"{formats.pluriel(recus, 'ligne reçue', 'lignes reçues')} = {formats.pluriel(recus - refusees, 'gardée')} + "
            f"{formats.nombre(refusees)} en quarantaine : aucune ne s'est perdue."
        )
    comptes = lire_comptes(lecture)
    return Section(
        "reconciliation",
        "Réconciliation",
        (formats.typographie(phrase),),
        (_par_source(tables), *(destinees(sujet, comptes) for sujet in _SUJETS)),
        {
            "Réconciliation": Tableau(
                "Réconciliation",
                (Colonne("sujet", "Sujet", 22), *_TITRES, *_MESURES, Colonne("ecart", "Écart", 10, Genre.NOMBRE)),
                [*_en_comptes(tables), *comptes],
                "Aucune ligne n'est reçue : rien à réconcilier.",
            )
        },
    )


def _par_source(tables: Sequence[Ligne]) -> Tableau:
    sommes: dict[str, Ligne] = {}
    for ligne in sorted(tables, key=lambda ligne: ligne["source"]):
        somme = sommes.setdefault(ligne["source"], {"source_dite": ligne["source_dite"], "tables": 0} | dict.fromkeys(_COMPTES, 0))
        somme["tables"] += 1
        for champ in _COMPTES:
            somme[champ] += ligne[champ]
    return Tableau(
        "Lignes reçues, gardées et refusées",
        (
            Colonne("source_dite", "Source", 22),
            Colonne("tables", "Tables", 10, Genre.NOMBRE),
            Colonne("recus", "Reçues", 12, Genre.NOMBRE),
            Colonne("poses", "Gardées", 12, Genre.NOMBRE),
            Colonne("refusees", "En quarantaine", 12, Genre.NOMBRE),
            Colonne("ecart", "Écart", 10, Genre.NOMBRE),
            Colonne("illisibles", "Valeurs illisibles", 12, Genre.NOMBRE),
        ),
        list(sommes.values()),
        "Aucune ligne n'est reçue.",
    )


def _en_comptes(tables: Sequence[Ligne]) -> list[Ligne]:
    """The tables, as rows of the sheet: rows kept out of rows received."""
    return [
        _compte("Tables reçues", ligne["source"], f"{ligne['table_source']} : lignes gardées", ligne["poses"], ligne["recus"])
        | {"ecart": ligne["ecart"]}
        for ligne in tables
    ]


def destinees(sujet: str, comptes: Sequence[Ligne]) -> Tableau:
    """Return the table of what became of one subject."""
    lignes = [ligne for ligne in comptes if ligne["sujet"] == sujet and ligne["nb"]]
    return Tableau(sujet, (*_TITRES, *_MESURES), lignes, _SUJETS[sujet])


def lire_comptes(lecture: Lecture) -> list[Ligne]:
    """Return what became of agreements, agréments, stages and dwellings: sujet, source, source_dite, quoi, nb, sur, part."""
    conventions = [
        {**ligne, "quoi": nommer(ligne["destin"], DESTINS).lower() + (f" : {ligne['motif']}" if ligne["motif"] else "")}
        for ligne in lecture.lignes(_CONVENTIONS)
    ]
    delais = [{**ligne, "quoi": nommer(ligne["destin"], _DESTINS_DELAI)} for ligne in lecture.lignes(_DELAIS)]
    rpls = [{**ligne, "quoi": nommer(ligne["destin"], _DESTINS_RPLS)} for ligne in lecture.lignes(_RPLS)]
    return [
        *_parts(CONVENTIONS, conventions),
        *(_compte(AGREMENTS, ligne["source"], ligne["libelle"], ligne["nb"], ligne["sur"]) for ligne in lecture.lignes(_AGREMENTS)),
        *_parts(ETAPES, delais),
        *_parts(RPLS, rpls),
    ]


def _parts(sujet: str, lignes: Sequence[Ligne]) -> list[Ligne]:
    """Counts as parts of the whole of their source."""
    entiers: dict[str, int] = {}
    for ligne in lignes:
        entiers[ligne["source"]] = entiers.get(ligne["source"], 0) + ligne["nb"]
    return [_compte(sujet, ligne["source"], ligne["quoi"], ligne["nb"], entiers[ligne["source"]]) for ligne in lignes]


def _compte(sujet: str, code: str, quoi: str, nb: int, sur: int) -> Ligne:
    part = 100 * nb / sur if sur else None
    return {
        "sujet": sujet,
        "source": code,
        "source_dite": nommer(code, SOURCES),
        "quoi": formats.typographie(quoi),
        "nb": nb,
        "sur": sur,
        "part": part,
    }
