"""What is particular to Ecoloweb: the schema of its database, and how an agreement belongs to a département."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from data_contracts.clauses import literal
from ingest.sources.system import System

if TYPE_CHECKING:
    import duckdb

FOLLOWS = {
    "ecolo_conventionapl": ("id", "convention"),
    "ecolo_conventiondonneesgenerales": ("conventionapl_id", "convention"),
    "ecolo_avenant": ("conventionapl_id", "convention"),
    "ecolo_piecejointe": ("conventionapl_id", "convention"),
    "ecolo_evenement": ("conventionapl_id", "convention"),
    "ecolo_avenant_typeavenant": ("avenant_id", "avenant"),
    "ecolo_programmelogement": ("id", "programme"),
    "ecolo_programmeadresse": ("programmelogement_id", "programme"),
    "ecolo_annexe": ("programmelogement_id", "programme"),
    "ecolo_infocadastrale": ("programmelogement_id", "programme"),
    "ecolo_infostypelogement": ("programmelogement_id", "programme"),
    "ecolo_logement": ("programmelogement_id", "programme"),
    "ecolo_logementadresse": ("id", "logementadresse"),
}
"""The tables that hang on an agreement: the column that says on which row, and the list that row must be in."""

OFFICE = "^[A-Z]+0?([0-9][0-9]|2[AB]|9[78][0-9])$"
"""An office of the State or of a département: DD033, CG029, DD02A, DD971."""
INTERCOMMUNAL_OFFICE = "^(9[78][0-9]|[0-9][0-9]|2[AB])[0-9]+$"
"""An intercommunal office bears the five-digit code of its seat: 33063."""

LISTS = f"""
create schema perimetre;
create table perimetre.programme_lu as
    select
        programme.id,
        periode.conventionapl_id,
        coalesce(departement.codeinsee in ({{codes}}), false) as est_dedans
    from ecolo_programmelogement as programme
    join ecolo_conventiondonneesgenerales as periode on periode.id = programme.conventiondonneesgenerales_id
    left join ecolo_commune as commune on commune.id = programme.commune_id
    left join ecolo_departement as departement on departement.id = commune.departement_id;
create table perimetre.convention as
    select distinct conventionapl_id as id from perimetre.programme_lu where est_dedans
    union
    select convention.id
    from ecolo_conventionapl as convention
    join ecolo_entitegest as entite on entite.id = convention.entitecreatrice_id
    where convention.id not in (select conventionapl_id from perimetre.programme_lu where conventionapl_id is not null)
        and coalesce(
            nullif(regexp_extract(entite.code, '{OFFICE}', 1), ''),
            case when length(entite.code) = 5 then regexp_extract(entite.code, '{INTERCOMMUNAL_OFFICE}', 1) end
        ) in ({{codes}});
create table perimetre.programme as
    select distinct id from perimetre.programme_lu where conventionapl_id in (select id from perimetre.convention);
create table perimetre.avenant as
    select distinct id from ecolo_avenant where conventionapl_id in (select id from perimetre.convention);
create table perimetre.logementadresse as
    select distinct adresse_id as id from ecolo_logement
    where programmelogement_id in (select id from perimetre.programme) and adresse_id is not null;
"""
"""An agreement is kept when a programme of any of its periods is in one of the départements; when it has no programme, when the
office that created it is."""


def perimeter(connection: duckdb.DuckDBPyConnection, departements: Sequence[str]) -> Mapping[str, str]:
    """Return, by table, the condition under which a row belongs to an agreement of these départements."""
    connection.execute(LISTS.format(codes=", ".join(map(literal, departements))))
    return {table: f"coalesce({column} in (select id from perimetre.{kept}), false)" for table, (column, kept) in FOLLOWS.items()}


ECOLOWEB = System(name="ecoloweb", label="Ecoloweb", preferred_schema="ecolo", perimeter=perimeter)
