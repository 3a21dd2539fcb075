"""What the truth of several families asks of the owners of an agreement."""

from __future__ import annotations

from ingest.demo.faits import Convention

_MUTATION = "1"


def sous_nature_principale(convention: Convention) -> str | None:
    """Return the kind of the owner of most dwellings, None without a programme."""
    principal = convention.bailleur_principal
    lots = convention.courante.contenu
    return next((lot.proprietaire.sous_nature for lot in lots if lot.proprietaire.id == principal), None)


def a_mute(convention: Convention) -> bool:
    """Say whether an amendment in force has changed the owner."""
    return any(_MUTATION in avenant.types and not avenant.annulation for avenant in convention.avenants)
