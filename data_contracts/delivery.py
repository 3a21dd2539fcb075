"""What a landed delivery says of itself: the content of `delivery.json`, and how the landed deliveries are found."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from data_contracts.derive import Derive
from data_contracts.layout import DELIVERY_FILE, Home
from data_contracts.strict import Strict

LINE_COLUMN = "_ligne"
"""Line of the source a landed row comes from: line of the file for text files, rank of the row in its table otherwise."""
UNREADABLE_COLUMN = "_illisible"
"""Raw text of the values that could not be read, as a JSON object column → text; null when every value was read."""
QUARANTINE_FOLDER = "quarantaine"
_PARIS = ZoneInfo("Europe/Paris")
FREED_FOLDER = "liberees"
CORRECTIONS_FILE = "corrections.json"


class LandedTable(Strict):
    """Counts and content of one table of a delivery.

    nb_recus = nb_poses + nb_quarantaine; rows outside the asked départements are counted apart, before nb_recus.
    """

    table: str
    sha256: str
    nb_recus: int
    nb_poses: int
    nb_quarantaine: int
    nb_hors_perimetre: int = 0
    nb_illisibles: int = 0
    """Values (not rows) whose raw text was kept."""
    colonnes_absentes: tuple[str, ...] = ()
    colonnes_inconnues: tuple[str, ...] = ()
    empreinte: str | None = None
    """What its landed form was drawn from, as a keyed hash: a later delivery with the same one is not landed again."""


class Delivery(Strict):
    """One delivery, as landed. Never changed once written."""

    livraison_id: str
    source: str
    format: str
    """dump_custom, dump_sql, postgresql, dossier_csv, dossier_parquet, rapport_csv, rapport_xlsx, dossier_json, api_siap,
    export_apilos, export_jdma or dossier_enquetes."""
    origine: str
    """File name, folder name or URL without its password."""
    sha256: str
    """Hash of the content received."""
    taille_octets: int
    recue_le: datetime
    """UTC."""
    contrat_sha256: str
    cle_pseudonymes: str | None = None
    """What tells the key of its pseudonyms from another, and does not give it; None for one landed before that was noted."""
    departements: tuple[str, ...] = ()
    habilitation: str | None = None
    """In whose name it was extracted, when whoever asks sees a part only."""
    tables: tuple[LandedTable, ...]
    tables_absentes: tuple[str, ...] = ()
    tables_inconnues: tuple[str, ...] = ()
    derives: tuple[Derive, ...] = ()
    """How it differs from its contract and from the delivery it replaced."""
    corrige: str | None = None
    """The delivery that this one replays with the corrections of its refused rows; None for one landed as it was received."""
    rejouee_le: datetime | None = None
    """When, UTC. `recue_le` stays the day the content was received."""

    @property
    def jour_de_reception(self) -> date:
        """The day it was received, after which its dates of the past can't be."""
        return day_of(self.recue_le)

    @property
    def posee_le(self) -> datetime:
        """When it landed, UTC: as it was received, or replayed since."""
        return self.rejouee_le or self.recue_le

    @property
    def nb_recus(self) -> int:
        """Rows received, all tables together."""
        return sum(table.nb_recus for table in self.tables)

    @property
    def nb_poses(self) -> int:
        """Rows landed, all tables together."""
        return sum(table.nb_poses for table in self.tables)

    @property
    def nb_quarantaine(self) -> int:
        """Rows refused, all tables together."""
        return sum(table.nb_quarantaine for table in self.tables)

    def table(self, name: str) -> LandedTable | None:
        """Return the landed table called `name`, or None when the delivery came without it."""
        return next((table for table in self.tables if table.table == name), None)


def day_of(moment: datetime) -> date:
    """Return the day of a moment where the people who sign are, in Paris."""
    return moment.astimezone(_PARIS).date()


def age_in_days(received: datetime, day: date) -> int:
    """Return how old a delivery is on a day; 0 when it was received since."""
    return max((day - day_of(received)).days, 0)


def table_path(home: Home, delivery: Delivery, table: str) -> Path:
    """Return the Parquet file of a landed table."""
    return home.delivery(delivery.source, delivery.livraison_id) / f"{table}.parquet"


def quarantine_path(home: Home, delivery: Delivery, table: str) -> Path:
    """Return the Parquet file of a table's refused rows: _ligne BIGINT, cle VARCHAR, motif VARCHAR, clause VARCHAR, brut JSON."""
    return home.delivery(delivery.source, delivery.livraison_id) / QUARANTINE_FOLDER / f"{table}.parquet"


def freed_path(home: Home, delivery: Delivery, table: str) -> Path:
    """Return the Parquet file of the rows that a replay freed, as they were refused: the columns of the quarantine."""
    return home.delivery(delivery.source, delivery.livraison_id) / FREED_FOLDER / f"{table}.parquet"


def corrections_path(home: Home, delivery: Delivery) -> Path:
    """Return the corrections that a replayed delivery holds: a JSON list."""
    return home.delivery(delivery.source, delivery.livraison_id) / CORRECTIONS_FILE


def deliveries(home: Home, source: str | None = None) -> list[Delivery]:
    """Return the landed deliveries, oldest first; those of one source when `source` is given."""
    pattern = f"{source or '*'}/*/{DELIVERY_FILE}"
    found = [Delivery.model_validate_json(path.read_text(encoding="utf-8")) for path in home.landing.glob(pattern)]
    return sorted(found, key=_age)


def landing_instant(home: Home, source: str, now: datetime) -> datetime:
    """Return when what lands now is said to land: `now`, or just after the last landing where the clock went back since.

    The last to land is the one that is read.
    """
    last = max((one.posee_le for one in deliveries(home, source)), default=None)
    return now if last is None or now > last else last + timedelta(microseconds=1)


def current_deliveries(home: Home) -> dict[str, Delivery]:
    """Return the delivery each source is read from: the last received, as it was last replayed. It replaces the ones before it."""
    return {delivery.source: delivery for delivery in deliveries(home)}


def _age(delivery: Delivery) -> tuple[datetime, datetime, str]:
    """Rank a replayed delivery after the one it corrects, and before whatever was received since."""
    return delivery.recue_le, delivery.posee_le, delivery.livraison_id
