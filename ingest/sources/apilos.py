"""What is particular to APiLos: the schema of its database, and how an agreement belongs to a département."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from data_contracts.clauses import literal
from ingest.sources.system import System

if TYPE_CHECKING:
    import duckdb

FOLLOWS = {
    "conventions_convention": ("id", "convention"),
    "conventions_conventionhistory": ("convention_id", "convention"),
    "conventions_convention_avenant_types": ("convention_id", "convention"),
    "conventions_convention_parents_2nd_vie": ("from_convention_id", "convention"),
    "conventions_evenement": ("convention_id", "convention"),
    "conventions_piecejointe": ("convention_id", "convention"),
    "conventions_alertesiaplog": ("convention_id", "convention"),
    "comments_comment": ("convention_id", "convention"),
    "programmes_programme": ("id", "programme"),
    "programmes_referencecadastrale": ("programme_id", "programme"),
    "programmes_logementedd": ("programme_id", "programme"),
    "programmes_lot": ("id", "lot"),
    "conventions_pret": ("lot_id", "lot"),
    "programmes_logement": ("lot_id", "lot"),
    "programmes_typestationnement": ("lot_id", "lot"),
    "programmes_locauxcollectifs": ("lot_id", "lot"),
    "programmes_repartitionsurface": ("lot_id", "lot"),
    "programmes_annexe": ("logement_id", "logement"),
}
"""The tables that hang on an agreement: the column that says on which row, and the list that row must be in. Owners, offices, accounts
and what tells where rows come from are kept whole."""

CORSICA = "case left({code}, 3) when '200' then '2A' when '201' then '2A' when '202' then '2B' when '206' then '2B' end"
"""The département of a postal code of Corsica."""

LISTS = f"""
create schema perimetre;
create table perimetre.programme_lu as
    select
        id,
        coalesce(
            case
                when regexp_full_match(upper(trim(code_insee_commune)), '9[78][0-9]{{{{3}}}}') then left(trim(code_insee_commune), 3)
                when regexp_full_match(upper(trim(code_insee_commune)), '([0-9][0-9]|2[AB])[0-9]{{{{3}}}}')
                    then upper(left(trim(code_insee_commune), 2))
                when trim(code_insee_departement) = '20' then {CORSICA.format(code="trim(code_postal)")}
                when trim(code_insee_departement) in ('97', '98') then left(trim(code_postal), 3)
                when trim(code_insee_departement) <> '' then upper(trim(code_insee_departement))
                when trim(code_postal) like '20%' then {CORSICA.format(code="trim(code_postal)")}
                when trim(code_postal) like '97%' or trim(code_postal) like '98%' then left(trim(code_postal), 3)
                else left(trim(code_postal), 2)
            end in ({{codes}}),
            false
        ) as est_dedans
    from programmes_programme;
create table perimetre.racine as
    with recursive chaine as (
        select id, id as ancetre_id, parent_id, [id] as chemin from conventions_convention
        union all
        select chaine.id, parent.id, parent.parent_id, list_append(chaine.chemin, parent.id)
        from chaine
        join conventions_convention as parent on parent.id = chaine.parent_id
        where not list_contains(chaine.chemin, parent.id)
    )
    select id, arg_max(ancetre_id, len(chemin)) as racine_id from chaine group by id;
create table perimetre.convention as
    with retenue as (
        select racine.racine_id
        from perimetre.racine
        join conventions_convention as convention on convention.id = racine.racine_id
        join perimetre.programme_lu as programme on programme.id = convention.programme_id
        where programme.est_dedans
    )
    select distinct id from perimetre.racine where racine_id in (select racine_id from retenue);
create table perimetre.programme as
    with recursive retenu as (
        select convention.programme_id as id
        from conventions_convention as convention
        where convention.id in (select id from perimetre.convention) and convention.programme_id is not null
        union
        select programme.parent_id
        from retenu join programmes_programme as programme on programme.id = retenu.id
        where programme.parent_id is not null
    )
    select id from retenu
    union
    select id from perimetre.programme_lu
    where est_dedans and id not in (select programme_id from conventions_convention where programme_id is not null);
create table perimetre.lot as
    select distinct id from programmes_lot where convention_id in (select id from perimetre.convention);
create table perimetre.logement as
    select distinct id from programmes_logement where lot_id in (select id from perimetre.lot);
"""
"""An agreement is kept when its programme is in one of the départements, and its amendments follow it, however they are chained. A
programme is kept with its agreements, and so is the one it is a copy of; a programme without agreement, for itself."""


def perimeter(connection: duckdb.DuckDBPyConnection, departements: Sequence[str]) -> Mapping[str, str]:
    """Return, by table, the condition under which a row belongs to an agreement of these départements."""
    connection.execute(LISTS.format(codes=", ".join(map(literal, departements))))
    return {table: f"coalesce({column} in (select id from perimetre.{kept}), false)" for table, (column, kept) in FOLLOWS.items()}


APILOS = System(name="apilos", label="APiLos", preferred_schema="public", perimeter=perimeter)
