"""What is made to exhaust memory or to lead elsewhere: refused in one sentence, in a process that may hold no more than a bit."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dagster_project import decision_files, depot, reception
from dagster_project.depot import Deposit
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.importer import import_delivery
from ingest.readers.json_text import parsed
from ingest.siap.payloads import without_agents
from tests.support import made_apilos, made_siap, made_sisal
from tests.support.hostile import READERS
from tests.support.made_delivery import MadeDelivery

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 1, tzinfo=UTC)
GIGABYTE = 1 << 30
RESIDENT_MAX_MB = 1536
"""DuckDB is given 1 GB, and Python takes a few hundred millions of bytes."""
IMPORT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from ingest.importer import import_delivery
source, origin, home = sys.argv[1:]
try:
    import_delivery(Home(Path(home)), source, Path(origin), now=datetime(2026, 11, 1, tzinfo=UTC))
    print("importée")
except BadInputError as error:
    print(error)
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) >> 10)
"""
"""The peak is that of this program: `ru_maxrss` would begin at the peak of the process that starts it."""


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[str, Path], str]:
    """Import in a process of its own, whose memory is measured; return the sentence that refuses."""

    def told(source: str, origin: Path) -> str:
        command = [sys.executable, "-c", IMPORT, source, str(origin), str(tmp_path / "parc")]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=300)
        *said, peak = done.stdout.splitlines()
        assert int(peak) <= RESIDENT_MAX_MB
        assert not list((tmp_path / "parc").rglob("delivery.json"))
        return " ".join(said)

    return told


