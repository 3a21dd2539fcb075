"""A made database of APiLos, small enough to be read, with the traps that its data are known for. Names are made."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.loader import source_tables
from data_contracts.source_contract import Column, ColumnType

if TYPE_CHECKING:
    import psycopg

Row = Mapping[str, object]

EMAIL = "anatole.dupin@exemple.fr"
NAME = "Anatole Dupin-Lévêque"
MOMENT = "2024-03-31 23:30:00+00"
"""Still the 31st of March in UTC, already the 1st of April in Paris."""

TYPES = {
    ColumnType.ENTIER: "integer",
    ColumnType.REEL: "numeric(14, 4)",
    ColumnType.TEXTE: "text",
    ColumnType.DATE: "date",
    ColumnType.BOOLEEN: "boolean",
    ColumnType.HORODATAGE_TZ: "timestamptz",
}
ACCOUNTS = {"user_id", "cree_par_id", "creator_id", "history_user_id"}
"""Keys of accounts: numbers there, pseudonyms once landed."""


def key(rank: int) -> str:
    """Give the public identifier of the agreement of this rank."""
    return str(uuid.UUID(int=0xA0000000000000000000000000000000 + rank))


def agreement(rank: int, programme: int, **values: object) -> Row:
    """Give an agreement as the application creates it."""
    made = {
        "numero": f"33.2023.{rank}",
        "statut": "5. Signée",
        "date_fin_conventionnement": "2062-06-30",
        "cree_le": "2023-01-05 10:11:12.345+00",
        "soumis_le": "2023-01-10 08:00:00+00",
        "premiere_soumission_le": "2023-01-10 08:00:00+00",
        "valide_le": "2023-03-02",
        "televersement_convention_signee_le": "2023-03-20",
        "foyer_residence_variante_1": True,
    }
    return {"id": rank, "uuid": key(rank), "programme_id": programme, **made, **values}


def programme(rank: int, **values: object) -> Row:
    """Give a programme of Bordeaux."""
    made = {
        "uuid": str(uuid.UUID(int=rank)),
        "nom": "Les Tilleuls",
        "numero_operation": "20221200002",
        "bailleur_id": 1,
        "administration_id": 1,
        "adresse": "1 rue du Parc",
        "code_postal": "33000",
        "ville": "Bordeaux",
        "code_insee_commune": "33063",
        "code_insee_departement": "33",
        "code_insee_region": "75",
        "zone_123": "2",
        "zone_abc": "B1",
        "type_operation": "NEUF",
        "nature_logement": "LOGEMENTSORDINAIRES",
        "anru": False,
        "surface_utile_totale": "650.50",
    }
    return {"id": rank, **made, **values}


def lot(rank: int, convention: int, financement: str, **values: object) -> Row:
    """Give a lot of ten dwellings."""
    return {
        "id": rank,
        "uuid": str(uuid.UUID(int=rank)),
        "convention_id": convention,
        "financement": financement,
        "nb_logements": 10,
        "type_habitat": "COLLECTIF",
        **values,
    }


TABLES: Mapping[str, Iterable[Row]] = {
    "instructeurs_administration": [
        {"id": 1, "nom": "DDTM de la Gironde", "code": "DD033", "signataire_bloc_signature": f"Le préfet, {NAME}"},
        {"id": 2, "nom": "Bordeaux Métropole", "code": "33063"},
    ],
    "bailleurs_bailleur": [
        {
            "id": 1,
            "uuid": str(uuid.UUID(int=901)),
            "nom": "HABITAT INVENTE",
            "siret": "73282932000074",
            "siren": "732829320",
            "nature_bailleur": "HLM",
            "sous_nature_bailleur": "OFFICE_PUBLIC_HLM",
            "signataire_nom": NAME,
            "capital_social": "40000.5",
        },
        {
            "id": 2,
            "uuid": str(uuid.UUID(int=902)),
            "nom": NAME,
            "siret": EMAIL,
            "siren": EMAIL,
            "nature_bailleur": "Bailleurs privés",
            "sous_nature_bailleur": "NONRENSEIGNE",
            "adresse": "1 rue privée",
        },
        {
            "id": 3,
            "uuid": str(uuid.UUID(int=903)),
            "nom": "FONCIERE INVENTEE",
            "siret": "552100554",
            "siren": "A CREER 9",
            "nature_bailleur": "Autres bailleurs sociaux non HLM",
            "sous_nature_bailleur": "FRONCIERE_LOGEMENT",
        },
    ],
    "bailleurs_historicalbailleur": [
        {
            "history_id": 1,
            "id": 1,
            "nom": "HABITAT ANCIEN",
            "siret": "73282932000074",
            "siren": "732829320",
            "sous_nature_bailleur": "OFFICE_PUBLIC_HLM",
            "history_date": MOMENT,
            "history_type": "~",
            "history_user_id": 7,
        },
    ],
    "programmes_programme": [
        programme(1),
        programme(2, parent_id=1),
        programme(3, parent_id=1, zone_123="B1", zone_abc="02"),
        programme(
            4,
            nom=f"Chez {NAME}",
            bailleur_id=2,
            code_insee_commune="2A004",
            code_insee_departement="20",
            code_postal="20000",
            ville="Ajaccio",
            numero_operation="",
        ),
        programme(5, code_insee_commune="A3063", numero_operation="2015DD0330015"),
        programme(
            6,
            code_insee_commune="",
            code_insee_departement="97",
            code_postal="97400",
            ville="Saint-Denis",
            nature_logement="RESISDENCESOCIALE",
            type_operation="SANSOBJET",
        ),
    ],
    "conventions_convention": [
        agreement(
            1,
            1,
            reference_spf="2023P1234",
            date_publication_spf="2023-09-01",
            statut="7. Publié",
            signataire_nom=NAME,
            signataire_date_deliberation="2022-11-30",
            nom_fichier_signe=f"convention {NAME}.pdf",
            cree_par_id=7,
            fond_propre="120000.5",
        ),
        agreement(2, 2, parent_id=1, numero="1", desc_avenant=f"Demande de M. {NAME}", statut="5. Signée", cree_le=MOMENT),
        agreement(
            3, 3, parent_id=2, numero="2", statut="2. Instruction requise", televersement_convention_signee_le=None, valide_le=None
        ),
        agreement(
            4,
            4,
            statut="1. Projet",
            numero=None,
            soumis_le=None,
            premiere_soumission_le=None,
            valide_le=None,
            televersement_convention_signee_le=None,
            date_fin_conventionnement=None,
        ),
        agreement(
            5,
            5,
            numero="33/2/061993/80.416/1234",
            cree_le="2022-06-01 00:00:00+00",
            date_fin_conventionnement="2011-12-16",
            gestionnaire="Non renseigné (Ecoloweb)",
            attribution_modalites_reservations="Non renseigné (Ecoloweb)",
        ),
        agreement(6, 6, statut="8. Annulée en suivi", attribution_residence_sociale_ordinaire=True),
    ],
    "conventions_conventionhistory": [
        {
            "id": 1,
            "convention_id": 1,
            "statut_convention": "2. Instruction requise",
            "statut_convention_precedent": "1. Projet",
            "commentaire": None,
            "user_id": 7,
            "cree_le": "2023-01-10 08:00:00.25+00",
            "mis_a_jour_le": "2023-01-10 08:00:00.26+00",
        },
        {
            "id": 2,
            "convention_id": 1,
            "statut_convention": "4. A signer",
            "statut_convention_precedent": "2. Instruction requise",
            "commentaire": f"Écrire à {EMAIL}",
            "user_id": 8,
            "cree_le": MOMENT,
            "mis_a_jour_le": MOMENT,
        },
    ],
    "conventions_avenanttype": [{"id": 1, "nom": "duree"}, {"id": 2, "nom": "commentaires"}],
    "conventions_convention_avenant_types": [
        {"id": 1, "convention_id": 2, "avenanttype_id": 1},
        {"id": 2, "convention_id": 3, "avenanttype_id": 2},
    ],
    "conventions_convention_parents_2nd_vie": [{"id": 1, "from_convention_id": 4, "to_convention_id": 5}],
    "conventions_evenement": [
        {"id": 1, "convention_id": 5, "type_evenement": "ENVOI_PREFET", "survenu_le": "1993-06-01", "description": "Envoi"},
    ],
    "conventions_piecejointe": [
        {"id": 1, "convention_id": 5, "type": "CONVENTION", "fichier": "b3/c.pdf", "nom_reel": "convention.pdf", "cree_le": MOMENT},
    ],
    "conventions_alertesiaplog": [
        {
            "id": 1,
            "convention_id": 1,
            "operation": "CREATION",
            "statut": "ECHEC",
            "destinataires": '[{"role": "INSTRUCTEUR"}]',
            "user_login": EMAIL,
            "payload": f'{{"login": "{EMAIL}"}}',
            "erreur": "500",
            "cree_le": MOMENT,
        },
    ],
    "comments_comment": [
        {
            "id": 1,
            "convention_id": 1,
            "nom_objet": "programme",
            "champ_objet": "nom",
            "uuid_objet": key(99),
            "user_id": 8,
            "message": f"Appeler M. {NAME} au 06 12 34 56 78",
            "statut": "CLOS",
            "cree_le": MOMENT,
            "clos_le": MOMENT,
        },
    ],
    "programmes_lot": [
        lot(1, 1, "PLUS", loyer_derogatoire="7.25"),
        lot(2, 1, "PLAI", nb_logements=5),
        lot(3, 2, "PLUS", parent_id=1),
        lot(4, 3, "PLUS", parent_id=1),
        lot(5, 4, "SANS_FINANCEMENT", nb_logements=1, type_habitat="INDIVIDUEL"),
        lot(6, 5, "PLUS"),
        lot(7, 6, "LLTS", nb_logements=20),
    ],
    "programmes_logement": [
        {
            "id": rank,
            "lot_id": lot_id,
            "designation": f"A{rank}",
            "typologie": kind,
            "surface_habitable": "60.00",
            "surface_annexes": "8.00",
            "surface_annexes_retenue": "4.00",
            "surface_utile": "64.00",
            "loyer_par_metre_carre": "5.50",
            "coeficient": "1.0100",
            "loyer": "355.52",
            "import_order": rank,
        }
        for rank, (lot_id, kind) in enumerate([(1, "T3"), (1, "T1bis"), (2, "T1prime"), (6, "T4"), (7, "T1prime")], start=1)
    ],
    "programmes_annexe": [
        {
            "id": 1,
            "logement_id": 1,
            "typologie": "TERRASSE",
            "surface_hors_surface_retenue": "5.00",
            "loyer_par_metre_carre": "0.20",
            "loyer": "1.00",
        },
    ],
    "programmes_typestationnement": [
        {"id": 1, "lot_id": 1, "typologie": "GARAGE_AERIEN", "nb_stationnements": 10, "loyer": "30.00"},
    ],
    "programmes_locauxcollectifs": [{"id": 1, "lot_id": 7, "type_local": "Salle", "surface_habitable": "40.00", "nombre": 1}],
    "programmes_referencecadastrale": [
        {"id": 1, "programme_id": 1, "section": "ab", "numero": 12, "surface": "0 ha 12 a 40 ca"},
        {"id": 2, "programme_id": 5, "section": "AC", "numero": 12345, "surface": "850"},
    ],
    "programmes_logementedd": [{"id": 1, "programme_id": 1, "designation": "A1", "financement": "PLUS", "numero_lot": "3"}],
    "programmes_repartitionsurface": [{"id": 1, "lot_id": 6, "typologie": "T4", "type_habitat": "COLLECTIF", "quantite": 1}],
    "programmes_indiceevolutionloyer": [
        {"id": 1, "is_loyer": True, "annee": 2024, "date_debut": "2024-01-01", "date_fin": "2024-12-31", "evolution": "3.50"},
    ],
    "conventions_pret": [
        {
            "id": 1,
            "lot_id": 1,
            "preteur": "CDCL",
            "date_octroi": "2022-12-01",
            "numero": "5123456",
            "duree": 40,
            "montant": "900000.00",
        },
        {"id": 2, "lot_id": 1, "preteur": "ETAT", "montant": "50000.00"},
        {"id": 3, "lot_id": 2, "preteur": "AUTRE", "autre": "Subvention PLAI", "montant": "100000.00"},
    ],
    "users_user": [
        {
            "id": rank,
            "last_login": last,
            "date_joined": MOMENT,
            "is_active": True,
            "is_staff": False,
            "is_superuser": False,
            "preferences_email": "PARTIEL",
            "cerbere_login": cerbere,
            "password": "pbkdf2",
            "username": EMAIL,
            "first_name": "Anatole",
            "last_name": "Dupin-Lévêque",
            "email": EMAIL,
            "telephone": "0612345678",
        }
        for rank, last, cerbere in ((7, MOMENT, EMAIL), (8, None, None))
    ],
    "users_role": [
        {"id": 1, "user_id": 7, "typologie": "BAILLEUR", "bailleur_id": 1, "group_id": 1},
        {"id": 2, "user_id": 8, "typologie": "INSTRUCTEUR", "administration_id": 1, "group_id": 2, "perimetre_departement": "33"},
    ],
    "ecoloweb_ecoloreference": [
        {
            "id": 1,
            "apilos_model": "conventions.Convention",
            "apilos_id": 5,
            "ecolo_id": "12:PLUS:0",
            "departement": "33",
            "importe_le": "2022-06-01",
            "est_supprime": False,
        },
        {"id": 2, "apilos_model": "bailleurs.Bailleur", "apilos_id": 1, "ecolo_id": "44", "departement": "33"},
    ],
}


def create(connection: psycopg.Connection) -> None:
    """Create the tables and the rows in the schema `public`, with the types of the application."""
    for table, contract in source_tables("apilos").items():
        columns = ", ".join(f'"{column.nom}" {_type(table, column)}' for column in contract.colonnes)
        connection.execute(f"create table {table} ({columns})")  # type: ignore[arg-type]
        for row in TABLES.get(table, ()):
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join(["%s"] * len(row))
            connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))  # type: ignore[arg-type]
    connection.execute("create table django_migrations (id bigint, app text, applied timestamptz)")


def write_csv(folder: Path, tables: Mapping[str, Iterable[Row]] = TABLES) -> Path:
    """Write the rows as a folder of CSV, every column of the contracts; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        columns = [column.nom for column in source_tables("apilos")[table].colonnes]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_text(row.get(column)) for column in columns] for row in rows)
    return folder


def _text(value: object) -> object:
    return {True: "t", False: "f"}[value] if isinstance(value, bool) else value


def _type(table: str, column: Column) -> str:
    if column.nom in ACCOUNTS or (table, column.nom) == ("users_user", "id"):
        return "bigint"
    if column.nom in {"uuid", "uuid_objet"}:
        return "uuid"
    if column.nom in {"destinataires", "payload"}:
        return "jsonb"
    return TYPES[column.type]
