"""Every reader with a small sound delivery of its own, and what must hold of whatever is made of that delivery.

A delivery here is its files: name → content. A reader takes it whole, or refuses it in one French sentence and nothing has changed.
"""

from __future__ import annotations

import io
import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from dagster_project import decision_files, quarantine_files
from dagster_project.decision_import import FaultyRowsError, decided
from dagster_project.quarantine_import import Quarantine, Signature, corrected
from data_contracts.decision import Titre
from data_contracts.decision_register import Register
from data_contracts.delivery import current_deliveries, deliveries
from data_contracts.errors import SENTENCE_MAX, ParcError
from data_contracts.layout import Home
from data_contracts.loader import SOURCES
from data_contracts.plain_text import visible
from data_contracts.rule_loader import catalogue
from ingest import corrections
from ingest.importer import import_delivery
from ingest.readers.report import slug
from ingest.refused import refused_rows
from ingest.siap.client import CLEARANCES, MERGERS, OPERATIONS, Client
from ingest.siap.extraction import Extraction
from ingest.siap.token import Caller
from tests.support import made_apilos, made_decisions, made_rpls, made_rules, made_satisfaction, made_siap, made_sisal
from tests.support.postgresql import started

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
Delivery = Mapping[str, bytes]
CORPUS = Path(__file__).parents[1] / "hostile" / "corpus"
"""Past failures: a folder a reader, a folder a failure, the files that were changed."""
Read = Callable[[Path, Delivery], "Sequence[str]"]


@dataclass(frozen=True)
class Reader:
    """One reader: how its sound delivery is made, and how a delivery is handed to it."""

    name: str
    sound: Callable[[Path], Delivery]
    """Makes the files in a folder of its own."""
    read: Read
    """Hands files over in an empty folder; returns what people are told. Raises ParcError for what is refused."""

    @property
    def slug(self) -> str:
        """The folder of its past failures."""
        return slug(self.name)


def outcome(reader: Reader, folder: Path, files: Delivery) -> str | None:
    """Hand a delivery over; return the sentence that refuses it, None when it is taken.

    Raises AssertionError for a sentence that nobody could read, and whatever error the reader lets through.
    """
    folder.mkdir(parents=True)
    try:
        said, refusal = reader.read(folder, files), None
    except FaultyRowsError as error:
        said, refusal = error.faults, "lignes fautives"
    except ParcError as error:
        said, refusal = [str(error)], str(error)
    finally:
        shutil.rmtree(folder)
    for sentence in said:
        assert sentence == visible(sentence, SENTENCE_MAX), f"une phrase qu'on ne peut pas lire : {sentence[:SENTENCE_MAX]!r}"
    return refusal


# --- deliveries that are imported


def _imported(source: str, name: str | None, folder: Path, files: Delivery, contracts: Path | None = None) -> Sequence[str]:
    """Import files, alone or in a folder; what is refused lands nothing, what is taken loses no row."""
    origin = folder / "livraison"
    origin.mkdir()
    for file, content in files.items():
        (origin / file).write_bytes(content)
    home = Home(folder / "parc")
    try:
        report = import_delivery(home, source, origin / name if name else origin, now=NOW, contracts=contracts or SOURCES)
    except ParcError:
        landed = [path for path in home.landing.rglob("*") if path.is_file()]
        assert not landed, f"un import refusé a laissé {landed[0].name}"
        raise
    finally:
        outside = {path.name for path in folder.iterdir()} - {"livraison", "parc", "contrats"}
        assert not outside, f"l'import a écrit hors de chez lui : {sorted(outside)}"
    assert deliveries(home, source) == [report.delivery]
    for table in report.delivery.tables:
        assert table.nb_recus == table.nb_poses + table.nb_quarantaine + table.nb_hors_perimetre, (
            f"{table.table} a perdu des lignes"
        )
    return report.avertissements


def _packed(files: Delivery) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return content.getvalue()


def _unpacked(path: Path) -> Delivery:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _files(folder: Path) -> Delivery:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _file(path: Path) -> Delivery:
    return {path.name: path.read_bytes()}


# --- Ecoloweb, on two tables of every type

