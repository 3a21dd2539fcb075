"""The public code lists of Ecoloweb: what an id, a code and a convention type stand for, and from which day a type may be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

LISTES = Path(__file__).parent / "listes"
ABSENT = r"\N"

TABLES_DE_REFERENCE = (
    "categoriefinancement",
    "conventiontype",
    "departement",
    "famillefinancement",
    "naturebailleur",
    "naturelogement",
    "region",
    "sousnaturebailleur",
    "typefinancement",
    "valeurparamstatic",
)
"""Tables whose rows are the real code lists."""

TABLES_A_AJOUTS = ("departement", "typefinancement")
"""Lists with made rows, `<table>_ajouts`, which a demo holds only where a planted case uses them."""

_FAMILLES_HORS_SOURCE = {
    "17": "ANAH",
    "19": "ANAH",
    "81": "ANAH",
    "18": "SANS_FINANCEMENT",
    "22": "SANS_FINANCEMENT",
    "93": "SANS_FINANCEMENT",
}
"""Financing codes that Ecoloweb files under PLUS and that are something else."""

CODES_ANAH = frozenset({"17", "18", "19", "81"})


class Secteur(StrEnum):
    """Nature of an owner, by its code in `naturebailleur`."""

    HLM = "1"
    SEM = "2"
    AUTRE = "3"
    PRIVE = "6"


class Nature(StrEnum):
    """Nature of the dwellings, by its code in `naturelogement`."""

    ORDINAIRE = "1"
    FOYER_PA = "2"
    FOYER_PH = "3"
    FTM = "4"
    FJT = "5"
    RESIDENCE_SOCIALE = "6"
    FOYER_INCLUSIF = "7"


class Gamme(StrEnum):
    """Which series of convention types applies to an agreement of private owners; the others have one series each."""

    COURANTE = "courante"
    ANAH = "ANAH"
    PAP = "PAP"
    PCL = "PCL"


_TYPES_ORDINAIRES: dict[tuple[Secteur, Gamme], tuple[tuple[int, ...], ...]] = {
    (Secteur.HLM, Gamme.COURANTE): (
        (100015,),
        (100023,),
        (100030,),
        (100032,),
        (100040,),
        (100000, 100001, 100004),
        (100006,),
        (100009,),
        (200000,),
        (200007,),
        (200013,),
    ),
    (Secteur.SEM, Gamme.COURANTE): (
        (100014,),
        (100018,),
        (100025,),
        (100033,),
        (100041,),
        (100002,),
        (100007,),
        (200001,),
        (200008,),
        (200014,),
    ),
    (Secteur.AUTRE, Gamme.COURANTE): (
        (100012,),
        (100024,),
        (100034,),
        (100039,),
        (100003,),
        (100008,),
        (200019, 200020),
        (200023, 200024),
    ),
    (Secteur.PRIVE, Gamme.COURANTE): ((200002,), (200006,), (200021, 200022), (200025, 200026)),
    (Secteur.PRIVE, Gamme.PCL): ((200005,), (200004,), (200003,)),
    (Secteur.PRIVE, Gamme.PAP): ((100028,), (100029,)),
    (Secteur.PRIVE, Gamme.ANAH): ((100013,), (100026,), (100005,)),
}
"""Convention types in the order of their decrees; types of one decree stand together."""

_TYPES_FOYERS: dict[Nature, tuple[tuple[int, ...], ...]] = {
    Nature.FOYER_PA: ((100019,), (100042,), (200027,), (200032,)),
    Nature.FOYER_PH: ((100020,), (100043,), (200028,), (200033,)),
    Nature.FTM: ((100021,),),
    Nature.FJT: ((100022,),),
    Nature.RESIDENCE_SOCIALE: ((100035,), (100044,), (200029,)),
    Nature.FOYER_INCLUSIF: ((200034,),),
}


@dataclass(frozen=True, slots=True)
class ConventionType:
    """A convention type: its id, its label and the first day it may be signed."""

    id: int
    libelle: str
    debut: date

    @property
    def decret(self) -> str:
        """Number of the decree, as agreements quote it (`85-1231`)."""
        return self.libelle.split(" ", 1)[0].split("&", 1)[0]


@cache
def liste(nom: str) -> tuple[dict[str, str], ...]:
    r"""Return the rows of a list, columns by name, values in COPY text (`\N` when absent)."""
    entete, *lignes = (LISTES / f"{nom}.tsv").read_text(encoding="utf-8").splitlines()
    colonnes = entete.split("\t")
    return tuple(dict(zip(colonnes, ligne.split("\t"), strict=True)) for ligne in lignes)


def lignes_de_reference(table: str) -> list[str]:
    """Return the rows of a reference table in COPY text, made values after the real ones."""
    sources = (table, "valeurparamstatic_ajouts") if table == "valeurparamstatic" else (table,)
    return ["\t".join(ligne.values()) for source in sources for ligne in liste(source)]


@cache
def valeur(sous_type: str, code: str) -> int:
    """Return the id of a value of `valeurparamstatic`; KeyError when the list has none."""
    return _valeurs()[sous_type, code]


@cache
def libelle(sous_type: str, code: str) -> str:
    """Return the label of a value of `valeurparamstatic`; StopIteration when the list has none."""
    lignes = liste("valeurparamstatic")
    return next(ligne["libelle"] for ligne in lignes if (ligne["subtype"], ligne["code"]) == (sous_type, code))


@cache
def identifiant(table: str, code: str) -> int:
    """Return the id that a code has in a reference table; KeyError when it has none."""
    return {ligne[_cle(table)]: int(ligne["id"]) for ligne in _avec_ajouts(table)}[code]


@cache
def ligne_ajoutee(table: str, code: str) -> str | None:
    """Return the row of a code in COPY text when it is one of the made rows of its table."""
    lignes = (ligne for ligne in liste(f"{table}_ajouts") if ligne[_cle(table)] == code)
    return next(("\t".join(ligne.values()) for ligne in lignes), None)


@cache
def region_du_departement(code: str) -> tuple[int, str]:
    """Return the id and the code of the region that Ecoloweb puts a département in."""
    regions = {ligne["id"]: ligne["codeinsee"] for ligne in liste("region")}
    identifiant_region = next(ligne["region_id"] for ligne in _avec_ajouts("departement") if ligne["codeinsee"] == code)
    return int(identifiant_region), regions[identifiant_region]


@cache
def fin_de_validite(code: str) -> date | None:
    """Return the last day a financing code may be used, when it has one."""
    fin = next(ligne["finvalidite"] for ligne in _avec_ajouts("typefinancement") if ligne["code"] == code)
    return None if fin == ABSENT else date.fromisoformat(fin)


@cache
def famille_source(code: str) -> str:
    """Return the financing family that Ecoloweb files a financing code under."""
    familles = {ligne["id"]: ligne["code"] for ligne in liste("famillefinancement")}
    return next(familles[ligne["famillefinancement_id"]] for ligne in _avec_ajouts("typefinancement") if ligne["code"] == code)


@cache
def reconduction(type_id: int) -> str:
    """Return the code of the list TCV that a convention type has: 3 is never tacitly renewed."""
    valeurs = {ligne["id"]: ligne["code"] for ligne in liste("valeurparamstatic")}
    return next(valeurs[ligne["typeconvention_id"]] for ligne in liste("conventiontype") if int(ligne["id"]) == type_id)


@cache
def secteur_de_la_sous_nature(code: str) -> Secteur:
    """Return the nature that a kind of owner belongs to."""
    natures = {ligne["id"]: Secteur(ligne["code"]) for ligne in liste("naturebailleur")}
    return next(natures[ligne["naturebailleur_id"]] for ligne in liste("sousnaturebailleur") if ligne["code"] == code)


@cache
def departements() -> dict[str, int]:
    """Return the ids of the real départements by INSEE code, the two fictive ones left out."""
    return {ligne["codeinsee"]: int(ligne["id"]) for ligne in liste("departement") if ligne["region_id"] != "999"}


@cache
def famille(code: str) -> str:
    """Return the financing family of a financing code, in the warehouse's vocabulary."""
    return _FAMILLES_HORS_SOURCE.get(code) or famille_source(code)


