"""`parc status`: what is published, from what, how good, and what waits. Reads only; never a lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dagster_project import french, retention, rules
from dagster_project.retention import Removal
from dagster_project.terminal import say, write_json
from data_contracts import decision_register, words
from data_contracts.delivery import Delivery, current_deliveries
from data_contracts.extraits import forcage
from data_contracts.publication import NOTHING_PUBLISHED, PublishedRun, current_run, published_runs
from data_contracts.rule_contract import Niveau
from data_contracts.rule_loader import catalogue
from ingest import corrections, refused

if TYPE_CHECKING:
    from data_contracts.layout import Home

FORMAT = 1
"""Version of the JSON form: it grows when a name changes or goes, not when one is added."""


@dataclass(frozen=True)
class QualityScore:
    """The quality score of the agreements of a run."""

    mean: float | None
    """Mean of the scores, in %, to two decimals; None when no agreement has one."""
    scored: int
    agreements: int


@dataclass(frozen=True)
class Status:
    """The state of a home. `run` is None when nothing is published."""

    home: Home
    run: PublishedRun | None
    waiting: tuple[Delivery, ...]
    """Deliveries received that the current run doesn't read yet."""
    findings: dict[Niveau, int]
    """Open findings by severity."""
    score: QualityScore | None
    """None when nothing is published."""
    parameters_waiting: list[str]
    """Parameters of the law that changed since the current run."""
    parameters_changed: list[str]
    """Parameters of the law that the current run changed since the run before it."""
    decisions_waiting: int
    """Decisions recorded that the current run doesn't show yet."""
    decisions_damaged: list[str]
    """What is wrong in the register of decisions, one sentence a file."""
    removed: list[Removal]
    """Of each source that has no delivery any more, the last one, removed on its date."""
    nb_quarantaine: int
    """Refused rows of the deliveries that the next run would read."""
    corrections_waiting: int
    """Rows whose correction no replay has applied."""
    corrections_damaged: list[str]
    """What is wrong in the register of corrections, one sentence a file."""
    now: datetime


def run(home: Home, *, as_json: bool) -> None:
    """Say the state of a home."""
    found = read(home, datetime.now(UTC))
    if as_json:
        write_json(as_record(found))
        return
    say(lines(found))


def read(home: Home, now: datetime) -> Status:
    """Read the state of a home."""
    published = current_run(home) if home.current.is_symlink() else None
    manifest = published.manifest if published else {"livraisons": []}
    known = {delivery["livraison_id"] for delivery in manifest["livraisons"]}
    current = current_deliveries(home).values()
    waiting = tuple(delivery for delivery in current if delivery.livraison_id not in known)
    corrected = corrections.read(home)
    findings = _findings(published) if published else {}
    decided = decision_register.read(home)
    shown = _decisions(published) if published else set()
    return Status(
        home,
        published,
        waiting,
        findings,
        _score(published) if published else None,
        *_parameter_changes(home, published),
        decisions_waiting=len(decided.ids - shown),
        decisions_damaged=decision_register.sentences(decided.damaged),
        removed=retention.sources_without_delivery(home),
        nb_quarantaine=sum(delivery.nb_quarantaine for delivery in current),
        corrections_waiting=sum(len(refused.waiting(home, delivery, corrected)) for delivery in current),
        corrections_damaged=corrections.sentences(corrected.damaged),
        now=now,
    )


def as_record(status: Status) -> dict[str, Any]:
    """Return the stable JSON form, described in docs/exploitation.md."""
    manifest = status.run.manifest if status.run else None
    return {
        "format": FORMAT,
        "run_id": status.run.run_id if status.run else None,
        "publie_le": manifest["publie_le"] if manifest else None,
        "date_reference": manifest["date_reference"] if manifest else None,
        "version_code": manifest["version_code"] if manifest else None,
        "livraisons": [_delivery(entry, status.now) for entry in manifest["livraisons"]] if manifest else [],
        "marts": {name: mart["lignes"] for name, mart in manifest["marts"].items()} if manifest else {},
        "controles": _controls(manifest["controles"]) if manifest else {"reussis": 0, "alertes": 0, "bloquants": 0},
        forcage.CLE: manifest.get(forcage.CLE) if manifest else None,
        "anomalies_ouvertes": status.findings,
        "score_qualite": _score_record(status.score) if status.score else None,
        "parametres_changes": status.parameters_changed,
        "parametres_en_attente": status.parameters_waiting,
        "decisions_en_attente": status.decisions_waiting,
        "quarantaine": {"nb_lignes": status.nb_quarantaine, "nb_corrections_en_attente": status.corrections_waiting},
        "avertissements": warnings(status),
        "rapport_qualite": str(status.run.quality_report) if status.run and status.run.quality_report else None,
    }


