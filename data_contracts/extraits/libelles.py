"""The words of the trade behind the codes of the marts. A code that nobody named is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable

from data_contracts import decision, words

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
    "PENSION_FAMILLE": "Pension de famille",
    "RESIDENCE_ACCUEIL": "Résidence d'accueil",
    "FOYER_AUTRE": "Autre logement-foyer",
    "HEBERGEMENT": "Hébergement",
    "RU": "Résidence universitaire",
    "RHVS": "Résidence hôtelière à vocation sociale",
}

NATURES_BAILLEUR = {
    "HLM": "Organisme d'HLM",
    "SEM": "Société d'économie mixte",
    "AUTRE": "Autre bailleur social",
    "PRIVE": "Bailleur privé",
}

SOUS_NATURES_BAILLEUR = {
    "OFFICE_PUBLIC_HLM": "Office public d'HLM",
    "SA_HLM_ESH": "SA d'HLM (ESH)",
    "COOPERATIVE_HLM": "Coopérative d'HLM",
    "SACICAP": "SACICAP",
    "SEM_EPL": "SEM ou EPL",
    "COLLECTIVITE_LOCALE": "Collectivité locale",
    "ETABLISSEMENT_PUBLIC_ADMINISTRATIF": "Établissement public administratif",
    "HOPITAL_PUBLIC": "Hôpital public",
    "ENTREPRISE_COMMERCIALE": "Entreprise commerciale",
    "SA_NON_HLM": "Société anonyme autre qu'HLM",
    "HOUILLERES": "Houillères de bassin",
    "GERANT_CITES_PROMOTION_FAMILIALE": "Gérant de cités de promotion familiale",
    "FONCIERE_LOGEMENT": "Foncière Logement",
    "ASSOCIATION": "Association",
    "FONDATION": "Fondation",
    "MUTUELLE": "Mutuelle",
    "DEPARTEMENT": "Département",
    "ETABLISSEMENT_PUBLIC_LOCAL": "Établissement public local",
    "PACT_ARIM": "PACT ARIM",
    "SERVICE_ETAT": "Service de l'État",
    "PERSONNE_PHYSIQUE": "Personne physique",
}

NATURES_OPERATION = {
    "NEUF": "Neuf ou construction",
    "ACQUISITION": "Acquisition seule",
    "ACQUISITION_AMELIORATION": "Acquisition-amélioration",
    "ACQUISITION_MILIEU_OCCUPE": "Acquisition en milieu occupé",
    "AMELIORATION": "Amélioration",
    "CONSTRUCTION_DEMOLITION": "Construction-démolition",
    "PARC_EXISTANT": "Parc existant",
}

AVANCEMENTS = {
    "acompte": "Acompte demandé",
    "engagee": "Engagée",
    "sans_travaux": "Sans travaux",
    "avant": "Pas encore engagée",
    "inconnu": "Avancement inconnu",
    "abandonnee": "Annulée ou supprimée",
}
"""How far an operation has come, as its status in SIAP tells."""

STATUTS_OPERATION = {
    "BROUILLON_CREE": "Brouillon",
    "BROUILLON_A_TRANSMETTRE": "Brouillon à transmettre",
    "TRANSMISE": "Transmise",
    "PROGRAMMEE_COMPLETUDE_INSTRUCTEUR": "Programmée, complétude chez l'instructeur",
    "PROGRAMMEE_COMPLETUDE_VALIDEUR": "Programmée, complétude chez le valideur",
    "PROGRAMMEE_COMPLET": "Programmée, dossier complet",
    "A_APPROUVER": "À approuver",
    "A_AGREER": "À agréer",
    "A_VALIDER_CHORUS": "À valider dans Chorus",
    "ENGAGEE": "Engagée",
    "ACOMPTE": "Acompte",
    "CLOTURE_COMPLETUDE_INSTRUCTEUR": "Clôture, complétude chez l'instructeur",
    "CLOTURE_COMPLETUDE_VALIDEUR": "Clôture, complétude chez le valideur",
    "CLOTURE_COMPLET": "Clôture, dossier complet",
    "CLOTURE_A_VALIDER": "Clôture à valider",
    "CLOTURE_A_SIGNER": "Clôture à signer",
    "CLOTUREE": "Clôturée",
    "SOLDEE": "Soldée",
    "SUPPRIMEE": "Supprimée",
    "ANNULEE": "Annulée",
}
"""Statuses of an operation in SIAP."""

AIDES = {
    "PLAI_ADP": "PLAI adapté",
    "PLS_DOM": "PLS outre-mer",
    "PLUS_CD": "PLUS construction-démolition",
    "SECD_VIE": "Seconde vie",
    "SANS_FINANCEMENT": "Sans travaux",
    "SANS_AIDE": "Sans aide",
}
"""Aids whose code is no word of the trade; the others are written as they are."""

METHODES_RAPPROCHEMENT = {
    "numero_exact": "Numéro de l'opération",
    "numero_normalise": "Numéro lu dans la référence",
    "numero_autre_financement": "Numéro, autre financement",
    "ressemblance": "Ressemblance",
}

RAISONS_SANS_CONVENTION = {
    "A_VERIFIER": "une convention lui ressemble, à vérifier",
    "CONVENTION_ANNULEE": "lié à une convention annulée ou abandonnée",
    "NUMERO_ABSENT": "aucune convention ne porte son numéro ni ne lui ressemble assez",
    "NUMERO_MAL_FORME": "numéro d'opération mal formé",
    "OPERATION_ABANDONNEE": "opération annulée, cherchée par son seul numéro",
    "SANS_SIREN": "sans SIREN du maître d'ouvrage, aucune ressemblance cherchée",
    "SANS_COMMUNE": "sans commune, aucune ressemblance cherchée",
    "SANS_FAMILLE": "sans famille de financement, aucune ressemblance cherchée",
    "SANS_NOMBRE": "sans nombre de logements, aucune ressemblance cherchée",
}
"""Why an agrément is linked to no agreement."""

SURFACES = {"SU": "surface utile", "SC": "surface corrigée", "SH": "surface habitable", "RD": "redevance"}

SOURCES = words.SOURCES

FORMATS = {
    "dump_custom": "sauvegarde PostgreSQL",
    "dump_sql": "sauvegarde SQL",
    "postgresql": "base PostgreSQL",
    "dossier_csv": "dossier de CSV",
    "dossier_parquet": "dossier de Parquet",
    "dossier_json": "dossier de JSON",
    "api_siap": "interface du SIAP",
    "rapport_csv": "rapport CSV",
    "rapport_xlsx": "rapport XLSX",
    "fichier_rpls": "fichier du RPLS",
    "export_apilos": "export d'APiLos",
    "export_jdma": "export de Je donne mon avis",
    "dossier_enquetes": "dossier d'enquêtes",
}

FAMILLES_CONTROLE = {
    "contrat_source": "Contrat de la source",
    "contrat_produit": "Contrat du mart",
    "dbt": "Test des modèles",
    "reconciliation": "Réconciliation",
    "derive": "Dérive de la livraison",
    "fraicheur": "Fraîcheur de la source",
}

ETATS_QUARANTAINE = {
    "refusee": "Refusée",
    "corrigee": "Corrigée, à rejouer",
    "refusee_corrigee": "Refusée malgré sa correction",
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

ALTERATIONS_APILOS = {
    "parent_perdu": "Avenant détaché de sa convention",
    "etat_perdu": "Convention abandonnée, reprise dans un état antérieur",
    "financement_hors_apilos": "Financement qu'APiLos ne connaît pas",
}

SEVERITES = {niveau.value: un.capitalize() for niveau, (un, _) in words.SEVERITIES.items()}

SENS_SEVERITES = {
    "non_reglementaire": "La convention s'écarte d'un texte : à régulariser.",
    "anomalie": "Une donnée est fausse, impossible ou absente : à corriger dans la source.",
    "a_verifier": "Seul le dossier permet de conclure : à lire.",
    "information": "Bon à savoir ; rien à corriger. Une information n'est jamais comptée avec les cas.",
}

ETATS_CONSTAT = {"ouverte": "Ouvert", "resolue": "Résolu"}

DECISIONS = {statut.value: mots.capitalize() for statut, mots in decision.STATUTS.items()}
SENS_DECISIONS = {
    decision.Statut.A_TRAITER: "Rien n'est décidé, ou le cas est rouvert. Le constat reste dans la liste.",
    decision.Statut.JUSTIFIE: (
        "Le constat est exact, la situation régulière ; le motif dit pourquoi. Il quitte la liste tant que sa preuve ne change pas."
    ),
    decision.Statut.CORRIGE: (
        "La source est corrigée. Le constat reste dans la liste jusqu'à la livraison qui le montre, puis il est résolu."
    ),
    decision.Statut.FAUX_POSITIF: (
        "La règle s'est déclenchée à tort ; le motif sert à la revoir. Le constat quitte la liste tant que sa preuve ne change pas."
    ),
}

FAMILLES_REGLE = words.FAMILIES

ETATS_REGLE = {etat.value: mot.capitalize() for etat, mot in words.STATES.items()}

OBJETS = {
    "convention": "Convention",
    "lot": "Lot",
    "version": "Période",
    "avenant": "Avenant",
    "logement": "Logement",
    "parcelle": "Parcelle",
    "bailleur": "Bailleur",
    "commune": "Commune de la source",
    "region": "Région de la source",
    "ligne": "Ligne de la source",
    "agrement": "Agrément",
    "migration": "Convention reprise dans APiLos",
}

TYPES_AVENANT = {
    "1": "mutation ou fusion",
    "2": "vente partielle",
    "3": "démolition partielle",
    "4": "changement de gestionnaire",
    "5": "prorogation de la durée",
    "6": "dénonciation partielle",
    "7": "descriptif du programme",
    "8": "travaux, réhabilitation",
    "9": "changement d'usage",
    "10": "travaux PALULOS ou PAM",
    "11": "rectification de l'engagement",
    "12": "réservation préfectorale",
    "13": "autre",
    "14": "rattachement à une CUS",
    "R01": "ANRU",
    "R02": "dérogation aux ressources",
    "R03": "dérogation de loyer",
    "R04": "loyer maximum",
    "R05": "transfert vers une résidence sociale",
    "R06": "conditions d'attribution",
    "R07": "reconduction tacite ANAH",
}

COMMENTAIRES = {
    "MEMO_REPRISE": "Mémo de reprise",
    "COMMENTAIRE_OPAH": "Commentaire OPAH",
    "REFUS_PUBLICATION": "Refus de publication",
}

ROLES = {
    "BAILLEUR": "Bailleurs",
    "INSTRUCTEUR": "Instructeurs",
    "ADMINISTRATEUR": "Administrateurs",
    "non renseigné": "Rôle non renseigné",
}
"""Roles of the accounts of APiLos."""

CANAUX = {"jdma": "Je donne mon avis", "enquete": "Questionnaire envoyé"}

PUBLICS = {"bailleur": "Bailleurs", "instructeur": "Instructeurs"}

THEMES_AVIS = {
    "BUG": "Dysfonctionnements",
    "DELAI": "Délais",
    "DOCUMENT": "Documents",
    "LOYER": "Loyer",
    "SPF": "Publicité foncière",
}


RAPPROCHEMENTS = {"lien": "Lien", "a_verifier": "À vérifier"}
"""What the comparison of an agrément and an agreement concludes."""


def nommer(code: str | None, libelles: dict[str, str], absent: str = "—") -> str:
    """Return the words for a code, the code itself when it has none, `absent` when it is missing."""
    return absent if code is None else libelles.get(code, code)


def ranger(codes: Iterable[str] | None, libelles: dict[str, str]) -> tuple[str, ...]:
    """Put codes in the order of their words, those that have none last."""
    tenus = sorted(codes or ())
    return (*(code for code in libelles if code in tenus), *(code for code in tenus if code not in libelles))
