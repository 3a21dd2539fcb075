"""The whole report: every section read from a run, and the verdict on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data_contracts.extraits import formats
from data_contracts.extraits.libelles import FORMATS, SOURCES, nommer
from data_contracts.rapport import constats, controles, reception, reconciliation, usages, verdict
from data_contracts.rapport.verdict import Changement, Situation, UsageJuge, Verdict
from data_contracts.usage_contract import UsageState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.rapport.constats import Mouvement
    from data_contracts.rapport.lecture import Lecture
    from data_contracts.rapport.section import Section


@dataclass(frozen=True)
class Rapport:
    """What a reader is told of a run."""

    run_id: str
    date_reference: date
    publie_le: datetime
    version_code: str
    livraisons: tuple[str, ...]
    """One line a delivery: its source, its file, when it came, what it covers."""
    verdict: Verdict
    sections: tuple[Section, ...]
    suites: tuple[str, ...]
    """What to do next."""


def lire(lecture: Lecture) -> Rapport:
    """Read the report of a run."""
    etats, ages, tables = usages.lire(lecture), reception.lire_fraicheur(lecture), reconciliation.lire_tables(lecture)
    derives, vecu = reception.lire_derives(lecture), constats.mouvement(lecture)
    juge = situation(lecture, etats, ages, tables, derives, vecu)
    manifeste = lecture.manifeste
    return Rapport(
        run_id=manifeste["run_id"],
        date_reference=lecture.date_reference,
        publie_le=datetime.fromisoformat(manifeste["publie_le"]),
        version_code=manifeste["version_code"],
        livraisons=tuple(_livraisons(lecture.livraisons)),
        verdict=verdict.juger(juge),
        sections=(
            usages.section(etats),
            reception.fraicheur(ages),
            reconciliation.section(lecture, tables),
            reception.quarantaine(reception.lire_quarantaine(lecture), tables),
            reception.derives(derives),
            controles.section(lecture),
            controles.completude(controles.lire_completude(lecture)),
            constats.section(lecture, vecu),
            constats.tendance(constats.lire_tendance(lecture)),
        ),
        suites=tuple(verdict.suites(juge)),
    )


def situation(  # noqa: PLR0913, PLR0917 - what each section read, once
    lecture: Lecture,
    etats: Sequence[Ligne],
    ages: Sequence[Ligne],
    tables: Sequence[Ligne],
    derives: Sequence[Ligne] | None,
    vecu: Mouvement | None,
) -> Situation:
    """Return what the verdict on a run rests on, given what its sections read."""
    graves = [controle["gravite"] for controle in lecture.controles_en_defaut]
    return Situation(
        nb_recus=sum(ligne["recus"] for ligne in tables),
        nb_refusees=sum(ligne["refusees"] for ligne in tables),
        nb_perdues=sum(abs(ligne["ecart"]) for ligne in tables),
        nb_bloquants=graves.count("bloquante"),
        nb_alertes=graves.count("alerte"),
        nb_derives=sum(ligne["gravite"] in {"alerte", "bloquante"} for ligne in derives or ()),
        anciennes=tuple(ligne["source_dite"] for ligne in ages if ligne["etat"] is reception.ANCIENNE),
        usages=tuple(
            UsageJuge(ligne["titre"], ligne["source_dite"], UsageState(ligne["etat"]), ligne["exigence"])
            for ligne in usages.ensembles(etats)
        ),
        changement=_changement(lecture, vecu),
    )


def _changement(lecture: Lecture, vecu: Mouvement | None) -> Changement | None:
    if lecture.precedent is None or vecu is None:
        return None
    avant, maintenant = lecture.precedent.manifest, lecture.manifeste
    recues, connues = _par_source(maintenant), _par_source(avant)
    return Changement(
        date_reference=lecture.precedent.reference_date,
        livraisons=tuple(nommer(source, SOURCES) for source in recues if recues[source] != connues.get(source)),
        retirees=tuple(nommer(source, SOURCES) for source in connues if source not in recues),
        est_droit_change=_droit(avant) != _droit(maintenant),
        est_code_change=avant["version_code"] != maintenant["version_code"],
        nouveaux=vecu.nouveaux,
        disparus=vecu.disparus,
    )


def _par_source(manifeste: Mapping[str, Any]) -> dict[str, str]:
    return {livraison["source"]: livraison["livraison_id"] for livraison in manifeste["livraisons"]}


def _droit(manifeste: Mapping[str, Any]) -> str | None:
    empreinte: str | None = manifeste.get("droit", {}).get("empreinte")
    return empreinte


def _livraisons(livraisons: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for livraison in livraisons:
        recue = formats.instant(datetime.fromisoformat(livraison["recue_le"]))
        forme = nommer(livraison["format"], FORMATS)
        couvre = f", départements {formats.liste(livraison['departements'])}" if livraison["departements"] else ""
        yield formats.typographie(
            f"{nommer(livraison['source'], SOURCES)} : {livraison['origine']} ({forme}), reçue le {recue}{couvre}, "
            f"sha256 {formats.empreinte(livraison['sha256'])}"
        )