def types_en_vigueur(nature: Nature, secteur: Secteur, gamme: Gamme, jour: date) -> tuple[ConventionType, ...]:
    """Return the convention types of the last decree before `jour`: one, or its annexes. ValueError when none existed yet."""
    series = _TYPES_ORDINAIRES[secteur, gamme] if nature is Nature.ORDINAIRE else _TYPES_FOYERS[nature]
    for ids in reversed(series):
        if _types()[ids[0]].debut <= jour:
            return tuple(_types()[identifiant] for identifiant in ids)
    raise ValueError(f"aucune convention type pour {nature}, {secteur}, {gamme} au {jour}")


@cache
def convention_type(identifiant_du_type: int) -> ConventionType:
    """Return a convention type by its id."""
    return _types()[identifiant_du_type]


def _cle(table: str) -> str:
    return "codeinsee" if table in {"departement", "region"} else "code"


def _avec_ajouts(table: str) -> tuple[dict[str, str], ...]:
    return (*liste(table), *liste(f"{table}_ajouts")) if table in TABLES_A_AJOUTS else liste(table)


@cache
def _valeurs() -> dict[tuple[str, str], int]:
    lignes = (*liste("valeurparamstatic"), *liste("valeurparamstatic_ajouts"))
    return {(ligne["subtype"], ligne["code"]): int(ligne["id"]) for ligne in lignes}


@cache
def _types() -> dict[int, ConventionType]:
    return {
        int(ligne["id"]): ConventionType(int(ligne["id"]), ligne["libelle"].strip(), date.fromisoformat(ligne["datedebutvalidite"]))
        for ligne in liste("conventiontype")
    }
