"""What changed between two published runs, as one select: the build makes `fct_changement` of it, and `parc diff` its answer.

It reads five relations that the caller names: `convention_avant`, `convention_apres`, `constat_avant`, `constat_apres` (columns of
`read_columns`) and `cause_changement` (columns of `CAUSES`).
It gives the columns of the mart, without their order nor their types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from data_contracts import words
from data_contracts.clauses import literal, quote
from data_contracts.loader import products
from data_contracts.product_contract import ProductColumn

AGREEMENTS, FINDINGS = "fct_convention", "fct_anomalie"
AGREEMENT_COLUMNS = ("convention_id", "source", "numero", "code_departement")
FINDING_COLUMNS = (
    *("anomalie_id", "regle_id", "severite", "objet_type", "objet_id", "convention_id", "code_departement"),
    *("empreinte_preuve", "message", "etat"),
)
NATURE_RANK = f"list_position([{', '.join(map(literal, words.CHANGES))}], nature)"
"""SQL over the changes: the place of each in the order they are shown."""
CAUSES = {
    "regle_id": "VARCHAR",
    "source": "VARCHAR",
    "est_touchee": "BOOLEAN",
    "cause": "VARCHAR",
    "cause_detail": "VARCHAR",
}
"""Why a finding of a rule on an object of a source changed, its agreement having changed or not.

Why an agreement changed stands under no rule: ''.
"""


def followed() -> tuple[ProductColumn, ...]:
    """Return the columns of the agreement whose changes are told."""
    return tuple(column for column in products()[AGREEMENTS].colonnes if column.suivie)


def read_columns() -> dict[str, dict[str, str]]:
    """Return what the select reads of each mart: the types of its columns by name."""
    names = {AGREEMENTS: (*AGREEMENT_COLUMNS, *(column.nom for column in followed())), FINDINGS: FINDING_COLUMNS}
    return {
        mart: {column.nom: column.type for column in products()[mart].colonnes if column.nom in read}
        for mart, read in names.items()
    }


def projection(columns: Mapping[str, str], present: Iterable[str]) -> str:
    """Return the select list of some columns over a file that may be older than they are: those that it lacks are null."""
    known = set(present)
    return ", ".join(quote(name) if name in known else f"null::{kind} as {quote(name)}" for name, kind in columns.items())


def changes(fields: Sequence[ProductColumn]) -> str:
    """Return the select. `fields` are the followed columns that both runs have: a column that appeared is not a change."""
    differs = " or ".join(f"avant.{quote(field.nom)} is distinct from apres.{quote(field.nom)}" for field in fields)
    listed = ",\n        ".join(map(_field, fields))
    return f"""
with paire as (
    select
        coalesce(apres.convention_id, avant.convention_id) as convention_id,
        coalesce(apres.source, avant.source) as source,
        coalesce(apres.numero, avant.numero) as numero,
        coalesce(apres.code_departement, avant.code_departement) as code_departement,
        case
            when avant.convention_id is null then 'convention_ajoutee'
            when apres.convention_id is null then 'convention_disparue'
            else 'convention_modifiee'
        end as nature,
        [
        {listed}
        ] as champs
    from convention_avant as avant
    full join convention_apres as apres on avant.convention_id = apres.convention_id
    where avant.convention_id is null or apres.convention_id is null or {differs or "false"}
),
ecart as (
    select
        * exclude (champs),
        unnest(
            case
                when nature = 'convention_modifiee' then list_filter(champs, lambda champ: champ.avant is distinct from champ.apres)
                else [{_NO_FIELD}]
            end,
            recursive := true
        )
    from paire
),
constat as (
    select
        case
            when avant.anomalie_id is null then 'constat_nouveau'
            when apres.etat = 'ouverte' then 'constat_modifie'
            when apres.etat = 'resolue' then 'constat_resolu'
            else 'constat_non_juge'
        end as nature,
        coalesce(apres.convention_id, avant.convention_id) as convention_id,
        coalesce(apres.code_departement, avant.code_departement) as code_departement,
        coalesce(apres.anomalie_id, avant.anomalie_id) as anomalie_id,
        coalesce(apres.regle_id, avant.regle_id) as regle_id,
        coalesce(apres.severite, avant.severite) as severite,
        coalesce(apres.objet_type, avant.objet_type) as objet_type,
        coalesce(apres.objet_id, avant.objet_id) as objet_id,
        avant.message as avant,
        case when apres.etat = 'ouverte' then apres.message end as apres
    from (select * from constat_avant where etat = 'ouverte') as avant
    full join constat_apres as apres on avant.anomalie_id = apres.anomalie_id
    where
        avant.anomalie_id is null and apres.etat = 'ouverte'
        or avant.anomalie_id is not null and (
            apres.anomalie_id is null
            or apres.etat = 'resolue'
            or avant.empreinte_preuve is distinct from apres.empreinte_preuve
            or avant.severite is distinct from apres.severite
        )
),
situe as (
    select
        constat.*,
        coalesce(apres.numero, avant.numero) as numero,
        coalesce(apres.source, avant.source, split_part(constat.objet_id, ':', 1)) as source,
        coalesce(constat.convention_id in (select ecart.convention_id from ecart), false) as est_touchee
    from constat
    left join convention_apres as apres on constat.convention_id = apres.convention_id
    left join convention_avant as avant on constat.convention_id = avant.convention_id
),
changement as (
    select *, '' as regle, true as est_touchee from ecart
    union all by name
    select *, regle_id as regle from situe
)
select
    substr(
        sha256(
            concat_ws('|', changement.nature, coalesce(changement.anomalie_id, changement.convention_id), changement.champ)
        ), 1, 24
    ) as changement_id,
    changement.* exclude (regle, source, est_touchee),
    cause.cause,
    cause.cause_detail
from changement
left join cause_changement as cause
    on
        changement.regle = cause.regle_id
        and changement.source = cause.source
        and changement.est_touchee = cause.est_touchee
"""


def _field(field: ProductColumn) -> str:
    before, after = (_text(field, side) for side in ("avant", "apres"))
    return f"{{champ: {literal(field.nom)}, libelle_champ: {literal(field.suivie or '')}, avant: {before}, apres: {after}}}"


def _text(field: ProductColumn, side: str) -> str:
    """A value as text: days in ISO, a list with its commas, null when it is empty."""
    value = f"{side}.{quote(field.nom)}"
    return f"nullif(array_to_string({value}, ', '), '')" if field.type.endswith("[]") else f"{value}::varchar"


_NO_FIELD = "{champ: null, libelle_champ: null, avant: null, apres: null}"
