"""Receives what lands in the inbox: the sensor that sees whole deliveries, and the job that imports one of them.

A delivery refused for what it holds is set aside and not tried again; one that can't be received now is tried again, then left
where it is, and asked for again an hour later.
"""

# No postponed annotations here: Dagster compares the annotation of `context` with its own class.
import time
from collections.abc import Callable
from datetime import UTC, datetime

import dagster as dg

from dagster_project import depot
from dagster_project.depot import Deposit, Ready
from data_contracts.errors import BadInputError, ParcError, TransientError
from data_contracts.layout import Home
from data_contracts.lock import exclusive

JOB = "reception"
OP = "recevoir"
SOURCE_TAG = "parc/source"
NAME_TAG = "parc/livraison"
ALONE = {"parc/file": "depot"}
"""Tag of the runs that wait for each other, as `dagster.yaml` asks: all of them want the lock of the home."""
RETRY = dg.RetryPolicy(max_retries=5, delay=30, backoff=dg.Backoff.EXPONENTIAL)
"""A quarter of an hour in all: what a command that holds the lock may take."""
LOOK_SECONDS = 30


class Depose(dg.Config):
    """The deposit to receive."""

    source: str
    nom: str


def reception_job(retry: dg.RetryPolicy = RETRY) -> dg.JobDefinition:
    """Return the job that imports one deposit."""

    @dg.op(name=OP, retry_policy=retry, description="Importe une livraison du dépôt, puis la retire ; refusée, la met à part.")
    def _receive(context: dg.OpExecutionContext, config: Depose) -> None:
        home, deposit = Home.from_environment(), Deposit(config.source, config.nom)
        _purge(context, home)
        try:
            context.add_output_metadata(receive(home, deposit))
        except TransientError:
            raise
        except ParcError as refusal:
            place = _set_aside(context, home, deposit, str(refusal))
            raise dg.Failure(str(refusal), metadata={"mise_a_part": place}, allow_retries=False) from refusal

    @dg.job(name=JOB, description="Importe une livraison déposée dans depot/<source>/.", executor_def=dg.in_process_executor)
    def _reception() -> None:
        _receive()

    return _reception


def depot_sensor(job: dg.JobDefinition, clock: Callable[[], float] = time.time) -> dg.SensorDefinition:
    """Return the sensor that asks for the reception of each delivery, once it is whole."""

    @dg.sensor(
        name="depot",
        job=job,
        minimum_interval_seconds=LOOK_SECONDS,
        # Dropping a delivery in a folder made for it is the order to receive it: there is nothing more to switch on.
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Voit les livraisons déposées dans depot/<source>/ et demande leur import une fois entières.",
    )
    def _look(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        home = Home.from_environment()
        for name in depot.nameless(home):
            context.log.warning(
                "« %s » porte au dépôt un nom qui n'est d'aucun encodage : le renommer pour qu'elle soit reçue.", name
            )
        there = depot.look(home)
        ready, seen = depot.whole(depot.read_cursor(context.cursor), there, clock())
        return dg.SensorResult(
            run_requests=[_request(one) for one in ready],
            skip_reason=None if ready else f"Rien de nouveau et d'entier ({len(there)} au dépôt).",
            cursor=depot.write_cursor(seen),
        )

    return _look


def receive(home: Home, deposit: Deposit) -> dict[str, dg.MetadataValue | str | int | list[str]]:
    """Import a deposit, remove it, and return what became of its rows.

    Raises BadInputError or RefusedError for one that is refused, TransientError for one that can't be received now.
    """
    from ingest.importer import import_delivery  # noqa: PLC0415 - the readers, which no other job needs

    path = deposit.path(home)
    if not path.exists() and not path.is_symlink():
        return {"bilan": f"« {deposit.nom} » n'est plus dans le dépôt : rien à recevoir."}
    if not deposit.source:
        raise BadInputError(f"« {deposit.nom} » est déposé hors du dossier d'une source : le mettre dans {home.inbox}/<source>/.")
    if link := depot.link_in(path):
        raise BadInputError(f"« {link.name} » est un lien vers un autre endroit : déposer le fichier lui-même.")
    before = depot.signature(home, deposit)
    with exclusive(home, f"réception de {deposit.nom}"):
        report = import_delivery(home, deposit.source, path, now=datetime.now(UTC))
    if depot.signature(home, deposit) == before:
        # What has landed is treated; the file itself holds personal values in clear.
        _remove(deposit, home)
    delivery = report.delivery
    return {
        "bilan": "déjà importée" if report.deja_importee else "importée",
        "livraison": delivery.livraison_id,
        "lignes_recues": delivery.nb_recus,
        "lignes_posees": delivery.nb_poses,
        "lignes_quarantaine": delivery.nb_quarantaine,
        "avertissements": list(report.avertissements),
    }


def _request(ready: Ready) -> dg.RunRequest:
    deposit = ready.deposit
    return dg.RunRequest(
        run_key=ready.request,
        run_config=dg.RunConfig(ops={OP: Depose(source=deposit.source, nom=deposit.nom)}),
        tags={**ALONE, SOURCE_TAG: deposit.source or "aucune", NAME_TAG: deposit.nom},
    )


def _set_aside(context: dg.OpExecutionContext, home: Home, deposit: Deposit, reason: str) -> str:
    """Set a refused delivery aside and return where; what prevents it is logged, and never hides the refusal."""
    try:
        return str(depot.set_aside(home, deposit, reason, datetime.now(UTC)))
    except (OSError, BadInputError) as error:
        context.log.warning(
            "« %s » n'a pas pu être mise à part (%s) : elle reste dans le dépôt.", deposit.nom, type(error).__name__
        )
        return "elle reste dans le dépôt"


def _purge(context: dg.OpExecutionContext, home: Home) -> None:
    """Remove the deliveries refused long ago; what prevents it is logged, and never stops a reception."""
    try:
        depot.purge(home, datetime.now(UTC))
    except OSError:
        context.log.warning("Les livraisons refusées il y a plus de %s jours n'ont pas pu être effacées.", depot.REFUSED_KEPT.days)


def _remove(deposit: Deposit, home: Home) -> None:
    path = deposit.path(home)
    try:
        depot.remove(path)
    except OSError as error:
        raise TransientError(
            f"« {deposit.nom} » est importée mais n'a pas pu être retirée de {path.parent} ({error.strerror}) : "
            "donner le droit d'y écrire, ou la retirer."
        ) from error
