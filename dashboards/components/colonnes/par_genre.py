"""Which columns show which kind of rows."""

from dashboards.components.colonnes import adoption, agrements, parc, qualite

PAR_GENRE = {
    "convention": parc.CONVENTIONS,
    "parc": parc.LOTS,
    "avenant": parc.AVENANTS,
    "bailleur": parc.BAILLEURS,
    "agrement": agrements.AGREMENTS,
    "operation": agrements.OPERATIONS,
    "lien": agrements.LIENS,
    "duree": agrements.DUREES,
    "service": adoption.SERVICES,
    "departement": adoption.DEPARTEMENTS,
    "dossier": adoption.DOSSIERS,
    "lot_incomplet": qualite.LOTS_INCOMPLETS,
    "parcelle_incomplete": qualite.PARCELLES_INCOMPLETES,
    "ligne_refusee": qualite.LIGNES_REFUSEES,
    "convention_recue": qualite.CONVENTIONS_RECUES,
    "enregistrement_apilos": qualite.ENREGISTREMENTS_APILOS,
}
"""Columns by the code of the kind of rows."""
