"""How long the stages of an act took, told from its own moves: what the application keeps no trace of is known here.

A stage that is not over is censored at the date of reference while somebody still waits for its end, and is left out otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ingest.demo.apilos.faits import OUVERTS, SIGNES, Acte, Statut
from ingest.demo.apilos.instants import jour_de_paris
from ingest.demo.apilos.jours_ouvres import jours_ouvres
from ingest.demo.faits import Convention
from ingest.demo.oracle.vue import DATE_DE_REFERENCE, SECTEURS_A_LA_SIGNATURE


class Delai(NamedTuple):
    """A stage of an act. Days of the calendar, and working days."""

    etape: str
    objet_id: str
    convention_id: str | None
    debut: date
    fin: date | None
    jours: int
    jours_ouvres: int
    est_censure: bool


class Stock(NamedTuple):
    """An act that is not signed, since when it has its status, and for how many days."""

    objet_id: str
    statut: str
    entree: date
    age_jours: int


class Sejour(NamedTuple):
    """A stay of an act in a status, from a day to another; without an end it is still there."""

    statut: Statut
    debut: date
    fin: date | None


def sejours(acte: Acte) -> list[Sejour]:
    """Return the stays of a native act, in order."""
    entrees = [(Statut.PROJET, jour_de_paris(acte.creation)), *((p.apres, jour_de_paris(p.quand)) for p in acte.passages)]
    sorties = [jour for _, jour in entrees[1:]]
    return [Sejour(statut, debut, fin) for (statut, debut), fin in zip(entrees, [*sorties, None], strict=True)]


def delais(acte: Acte) -> Iterator[Delai]:
    """Yield the stages of a native act."""
    if acte.est_avenant:
        yield from _delais_de_l_avenant(acte)
        return
    soumission = _soumission(acte)
    creation = jour_de_paris(acte.creation)
    yield from _delai("T-01", acte, creation, soumission, attendue=acte.statut is Statut.PROJET)
    if soumission is not None:
        en_instruction = acte.statut in {Statut.INSTRUCTION, Statut.CORRECTION}
        yield from _delai("T-02", acte, soumission, _premiere_reponse(acte), attendue=acte.statut is Statut.INSTRUCTION)
        yield from _delai("T-03", acte, soumission, acte.validation, attendue=en_instruction)
        yield from _somme("T-04", acte, Statut.CORRECTION)
        yield from _somme("T-05", acte, Statut.INSTRUCTION)
    if acte.validation is not None:
        yield from _delai("T-07", acte, acte.validation, acte.signature, attendue=acte.statut in OUVERTS)
    if acte.signature is not None:
        yield from publication(acte, acte.convention)
    yield from _delai("T-14", acte, creation, date_effet(acte), attendue=acte.statut in OUVERTS | SIGNES)


def publication(acte: Acte, convention: Convention) -> Iterator[Delai]:
    """Yield the stage from signature to publication of an agreement that was signed."""
    sans = convention.departement.est_outre_mer and convention.nature != "1"
    if acte.signature is not None:
        yield from _delai("T-10", acte, acte.signature, acte.publication, attendue=acte.statut in SIGNES and not sans)


def stock(acte: Acte) -> Stock | None:
    """Return what is told of a native act that is not signed; None for another."""
    if acte.statut not in OUVERTS:
        return None
    entree = sejours(acte)[-1].debut
    return Stock(acte.objet_id, acte.statut.name, entree, (DATE_DE_REFERENCE - entree).days)


def allers_retours(acte: Acte) -> int | None:
    """Return how many times an act was sent back for corrections; None when it never reached the office."""
    return None if acte.soumission is None else sum(passage.apres is Statut.CORRECTION for passage in acte.passages)


def date_effet(acte: Acte) -> date | None:
    """Return the day an agreement takes effect: signed for HLM, SEM and foyers of overseas, published for others."""
    convention = acte.convention
    outre_mer = convention.departement.est_outre_mer and convention.nature != "1"
    return acte.signature if convention.secteur in SECTEURS_A_LA_SIGNATURE or outre_mer else acte.publication


def _delais_de_l_avenant(acte: Acte) -> Iterator[Delai]:
    soumission = _soumission(acte)
    if soumission is not None:
        yield from _delai(
            "T-15", acte, soumission, acte.validation, attendue=acte.statut in {Statut.INSTRUCTION, Statut.CORRECTION}
        )


def _soumission(acte: Acte) -> date | None:
    return jour_de_paris(acte.soumission) if acte.soumission else None


def _premiere_reponse(acte: Acte) -> date | None:
    reponses = (Statut.CORRECTION, Statut.A_SIGNER)
    return next((jour_de_paris(passage.quand) for passage in acte.passages if passage.apres in reponses), None)


def _somme(etape: str, acte: Acte, statut: Statut) -> Iterator[Delai]:
    """Yield the spells of an act in a status, added up."""
    siens = [sejour for sejour in sejours(acte) if sejour.statut is statut]
    if not siens:
        return
    departement = acte.convention.departement.code
    fins = [sejour.fin or DATE_DE_REFERENCE for sejour in siens]
    jours = sum((fin - sejour.debut).days for sejour, fin in zip(siens, fins, strict=True))
    ouvres = sum(jours_ouvres(sejour.debut, fin, departement) for sejour, fin in zip(siens, fins, strict=True))
    est_censure = siens[-1].fin is None
    yield Delai(etape, acte.objet_id, acte.convention_id, siens[0].debut, siens[-1].fin, jours, ouvres, est_censure)


def _delai(etape: str, acte: Acte, debut: date, fin: date | None, *, attendue: bool) -> Iterator[Delai]:
    if fin is None and not attendue:
        return
    dernier = fin or DATE_DE_REFERENCE
    if dernier >= debut:
        ouvres = jours_ouvres(debut, dernier, acte.convention.departement.code)
        yield Delai(etape, acte.objet_id, acte.convention_id, debut, fin, (dernier - debut).days, ouvres, fin is None)
