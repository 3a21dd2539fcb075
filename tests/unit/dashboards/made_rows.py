"""The marts of the made run: a few invented agreements, one of them whole, and enough others to count.

A column that a row does not give is null, or empty where the contract of the mart demands a value.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.unit.dashboards import made_avis, made_delais, made_indicateurs, made_parc
from tests.unit.dashboards.made_catalogue import REGLES

MIXTE, SANS_PUBLICATION, ANAH, RESILIEE, NUE = (f"ecoloweb:{key}" for key in (423085, 456142, 700001, 700002, 700003))
REFUSEE = "ecoloweb:700404"
NUMERO = "33/2/061993/851231/1/033012/1333"

Row = dict[str, Any]

COURTE, RESOLUE, MELANGE, CODE_INCONNU = (f"{rank:024x}" for rank in range(1, 5))
"""Findings: open and not regulatory, resolved, an information, and one on a commune, which has no agreement."""
EMPREINTE = "c0" * 8
"""The fingerprint of the evidence of the first of them."""
FORMULE = "=2+2 n'est pas une formule"
"""The message of a finding that a spreadsheet could take for a formula."""


def _norm(number: str) -> str:
    return re.sub(r"[-/. ]", "", number).upper()


def _small(rank: int) -> Row:
    """One of the agreements that make numbers: an owner of the west, a département after another."""
    department, town = (("29", "29232"), ("35", "35238"), ("56", "56260"))[rank % 3]
    return {
        "convention_id": f"ecoloweb:{800000 + rank}",
        "source": "ecoloweb",
        "cle_source": f"{800000 + rank}",
        "numero": f"{department} 3 06 2005 {4000 + rank}",
        "numero_norm": f"{department}3062005{4000 + rank}",
        "code_departement": department,
        "code_commune": town,
        "nom_commune": {"29232": "Quimper", "35238": "Rennes", "56260": "Vannes"}[town],
        "bailleur_id": "ecoloweb:52",
        "nature_logement": "RESIDENCE_SOCIALE" if rank % 5 == 0 else "ORDINAIRE",
        "statut": "OPPOSABLE",
        "est_en_vigueur": True,
        "financements": ["PLUS"],
        "familles_financement": ["PLUS"],
        "date_publication": date(2005, 9, 1),
        "nb_logements": 10 + rank,
        "nb_versions": 1,
    }


_MIXTE = {
    "convention_id": MIXTE,
    "source": "ecoloweb",
    "cle_source": "423085",
    "numero": NUMERO,
    "numero_norm": _norm(NUMERO),
    "numero_normalise_source": "33 N 1 1 93 7   S 1333",
    "libelle": "Résidence des Acacias",
    "code_departement": "33",
    "code_commune": "33063",
    "nom_commune": "Bordeaux",
    "nb_communes": 1,
    "bailleur_id": "ecoloweb:51",
    "nb_bailleurs": 1,
    "administration_id": "ecoloweb:9",
    "nature_logement": "ORDINAIRE",
    "est_foyer": False,
    "nature_bailleur": "HLM",
    "sous_nature_bailleur": "OFFICE_PUBLIC_HLM",
    "convention_type": "85-1231 - Logts locatifs sociaux",
    "statut": "OPPOSABLE",
    "est_en_vigueur": True,
    "est_mixte": True,
    "financements": ["PLAI", "PLUS"],
    "familles_financement": ["PLAI", "PLUS"],
    "date_depot": date(1993, 6, 15),
    "date_signature": date(1993, 7, 1),
    "date_signature_prefet": date(1993, 7, 1),
    "date_publication": date(1998, 11, 26),
    "reference_publication": "1998 P n° 8450",
    "date_effet": date(1993, 7, 1),
    "date_expiration_initiale": date(2027, 6, 30),
    "date_expiration": date(2036, 6, 30),
    "date_echeance_tacite": date(2036, 6, 30),
    "duree_ans": 34,
    "duree_calculee_ans": 34.0,
    "nb_lots": 2,
    "nb_logements": 25,
    "nb_stationnements": 12,
    "surface_utile_m2": 1625.5,
    "nb_avenants": 2,
    "nb_versions": 3,
    "nb_pieces_jointes": 1,
    "est_reprise": True,
    "date_saisie": date(2011, 3, 4),
}


def _other(convention_id: str, **values: Any) -> Row:  # noqa: ANN401 - values of any column
    return {"convention_id": convention_id, "source": "ecoloweb", "cle_source": convention_id.partition(":")[2], **values}


def _finding(rank: int) -> Row:
    """One of the findings that make pages: an anomaly of one of the small agreements."""
    agreement = _small(rank)
    return {
        "anomalie_id": f"{1000 + rank:024x}",
        "regle_id": "DUR-008",
        "regle_version": 1,
        "severite": "anomalie",
        "objet_type": "convention",
        "objet_id": agreement["convention_id"],
        "convention_id": agreement["convention_id"],
        "code_departement": agreement["code_departement"],
        "bailleur_id": "ecoloweb:52",
        "preuve": '{"duree_ans": 9}',
        "message": f"La durée saisie n'est pas la durée calculée ({rank}).",
        "table_source": "ecolo_conventionapl",
        "etat": "ouverte",
    }


_CONSTATS: list[Row] = [
    {
        "anomalie_id": COURTE,
        "regle_id": "DUR-003",
        "regle_version": 2,
        "severite": "non_reglementaire",
        "objet_type": "lot",
        "objet_id": "ecoloweb:61",
        "convention_id": MIXTE,
        "code_departement": "33",
        "bailleur_id": "ecoloweb:51",
        "preuve": """{"date_effet": "1993-07-01", "date_expiration_initiale": null, "famille_financement": "SANS_FINANCEMENT",
            "loyer_inconnu": 4.5, "est_anah": false, "codes_postaux_commune": ["33000", "33100"],
            "conventions": ["ecoloweb:456142", "ecoloweb:9"], "parametres": {"pls_min": 15}}""",
        "empreinte_preuve": EMPREINTE,
        "message": "PLS : la convention expire moins de 15 ans après sa prise d'effet (01/07/1993).",
        "references_juridiques": ["CCH R. 353-61"],
        "table_source": "ecolo_programmelogement",
        "premiere_vue": date(2026, 9, 1),
        "derniere_vue": date(2026, 11, 1),
        "etat": "ouverte",
    },
    {
        "anomalie_id": RESOLUE,
        "regle_id": "DUR-008",
        "regle_version": 1,
        "severite": "anomalie",
        "objet_type": "convention",
        "objet_id": MIXTE,
        "convention_id": MIXTE,
        "code_departement": "33",
        "bailleur_id": "ecoloweb:51",
        "preuve": "{}",
        "message": FORMULE,
        "table_source": "ecolo_conventionapl",
        "premiere_vue": date(2026, 8, 1),
        "derniere_vue": date(2026, 10, 1),
        "date_resolution": date(2026, 11, 1),
        "etat": "resolue",
    },
    {
        "anomalie_id": MELANGE,
        "regle_id": "FIN-002",
        "regle_version": 1,
        "severite": "information",
        "objet_type": "convention",
        "objet_id": MIXTE,
        "convention_id": MIXTE,
        "code_departement": "33",
        "bailleur_id": "ecoloweb:51",
        "preuve": '{"familles_financement": ["PLAI", "PLUS"]}',
        "message": "Convention mixte signée quand c'était permis.",
        "table_source": "ecolo_conventionapl",
        "etat": "ouverte",
    },
    {
        "anomalie_id": CODE_INCONNU,
        "regle_id": "GEO-001",
        "regle_version": 1,
        "severite": "a_verifier",
        "objet_type": "commune",
        "objet_id": "ecoloweb:7",
        "code_departement": "974",
        "preuve": '{"code_source": "A7418"}',
        "message": "« A7418 » n'est pas un code de commune <b>.",
        "table_source": "ecolo_commune",
        "etat": "ouverte",
    },
    *map(_finding, range(24)),
]


MARTS: dict[str, list[Row]] = {
    "dim_regle": REGLES,
    "fct_anomalie": _CONSTATS,
    "fct_delai": made_delais.DELAIS,
    "rec_delai": made_delais.ECARTES,
    "fct_avis": made_avis.AVIS,
    "kpi_catalogue": made_indicateurs.CATALOGUE,
    "dim_departement": [
        {"code_departement": "33", "nom_departement": "Gironde", "code_region": "75", "nom_region": "Nouvelle-Aquitaine"},
        {"code_departement": "29", "nom_departement": "Finistère", "code_region": "53", "nom_region": "Bretagne"},
        {"code_departement": "35", "nom_departement": "Ille-et-Vilaine", "code_region": "53", "nom_region": "Bretagne"},
        {"code_departement": "56", "nom_departement": "Morbihan", "code_region": "53", "nom_region": "Bretagne"},
        {
            "code_departement": "974",
            "nom_departement": "La Réunion",
            "code_region": "04",
            "nom_region": "La Réunion",
            "est_outre_mer": True,
        },
    ],
    "dim_commune": [
        {"code_commune": "33063", "nom_commune": "Bordeaux", "type": "commune-actuelle", "code_departement": "33"},
        {"code_commune": "29039", "nom_commune": "Concarneau", "type": "commune-actuelle", "code_departement": "29"},
        {"code_commune": "29232", "nom_commune": "Quimper", "type": "commune-actuelle", "code_departement": "29"},
        {"code_commune": "35238", "nom_commune": "Rennes", "type": "commune-actuelle", "code_departement": "35"},
        {"code_commune": "56260", "nom_commune": "Vannes", "type": "commune-actuelle", "code_departement": "56"},
        {"code_commune": "97418", "nom_commune": "Sainte-Marie", "type": "commune-actuelle", "code_departement": "974"},
    ],
    "dim_bailleur": [
        {"bailleur_id": "ecoloweb:51", "source": "ecoloweb", "nom": "Habitat des Deux Rives", "sigle": "HDR", "siren": "100000009"},
        {"bailleur_id": "ecoloweb:52", "source": "ecoloweb", "nom": "Logis de l'Armor", "siren": "100000017"},
        {"bailleur_id": "ecoloweb:53", "source": "ecoloweb", "nom": "Personne physique", "est_personne_physique": True},
    ],
    "dim_administration": [{"administration_id": "ecoloweb:9", "source": "ecoloweb", "nom": "DDTM de la Gironde"}],
    "dim_financement": [
        {"code_typefinancement": "2", "libelle": "PLA CDC", "financement": "PLUS", "famille_financement": "PLUS"},
        {"code_typefinancement": "3", "libelle": "PLA d'intégration", "financement": "PLAI", "famille_financement": "PLAI"},
    ],
    "dim_convention_alias": [
        {"source": "ecoloweb", "cle_source": "423085", "type_cle": "conventionapl", "convention_id": MIXTE},
        {"source": "apilos", "cle_source": "423085:PLUS:0", "type_cle": "reprise_apilos", "convention_id": MIXTE},
    ],
    "fct_convention": [
        _MIXTE,
        _other(
            SANS_PUBLICATION,
            numero="29 3 08 2009 5600",
            numero_norm=_norm("29 3 08 2009 5600"),
            code_departement="29",
            code_commune="29039",
            nom_commune="Concarneau",
            bailleur_id="ecoloweb:52",
            nature_logement="ORDINAIRE",
            statut="SIGNEE",
            est_en_vigueur=True,
            familles_financement=["PLS"],
            financements=["PLS"],
            date_signature=date(2009, 8, 26),
            date_expiration=date(2024, 8, 25),
            nb_logements=1250,
            nb_versions=1,
        ),
        _other(
            ANAH,
            numero="33-ANAH-0007",
            numero_norm=_norm("33-ANAH-0007"),
            code_departement="33",
            code_commune="33063",
            nom_commune="Bordeaux",
            bailleur_id="ecoloweb:53",
            nature_logement="ORDINAIRE",
            statut="OPPOSABLE",
            est_en_vigueur=True,
            est_anah=True,
            familles_financement=["ANAH"],
            date_publication=date(2008, 1, 2),
            nb_logements=2,
            nb_versions=1,
        ),
        _other(
            RESILIEE,
            numero="974.1.2000.12",
            numero_norm=_norm("974.1.2000.12"),
            code_departement="974",
            code_commune="97418",
            nom_commune="Sainte-Marie",
            nature_logement="RESIDENCE_SOCIALE",
            est_foyer=True,
            est_outre_mer=True,
            statut="RESILIEE",
            nb_versions=1,
        ),
        _other(NUE, code_departement="33"),
        *map(_small, range(24)),
    ],
    "fct_convention_version": [
        {
            "version_id": "ecoloweb:1",
            "convention_id": MIXTE,
            "source": "ecoloweb",
            "code_departement": "33",
            "rang": 1,
            "date_debut": date(1993, 6, 15),
            "date_fin": date(1993, 7, 1),
            "statut": "INSTRUCTION",
            "libelle": "Instruction initiale",
            "nb_lots": 1,
        },
        {
            "version_id": "ecoloweb:2",
            "convention_id": MIXTE,
            "source": "ecoloweb",
            "code_departement": "33",
            "rang": 2,
            "date_debut": date(1993, 7, 1),
            "date_fin": date(2003, 5, 12),
            "statut": "OPPOSABLE",
            "date_vigueur_debut": date(1993, 7, 1),
            "date_vigueur_fin": date(2003, 5, 11),
            "date_signature": date(1993, 7, 1),
            "date_expiration": date(2027, 6, 30),
            "nb_lots": 1,
            "nb_logements": 25,
        },
        {
            "version_id": "ecoloweb:3",
            "convention_id": MIXTE,
            "source": "ecoloweb",
            "code_departement": "33",
            "rang": 3,
            "date_debut": date(2003, 5, 12),
            "est_courante": True,
            "statut": "OPPOSABLE",
            "date_vigueur_debut": date(2003, 5, 12),
            "avenant_id": "ecoloweb:31",
            "date_signature": date(1993, 7, 1),
            "date_expiration": date(2036, 6, 30),
            "nb_lots": 2,
            "nb_logements": 25,
        },
    ],
    "fct_avenant": [
        {
            "avenant_id": "ecoloweb:31",
            "convention_id": MIXTE,
            "numero": 1,
            "types": ["5"],
            "types_libelles": ["Prorogation de la durée"],
            "date_signature": date(2003, 5, 12),
            "date_publication": date(2003, 9, 1),
            "reference_publication": "2003 P n° 112",
            "date_expiration_nouvelle": date(2036, 6, 30),
            "description": "Neuf ans de plus après travaux",
            "nb_versions": 1,
            "est_numero_attendu": True,
        },
        {
            "avenant_id": "ecoloweb:32",
            "convention_id": MIXTE,
            "numero": 2,
            "types_libelles": ["Autre"],
            "date_signature": date(2012, 2, 1),
            "est_annule": True,
        },
    ],
    "fct_lot": [
        {
            "lot_id": "ecoloweb:61",
            "convention_id": MIXTE,
            "version_id": "ecoloweb:3",
            "ordre": 1,
            "libelle": "Bâtiment A",
            "financement": "PLUS",
            "famille_financement": "PLUS",
            "code_typefinancement": "2",
            "nb_logements": 15,
            "nb_logements_collectifs": 15,
            "nb_stationnements": 12,
            "loyer_m2_eur": 4.914956,
            "loyer_collectif_m2_eur": 4.914956,
            "unite_loyer": "mois",
            "type_surface": "SU",
            "surface_utile_m2": 1000.5,
            "code_commune": "33063",
            "code_commune_source": "A3063",
            "bailleur_id": "ecoloweb:51",
            "adresse": "12 rue des Acacias\n14 rue des Acacias",
            "nb_adresses": 2,
        },
        {
            "lot_id": "ecoloweb:62",
            "convention_id": MIXTE,
            "version_id": "ecoloweb:3",
            "ordre": 2,
            "libelle": "Bâtiment B",
            "financement": "PLAI",
            "famille_financement": "PLAI",
            "code_typefinancement": "3",
            "nb_logements": 10,
            "loyer_m2_eur": 33.53878,
            "unite_loyer": "an",
            "type_surface": "SC",
            "surface_utile_m2": 625,
            "code_commune": "33063",
            "bailleur_id": "ecoloweb:51",
        },
        {
            "lot_id": "ecoloweb:63",
            "convention_id": SANS_PUBLICATION,
            "famille_financement": "PLS",
            "nb_logements": 1250,
            "bailleur_id": "ecoloweb:52",
        },
    ],
    "fct_logement": [
        {
            "logement_id": "ecoloweb:71",
            "lot_id": "ecoloweb:61",
            "convention_id": MIXTE,
            "typologie": "T2",
            "nb_logements": 5,
            "surface_habitable_m2": 45.5,
        },
        {
            "logement_id": "ecoloweb:72",
            "lot_id": "ecoloweb:61",
            "convention_id": MIXTE,
            "typologie": "T3",
            "nb_logements": 10,
            "loyer_eur": 320.5,
        },
    ],
    "fct_parcelle": [
        {
            "parcelle_id": "ecoloweb:81:1",
            "lot_id": "ecoloweb:61",
            "convention_id": MIXTE,
            "section": "AB",
            "numero": "0194",
            "superficie_m2": 1520,
        },
    ],
    "fct_annexe": [
        {
            "annexe_id": "ecoloweb:91",
            "lot_id": "ecoloweb:61",
            "convention_id": MIXTE,
            "type": "Parking",
            "est_stationnement": True,
            "nb_annexes": 12,
            "loyer_initial_eur": 22.5,
        },
    ],
    "fct_piece_jointe": [
        {
            "piece_jointe_id": "ecoloweb:95",
            "convention_id": MIXTE,
            "type": "CONVENTION",
            "type_libelle": "Convention numérisée",
            "date": date(1998, 12, 1),
            "fichier": "convention_1333.pdf",
            "description": "15 PLUS et 10 PLAI",
        },
    ],
    "fct_evenement": [
        {
            "evenement_id": "ecoloweb:97",
            "convention_id": MIXTE,
            "type": "4",
            "type_libelle": "Envoi au préfet",
            "date": date(1993, 6, 20),
        },
    ],
    "rec_apilos": [
        {
            "cle_apilos": "423085:PLUS:0",
            "convention_id": MIXTE,
            "financement": "PLUS",
            "code_departement": "33",
            "est_reprise": True,
        },
        {
            "cle_apilos": "423085:PLAI:1",
            "convention_id": MIXTE,
            "financement": "PLAI",
            "numero_avenant": 1,
            "motif_exclusion": "financement_perdu",
        },
        {"cle_apilos": "700003::0", "convention_id": NUE, "code_departement": "33", "motif_exclusion": "sans_programme"},
    ],
    "rec_convention": [
        {"source": "ecoloweb", "cle_source": "423085", "destin": "publiee", "nb_lignes": 1, "convention_id": MIXTE},
        {
            "source": "ecoloweb",
            "cle_source": "700404",
            "destin": "quarantaine",
            "nb_lignes": 1,
            "motif": "id déjà porté par une ligne précédente",
        },
    ],
    "rec_table": [
        {
            "source": "ecoloweb",
            "livraison_id": "a1b2c3d4e5f60718",
            "table_source": table,
            "nb_recus": 3,
            "nb_poses": 3,
            "nb_staging": 3,
        }
        for table in ("ecolo_avenant", "ecolo_conventionapl", "ecolo_conventiondonneesgenerales", "ecolo_programmelogement")
    ]
    + [
        {
            "source": "ecoloweb",
            "livraison_id": "a1b2c3d4e5f60718",
            "table_source": "ecolo_conventiontype",
            "nb_recus": 12345,
            "nb_poses": 12343,
            "nb_quarantaine": 2,
        },
    ],
}
MARTS["fct_convention_version"] += made_parc.current_periods(MARTS["fct_convention"], MARTS["fct_convention_version"])
MARTS["fct_lot_version"] = made_parc.lots_of_periods(MARTS["fct_convention"], MARTS["fct_lot"])
