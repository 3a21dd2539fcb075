"""A replay is what the import of the corrected delivery would have been: the same rows landed, the same refused, none lost."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.delivery import Delivery, current_deliveries, deliveries, freed_path, table_path
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.loader import SOURCES
from ingest import corrections
from ingest.corrections import Correction
from ingest.importer import import_delivery
from ingest.refused import RefusedRow, State, refused_rows, waiting
from ingest.replay import Replayed, replay
from tests.unit.ingest.conftest import NOW, rows_of

LATER = NOW + timedelta(days=1)
PARENT = {"colonnes": {"id": "entier", "code": {"type": "texte", "obligatoire": "bloquante"}}}
CHILD = {
    "colonnes": {"id": "entier", "parent_id": {"type": "entier", "reference": {"table": "ecolo_parent", "gravite": "bloquante"}}}
}
PARENTS = [("id", "code"), ("10", None), ("11", "b"), (None, "c")]
CHILDREN = [("id", "parent_id"), ("1", "10"), ("2", "11"), ("3", "12")]
Texts = Mapping[str, str | None]


class Parc:
    """A home whose refused rows are corrected and replayed."""

    def __init__(self, home: Home, contracts: Path) -> None:
        self.home, self.contracts = home, contracts
        self._events = 0

    @property
    def current(self) -> Delivery:
        return current_deliveries(self.home)["ecoloweb"]

    def refused(self) -> list[RefusedRow]:
        return refused_rows(self.home, self.current, corrections.read(self.home))

    def states(self) -> dict[tuple[str, int], State]:
        return {(row.table, row.ligne): row.etat for row in self.refused()}

    def correct(self, table: str, line: int, **values: str | None) -> None:
        row = next(row for row in self.refused() if (row.table, row.ligne) == (table, line))
        self._events += 1
        moment = NOW + timedelta(minutes=self._events)
        found = Correction("ecoloweb", table, row.empreinte, line, values, "A. Essai", moment, "vu avec le service")
        corrections.add(self.home, [found], moment)

    def replay(self) -> Replayed | None:
        self._events += 1
        return replay(self.home, "ecoloweb", now=LATER + timedelta(minutes=self._events), contracts=self.contracts)

    def lines(self, table: str) -> list[int]:
        return [row["_ligne"] for row in rows_of(table_path(self.home, self.current, table))]


@pytest.fixture
def parc(home: Home, contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]) -> Parc:
    """Parents, of whom one lacks its code and one its key, and the children of the first, of a sound one and of nobody."""
    made = contracts(ecolo_enfant=CHILD, ecolo_parent=PARENT)
    deliver(csv_folder(ecolo_enfant=CHILDREN, ecolo_parent=PARENTS), made)
    return Parc(home, made)


def test_a_corrected_row_lands_and_frees_the_rows_that_waited_for_it(parc: Parc) -> None:
    parc.correct("ecolo_parent", 2, code="a")

    done = parc.replay()

    assert done is not None
    assert (done.nb_corrections, done.nb_liberees) == (1, 2)
    assert parc.lines("ecolo_parent") == [2, 3]
    assert parc.lines("ecolo_enfant") == [2, 3]
    assert parc.states() == {
        ("ecolo_enfant", 2): State.LIBEREE,
        ("ecolo_enfant", 4): State.REFUSEE,
        ("ecolo_parent", 2): State.LIBEREE,
        ("ecolo_parent", 4): State.REFUSEE,
    }


def test_a_replayed_delivery_says_what_it_corrects_and_when_and_keeps_the_day_it_was_received(parc: Parc) -> None:
    original = parc.current
    parc.correct("ecolo_parent", 2, code="a")

    parc.replay()

    found = parc.current
    assert found.livraison_id.startswith(f"{original.livraison_id}-r")
    assert (found.corrige, found.sha256, found.recue_le) == (original.livraison_id, original.sha256, original.recue_le)
    assert found.rejouee_le is not None
    assert found.rejouee_le > original.recue_le
    assert deliveries(parc.home)[0] == original


def test_the_delivery_that_is_replayed_does_not_change_by_one_byte(
    parc: Parc, fingerprints: Callable[[Path], dict[str, str]]
) -> None:
    folder = parc.home.delivery("ecoloweb", parc.current.livraison_id)
    before = fingerprints(folder)
    parc.correct("ecolo_parent", 2, code="a")

    parc.replay()

    assert fingerprints(folder) == before


def test_a_freed_row_is_kept_beside_as_it_was_received(parc: Parc) -> None:
    parc.correct("ecolo_parent", 2, code="a")

    parc.replay()

    [row] = rows_of(freed_path(parc.home, parc.current, "ecolo_parent"))
    assert (row["_ligne"], row["clause"], json.loads(row["brut"])) == (2, "obligatoire_code", {"id": "10", "code": None})


def test_a_replay_without_anything_new_makes_nothing(parc: Parc) -> None:
    assert parc.replay() is None
    parc.correct("ecolo_parent", 2, code="a")
    assert parc.replay() is not None

    assert parc.replay() is None
    assert len(deliveries(parc.home)) == 2


def test_a_second_replay_adds_to_the_first(parc: Parc) -> None:
    original = parc.current
    parc.correct("ecolo_parent", 2, code="a")
    parc.replay()
    parc.correct("ecolo_parent", 4, id="12")

    done = parc.replay()

    assert done is not None
    assert done.nb_liberees == 2
    assert parc.current.corrige == original.livraison_id
    assert (parc.lines("ecolo_parent"), parc.lines("ecolo_enfant")) == ([2, 3, 4], [2, 3, 4])


def test_a_correction_replaces_the_one_before_it_even_once_replayed(parc: Parc) -> None:
    parc.correct("ecolo_parent", 2, code="a")
    parc.replay()
    parc.correct("ecolo_parent", 2, code="z")

    parc.replay()

    assert rows_of(table_path(parc.home, parc.current, "ecolo_parent"))[0]["code"] == "z"


def test_a_withdrawn_correction_has_its_row_refused_again_with_those_it_freed(parc: Parc) -> None:
    parc.correct("ecolo_parent", 2, code="a")
    parc.replay()
    parc.correct("ecolo_parent", 2)

    done = parc.replay()

    assert done is not None
    assert (done.nb_corrections, done.nb_liberees) == (0, -2)
    assert (parc.lines("ecolo_parent"), parc.lines("ecolo_enfant")) == ([3], [3])
    assert set(parc.states().values()) == {State.REFUSEE}


def test_a_corrected_row_that_another_clause_refuses_stays_in_quarantine_with_its_new_reason(parc: Parc) -> None:
    parc.correct("ecolo_parent", 4, id="11")

    done = parc.replay()

    assert done is not None
    assert done.nb_liberees == 0
    row = next(row for row in parc.refused() if (row.table, row.ligne) == ("ecolo_parent", 4))
    assert (row.clause, row.etat, row.recu["id"]) == ("cle_primaire_en_double", State.REFUSEE_CORRIGEE, None)


def test_a_correction_that_takes_the_key_of_a_landed_row_refuses_the_whole_replay(parc: Parc) -> None:
    original = parc.current
    parc.correct("ecolo_parent", 2, id="11", code="a")

    with pytest.raises(BadInputError, match=r"ecolo_parent : la ligne 3, déjà posée, .*\(id déjà pris par la ligne 2, d'empreinte"):
        parc.replay()

    assert deliveries(parc.home) == [original]
    assert [path.name for path in (parc.home.landing / "ecoloweb").iterdir()] == [original.livraison_id]


def test_the_same_bad_row_in_a_later_delivery_is_recognised_wherever_it_stands(
    parc: Parc, csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    parc.correct("ecolo_parent", 2, code="a")
    parc.replay()
    later = csv_folder("suivante", ecolo_enfant=CHILDREN, ecolo_parent=[PARENTS[0], ("13", "d"), *PARENTS[1:]])

    report = deliver(later, parc.contracts, now=LATER)

    assert "1 ligne refusée a une correction enregistrée : lancer « parc quarantaine rejouer »." in report.avertissements
    [row] = waiting(parc.home, parc.current, corrections.read(parc.home))
    assert (row.table, row.ligne) == ("ecolo_parent", 3)
    parc.replay()
    assert parc.lines("ecolo_parent") == [2, 3, 4]


def test_the_original_imported_again_leaves_the_corrected_delivery_current_and_says_so(
    parc: Parc, tmp_path: Path, deliver: Callable[..., Any]
) -> None:
    parc.correct("ecolo_parent", 2, code="a")
    parc.replay()
    current = parc.current

    report = deliver(tmp_path / "livraison", parc.contracts, now=LATER)

    assert report.deja_importee
    assert report.avertissements == (f"Sa version corrigée {current.livraison_id} reste celle que les publications lisent.",)
    assert parc.current == current


def test_identical_rows_are_corrected_one_by_one(
    home: Home, contracts: Callable[..., Path], csv_folder: Callable[..., Path], deliver: Callable[..., Any]
) -> None:
    made = contracts(ecolo_parent=PARENT)
    deliver(csv_folder(ecolo_parent=[("id", "code"), ("1", "a"), ("1", "a"), ("1", "a")]), made)
    parc = Parc(home, made)
    parc.correct("ecolo_parent", 4, id="3")

    parc.replay()

    assert parc.lines("ecolo_parent") == [2, 4]


def test_contracts_that_changed_since_the_delivery_ask_for_a_new_import(parc: Parc, contracts: Callable[..., Path]) -> None:
    parc.correct("ecolo_parent", 2, code="a")
    parc.contracts = contracts(ecolo_parent=PARENT, ecolo_enfant={"colonnes": {"id": "entier", "parent_id": "entier"}})

    with pytest.raises(BadInputError, match=r"Le contrat de « ecoloweb » a changé .* : réimporter livraison, puis rejouer\."):
        parc.replay()


def test_a_damaged_file_of_corrections_refuses_the_replay(parc: Parc) -> None:
    parc.correct("ecolo_parent", 2, code="a")
    [path] = parc.home.corrections.iterdir()
    path.write_bytes(path.read_bytes()[:-2])

    with pytest.raises(BadInputError, match=r"Le fichier de corrections .* est abîmé"):
        parc.replay()


def test_a_source_without_a_delivery_is_refused(home: Home) -> None:
    with pytest.raises(BadInputError, match="Aucune livraison de « rpls »"):
        replay(home, "rpls", now=LATER)


def test_a_replay_needs_neither_the_original_nor_the_register(parc: Parc) -> None:
    original = parc.home.delivery("ecoloweb", parc.current.livraison_id)
    parc.correct("ecolo_parent", 2, code="a")
    parc.replay()
    for path in (*original.rglob("*.*"), *parc.home.corrections.iterdir()):
        path.unlink()
    parc.correct("ecolo_parent", 4, id="12")

    parc.replay()

    assert parc.lines("ecolo_parent") == [2, 3, 4]


CELLS = st.sampled_from([None, "1", "2", "3", "01", "9" * 30])
"""The last one can't be read, but a column of whole numbers may hold it."""
ANY_CHILD = st.tuples(CELLS, CELLS)
ANY_PARENT = st.tuples(CELLS, st.sampled_from([None, "a", "b"]))


