"""The job, the groups and the keys of the assets: one place for the names the Dagster interface shows."""

from __future__ import annotations

import dagster as dg

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
