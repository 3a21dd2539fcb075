"""The satisfaction surveys of the demo: one a public, on two scales, and an export of « Je donne mon avis » with its button.

Comments name made persons, by their civility, their telephone or their address: nobody may read them once imported.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

from ingest.demo import noms
from ingest.demo.alea import Alea, Poids
from ingest.demo.faits import DATE_DE_LA_DEMO
from ingest.demo.personnes import Personnes

ENQUETES = "enquetes"
"""Name of the folder."""
DEPARTEMENTS = ("13", "2A", "33", "59", "75", "93", "974")
SMILEYS = {1: "Pas bien", 2: "Moyen", 3: "Très bien"}
_MINIMUM, _CONVENTIONS_PAR_REPONSE = 40, 20
_JOURS = 600
"""Answers are of the last ones before the demo."""
_PART_COMMENTEE, _PART_PERSONNELLE, _PART_HORS_ECHELLE, _PART_SANS_NOTE, _PART_DE_REPONSES = 0.4, 0.2, 0.01, 0.03, 0.3
_COMMENTAIRES = (
    "Le calcul du loyer maximum n'est pas clair.",
    "La publication au SPF prend des mois.",
    "Trop de documents à téléverser, et le PDF se perd.",
    "Un bug m'a fait perdre ma saisie.",
    "Les délais sont bien meilleurs qu'avant.",
    "Très bon outil, merci à l'équipe.",
)


@dataclass(frozen=True)
class Questionnaire:
    """How a survey is written: its file, its scale, its columns and its rows."""

    fichier: str
    titre: str
    public: str
    notes: Poids[int]
    echelle: tuple[int, int]
    description: str
    entete: tuple[str, ...]
    separateur: str
    ligne: Callable[[Reponse], Sequence[str]]


@dataclass(frozen=True)
class Reponse:
    """An answer as drawn. Its note is None when the question was left."""

    rang: int
    jour: str
    note: int | None
    clarte: int
    commentaire: str
    departement: str


@dataclass
class Enquete:
    """What is true of a survey. `personnes` are the texts that nobody may read once imported."""

    titre: str
    public: str
    reponses: int = 0
    hors_echelle: int = 0
    notees: int = 0
    """On the scale."""
    somme: int = 0
    """Of the notes on the scale."""
    commentees: int = 0
    """Without those out of the scale, as the two before."""
    nb_envoyes: int | None = None
    personnes: list[str] = field(default_factory=list)


def _francaise(reponse: Reponse) -> tuple[str, ...]:
    annee, mois, jour = reponse.jour.split("-")
    note = "" if reponse.note is None else str(reponse.note)
    return (f"{jour}/{mois}/{annee}", note, reponse.commentaire, reponse.departement)


def _jdma(reponse: Reponse) -> tuple[str, ...]:
    note = "" if reponse.note is None else SMILEYS.get(reponse.note, "Sans avis")
    return (str(810_000 + reponse.rang), f"{reponse.jour} 10:30:00", note, str(reponse.clarte), reponse.commentaire)


_COLONNES = ("Date de réponse", "Note", "Commentaire", "Département")
_DESCRIPTION = """titre: {titre}
public: {public}
date: {{colonne: Date de réponse, format: "%d/%m/%Y"}}
note: {{colonne: Note, minimum: {minimum}, maximum: {maximum}}}
verbatim: Commentaire
departement: Département
nb_envoyes: {envoyes}
"""
QUESTIONNAIRES = (
    Questionnaire(
        "bailleurs",
        "Satisfaction des bailleurs",
        "bailleur",
        Poids.de({1: 5, 2: 8, 3: 17, 4: 40, 5: 30}),
        (1, 5),
        _DESCRIPTION,
        _COLONNES,
        ";",
        _francaise,
    ),
    Questionnaire(
        "instructeurs",
        "Recommandation des instructeurs",
        "instructeur",
        Poids.de({3: 5, 6: 15, 7: 15, 8: 25, 9: 25, 10: 15}),
        (0, 10),
        _DESCRIPTION,
        _COLONNES,
        ";",
        _francaise,
    ),
    Questionnaire(
        "je-donne-mon-avis",
        "Je donne mon avis, bouton des bailleurs",
        "bailleur",
        Poids.de({1: 10, 2: 30, 3: 60}),
        (1, 3),
        "format: jdma\ntitre: {titre}\npublic: {public}\n",
        (
            "Review ID",
            "Review Created At",
            "De façon générale, comment ça s’est passé ?",
            "Qu'avez-vous pensé des informations et des instructions fournies ?",
            "Souhaitez-vous nous en dire plus ?",
        ),
        ",",
        _jdma,
    ),
)


def ecrire_enquetes(dossier: Path, temporaire: Path, conventions: int, alea: Alea, nommees: Personnes) -> list[dict[str, object]]:
    """Write the folder of surveys in `dossier`, once it is whole in `temporaire`; return what is true of each.

    Whom the comments name is noted in `nommees`.
    """
    fait = temporaire / ENQUETES
    fait.mkdir()
    nombre = max(_MINIMUM, conventions // _CONVENTIONS_PAR_REPONSE)
    verites = [asdict(_ecrire(fait, questionnaire, nombre, alea, nommees)) for questionnaire in QUESTIONNAIRES]
    shutil.rmtree(dossier / ENQUETES, ignore_errors=True)
    fait.rename(dossier / ENQUETES)
    return verites


def _ecrire(dossier: Path, questionnaire: Questionnaire, nombre: int, alea: Alea, nommees: Personnes) -> Enquete:
    minimum, maximum = questionnaire.echelle
    verite = Enquete(questionnaire.titre, questionnaire.public)
    if "nb_envoyes" in questionnaire.description:
        verite.nb_envoyes = round(nombre / _PART_DE_REPONSES)
    with (dossier / f"{questionnaire.fichier}.csv").open("w", encoding="utf-8", newline="") as fichier:
        ecriture = csv.writer(fichier, delimiter=questionnaire.separateur, lineterminator="\n")
        ecriture.writerow(questionnaire.entete)
        for reponse in _reponses(questionnaire, nombre, alea, verite.personnes):
            ecriture.writerow(questionnaire.ligne(reponse))
            _compter(verite, reponse, maximum)
    for rang, genre in enumerate(("noms", "courriels", "telephones")):
        for valeur in verite.personnes[rang::3]:
            nommees.noter(genre, valeur.replace(" ", ""))
    description = questionnaire.description.format(
        titre=questionnaire.titre, public=questionnaire.public, minimum=minimum, maximum=maximum, envoyes=verite.nb_envoyes
    )
    (dossier / f"{questionnaire.fichier}.yml").write_text(description, encoding="utf-8", newline="\n")
    return verite


def _compter(verite: Enquete, reponse: Reponse, maximum: int) -> None:
    verite.reponses += 1
    if reponse.note is not None and reponse.note > maximum:
        verite.hors_echelle += 1
        return
    verite.commentees += bool(reponse.commentaire)
    if reponse.note is not None:
        verite.notees += 1
        verite.somme += reponse.note


def _reponses(questionnaire: Questionnaire, nombre: int, alea: Alea, personnes: list[str]) -> Iterator[Reponse]:
    _, maximum = questionnaire.echelle
    for rang in range(nombre):
        note: int | None = alea.pondere(questionnaire.notes)
        if alea.chance(_PART_SANS_NOTE):
            note = None
        elif questionnaire.ligne is _francaise and alea.chance(_PART_HORS_ECHELLE):
            note = maximum + 1
        jour = DATE_DE_LA_DEMO - timedelta(days=alea.entier(0, _JOURS))
        commentaire = _commentaire(alea, personnes) if alea.chance(_PART_COMMENTEE) else ""
        yield Reponse(rang, jour.isoformat(), note, alea.entier(1, 5), commentaire, alea.choix(DEPARTEMENTS))


def _commentaire(alea: Alea, personnes: list[str]) -> str:
    """Return a comment, which tells a made person once in a while; each is then noted."""
    texte = alea.choix(_COMMENTAIRES)
    if not alea.chance(_PART_PERSONNELLE):
        return texte
    prenom, nom, telephone = noms.prenom(alea), noms.nom(alea), noms.telephone(alea)
    courriel = f"{prenom}.{nom}@exemple.test".lower()
    ecrit = " ".join(telephone[rang : rang + 2] for rang in range(0, len(telephone), 2))
    personnes += [nom, courriel, ecrit]
    return f"{texte} Merci à Mme {prenom} {nom.capitalize()}. Me joindre au {ecrit} ou à {courriel}."