TABLES: Mapping[str, Mapping[str, Any]] = {
    "region": {"id": "entier", "libelle": "texte", "ouverte": "date", "active": "booleen"},
    "commune": {"id": "entier", "region_id": "entier", "surface": "reel", "vu": "horodatage_ms", "code": "texte"},
}
ROWS: Mapping[str, list[list[str | None]]] = {
    "region": [["1", "Île « inventée »", "2001-02-03", "t"], ["2", None, None, "f"], ["3", "a\tb\\c", "infinity", None]],
    "commune": [["10", "1", "12.5", "1267000000000", "33063"], ["11", "2", None, "0", '"é'], ["12", "9", "NaN", "-5", ""]],
}


def ecoloweb_contracts(folder: Path) -> Path:
    """Write the contracts of the two tables."""
    written = folder / "contrats"
    (written / "ecoloweb").mkdir(parents=True)
    shutil.copy(SOURCES / "ecoloweb.yml", written)
    for table, types in TABLES.items():
        columns = [{"nom": name, "description": "Essai.", "type": kind} for name, kind in types.items()]
        head = {"source": "ecoloweb", "table": table, "titre": table, "description": "Essai.", "cle_primaire": ["id"]}
        (written / "ecoloweb" / f"{table}.yml").write_text(yaml.safe_dump(head | {"colonnes": columns}), encoding="utf-8")
    return written


def _ecoloweb(name: str | None, folder: Path, files: Delivery) -> Sequence[str]:
    return _imported("ecoloweb", name, folder, files, ecoloweb_contracts(folder))


def _plain_dump(_folder: Path) -> Delivery:
    blocks = [
        f"COPY ecolo.{table} ({', '.join(TABLES[table])}) FROM stdin;\n".encode() + b"".join(map(_copied, rows)) + b"\\.\n\n"
        for table, rows in ROWS.items()
    ]
    head = b"--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n\n"
    return {"dump.sql": head + b"".join(blocks) + b"--\n-- PostgreSQL database dump complete\n--\n"}


def _copied(values: list[str | None]) -> bytes:
    escaped = [r"\N" if value is None else value.replace("\\", r"\\").replace("\t", r"\t") for value in values]
    return ("\t".join(escaped) + "\n").encode()


def _custom_dump(folder: Path) -> Delivery:
    with started() as server:
        url = server.new_database()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create schema ecolo")
            for table, rows in ROWS.items():
                columns = ", ".join(f"{name} text" for name in TABLES[table])
                connection.execute(f"create table ecolo.{table} ({columns})")  # type: ignore[call-overload]
                with connection.cursor().copy(f"copy ecolo.{table} from stdin") as copy:  # type: ignore[call-overload]
                    copy.write(b"".join(map(_copied, rows)))
        return _file(server.dump(url, folder / "dump.pgsql", "--format=custom"))


def _csv_folder(_folder: Path) -> Delivery:
    def line(values: list[str | None]) -> str:
        return ",".join("" if value is None else '"' + value.replace('"', '""') + '"' for value in values)

    return {
        f"{table}.csv": "".join(f"{one}\n" for one in (",".join(TABLES[table]), *map(line, rows))).encode()
        for table, rows in ROWS.items()
    }


def _parquet_folder(folder: Path) -> Delivery:
    for table, rows in ROWS.items():
        columns = dict(zip(TABLES[table], map(list, zip(*rows, strict=True)), strict=True))
        pq.write_table(pa.table(columns), folder / f"{table}.parquet")
    return _files(folder)


# --- the other sources


def _sisal_csv(folder: Path) -> Delivery:
    return _file(made_sisal.write_csv(folder / "rapport.csv", _agrements()))


def _sisal_xlsx(folder: Path) -> Delivery:
    return _file(made_sisal.write_xlsx(folder / "rapport.xlsx", _agrements()))


def _sisal_parts(folder: Path) -> Delivery:
    return _unpacked(made_sisal.write_xlsx(folder / "rapport.xlsx", _agrements()))


def _agrements() -> list[dict[str, str]]:
    return [{"N° Opération GALION": f"20161305500{rang}"} for rang in range(3)]


def _read_parts(folder: Path, files: Delivery) -> Sequence[str]:
    return _imported("sisal", "rapport.xlsx", folder, {"rapport.xlsx": _packed(files)})


def _siap(folder: Path) -> Delivery:
    operation = made_siap.operation()
    answers = {"liste": [made_siap.announced(operation)], "detail": operation, "fusions": [made_siap.MERGER]}
    return _files(made_siap.write_folder(folder / "siap", habilitations=made_siap.CLEARANCE_ANSWER, **answers))


