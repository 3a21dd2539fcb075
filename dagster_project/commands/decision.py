"""`parc decision`: records what analysts decide of findings, one by one or from a workbook, and writes all they ever decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dagster_project import decision_files, decision_import, french, register
from dagster_project.terminal import say, warn
from data_contracts import decision_register
from data_contracts.author import default_author
from data_contracts.decision import STATUTS, Decision, Titre, auteur, iso, motif, statut
from data_contracts.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from data_contracts.layout import Home

USAGE = "voir « parc decision --help »."
EXPORTED = (Titre.DECISION, Titre.CONSTAT, Titre.STATUT, Titre.MOTIF, Titre.AUTEUR, Titre.DATE, Titre.EMPREINTE)


@dataclass(frozen=True)
class Asked:
    """What was typed: a finding and its status, or a file to take back, or a file to write."""

    constat: str | None = None
    statut: str | None = None
    motif: str | None = None
    auteur: str | None = None
    fichier: Path | None = None
    exporter: Path | None = None


def run(home: Home, asked: Asked) -> None:
    """Do the one thing asked for. Raises BadInputError when it is not one thing, or when something in it is wrong."""
    _check_usage(asked)
    if asked.fichier:
        said = take_back(home, asked.fichier, asked.auteur)
    elif asked.exporter:
        said = export(home, asked.exporter)
    else:
        said = decide(home, asked.constat or "", asked.statut or "", asked.motif, asked.auteur)
    say(said)


def decide(home: Home, finding: str, status: str, reason: str | None, author: str | None) -> list[str]:
    """Record a decision on a finding, on the evidence it has now, and say so. Raises BadInputError, and records nothing."""
    decided = statut(status)
    given, name = motif(reason, decided), auteur(author or default_author())
    evidence = register.evidence(home, [finding])
    if finding not in evidence:
        raise BadInputError(decision_import.unknown(finding))
    asked = Decision(finding, decided, given, name, datetime.now(UTC), evidence[finding])
    recorded = decision_register.record(home, asked)
    _warn(recorded.damaged)
    if not recorded.is_new:
        return [f"Cette décision sur le constat {finding} est déjà enregistrée : rien n'a changé."]
    return [f"Décision enregistrée : constat {finding}, {STATUTS[decided]}, par {name}. Le prochain « parc run » la montrera."]


def take_back(home: Home, path: Path, author: str | None) -> list[str]:
    """Record the decisions of a filled workbook, all of them or none, and say how many.

    Raises BadInputError for what is not a workbook of decisions, and for faulty rows, which are all listed.
    """
    rows = decision_files.read(path)
    if author is not None:
        rows = [decision_import.signed(row, auteur(author)) for row in rows]
    asked = {decision_import.finding(row) for row in rows if decision_import.proven(row) is None}
    evidence = register.evidence(home, asked) if asked else {}
    name = auteur(default_author()) if any(not decision_import.is_signed(row) for row in rows) else ""
    with decision_register.writing(home) as known:
        _warn(known.damaged)
        now = datetime.now(UTC)
        try:
            outcome = decision_import.decided(rows, known, evidence, name, now)
        except decision_import.FaultyRowsError as error:
            count = french.count(len(error.faults), "ligne fautive", "lignes fautives")
            listed = "\n".join(f"  - {fault}" for fault in error.faults)
            raise BadInputError(f"Le fichier {path} a {count} ; aucune décision n'est enregistrée :\n{listed}") from error
        decision_register.add(home, list(outcome.decisions.values()), now)
    return _summary(path, outcome)


def export(home: Home, path: Path) -> list[str]:
    """Write the whole register of decisions in a file that `take_back` reads, and say how many there are."""
    known = decision_register.read(home)
    _warn(known.damaged)
    decision_files.write(path, EXPORTED, (_cells(decision) for decision in known.decisions))
    return [f"{french.count(len(known.decisions), 'décision écrite', 'décisions écrites')} dans {path}."]


def _check_usage(asked: Asked) -> None:
    ways = [way for way in (asked.constat, asked.fichier, asked.exporter) if way is not None]
    if len(ways) != 1:
        raise BadInputError(f"Donner un constat et son statut, ou bien --fichier, ou bien --exporter : {USAGE}")
    if asked.constat is not None and asked.statut is None:
        raise BadInputError(f"Il manque l'argument STATUT ({', '.join(STATUTS.values())}) : {USAGE}")
    if asked.constat is None and asked.motif is not None:
        raise BadInputError(f"L'option « --motif » ne vaut que pour un constat : {USAGE}")
    if asked.exporter is not None and asked.auteur is not None:
        raise BadInputError(f"L'option « --auteur » ne vaut pas pour un export : {USAGE}")


def _cells(decision: Decision) -> list[str | None]:
    values = {
        Titre.DECISION: decision.decision_id,
        Titre.CONSTAT: decision.anomalie_id,
        Titre.STATUT: STATUTS[decision.statut],
        Titre.MOTIF: decision.motif,
        Titre.AUTEUR: decision.auteur,
        Titre.DATE: iso(decision.date_decision),
        Titre.EMPREINTE: decision.empreinte_preuve,
    }
    return [values[titre] for titre in EXPORTED]


def _summary(path: Path, outcome: decision_import.Outcome) -> list[str]:
    recorded = french.count(len(outcome.decisions), "décision enregistrée", "décisions enregistrées")
    known = french.count(outcome.known, "ligne déjà connue", "lignes déjà connues")
    lines = [f"{recorded} depuis {path}, {known}."]
    if outcome.older:
        older = french.count(outcome.older, "décision est plus ancienne", "décisions sont plus anciennes")
        lines.append(f"  ! {older} que celle en vigueur sur son constat : gardée dans l'histoire, sans effet.")
    return [*lines, "Suite : « parc run » pour les montrer."] if outcome.decisions else lines


def _warn(damaged: Iterable[Path]) -> None:
    warn(decision_register.sentences(damaged))