def warnings(status: Status) -> list[str]:
    """Return the French sentences that whoever reads the figures should know."""
    nothing = [] if status.run else [NOTHING_PUBLISHED.format(published=status.home.published)]
    forced = forcage.lire(status.run) if status.run else None
    breach = [forced.phrase(), *forced.details()] if forced else []
    restricted = [
        f"La livraison {entry['source']} ne couvre que les départements {', '.join(entry['departements'])}."
        for entry in (status.run.manifest["livraisons"] if status.run else ())
        if entry["departements"]
    ]
    partial = [
        f"La livraison {entry['source']} ne contient que ce que voit l'habilitation {entry['habilitation']}."
        for entry in (status.run.manifest["livraisons"] if status.run else ())
        if entry.get("habilitation")
    ]
    waiting = [
        f"La livraison {delivery.source} {delivery.livraison_id}, reçue le {french.local_moment(delivery.recue_le)}, "
        "n'est pas encore publiée : lancer « parc run »."
        for delivery in status.waiting
    ]
    changed = [f"Paramètre changé depuis la publication précédente : {change}." for change in status.parameters_changed]
    law = [
        f"Paramètre changé depuis la publication : {change} ; lancer « parc run » pour l'appliquer."
        for change in status.parameters_waiting
    ]
    removed = [
        f"La source {one.source} n'a plus de livraison : la dernière ({one.livraison_id}, {one.origine}), reçue le "
        f"{french.local_moment(one.recue_le)}, a été supprimée le {french.local_moment(one.supprimee_le)} ({one.motif}) ; "
        "les prochaines publications se font sans elle, la réimporter pour la retrouver."
        for one in status.removed
    ]
    return [
        *nothing,
        *breach,
        *restricted,
        *partial,
        *waiting,
        *removed,
        *changed,
        *law,
        *_on_decisions(status),
        *_on_corrections(status),
    ]


def _on_decisions(status: Status) -> list[str]:
    count = french.count(status.decisions_waiting, "décision attend", "décisions attendent")
    waiting = [f"{count} le prochain run : lancer « parc run »."] if status.decisions_waiting else []
    return [*waiting, *status.decisions_damaged]


def _on_corrections(status: Status) -> list[str]:
    count = french.count(status.corrections_waiting, "ligne refusée a", "lignes refusées ont")
    waiting = [f"{count} une correction à rejouer : lancer « parc quarantaine rejouer »."] if status.corrections_waiting else []
    return [*waiting, *status.corrections_damaged]


def lines(status: Status) -> list[str]:
    """Return the lines that a person reads."""
    found = _published(status, status.run) if status.run else []
    if status.nb_quarantaine:
        refused_rows = french.count(status.nb_quarantaine, "ligne")
        found.append(f"Quarantaine : {refused_rows} dans les livraisons courantes (« parc quarantaine lister »)")
    return [*found, *(f"! {warning}" for warning in warnings(status))]


