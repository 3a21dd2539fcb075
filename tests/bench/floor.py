"""The floor of an import: the archive as text, and that text loaded into DuckDB as it stands.

python tests/bench/floor.py DUMP FOLDER
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb

from ingest.readers.pg_dump import restorers

TEXT = "texte.json"
"""Where the bytes of COPY text are told."""


def main(dump: Path, folder: Path) -> None:
    """Load every table of the dump, untyped and unchecked, into `folder`/floor.duckdb."""
    script = folder / "floor.sql"
    with script.open("wb") as output:
        subprocess.run([restorers()[0].path, "--data-only", "-f", "-", dump], check=True, stdout=output)
    connection = duckdb.connect(str(folder / "floor.duckdb"))
    spool, text = folder / "floor.copy", 0
    with script.open("rb") as lines:
        for line in lines:
            if not line.startswith(b"COPY "):
                continue
            table, columns = line.decode().removeprefix("COPY ").split(" (", 1)
            names = columns.split(")", 1)[0].split(", ")
            with spool.open("wb") as copy:
                for row in iter(lines.readline, b"\\.\n"):
                    text += copy.write(row)
            connection.execute(
                f"create table \"{table}\" as select * from read_csv(?, auto_detect = false, header = false, delim = '\\t',"
                " quote = '', escape = '', nullstr = '\\N', new_line = '\\n', columns = ?)",
                [str(spool), dict.fromkeys(names, "VARCHAR")],
            )
    connection.close()
    (folder / TEXT).write_text(json.dumps(text), encoding="utf-8")
    for path in (script, spool, folder / "floor.duckdb"):
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