def _siap_answers(_folder: Path) -> Delivery:
    operation = made_siap.operation()
    answers = {
        CLEARANCES: made_siap.CLEARANCE_ANSWER,
        OPERATIONS: [made_siap.announced(operation)],
        MERGERS: [made_siap.MERGER],
        f"{OPERATIONS}/20221200002": operation,
    }
    return {path: json.dumps(answer, ensure_ascii=False).encode() for path, answer in answers.items()}


def _read_server(folder: Path, files: Delivery) -> Sequence[str]:
    """Serve the answers on this machine, extract them as an import does, and import what was kept."""
    siap = made_siap.Server([])
    siap.always = {path: made_siap.text(content) for path, content in files.items()}
    caller = Caller(made_siap.USER, made_siap.CLEARANCE, made_siap.KEY)
    with siap.running() as server:
        client = Client(server.address, caller, pause=lambda _seconds: None)
        filled = Extraction(client, folder / "parc" / "extractions").fill()
    return _imported("siap", None, folder, _files(filled))


def _apilos(folder: Path) -> Delivery:
    return _file(made_apilos.write_export(folder / "conventions.json", made_apilos.exported()))


def _satisfaction(folder: Path) -> Delivery:
    answers = [("02/03/2026", str(1 + rank), f"Avis {rank}", "33") for rank in range(4)]
    return _files(made_satisfaction.write_survey(folder / "enquetes", answers))


def _jdma(folder: Path) -> Delivery:
    answers = [(str(rank), "2026-03-02 10:00:00", "Très bien", "4", f"Avis {rank}") for rank in range(4)]
    return _file(made_satisfaction.write_jdma(folder / "avis.csv", answers))


def _rpls(folder: Path) -> Delivery:
    return _file(made_rpls.write_rpls(folder / "rpls.csv", [{"NUMCONV": f"33 2 1998-11 85-1231 210{rank}"} for rank in range(4)]))


def _zonings(_folder: Path) -> Delivery:
    return {
        "abc.csv": b"CODGEO;REG;LIBGEO;Zone en vigueur depuis le 5 juillet 2024\n46042;76;Cahors;B2\n33063;75;Bordeaux;A\n",
        "zones.csv": b"CODGEO,REG,Zonage\n01001,82,3\n75056,11,1bis\n",
        "zones.yml": b'type_zonage: "123"\ndate_debut: 2011-09-14\n',
    }


# --- what is not imported: rules, decisions, corrections


def _rules(folder: Path) -> Delivery:
    rule = {**made_rules.RULE, "severite": [{"si": "nombre < 2", "niveau": "a_verifier"}, {"niveau": "anomalie"}]}
    example = {"attendu": True, "donnees": {"famille": "PLS", "nombre": 1}}
    rule |= {"discriminant": ["famille"], "exemples": [example], "references": [{"texte": "CCH R. 353-61", "statut": "lu"}]}
    made_rules.write(folder, [rule])
    return {name: (folder / "regles" / name).read_bytes() for name in ("essai.yml", "parametres.yml", "documents.yml")} | {
        "objet.yml": (folder / "vues" / "objet.yml").read_bytes()
    }


def _read_rules(folder: Path, files: Delivery) -> Sequence[str]:
    """Read the catalogue, and write the SQL of its rules."""
    (folder / "vues").mkdir()
    (folder / "regles").mkdir()
    for name, content in files.items():
        (folder / ("vues" if name == "objet.yml" else "regles") / name).write_bytes(content)
    found = catalogue(folder / "regles", folder / "vues")
    for rule in found.rules.values():
        if rule.applicable and rule.condition:
            found.query(rule)
    return []


def _decisions(suffix: str, folder: Path) -> Delivery:
    path = folder / f"decisions{suffix}"
    rows = [[made_decisions.A, "justifié", "prêt de 9 ans", "A. Essai", "02/11/2026", "1" * 16]] * 2
    decision_files.write(
        path, [Titre.CONSTAT, Titre.STATUT, Titre.MOTIF, Titre.AUTEUR, Titre.DATE, Titre.EMPREINTE], [*rows, ["", *[""] * 5]]
    )
    return _file(path) if suffix == ".csv" else _unpacked(path)


