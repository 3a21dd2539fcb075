"""What was received: how fresh it is, what was refused, what moved since the delivery before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from data_contracts.delivery import age_in_days, day_of
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import SOURCES, nommer
from data_contracts.loader import SOURCES as CONTRATS
from data_contracts.loader import source
from data_contracts.rapport.cles import montrables
from data_contracts.rapport.lecture import DERIVES
from data_contracts.rapport.section import ABSENT, BON, MAUVAIS, NEUTRE, PRUDENCE, Colonne, Etat, Genre, Section, Tableau, simple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.rapport.lecture import Lecture

FRAICHE, ANCIENNE = Etat("Fraîche", "✔", BON), Etat("Ancienne", "▲", PRUDENCE)
JAMAIS = Etat("Non livrée", "–", ABSENT)
_GRAVITES = {"bloquante": Etat("Bloquante", "✖", MAUVAIS), "alerte": Etat("Alerte", "▲", PRUDENCE)}
_QUARANTAINE = """
    select source, table_source, clause, motif, count(*) as nb_lignes, list(cle order by ligne)[:5] as cles
    from rec_quarantaine group by all order by nb_lignes desc, source, table_source, clause, motif
"""


def lire_fraicheur(lecture: Lecture) -> list[Ligne]:
    """Return a row a source: when it was received, its age at the reference date in days, the age its contract allows."""
    recues = {livraison["source"]: livraison for livraison in lecture.livraisons}
    connues = {path.stem for path in CONTRATS.glob("*.yml")}
    lignes = []
    for nom in (*(code for code in SOURCES if code in connues), *sorted(connues - SOURCES.keys())):
        contrat, livraison = source(nom), recues.get(nom)
        recue = datetime.fromisoformat(livraison["recue_le"]) if livraison else None
        age = age_in_days(recue, lecture.date_reference) if recue else None
        etat = JAMAIS if age is None else ANCIENNE if age > contrat.fraicheur_jours else FRAICHE
        lignes.append(
            {
                "source": nom,
                "source_dite": nommer(nom, SOURCES),
                "recue": day_of(recue) if recue else None,
                "age": age,
                "permis": contrat.fraicheur_jours,
                "etat": etat,
                "origine": livraison["origine"] if livraison else None,
                "departements": formats.liste(livraison["departements"]) if livraison and livraison["departements"] else None,
                "responsable": contrat.responsable,
            }
        )
    return lignes


def fraicheur(lignes: Sequence[Ligne]) -> Section:
    """Return the section of the freshness of the sources."""
    vieilles = [ligne for ligne in lignes if ligne["etat"] is ANCIENNE]
    livrees = [ligne for ligne in lignes if ligne["etat"] is not JAMAIS]
    if not livrees:
        phrase = "Aucune source n'est livrée."
    elif vieilles:
        phrase = (
            "À renouveler : "
            + ", ".join(
                f"{ligne['source_dite']} ({formats.pluriel(ligne['age'], 'jour')}, {formats.nombre(ligne['permis'])} au plus)"
                for ligne in vieilles
            )
            + "."
        )
    else:
        phrase = "Toutes les sources livrées ont l'âge que leur contrat permet."
    colonnes = (
        Colonne("source_dite", "Source", 22),
        Colonne("etat", "État", 16, Genre.ETAT),
        Colonne("recue", "Reçue le", 14),
        Colonne("age", "Âge (jours)", 12, Genre.NOMBRE),
        Colonne("permis", "Permis (jours)", 12, Genre.NOMBRE),
        Colonne("departements", "Départements couverts", 24),
        Colonne("responsable", "Qui en répond", 46),
    )
    vide = "Aucune source n'a de contrat."
    tableau = Tableau("Âge de chaque source à la date de référence", colonnes, lignes, vide)
    return simple("fraicheur", "Fraîcheur", formats.typographie(phrase), tableau)


def lire_quarantaine(lecture: Lecture) -> list[Ligne]:
    """Return the rows refused by table and reason, the most numerous first: nb_lignes, cles (the first that may be shown)."""
    return [
        {
            **ligne,
            "source_dite": nommer(ligne["source"], SOURCES),
            "motif": formats.typographie(ligne["motif"]),
            "cles": montrables(ligne["cles"]),
        }
        for ligne in lecture.lignes(_QUARANTAINE)
    ]


def quarantaine(lignes: Sequence[Ligne], tables: Sequence[Ligne]) -> Section:
    """Return the section of the rows refused; `tables` are the rows received."""
    refusees = sum(ligne["refusees"] for ligne in tables)
    if not tables:
        phrase = "Aucune ligne n'est reçue : rien n'a pu être refusé."
    elif refusees:
        refus = formats.pluriel(refusees, "ligne refusée à l'import, absente", "lignes refusées à l'import, absentes")
        phrase = f"{refus} des chiffres."
    else:
        phrase = "Aucune ligne n'est refusée."
    colonnes = (
        Colonne("source_dite", "Source", 18),
        Colonne("table_source", "Table", 30),
        Colonne("motif", "Pourquoi", 60),
        Colonne("nb_lignes", "Lignes", 10, Genre.NOMBRE),
        Colonne("cles", "Premières clés", 40, Genre.CLES),
    )
    return simple("quarantaine", "Quarantaine", phrase, Tableau("Lignes refusées, par motif", colonnes, lignes, phrase))


def lire_derives(lecture: Lecture) -> list[Ligne] | None:
    """Return what moved in the deliveries, None when the run did not look for it. Observed values are not read."""
    if DERIVES not in lecture.manifeste["marts"]:
        return None
    lignes = lecture.lignes(
        f"select source, table_source, colonne, nature, gravite, message from {DERIVES} "
        "order by gravite <> 'bloquante', gravite <> 'alerte', source, table_source, colonne, nature, message"
    )
    return [
        {
            **ligne,
            "source_dite": nommer(ligne["source"], SOURCES),
            "etat": _GRAVITES.get(ligne["gravite"], Etat(str(ligne["gravite"]).capitalize(), "–", NEUTRE)),
        }
        for ligne in lignes
    ]


def derives(lignes: Sequence[Ligne] | None) -> Section:
    """Return the section of the drift of the deliveries."""
    phrase = (
        "Cette publication ne mesure pas les dérives."
        if lignes is None
        else f"{formats.pluriel(len(lignes), 'dérive')} depuis la livraison précédente ou le contrat."
        if lignes
        else "Aucune dérive : colonnes, types, codes et volumes sont ceux attendus."
    )
    colonnes = (
        Colonne("etat", "Gravité", 14, Genre.ETAT),
        Colonne("source_dite", "Source", 18),
        Colonne("table_source", "Table", 30),
        Colonne("colonne", "Colonne", 26),
        Colonne("message", "Ce qui a changé", 80),
    )
    phrase = formats.typographie(phrase)
    return simple("derives", "Dérives", phrase, Tableau("Ce qui a changé dans les livraisons", colonnes, lignes or [], phrase))
