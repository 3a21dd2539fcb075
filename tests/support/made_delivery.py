"""A made Ecoloweb delivery, written as a folder of CSV: what a test needs to say, in the words of the trade, and nothing else.

Every required table is there, with the public code lists; whatever a test does not say is empty, or the plainest thing
that is true of most agreements. Names are made.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from pathlib import Path

from data_contracts.loader import source_tables
from data_contracts.source_contract import Presence
from ingest.demo import referentiels

Value = str | int | float | bool | date | None
Row = dict[str, Value]

PREFIX = "ecolo_"
FIRST_ID = 900_001
"""Made rows are numbered from here, all tables together: an id tells one row, and no row of the code lists."""
NO_VALUE = r"\N"


class MadeDelivery:
    """One delivery in the making. Each word of the trade adds a row and returns its id; `write` makes the folder."""

    def __init__(self) -> None:
        self._contracts = source_tables("ecoloweb")
        self._rows: dict[str, list[Row]] = {
            name: [] for name, contract in self._contracts.items() if contract.presence is Presence.REQUISE
        }
        self._next_id = FIRST_ID
        self._programmes: Counter[int] = Counter()
        for name in referentiels.TABLES_DE_REFERENCE:
            self._rows[PREFIX + name] = _code_list(name)
        self._rows[PREFIX + "valeurparamstatic"] += _code_list("valeurparamstatic_ajouts")

    def add(self, table: str, **values: Value) -> int:
        """Add a row to a table, named without its prefix, and return its id: the next one unless `id` is given."""
        columns = {column.nom for column in self._contracts[PREFIX + table].colonnes}
        if unknown := values.keys() - columns:
            raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
        row_id = values.get("id", self._next_id)
        assert isinstance(row_id, int)
        self._next_id = max(self._next_id, row_id) + 1
        keyed = {"id": row_id, **values} if "id" in columns else dict(values)
        self._rows.setdefault(PREFIX + table, []).append({**({"version": 0} if "version" in columns else {}), **keyed})
        return row_id

    def write(self, folder: Path) -> Path:
        """Write one CSV a table: every value quoted, a missing one empty. Return the folder."""
        folder.mkdir(parents=True)
        for table, rows in self._rows.items():
            columns = [column.nom for column in self._contracts[table].colonnes]
            lines = [",".join(columns), *(",".join(_field(row.get(name)) for name in columns) for row in rows)]
            (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    def code(self, table: str, code: str) -> int:
        """Return the id of a code in a list of its own: `code("typefinancement", "1")` is PLUS."""
        column = "codeinsee" if table in {"departement", "region"} else "code"
        return self._the_one(table, {column: code})

    def valeur(self, subtype: str, code: str) -> int:
        """Return the id of a code of the shared list: `valeur("ECO", "OPP")` is an agreement in force."""
        return self._the_one("valeurparamstatic", {"subtype": subtype, "code": code})

    def type_convention(self, start: str) -> int:
        """Return the id of the convention type whose label starts so."""
        return next(_as_id(row) for row in self._rows[PREFIX + "conventiontype"] if str(row["libelle"]).startswith(start))

    def office(self, code: str = "DD033", nom: str = "Service inventé", type_entite: str = "ETA") -> int:
        """Add an office that creates agreements."""
        address = self.add("entitegestadresse", codepostal="33000", ville="BORDEAUX")
        return self.add(
            "entitegest",
            code=code,
            nom=nom,
            typeedition="OO",
            adresse_id=address,
            typeentitegest_id=self.valeur("TEG", type_entite),
        )

    def commune(self, code: str = "33039", siren: str | None = None, departement: str = "33") -> int:
        """Add a commune."""
        return self.add(
            "commune", code=code, codesiren=siren, libelle=f"COMMUNE {code}", departement_id=self.code("departement", departement)
        )

    def bailleur(self, sous_nature: str = "120", nom: str = "SA HLM INVENTEE", **values: Value) -> int:
        """Add an owner or manager."""
        nature = self.code("sousnaturebailleur", sous_nature)
        department = self.code("departement", "33")
        return self.add(
            "bailleur", **{"raisonsociale": nom, "sousnaturebailleur_id": nature, "departement_id": department, **values}
        )

    @cached_property
    def an_office(self) -> int:
        """The office of whatever names none."""
        return self.office()

    @cached_property
    def a_commune(self) -> int:
        """The commune of the programmes that name none."""
        return self.commune()

    @cached_property
    def a_bailleur(self) -> int:
        """The owner of the programmes that name none."""
        return self.bailleur()

    def convention(self, **values: Value) -> int:
        """Add an agreement."""
        return self.add("conventionapl", **{"entitecreatrice_id": self.an_office, **values})

    def periode(
        self,
        convention: int,
        debut: str = "2000-01-01",
        fin: str | None = None,
        etat: str = "OPP",
        avenant: int | None = None,
        **values: Value,
    ) -> int:
        """Add a period to an agreement's history: current unless it ended, of ordinary dwellings of an HLM owner."""
        return self.add(
            "conventiondonneesgenerales",
            **{
                "conventionapl_id": convention,
                "datehistoriquedebut": debut,
                "datehistoriquefin": fin,
                "estcourante": fin is None,
                "etatconvention_id": self.valeur("ECO", etat),
                "avenant_id": avenant,
                "conventiontype_id": self.type_convention("99-864"),
                "naturelogement_id": self.code("naturelogement", "1"),
                "naturebailleur_id": self.code("naturebailleur", "1"),
                **values,
            },
        )

    def avenant(self, convention: int, numero: int = 1, types: tuple[str, ...] = (), **values: Value) -> int:
        """Add an amendment and its types."""
        avenant = self.add(
            "avenant", **{"conventionapl_id": convention, "numero": numero, "entitegest_id": self.an_office, **values}
        )
        for code in types:
            self.add("avenant_typeavenant", avenant_id=avenant, typeavenant_id=self.valeur("TAV", code))
        return avenant

    def programme(
        self,
        periode: int,
        financement: str = "1",
        commune: int | None = None,
        proprietaire: int | None = None,
        **values: Value,
    ) -> int:
        """Add a programme to a period, after its others."""
        self._programmes[periode] += 1
        return self.add(
            "programmelogement",
            **{
                "conventiondonneesgenerales_id": periode,
                "ordre": self._programmes[periode],
                "typefinancement_id": self.code("typefinancement", financement),
                "commune_id": self.a_commune if commune is None else commune,
                "bailleurproprietaire_id": self.a_bailleur if proprietaire is None else proprietaire,
                "etatprogramme_id": self.valeur("EPR", "ENC"),
                **values,
            },
        )

    def logement(self, programme: int, typologie: str = "T3", **values: Value) -> int:
        """Add a dwelling row to a programme."""
        return self.add(
            "logement",
            **{
                "programmelogement_id": programme,
                "typelogement_id": self.valeur("TLO", typologie),
                "typeconstruction_id": self.valeur("TCS", "C"),
                "statutlogement_id": self.valeur("SLO", "OC"),
                "datecreation": 0,
                **values,
            },
        )

    def annexe(self, programme: int, code: str, nombre: int, **values: Value) -> int:
        """Add annexes of one kind to a programme."""
        kind = self.valeur("TAN", code)
        return self.add(
            "annexe", **{"programmelogement_id": programme, "typeannexe_id": kind, "nombre": nombre, "datecreation": 0, **values}
        )

    def parcelle(self, programme: int, section: str, parcelle: str, superficie: float | None = None) -> int:
        """Add a cadastral field to a programme."""
        return self.add("infocadastrale", programmelogement_id=programme, section=section, parcelle=parcelle, superficie=superficie)

    def adresse(self, programme: int, **values: Value) -> int:
        """Add an address to a programme."""
        return self.add("programmeadresse", **{"programmelogement_id": programme, "datecreation": 0, **values})

    def piece_jointe(self, convention: int, fichier: str, code: str = "1", **values: Value) -> int:
        """Attach a file to an agreement."""
        kind = self.valeur("TPJ", code)
        office = self.an_office
        return self.add(
            "piecejointe",
            **{"conventionapl_id": convention, "fichier": fichier, "typepiecejointe_id": kind, "entitegest_id": office, **values},
        )

    def evenement(self, convention: int, code: str, jour: str, **values: Value) -> int:
        """Add an event to an agreement."""
        return self.add(
            "evenement", **{"conventionapl_id": convention, "typeevenement_id": self.valeur("TEV", code), "date": jour, **values}
        )

    def _the_one(self, table: str, wanted: Row) -> int:
        return next(_as_id(row) for row in self._rows[PREFIX + table] if wanted.items() <= row.items())


def _code_list(name: str) -> list[Row]:
    header, *lines = (referentiels.LISTES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    values = ([None if text == NO_VALUE else text for text in line.split("\t")] for line in lines)
    return [dict(zip(columns, row, strict=True)) for row in values]


def _as_id(row: Row) -> int:
    return int(str(row["id"]))


def _field(value: Value) -> str:
    if value is None:
        return ""
    text = ("t" if value else "f") if isinstance(value, bool) else str(value)
    return '"' + text.replace('"', '""') + '"'
