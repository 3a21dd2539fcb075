"""The same agreements received from a server give the same marts as their dump, but for what tells the delivery itself.

That the other formats land the same tables is told in `import/test_formats_agree`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data_contracts.layout import Home
from data_contracts.publication import current_run
from tests.support.command import parc_does

if TYPE_CHECKING:
    from tests.support.postgresql import Server


def test_a_format_changes_nothing_but_what_tells_the_delivery(
    postgres: Server, shared_data: Path, sample_home: Home, publish: Callable[[Home], object], tmp_path: Path
) -> None:
    home = Home(tmp_path / "parc")
    parc_does(home, "import", "ecoloweb", postgres.restored(shared_data / "ecoloweb_sample.pgsql"))
    publish(home)

    reference, other = current_run(sample_home), current_run(home)
    names = sorted(path.stem for path in (reference.path / "marts").iterdir())

    assert names == sorted(path.stem for path in (other.path / "marts").iterdir())
    compared = [name for name in names if name != "dim_livraison"]
    assert {name: differences(reference.mart_path(name), other.mart_path(name)) for name in compared} == dict.fromkeys(compared, 0)


def differences(left: Path, right: Path) -> int:
    """Return how many rows stand in one file and not in the other, delivery ids left out."""
    rows = "select * exclude (livraison_id)" if left.stem in {"rec_derive", "rec_table"} else "select *"
    query = f"""
        select count(*) from (
            (({rows} from read_parquet($left)) except all ({rows} from read_parquet($right)))
            union all
            (({rows} from read_parquet($right)) except all ({rows} from read_parquet($left)))
        )
    """
    with duckdb.connect() as connection:
        found = connection.execute(query, {"left": str(left), "right": str(right)}).fetchone()
    assert found is not None
    return int(found[0])
