"""The checks that failed, and how complete the fields are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FAMILLES_CONTROLE, SOURCES, nommer
from data_contracts.rapport.cles import montrables
from data_contracts.rapport.section import MAUVAIS, PRUDENCE, Colonne, Etat, Genre, Section, Tableau, simple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.rapport.lecture import Lecture

BLOQUANT, ALERTE = Etat("Bloquant", "✖", MAUVAIS), Etat("Alerte", "▲", PRUDENCE)
_COMPLET_PCT = 95
"""From this share a field is not shown on the page: the workbook has it."""
_COMPLETUDE = """
with champ as (
    select
        source, mart, champ, any_value(libelle order by libelle) as libelle,
        sum(nb_applicables)::bigint as attendues, sum(nb_renseignes)::bigint as renseignees
    from agg_completude group by all having sum(nb_applicables) > 0
),

-- a département of a few rows says little of where the field is left empty
pire as (
    select
        source, mart, champ,
        list(
            code_departement || ' (' || floor(taux_completude_pct)::integer || ' %)' order by taux_completude_pct, code_departement
        )[:3] as pires
    from agg_completude where nb_applicables >= 20 and taux_completude_pct < 95 group by all
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


def completude(lecture: Lecture) -> Section:
    """Return the section of the completeness of each field of each source, the emptiest first."""
    lignes = [{**ligne, "source_dite": nommer(ligne["source"], SOURCES)} for ligne in lecture.lignes(_COMPLETUDE)]
    bas = [ligne for ligne in lignes if ligne["taux"] < _COMPLET_PCT]
    if not lignes:
        phrase = "Aucun champ n'est attendu : la complétude ne se mesure pas."
    elif bas:
        phrase = f"{formats.pluriel(len(bas), 'champ')} sur {formats.nombre(len(lignes))} à moins de {_COMPLET_PCT} %."
    else:
        phrase = f"Tous les champs suivis sont renseignés à {_COMPLET_PCT} % au moins."
    colonnes = (
        Colonne("source_dite", "Source", 18),
        Colonne("mart", "Table", 18),
        Colonne("champ", "Champ", 26),
        Colonne("taux", "Renseigné", 12, Genre.PART),
        Colonne("renseignees", "Valeurs", 12, Genre.NOMBRE),
        Colonne("attendues", "Attendues", 12, Genre.NOMBRE),
        Colonne("pires", "Départements les plus bas", 36),
    )
    vide = formats.typographie(phrase)
    return Section(
        "completude",
        "Complétude",
        (vide,),
        (Tableau(f"Champs renseignés à moins de {_COMPLET_PCT}\u00a0%", colonnes, bas, vide),),
        {"Complétude": Tableau("Complétude", (*colonnes, Colonne("libelle", "Sens du champ", 70)), lignes, vide)},
    )