def sparse(path: Path, head: bytes, tail: bytes = b"\n") -> Path:
    """Write a file whose middle is a gigabyte of null bytes that take no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(head)
        file.seek(GIGABYTE)
        file.write(tail)
    return path


DUMP = b"--\n-- PostgreSQL database dump\n--\n\n"
ENDLESS = {
    "dump, a statement": ("ecoloweb", "dump.sql", DUMP + b"SELECT '", "ligne 5 : la ligne dépasse 32 Mo"),
    "dump, a row": (
        "ecoloweb",
        "dump.sql",
        DUMP + b"COPY ecolo.ecolo_region (id) FROM stdin;\n1",
        "la ligne dépasse 32 Mo",
    ),
    "CSV, a header": ("ecoloweb", "csv/ecolo_region.csv", b"id,", "la première ligne dépasse 64 Ko"),
    "report": ("sisal", "rapport.csv", b"a,b\n", "pèse plus de 256 Mo"),
    "APiLos": ("apilos", "conventions.json", b'{"uuid": "', "ligne 1 : la ligne dépasse 8 Mo"),
    "SIAP": ("siap", "siap/detail.json", b'{"donneesOperation": "', "pèse plus de 64 Mo"),
    "survey": ("satisfaction", "avis.csv", b"Review ID,a\n", "pèse plus de 64 Mo"),
    "RPLS": ("rpls", "rpls.csv", b"DEPCOM;", "la première ligne dépasse 64 Ko"),
    "zoning": ("referentiels", "zonage.csv", b"CODGEO;Zone\n", "pèse plus de 32 Mo"),
}


@pytest.mark.parametrize("case", ENDLESS)
def test_a_line_of_a_gigabyte_is_refused_in_little_memory(case: str, refusal: Callable[[str, Path], str], tmp_path: Path) -> None:
    source, name, head, why = ENDLESS[case]
    path = sparse(tmp_path / name, head)
    assert why in refusal(source, path if "/" not in name else path.parent)


def test_a_row_of_a_gigabyte_in_a_csv_is_refused_in_little_memory(refusal: Callable[[str, Path], str], tmp_path: Path) -> None:
    folder = MadeDelivery().write(tmp_path / "csv")
    path = folder / "ecolo_region.csv"
    sparse(path, path.read_bytes() + b'"1","')
    assert "ecolo_region.csv" in refusal("ecoloweb", folder)


def test_a_hundred_thousand_columns_are_refused(tmp_path: Path, home: Home) -> None:
    names = ", ".join(f"c{rank}" for rank in range(100_000))
    dump = tmp_path / "dump.sql"
    dump.write_bytes(
        DUMP + f"COPY ecolo.ecolo_region ({names}) FROM stdin;\n\\.\n\n".encode() + b"-- PostgreSQL database dump complete\n"
    )
    with pytest.raises(BadInputError, match="100000 colonnes, plus que les 2000"):
        import_delivery(home, "ecoloweb", dump, now=NOW)


def test_a_zip_bomb_in_a_workbook_is_refused_before_it_is_unpacked(refusal: Callable[[str, Path], str], tmp_path: Path) -> None:
    member = "xl/sharedStrings.xml"
    path = made_sisal.write_xlsx(tmp_path / "rapport.xlsx", [{}])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != member}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(member, "w") as part:
            for _ in range(300):
                part.write(b"<si><t>x</t></si>" * 61_681)
    assert path.stat().st_size < 8 << 20
    assert "pèse plus de 256 Mo une fois décompressé" in refusal("sisal", path)
    with pytest.raises(BadInputError, match="pèse plus de 256 Mo une fois décompressé"):
        decision_files.read(path)


def test_entities_in_a_workbook_are_refused(tmp_path: Path, home: Home) -> None:
    path = made_sisal.write_xlsx(tmp_path / "rapport.xlsx", [{}])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + parts["xl/workbook.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(BadInputError, match="n'a pas été écrit par un tableur"):
        import_delivery(home, "sisal", path, now=NOW)


@pytest.mark.parametrize("name", ["../../evade.txt", "/tmp/evade-parc.txt", "xl/../../evade.txt"])  # noqa: S108 - an attack
def test_a_member_of_an_archive_that_leads_elsewhere_is_written_nowhere(name: str, tmp_path: Path) -> None:
    reader = READERS["rapport XLSX, contenu"]
    (tmp_path / "sain").mkdir()
    parts = {**reader.sound(tmp_path / "sain"), name: b"evade"}
    (tmp_path / "essai").mkdir()
    reader.read(tmp_path / "essai", parts)
    assert not Path("/tmp/evade-parc.txt").exists()  # noqa: S108 - same
    assert not list(tmp_path.rglob("evade.txt"))


@pytest.mark.parametrize("source", ["ecoloweb", "satisfaction", "referentiels", "rpls", "siap", "apilos"])
def test_a_zipped_delivery_is_refused(source: str, tmp_path: Path, home: Home) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../ecolo_region.csv", b"id,code\n" + b"0" * (1 << 20))
    path = tmp_path / "livraison.csv"
    path.write_bytes(content.getvalue())
    with pytest.raises(BadInputError):
        import_delivery(home, source, path, now=NOW)


def test_deep_json_is_refused(tmp_path: Path, home: Home) -> None:
    for depth in (65, 1_000, 200_000):
        folder = tmp_path / str(depth)
        made_siap.write_folder(folder, detail=made_siap.operation())
        (folder / "profond.json").write_text('{"numeroOperation":' + "[" * depth + "]" * depth + "}")
        with pytest.raises(BadInputError, match=r"profond\.json"):
            import_delivery(home, "siap", folder, now=NOW)
        export = made_apilos.write_export(tmp_path / f"{depth}.json", made_apilos.exported())
        export.write_text('{"uuid":' + "[" * depth + "]" * depth + "}\n" + export.read_text(encoding="utf-8"), encoding="utf-8")
        with pytest.raises(BadInputError, match="ligne 1 : "):
            import_delivery(home, "apilos", export, now=NOW)


def test_what_is_as_deep_as_json_may_be_is_flattened() -> None:
    without_agents(parsed(b"[" * 63 + b"]" * 63))


@pytest.mark.parametrize("text", ['"\\ud800"', '{"\\uDFFF": 1}', '["\\ud83d"]'])
def test_half_a_character_is_no_json(text: str) -> None:
    with pytest.raises(ValueError, match="half a character"):
        parsed(text.encode())


def test_a_raw_half_of_a_character_is_no_json() -> None:
    with pytest.raises(ValueError, match="utf-8"):
        parsed(b'"\xed\xa0\x80"')


def test_a_whole_emoji_is_json() -> None:
    assert parsed(rb'"\ud83d\ude00"') == "😀"


def test_half_a_character_in_an_answer_is_refused(tmp_path: Path, home: Home) -> None:
    folder = made_siap.write_folder(tmp_path / "siap", detail=made_siap.operation())
    answer = json.dumps(made_siap.operation("20221200003", lambda one: one["donneesMo"].update(nom="\ud800")))
    (folder / "autre.json").write_text(answer, encoding="ascii")
    with pytest.raises(BadInputError, match=r"autre\.json"):
        import_delivery(home, "siap", folder, now=NOW)


@pytest.mark.parametrize("kind", ["the deposit", "a file in it", "a folder in it", "itself"])
def test_a_link_in_the_inbox_is_refused(kind: str, tmp_path: Path, home: Home) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "ecolo_region.csv").write_text("id,code\n1,2\n")
    deposit = Deposit("ecoloweb", "livraison")
    path = deposit.path(home)
    path.parent.mkdir(parents=True)
    if kind == "the deposit":
        path.symlink_to(secret)
    elif kind == "itself":
        path.symlink_to(path.name)
    else:
        path.mkdir()
        (path / "lien").symlink_to(secret if kind == "a folder in it" else secret / "ecolo_region.csv")
    with pytest.raises(BadInputError, match="est un lien vers un autre endroit"):
        reception.receive(home, deposit)
    refused = depot.set_aside(home, deposit, "lien", NOW)
    depot.remove(refused)
    assert (secret / "ecolo_region.csv").exists()


@pytest.mark.parametrize("name", ["../ecoloweb", "/etc", "..", ""])
def test_a_deposit_that_leads_elsewhere_is_refused(name: str, home: Home) -> None:
    with pytest.raises(BadInputError):
        reception.receive(home, Deposit("ecoloweb", name))


@pytest.mark.parametrize("name", ['a"; drop table x; --', "a'); attach 'x' as y; --", "\x1b[31mrouge", "\u202eesrevni", "x" * 5000])
def test_names_made_of_sql_or_to_steer_a_terminal_are_only_names(name: str, tmp_path: Path) -> None:
    reader = READERS["dump SQL et texte COPY"]
    (tmp_path / "sain").mkdir()
    [(file, dump)] = reader.sound(tmp_path / "sain").items()
    quoted = '"' + name.replace('"', '""') + '"'
    table = f"COPY ecolo.{quoted} ({quoted}) FROM stdin;\n1\n\\.\n\n".encode()
    hostile = dump.replace(b"COPY ecolo.commune (id", table + f"COPY ecolo.commune ({quoted}, id".encode()).replace(
        b"\n1", b"\nx\t1"
    )
    (tmp_path / "essai").mkdir()
    for sentence in _said(lambda: reader.read(tmp_path / "essai", {file: hostile})):
        assert "\x1b" not in sentence
        assert "\u202e" not in sentence
        assert len(sentence) <= 1000


def _said(read: Callable[[], object]) -> list[str]:
    try:
        return list(map(str, read()))  # type: ignore[call-overload]
    except BadInputError as error:
        return [str(error)]


def test_a_file_whose_name_is_in_no_encoding_is_refused_in_a_sentence_that_can_be_written(tmp_path: Path, home: Home) -> None:
    path = tmp_path / os.fsdecode(b"\xff\x1b.sql")
    path.write_bytes(b"")
    with pytest.raises(BadInputError) as refused:
        import_delivery(home, "ecoloweb", path, now=NOW)
    assert str(refused.value).encode().startswith("Le fichier « \ufffd\ufffd.sql »".encode())


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("dump SQL et texte COPY", "ecoloweb"),
        ("rapport CSV", "sisal"),
        ("export d'APiLos", "apilos"),
        ("RPLS", "rpls"),
        ("export de Je donne mon avis", "satisfaction"),
    ],
)
@pytest.mark.parametrize("is_folder", [False, True], ids=["file", "folder above"])
def test_a_file_under_a_name_in_no_encoding_is_refused(
    name: str, source: str, tmp_path: Path, home: Home, *, is_folder: bool
) -> None:
    (tmp_path / "sain").mkdir()
    [(file, content)] = READERS[name].sound(tmp_path / "sain").items()
    latin = os.fsdecode("données".encode("latin-1"))
    path = tmp_path / latin / file if is_folder else tmp_path / f"{latin}{Path(file).suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with pytest.raises(BadInputError, match="a un nom qui n'est pas en UTF-8 : le renommer"):
        import_delivery(home, source, path, now=NOW)


@pytest.mark.parametrize(
    ("name", "source"), [("dossier de CSV", "ecoloweb"), ("réponses du SIAP, dossier", "siap"), ("zonages", "referentiels")]
)
def test_a_folder_that_holds_a_name_in_no_encoding_is_refused(name: str, source: str, tmp_path: Path, home: Home) -> None:
    (tmp_path / "sain").mkdir()
    (tmp_path / "livraison").mkdir()
    for file, content in READERS[name].sound(tmp_path / "sain").items():
        (tmp_path / "livraison" / file).write_bytes(content)
        (tmp_path / "livraison" / (os.fsdecode(b"\xe9") + Path(file).suffix)).write_bytes(content)
    with pytest.raises(BadInputError, match="a un nom qui n'est pas en UTF-8 : le renommer"):
        import_delivery(home, source, tmp_path / "livraison", now=NOW)
