"""What the page « Qualité des données » reads of a made run: scores, fields, uses, refused rows, drift.."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from data_contracts.layout import MANIFEST_FILE, Home
from tests.unit.dashboards import made_indicateurs, made_rows, made_run

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

Row = dict[str, Any]
CENT, HAUT, BAS = Decimal("100.00"), Decimal("97.50"), Decimal("40.00")


def _agreement(rank: int, score: Decimal | None, department: str, owner: str | None, source: str = "ecoloweb") -> Row:
    weight = 0 if score is None else 200
    return {
        "convention_id": f"{source}:{900 + rank}",
        "source": source,
        "cle_source": f"{900 + rank}",
        "numero": f"{department} {rank}",
        "code_departement": department,
        "bailleur_id": owner,
        "est_en_vigueur": True,
        "familles_financement": ["PLUS"],
        "date_signature": date(2010, 1, 1 + rank),
        "score_qualite": score,
        "poids_applicable": weight,
        "poids_en_defaut": 0 if score is None else int(weight * (100 - score) / 100),
    }


SOCIAL, OTHER, PERSON = "ecoloweb:51", "ecoloweb:52", "ecoloweb:53"
AGREEMENTS = [
    # six in the Finistère, of one landlord: two at 97.5, mean 99.17
    *(_agreement(rank, HAUT if rank < 2 else CENT, "29", SOCIAL) for rank in range(6)),
    # five in the Gironde, of a person: one at 40, mean 88
    *(_agreement(rank, BAS if rank == 6 else CENT, "33", PERSON) for rank in range(6, 11)),
    # two in Ille-et-Vilaine, too few to be ranked; one that nothing judges
    _agreement(11, BAS, "35", OTHER, "apilos"),
    _agreement(12, BAS, "35", OTHER, "apilos"),
    _agreement(13, None, "35", OTHER, "apilos"),
]


def field(department: str, expected: int, filled: int, **changes: object) -> Row:
    """Make the completeness of a field in a département; the day of deposit unless told otherwise."""
    return {
        "mart": "fct_convention",
        "champ": "date_depot",
        "libelle": "Dépôt de la demande.",
        "source": "ecoloweb",
        "code_departement": department,
        "nb_applicables": expected,
        "nb_renseignes": filled,
        "taux_completude_pct": Decimal(100 * filled) / expected,
        **changes,
    }


def use(state: str, department: str, rate: int, **changes: object) -> Row:
    """Make the state of a use in a département of Ecoloweb, or « ensemble »."""
    return {
        "usage": "loyers",
        "rang_usage": 4,
        "titre": "Connaître les loyers",
        "question": "Quels sont les loyers ?",
        "source": "ecoloweb",
        "code_departement": department,
        "etat": state,
        "motif": f"Loyer du logement : {rate} % au lieu de 95 % au moins.",
        "exigence": "Loyer du logement",
        "taux_pct": rate,
        "utilisable_pct": 95,
        "precaution_pct": 80,
        "nb_applicables": 100,
        "nb_renseignes": rate,
        "nb_exigences": 3,
        "nb_tenues": 2,
        **changes,
    }


def refused(line: int, key: str, **changes: object) -> Row:
    """Make a refused row of Ecoloweb."""
    return {
        "source": "ecoloweb",
        "livraison_id": "a1b2c3d4e5f60718",
        "table_source": "ecolo_conventiontype",
        "ligne": line,
        "cle": key,
        "clause": "id_unique",
        "motif": "id déjà porté par une ligne précédente",
        "etat": "refusee",
        **changes,
    }


MARTS: dict[str, list[Row]] = {
    "fct_convention": AGREEMENTS,
    "dim_bailleur": [
        {"bailleur_id": SOCIAL, "source": "ecoloweb", "nom": "Habitat des Deux Rives", "nature_bailleur": "HLM"},
        {"bailleur_id": OTHER, "source": "ecoloweb", "nom": "Logis de l'Armor", "nature_bailleur": "SEM"},
        {"bailleur_id": PERSON, "source": "ecoloweb", "nom": "Personne physique", "est_personne_physique": True},
    ],
    "agg_completude": [
        field("33", 100, 50),
        field("29", 40, 38),
        field("35", 2, 0),
        field("33", 60, 60, champ="nb_logements", libelle="Nombre de logements."),
        field("29", 10, 9, mart="fct_logement", champ="typologie", libelle="Typologie.", source="apilos"),
    ],
    "agg_usage": [
        use("avec_precaution", "ensemble", 90),
        use("utilisable", "29", 99),
        use("non_utilisable", "33", 50),
        use("utilisable", "ensemble", 98, usage="compter", rang_usage=1, titre="Compter", exigence="Nature", source="apilos"),
    ],
    "rec_quarantaine": [refused(7, "12"), refused(8, "Jeanne Martin", etat="corrigee")],
    "rec_derive": [
        {
            "livraison_id": "a1b2c3d4e5f60718",
            "source": "ecoloweb",
            "nature": "code_nouveau",
            "table_source": "ecolo_typefinancement",
            "colonne": "code",
            "gravite": "alerte",
            "message": "ecolo_typefinancement, colonne code : 2 codes jamais livrés.",
        }
    ],
    "kpi_catalogue": [
        *made_indicateurs.CATALOGUE,
        *(made_indicateurs.indicator(f"Q-0{rank}", f"Qualité {rank}") for rank in (1, 3, 4, 7)),
    ],
    "kpi_valeur": [
        {"kpi_id": "Q-07", "mesure": "age_modification", "axe": "source", "modalite": "ecoloweb", "valeur": 34, "effectif": 9}
    ],
}


def publish(home: Home) -> PublishedRun:
    """Publish the made run with these marts in the place of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for mart, rows in MARTS.items():
            patch.setitem(made_rows.MARTS, mart, rows)
        run = made_run.write_run(home)
    manifest = run.path / MANIFEST_FILE
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(content | {"marts": {"rec_derive": {"lignes": 1}}}), encoding="utf-8")
    return run