@settings(max_examples=10)
@given(
    parents=st.lists(ANY_PARENT, max_size=5),
    children=st.lists(ANY_CHILD, max_size=5),
    changes=st.dictionaries(st.tuples(st.booleans(), st.integers(2, 6)), ANY_CHILD, max_size=4),
)
def test_a_replay_is_the_import_of_the_corrected_delivery_and_loses_no_row(
    parents: list[Any], children: list[Any], changes: dict[tuple[bool, int], Any]
) -> None:
    """Whichever refused rows are corrected, and however: each row is where an import puts it, and received = landed + refused."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = _contracts(folder)
        _deliver(Home(folder / "recue"), folder / "recue.csv", made, parents, children)
        parc = Parc(Home(folder / "recue"), made)
        tables = {"ecolo_parent": parents, "ecolo_enfant": children}
        refused = set(parc.states())
        for (is_parent, line), (first, second) in changes.items():
            table = "ecolo_parent" if is_parent else "ecolo_enfant"
            if (table, line) in refused:
                columns = ("id", "code") if is_parent else ("id", "parent_id")
                parc.correct(table, line, **dict(zip(columns, (first, second), strict=True)))
                tables[table] = [(first, second) if at == line else row for at, row in enumerate(tables[table], 2)]
        before = {table: parc.lines(table) for table in tables}
        twin = Home(folder / "corrigee")
        _deliver(twin, folder / "corrigee.csv", made, tables["ecolo_parent"], tables["ecolo_enfant"])
        expected = current_deliveries(twin)["ecoloweb"]

        wanted = {table: rows_of(table_path(twin, expected, table)) for table in tables}
        if any(line not in {row["_ligne"] for row in wanted[table]} for table, lines in before.items() for line in lines):
            with pytest.raises(BadInputError):
                parc.replay()
            return
        parc.replay()

        assert {table: rows_of(table_path(parc.home, parc.current, table)) for table in tables} == wanted
        for table in parc.current.tables:
            assert table.nb_recus == table.nb_poses + table.nb_quarantaine == len(tables[table.table])


def _contracts(folder: Path) -> Path:
    (folder / "contrats" / "ecoloweb").mkdir(parents=True)
    shutil.copy(SOURCES / "ecoloweb.yml", folder / "contrats")
    for name, table in {"ecolo_parent": PARENT, "ecolo_enfant": CHILD}.items():
        columns = [
            {"nom": column, "description": "made", **(entry if isinstance(entry, dict) else {"type": entry})}
            for column, entry in table["colonnes"].items()
        ]
        content = {"source": "ecoloweb", "table": name, "titre": name, "description": "made", "cle_primaire": ["id"]}
        text = yaml.safe_dump({**content, "colonnes": columns}, allow_unicode=True)
        (folder / "contrats" / "ecoloweb" / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder / "contrats"


def _deliver(home: Home, folder: Path, made: Path, parents: list[Any], children: list[Any]) -> None:
    folder.mkdir()
    for name, header, rows in (("ecolo_parent", "id,code", parents), ("ecolo_enfant", "id,parent_id", children)):
        lines = [header, *(",".join("" if value is None else f'"{value}"' for value in row) for row in rows)]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    import_delivery(home, "ecoloweb", folder, now=NOW, contracts=made)