def _read_decisions(suffix: str, folder: Path, files: Delivery) -> Sequence[str]:
    path = folder / f"decisions{suffix}"
    path.write_bytes(next(iter(files.values())) if suffix == ".csv" else _packed(files))
    rows = decision_files.read(path)
    decided(rows, Register(), made_decisions.EVIDENCE, "B. Essai", made_decisions.NOW)
    return []


def _quarantined(home: Home, folder: Path) -> Quarantine:
    """Import two rows of one key: the second is refused."""
    origin = folder / "doublee"
    origin.mkdir()
    files = dict(_csv_folder(folder))
    files["region.csv"] += b'1,"Doublee",2001-02-03,t\n'
    for name, content in files.items():
        (origin / name).write_bytes(content)
    import_delivery(home, "ecoloweb", origin, now=NOW, contracts=ecoloweb_contracts(folder))
    [delivery] = current_deliveries(home).values()
    return Quarantine(refused_rows(home, delivery, corrections.read(home)))


class Corrections:
    """The correction file of one refused row; the row is received once."""

    def __init__(self, suffix: str) -> None:
        self.suffix = suffix
        self.lock = threading.Lock()
        self.quarantine: Quarantine | None = None
        self.contracts: Path | None = None

    def sound(self, folder: Path) -> Delivery:
        """Write the file, as `parc quarantaine exporter` does."""
        self.quarantine = _quarantined(Home(folder / "parc"), folder)
        self.contracts = folder / "contrats"
        path = folder / f"corrections{self.suffix}"
        quarantine_files.write(path, self.quarantine.rows, {("ecoloweb", "region"): frozenset({"id"})})
        return _file(path) if self.suffix == ".csv" else _unpacked(path)

    def read(self, folder: Path, files: Delivery) -> Sequence[str]:
        """Read it back, as `parc quarantaine liberer` does."""
        assert self.quarantine
        assert self.contracts
        path = folder / f"corrections{self.suffix}"
        path.write_bytes(next(iter(files.values())) if self.suffix == ".csv" else _packed(files))
        signature = Signature("A. Essai", NOW, "essai")
        return corrected(quarantine_files.read(path), self.quarantine, signature, self.contracts).faults


_CORRECTIONS = {suffix: Corrections(suffix) for suffix in (".csv", ".xlsx")}

READERS = {
    reader.name: reader
    for reader in (
        Reader("dump SQL et texte COPY", _plain_dump, partial(_ecoloweb, "dump.sql")),
        Reader("dump custom", _custom_dump, partial(_ecoloweb, "dump.pgsql")),
        Reader("dossier de CSV", _csv_folder, partial(_ecoloweb, None)),
        Reader("dossier de Parquet", _parquet_folder, partial(_ecoloweb, None)),
        Reader("rapport CSV", _sisal_csv, partial(_imported, "sisal", "rapport.csv")),
        Reader("rapport XLSX, octets", _sisal_xlsx, partial(_imported, "sisal", "rapport.xlsx")),
        Reader("rapport XLSX, contenu", _sisal_parts, _read_parts),
        Reader("réponses du SIAP, dossier", _siap, partial(_imported, "siap", None)),
        Reader("réponses du SIAP, serveur", _siap_answers, _read_server),
        Reader("export d'APiLos", _apilos, partial(_imported, "apilos", "conventions.json")),
        Reader("enquête et sa description", _satisfaction, partial(_imported, "satisfaction", None)),
        Reader("export de Je donne mon avis", _jdma, partial(_imported, "satisfaction", "avis.csv")),
        Reader("RPLS", _rpls, partial(_imported, "rpls", "rpls.csv")),
        Reader("zonages", _zonings, partial(_imported, "referentiels", None)),
        Reader("règles, vues et paramètres", _rules, _read_rules),
        Reader("décisions rendues, CSV", partial(_decisions, ".csv"), partial(_read_decisions, ".csv")),
        Reader("décisions rendues, XLSX", partial(_decisions, ".xlsx"), partial(_read_decisions, ".xlsx")),
        Reader("corrections rendues, CSV", _CORRECTIONS[".csv"].sound, _CORRECTIONS[".csv"].read),
        Reader("corrections rendues, XLSX", _CORRECTIONS[".xlsx"].sound, _CORRECTIONS[".xlsx"].read),
    )
}
