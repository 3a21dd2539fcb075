"""The words of the trade behind the codes of the marts. A code that nobody named is shown as it is."""

from __future__ import annotations

STATUTS = {
    "PROJET": "Projet",
    "INSTRUCTION": "En instruction",
    "CORRECTION": "À corriger",
    "A_SIGNER": "À signer",
    "SIGNEE": "Signée",
    "PUBLICATION": "Publication en cours",
    "PUBLIEE": "Publiée",
    "OPPOSABLE": "Opposable",
    "RESILIEE": "Résiliée",
    "DENONCEE": "Dénoncée",
    "ANNULEE": "Annulée",
    "ABANDONNEE": "Abandonnée",
}
EN_VIGUEUR = frozenset({"SIGNEE", "PUBLICATION", "PUBLIEE", "OPPOSABLE"})
EN_PREPARATION = frozenset({"PROJET", "INSTRUCTION", "CORRECTION", "A_SIGNER"})

FAMILLES = {
    "PLUS": "PLUS",
    "PLAI": "PLAI",
    "PLS": "PLS",
    "PLI": "PLI",
    "ANAH": "ANAH",
    "SANS_FINANCEMENT": "Sans financement",
    "OUTRE_MER": "Outre-mer",
}

NATURES_LOGEMENT = {
    "ORDINAIRE": "Logements ordinaires",
    "FOYER_PA": "Foyer pour personnes âgées",
    "FOYER_PH": "Foyer pour personnes handicapées",
    "FOYER_INCLUSIF": "Foyer d'habitat inclusif",
    "FTM": "Foyer de travailleurs migrants",
    "FJT": "Foyer de jeunes travailleurs",
    "RESIDENCE_SOCIALE": "Résidence sociale",
}

NATURES_BAILLEUR = {
    "HLM": "Organisme d'HLM",
    "SEM": "Société d'économie mixte",
    "AUTRE": "Autre bailleur social",
    "PRIVE": "Bailleur privé",
}

SURFACES = {"SU": "surface utile", "SC": "surface corrigée", "SH": "surface habitable", "RD": "redevance"}

SOURCES = {
    "ecoloweb": "Ecoloweb",
    "siap": "SIAP",
    "sisal": "SISAL",
    "apilos": "APiLos",
    "satisfaction": "Enquête de satisfaction",
    "referentiel": "Référentiels",
    "rpls": "RPLS",
}

FORMATS = {
    "dump_custom": "sauvegarde PostgreSQL",
    "dump_sql": "sauvegarde SQL",
    "postgresql": "base PostgreSQL",
    "dossier_csv": "dossier de CSV",
    "dossier_parquet": "dossier de Parquet",
}

DESTINS = {"publiee": "Publiée", "quarantaine": "En quarantaine"}

MOTIFS_APILOS = {
    "multi_commune": "Plusieurs communes",
    "multi_bailleur": "Plusieurs bailleurs",
    "abandonnee": "Convention abandonnée",
    "sans_programme": "Aucun programme",
    "financement_perdu": "Financement perdu",
    "avenant_zero": "Avenant numéroté 0",
}

ALTERATIONS_APILOS = {"parent_perdu": "Avenant détaché de sa convention"}

SEVERITES = {
    "non_reglementaire": "Non réglementaire",
    "anomalie": "Anomalie",
    "a_verifier": "À vérifier",
    "information": "Information",
}

COMMENTAIRES = {
    "MEMO_REPRISE": "Mémo de reprise",
    "COMMENTAIRE_OPAH": "Commentaire OPAH",
    "REFUS_PUBLICATION": "Refus de publication",
}


def nommer(code: str | None, libelles: dict[str, str], absent: str = "—") -> str:
    """Return the words for a code, the code itself when it has none, `absent` when it is missing."""
    return absent if code is None else libelles.get(code, code)
