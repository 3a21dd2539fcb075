"""The life of an act in APiLos: who moved it from one status to the next, and when. Of some moves the application keeps no trace.

A row of history is written when an act is sent to the office, sent back, validated, put back, cancelled or revived; none when it is
signed, sent to the land registry, published, or ended.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ingest.demo.alea import Alea, Poids
from ingest.demo.apilos.faits import Acte, Commentaire, Passage, Statut
from ingest.demo.apilos.instants import a_paris, instant, jours_entre
from ingest.demo.faits import DATE_DE_LA_DEMO

_RETOURS: Poids[int] = Poids.de({0: 35, 1: 35, 2: 18, 3: 8, 4: 4})
_RETOURS_MAX = max(_RETOURS.valeurs)
_PART_REMISE, _PART_RANIMEE, _PART_DEPUBLIEE = 0.05, 0.04, 0.05
_BROUILLON: Poids[tuple[int, int]] = Poids.de({(0, 0): 8, (1, 15): 42, (16, 60): 35, (61, 200): 15})
_CHAMPS = (("programme", "nom"), ("bailleur", "siret"), ("lot", "nb_logements"), ("convention", "prets"), ("logement_edd", "lot"))
_REMISE_MIN = 4
"""Days between validation and signature that putting an act back takes, at least."""


def vivre(acte: Acte, depot: date, signature: date, alea: Alea) -> None:
    """Give an act that was signed its life: sent to the office on `depot`, signed on `signature`, with what its dates then say."""
    _instruire(acte, depot, _jour_de_validation(depot, signature, alea), alea)
    validation = acte.validation
    if validation is None:
        raise ValueError(f"acte {acte.id} signé sans avoir été validé")
    if (signature - validation).days >= _REMISE_MIN and alea.chance(_PART_REMISE):
        remise, reprise = jours_entre(validation, signature, 2, alea)
        _passer(acte, instant(remise, alea), Statut.INSTRUCTION)
        _passer(acte, instant(reprise, alea), Statut.A_SIGNER)
    acte.signature = signature
    _passer(acte, _apres(acte, signature), Statut.SIGNEE, est_trace=False)
    if acte.envoi_spf is not None:
        _passer(acte, _apres(acte, acte.envoi_spf), Statut.PUBLICATION, est_trace=False)
        if acte.publication and (acte.publication - acte.envoi_spf).days > _REMISE_MIN and alea.chance(_PART_DEPUBLIEE):
            retour, envoi = jours_entre(acte.envoi_spf, acte.publication, 2, alea)
            _passer(acte, _apres(acte, retour), Statut.SIGNEE)
            _passer(acte, _apres(acte, envoi), Statut.PUBLICATION, est_trace=False)
    if acte.publication is not None:
        _passer(acte, _apres(acte, acte.publication), Statut.PUBLIEE, est_trace=False)


def attendre(acte: Acte, depot: date, statut: Statut, alea: Alea, fin: date = DATE_DE_LA_DEMO) -> None:
    """Give an act that is not signed its life up to a status, that it has on the day `fin`, a draft's or a later one."""
    if statut is Statut.PROJET:
        acte.creation = instant(depot, alea)
        return
    if statut is Statut.A_SIGNER:
        _instruire(acte, depot, depot + timedelta(days=max(1, (fin - depot).days // 2)), alea)
        return
    _soumettre(acte, depot, alea)
    en_correction = statut is Statut.CORRECTION
    combien = 2 * min(alea.pondere(_RETOURS), _RETOURS_MAX - en_correction) + en_correction
    jours = jours_entre(depot, fin, combien, alea)
    _renvoyer(acte, jours if len(jours) % 2 == en_correction else jours[:-1], alea)


def valider_le(acte: Acte, depot: date, validation: date, alea: Alea) -> None:
    """Give an act that waits for signatures its life, validated on a day."""
    _instruire(acte, depot, validation, alea)


def annuler(acte: Acte, jour: date, alea: Alea) -> None:
    """Cancel an act that is not signed."""
    _passer(acte, instant(jour, alea), Statut.ANNULEE)


def finir(acte: Acte, jour: date, statut: Statut) -> None:
    """End an agreement in force."""
    _passer(acte, a_paris(jour, 600), statut, est_trace=False)


def _jour_de_validation(depot: date, signature: date, alea: Alea) -> date:
    """Return the day of the first validation, later than the deposit."""
    delai = (signature - depot).days
    return depot + timedelta(days=max(1, delai * alea.entier(40, 90) // 100))


def _instruire(acte: Acte, depot: date, validation: date, alea: Alea) -> None:
    _soumettre(acte, depot, alea)
    jours = jours_entre(depot, validation, 2 * alea.pondere(_RETOURS), alea)
    _renvoyer(acte, jours[: len(jours) // 2 * 2], alea)
    _passer(acte, instant(validation, alea), Statut.A_SIGNER)
    acte.validation = validation


def _soumettre(acte: Acte, depot: date, alea: Alea) -> None:
    """Send an act to the office, after a draft that was now and then cancelled and revived."""
    bas, haut = alea.pondere(_BROUILLON)
    quand = instant(depot, alea)
    creation = depot - timedelta(days=alea.entier(bas, haut))
    acte.creation = instant(creation, alea) if creation < depot else quand - timedelta(minutes=alea.entier(5, 90))
    if (depot - creation).days > _REMISE_MIN and alea.chance(_PART_RANIMEE):
        annulation, reveil = jours_entre(creation, depot, 2, alea)
        _passer(acte, instant(annulation, alea), Statut.ANNULEE, par_le_bailleur=True)
        _passer(acte, instant(reveil, alea), Statut.PROJET, par_le_bailleur=True)
    _passer(acte, quand, Statut.INSTRUCTION, par_le_bailleur=True)
    acte.soumission = quand


def _renvoyer(acte: Acte, jours: list[date], alea: Alea) -> None:
    """Send an act back to its owner, then to the office, and so on: one day each."""
    for rang, jour in enumerate(jours):
        quand = instant(jour, alea)
        if rang % 2:
            _passer(acte, quand, Statut.INSTRUCTION, par_le_bailleur=True)
            acte.commentaires = [
                commentaire if commentaire.clos_le else commentaire._replace(clos_le=quand) for commentaire in acte.commentaires
            ]
        else:
            _passer(acte, quand, Statut.CORRECTION)
            for _ in range(alea.entier(1, 3)):
                objet, champ = alea.choix(_CHAMPS)
                acte.commentaires.append(Commentaire(quand - timedelta(minutes=alea.entier(1, 40)), None, objet, champ))


def _passer(acte: Acte, quand: datetime, statut: Statut, *, est_trace: bool = True, par_le_bailleur: bool = False) -> None:
    acte.passages.append(Passage(quand, acte.statut, statut, est_trace, par_le_bailleur))
    acte.statut = statut


def _apres(acte: Acte, jour: date) -> datetime:
    """Return an hour of a day, later than the last move even when both are of that day."""
    voulu, dernier = a_paris(jour, 17 * 60), acte.passages[-1].quand
    return voulu if voulu > dernier else dernier + timedelta(minutes=1)
