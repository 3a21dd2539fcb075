"""The job, the groups, keys and severities that the Dagster interface shows: one place for them all."""

from __future__ import annotations

import dagster as dg

from dagster_project.session import Session

JOB = "parc"
"""Job that builds, checks and publishes."""
SESSION = "session"
"""Resource that gives the run's session."""

LANDING = "atterrissage"
SEEDS = "nomenclatures"
STAGING = "staging"
INTERMEDIATE = "intermediaire"
RULES = "regles"
MARTS = "marts"
QUALITY = "qualite"
PUBLICATION = "publication"

PUBLISHED_RUN = dg.AssetKey(["publication", "publication_courante"])


def table_key(schema: str, table: str) -> dg.AssetKey:
    """Return the key of a table: the one dagster-dbt gives to dbt's sources and models."""
    return dg.AssetKey([schema, table])


def severity(session: Session, *, blocking: bool) -> dg.AssetCheckSeverity:
    """Return what a failed check does to the job: an error stops it, unless the run is forced; the gate then judges alone."""
    return dg.AssetCheckSeverity.ERROR if blocking and session.forcing is None else dg.AssetCheckSeverity.WARN