def _published(status: Status, run: PublishedRun) -> list[str]:
    manifest = run.manifest
    controls = _controls(manifest["controles"])
    findings = ", ".join(french.count(count, *words.SEVERITIES[severity]) for severity, count in status.findings.items())
    return [
        f"Publication : {run.run_id}, le {french.local_moment(datetime.fromisoformat(manifest['publie_le']))}",
        f"Date de référence : {datetime.fromisoformat(manifest['date_reference']):%d/%m/%Y} ; code {manifest['version_code']}",
        "Livraisons :",
        *(_delivery_line(_delivery(entry, status.now)) for entry in manifest["livraisons"]),
        "Tables publiées :",
        *(f"  {name:<28} {french.count(mart['lignes'], 'ligne'):>20}" for name, mart in manifest["marts"].items()),
        (
            f"Contrôles : {french.count(controls['reussis'], 'réussi')}, {french.count(controls['alertes'], 'alerte')}, "
            f"{french.count(controls['bloquants'], 'bloquant')}"
        ),
        f"Constats ouverts : {findings or 'aucun'}",
        *([_score_line(status.score)] if status.score else []),
        *([f"Rapport de qualité : {run.quality_report}"] if run.quality_report else []),
    ]


def _score_line(score: QualityScore) -> str:
    if score.mean is None:
        return "Score de qualité : aucune convention notée"
    scored = french.count(score.scored, "convention notée", "conventions notées")
    return f"Score de qualité : {french.percent(score.mean)} en moyenne ({scored} sur {french.number(score.agreements)})"


def _score_record(score: QualityScore) -> dict[str, Any]:
    return {"moyenne": score.mean, "nb_notees": score.scored, "nb_conventions": score.agreements}


def _delivery_line(entry: dict[str, Any]) -> str:
    name = f"{entry['source']} {entry['livraison_id']} ({entry['origine']}), reçue il y a {entry['age']}"
    received = french.count(entry["nb_recus"], "ligne reçue", "lignes reçues")
    return f"  {name}, {received}, {french.number(entry['nb_quarantaine'])} en quarantaine"


def _delivery(entry: dict[str, Any], now: datetime) -> dict[str, Any]:
    received = datetime.fromisoformat(entry["recue_le"])
    return {
        "source": entry["source"],
        "livraison_id": entry["livraison_id"],
        "origine": entry["origine"],
        "sha256": entry["sha256"],
        "recue_le": entry["recue_le"],
        "age": french.age(received, now),
        "departements": entry["departements"],
        "nb_recus": sum(table["nb_recus"] for table in entry["tables"]),
        "nb_quarantaine": sum(table["nb_quarantaine"] for table in entry["tables"]),
    }


def _controls(controls: list[dict[str, Any]]) -> dict[str, int]:
    failed = [control["gravite"] for control in controls if not control["succes"]]
    return {"reussis": len(controls) - len(failed), "alertes": failed.count("alerte"), "bloquants": failed.count("bloquante")}


def _parameter_changes(home: Home, run: PublishedRun | None) -> tuple[list[str], list[str]]:
    """The parameters that changed since the current run, and those that it changed itself."""
    applied = _parameters(run) if run else {}
    if run is None or not applied:
        return [], []
    earlier = [_parameters(other) for other in published_runs(home) if other.run_id < run.run_id]
    changed = rules.parameter_changes(earlier[-1], applied) if earlier and earlier[-1] else []
    return rules.parameter_changes(applied, rules.law(catalogue())["parametres"]), changed


def _parameters(run: PublishedRun) -> dict[str, rules.Values]:
    """The parameters that a run applied; none for a run published before rules existed."""
    found: dict[str, rules.Values] = run.manifest.get("droit", {}).get("parametres", {})
    return found


def _decisions(run: PublishedRun) -> set[str]:
    """The decisions that a run shows; none for a run published before there were any."""
    if "fct_decision" not in run.manifest["marts"]:
        return set()
    with run.connect() as connection:
        return {row[0] for row in connection.execute("select decision_id from fct_decision").fetchall()}


def _findings(run: PublishedRun) -> dict[Niveau, int]:
    with run.connect() as connection:
        counted = dict(
            connection.execute("select severite, count(*) from fct_anomalie where etat = 'ouverte' group by severite").fetchall()
        )
    return {level: counted[level] for level in words.SEVERITIES if level in counted}


def _score(run: PublishedRun) -> QualityScore:
    with run.connect() as connection:
        row = connection.execute(
            "select round(avg(score_qualite), 2), count(score_qualite), count(*) from fct_convention"
        ).fetchone()
    assert row is not None  # noqa: S101 - an aggregate always gives a row
    return QualityScore(*row)
