"""The checks that failed, and how complete the fields are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES_CONTROLE, SOURCES, nommer
from data_contracts.rapport.cles import montrables
from data_contracts.rapport.section import MAUVAIS, PRUDENCE, Colonne, Etat, Genre, Section, Tableau, simple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from data_contracts.extraits.lecture import Ligne, Parametres
    from data_contracts.rapport.lecture import Lecture

BLOQUANT, ALERTE = Etat("Bloquant", "✖", MAUVAIS), Etat("Alerte", "▲", PRUDENCE)
COMPLET_PCT = 95
"""From this share on, a field is filled enough not to be shown first."""
ASSEZ = 20
"""Rows from which a département says something of where a field is left empty."""
_COMPLETUDE = """
with champ as (
    select
        source, mart, champ, any_value(libelle order by libelle) as libelle,
        sum(nb_applicables)::bigint as attendues, sum(nb_renseignes)::bigint as renseignees
    from agg_completude where {communs} group by all having sum(nb_applicables) > 0
),

pire as (
    select
        source, mart, champ,
        list(
            code_departement || ' (' || floor(taux_completude_pct)::integer || ' %)' order by taux_completude_pct, code_departement
        )[:3] as pires
    from agg_completude
    where nb_applicables >= {assez} and taux_completude_pct < {complet} and {communs}
    group by all
)

select champ.*, 100 * renseignees / attendues as taux, array_to_string(pires, ', ') as pires
from champ left join pire using (source, mart, champ)
order by taux, source, mart, champ
"""


def section(lecture: Lecture) -> Section:
    """Return the section of the checks that failed, the blocking ones first."""
    total = len(lecture.manifeste["controles"])
    lignes = sorted(
        map(_controle, lecture.controles_en_defaut), key=lambda ligne: (ligne["etat"] is ALERTE, -ligne["defauts"], ligne["objet"])
    )
    bloquants = sum(ligne["etat"] is BLOQUANT for ligne in lignes)
    if not total:
        phrase = "Aucun contrôle n'a été exécuté."
    elif lignes:
        graves = formats.pluriel(bloquants, "échec bloquant", "échecs bloquants") if bloquants else "aucun échec bloquant"
        phrase = f"{formats.pluriel(total, 'contrôle')} : {graves}, {formats.pluriel(len(lignes) - bloquants, 'alerte')}."
    else:
        phrase = f"{formats.pluriel(total, 'contrôle')}, tous réussis."
    colonnes = (
        Colonne("etat", "Gravité", 14, Genre.ETAT),
        Colonne("famille", "Famille", 22),
        Colonne("objet", "Ce qui est contrôlé", 40),
        Colonne("message", "Ce qui ne va pas", 60),
        Colonne("observe", "En défaut", 12, Genre.NOMBRE),
        Colonne("cles", "Premières clés", 40, Genre.CLES),
    )
    phrase = formats.typographie(phrase)
    return simple("controles", "Contrôles", phrase, Tableau("Contrôles en défaut", colonnes, lignes, phrase))


def _controle(controle: Mapping[str, Any]) -> Ligne:
    observe = controle.get("observe")
    return {
        "etat": BLOQUANT if controle["gravite"] == "bloquante" else ALERTE,
        "famille": nommer(controle["famille"], FAMILLES_CONTROLE),
        "objet": controle["objet"],
        "message": formats.typographie(controle.get("message") or controle["nom"]),
        "observe": observe,
        "defauts": observe if isinstance(observe, int) else 0,
        "cles": montrables(controle.get("cles", ())),
    }


def lire_completude(lecture: Lecture, communs: str = "true", parametres: Parametres = ()) -> list[Ligne]:
    """Return a row a field and source, the emptiest first: attendues, renseignees, taux (%), pires (départements in words).

    `communs` is a condition on agg_completude, whose values are in `parametres`.
    """
    requete = _COMPLETUDE.format(communs=communs, assez=ASSEZ, complet=COMPLET_PCT)
    return [{**ligne, "source_dite": nommer(ligne["source"], SOURCES)} for ligne in lecture.lignes(requete, parametres)]


def dire_completude(lignes: Sequence[Ligne]) -> str:
    """Say how many of these fields are too empty."""
    bas = sum(ligne["taux"] < COMPLET_PCT for ligne in lignes)
    if not lignes:
        return "Aucun champ n'est attendu : la complétude ne se mesure pas."
    if bas:
        return f"{formats.pluriel(bas, 'champ')} sur {formats.nombre(len(lignes))} à moins de {COMPLET_PCT} %."
    return f"Tous les champs suivis sont renseignés à {COMPLET_PCT} % au moins."


def completude(lignes: Sequence[Ligne]) -> Section:
    """Return the section of the completeness of each field of each source, the emptiest first."""
    bas = [ligne for ligne in lignes if ligne["taux"] < COMPLET_PCT]
    colonnes = (
        Colonne("source_dite", "Source", 18),
        Colonne("mart", "Table", 18),
        Colonne("champ", "Champ", 26),
        Colonne("taux", "Renseigné", 12, Genre.PART),
        Colonne("renseignees", "Valeurs", 12, Genre.NOMBRE),
        Colonne("attendues", "Attendues", 12, Genre.NOMBRE),
        Colonne("pires", "Départements les plus bas", 36),
    )
    vide = formats.typographie(dire_completude(lignes))
    return Section(
        "completude",
        "Complétude",
        (vide,),
        (Tableau(f"Champs renseignés à moins de {COMPLET_PCT}\u00a0%", colonnes, bas, vide),),
        {"Complétude": Tableau("Complétude", (*colonnes, Colonne("libelle", "Sens du champ", 70)), lignes, vide)},
    )
