"""What the page « Cas non réglementaires » reads: findings that answer filters, counted, spread and listed by DuckDB."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboards.donnees import Ligne, lire, parcourir
from dashboards.filtres.cas import CHOIX_SEVERITE, INFORMATIONS, TOUS, Filtres, Referentiel
from dashboards.requetes import communs as requetes_communs
from dashboards.requetes.communs import Portee, restriction
from data_contracts.extraits.constats import AVEC_CONVENTION, LIBELLES, PAR_GRAVITE
from data_contracts.extraits.lecture import depuis_json
from data_contracts.extraits.regles import RETENUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

PAR_PAGE = 20
"""Findings shown on one page of the list."""
PORTEE = Portee(
    territoire="anomalie.code_departement",
    date="convention.date_signature",
    familles="convention.familles_financement",
    bailleur="anomalie.bailleur_id",
    source="split_part(anomalie.objet_id, ':', 1)",
)
"""A finding on what is no agreement has neither day nor financing: filters on these leave it out."""

_RETENUS = f"""
with retenu as (
    {AVEC_CONVENTION.format(constats="fct_anomalie")}
    where
        list_contains($severites::varchar[], anomalie.severite)
        and list_contains($etats::varchar[], anomalie.etat)
        and (
            $toutes_regles
            or list_contains($regles::varchar[], anomalie.regle_id)
            or list_contains($regles::varchar[], split_part(anomalie.regle_id, '-', 1))
        )
        and {{communs}}
)
"""

_CHIFFRES = f"""
{_RETENUS},

concernee as (
    select distinct convention_id, nb_logements
    from retenu
    where convention_id is not null
)

select
    count(*) as constats,
    count(*) filter (where severite = 'non_reglementaire') as non_reglementaire,
    count(*) filter (where severite = 'anomalie') as anomalie,
    count(*) filter (where severite = 'a_verifier') as a_verifier,
    count(*) filter (where convention_id is null) as sans_convention,
    (select count(*) from concernee) as conventions,
    (select coalesce(sum(nb_logements), 0) from concernee) as logements,
    (select count(*) from concernee where nb_logements is null) as sans_logement
from retenu
"""

_PAR_REGLE = f"""
{_RETENUS}

select
    retenu.regle_id,
    regle.titre,
    count(*) as constats,
    count(distinct retenu.convention_id) as conventions
from retenu
left join dim_regle as regle on retenu.regle_id = regle.regle_id
group by all
order by constats desc, retenu.regle_id
"""

_PAR_DEPARTEMENT = f"""
{_RETENUS}

select
    retenu.code_departement as code,
    departement.nom_departement as nom,
    departement.nom_region as region,
    count(*) as constats,
    count(distinct retenu.convention_id) as conventions
from retenu
left join dim_departement as departement on retenu.code_departement = departement.code_departement
group by all
order by constats desc, code nulls last
"""

_PAR_BAILLEUR = f"""
{_RETENUS}

select
    retenu.bailleur_id as code,
    bailleur.nom,
    bailleur.siren,
    count(*) as constats,
    count(distinct retenu.convention_id) as conventions
from retenu
left join dim_bailleur as bailleur on retenu.bailleur_id = bailleur.bailleur_id
group by all
order by constats desc, code nulls last
"""

_TENDANCE = f"""
{_RETENUS},

passage as (
    select premiere_vue as jour, 1 as apparus, 0 as resolus from retenu
    union all
    select date_resolution as jour, 0 as apparus, 1 as resolus from retenu where date_resolution is not null
),

par_jour as (
    select jour, sum(apparus)::bigint as apparus, sum(resolus)::bigint as resolus
    from passage
    group by jour
)

select jour, apparus, resolus, (sum(apparus - resolus) over (order by jour))::bigint as ouverts
from par_jour
order by jour
"""

_LISTE = f"""
{_RETENUS}
{LIBELLES}
order by
    {PAR_GRAVITE},
    retenu.regle_id,
    retenu.code_departement nulls last,
    retenu.numero_norm nulls last,
    retenu.anomalie_id
"""

_CONSTAT = """
select
    anomalie.*,
    regle.titre,
    regle.en_clair,
    regle.action,
    regle.parametres,
    convention.numero,
    convention.nom_commune,
    convention.code_commune,
    convention.date_signature,
    convention.nb_logements,
    bailleur.nom as nom_bailleur,
    bailleur.siren as siren_bailleur,
    departement.nom_departement
from fct_anomalie as anomalie
left join dim_regle as regle on anomalie.regle_id = regle.regle_id
left join fct_convention as convention on anomalie.convention_id = convention.convention_id
left join dim_bailleur as bailleur on anomalie.bailleur_id = bailleur.bailleur_id
left join dim_departement as departement on anomalie.code_departement = departement.code_departement
where anomalie.anomalie_id = $1
"""

_DE_LA_CONVENTION = f"""
select retenu.*, regle.titre, regle.action
from fct_anomalie as retenu
left join dim_regle as regle on retenu.regle_id = regle.regle_id
where retenu.convention_id = $1
order by
    retenu.etat,
    {PAR_GRAVITE},
    retenu.regle_id,
    retenu.anomalie_id
"""

_OUVERTS = f"""
{_RETENUS}

select severite, count(*) as constats, count(distinct convention_id) as conventions
from retenu
group by severite
"""


def a_des_regles(run: PublishedRun) -> bool:
    """Tell whether a run was built with rules. An older one has neither findings nor the columns that describe them."""
    return bool(lire(run, "select count(*) as regles from dim_regle")[0]["regles"])


def referentiel(run: PublishedRun) -> Referentiel:
    """Return what filters may name in a run."""
    regles = lire(run, "select regle_id, titre from dim_regle order by regle_id")
    return Referentiel(regles={ligne["regle_id"]: ligne["titre"] for ligne in regles}, **vars(requetes_communs.connus(run)))


def chiffres(run: PublishedRun, filtres: Filtres) -> Ligne:
    """Return how many findings answer the filters, by severity, and the agreements and dwellings they concern: one row."""
    return _lire(run, filtres, _CHIFFRES)[0]


def nb_constats(run: PublishedRun) -> int:
    """Return how many findings a run holds, whatever their severity and state."""
    return int(lire(run, "select count(*) as constats from fct_anomalie")[0]["constats"])


def par_regle(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the findings that answer the filters by rule: regle_id, titre, constats, conventions."""
    return _lire(run, filtres, _PAR_REGLE)


def par_departement(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the findings that answer the filters by département: code, nom, region, constats, conventions."""
    return _lire(run, filtres, _PAR_DEPARTEMENT)


def par_bailleur(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the findings that answer the filters by owner: code, nom, siren, constats, conventions."""
    return _lire(run, filtres, _PAR_BAILLEUR)


def tendance(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return how findings came and went, whatever state is asked for, reference date by reference date.

    Columns: jour, apparus, resolus (since the date before), ouverts (that day).
    """
    return _lire(run, replace(filtres, etat="tous"), _TENDANCE)


def liste(run: PublishedRun, filtres: Filtres, page: int) -> list[Ligne]:
    """Return one page of the findings that answer the filters, the most serious first."""
    return _lire(run, filtres, f"{_LISTE} limit $nombre offset $debut", nombre=PAR_PAGE, debut=(page - 1) * PAR_PAGE)


def tous(run: PublishedRun, filtres: Filtres) -> Iterator[Ligne]:
    """Give every finding that answers the filters, one by one, in the order of the list."""
    return parcourir(run, *_demande(run, filtres, _LISTE))


def regles_retenues(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the rules that have a finding which answers the filters, with what founds them."""
    return _lire(run, filtres, _RETENUS + RETENUES)


def constat(run: PublishedRun, anomalie_id: str) -> Ligne | None:
    """Return a finding with its rule, its agreement and its owner; None when the run has none of this identifier."""
    trouves = lire(run, _CONSTAT, (anomalie_id,))
    return _lu(trouves[0]) if trouves else None


def de_la_convention(run: PublishedRun, convention_id: str) -> list[Ligne]:
    """Return the findings of one agreement, open ones first, the most serious first."""
    return lire(run, _DE_LA_CONVENTION, (convention_id,)) if a_des_regles(run) else []


def ouverts(run: PublishedRun, communs: Communs) -> dict[str, Ligne]:
    """Return the open findings by severity, informations included: constats, conventions."""
    cas = _lire(run, Filtres(severite=TOUS, communs=communs), _OUVERTS)
    informations = _lire(run, Filtres(severite=INFORMATIONS, communs=communs), _OUVERTS)
    return {ligne["severite"]: ligne for ligne in (*cas, *informations)}


def _lu(ligne: Ligne) -> Ligne:
    jsons = {champ: depuis_json(ligne[champ]) for champ in ("preuve", "parametres") if champ in ligne}
    return {**ligne, **jsons}


def _lire(run: PublishedRun, filtres: Filtres, requete: str, **valeurs: int) -> list[Ligne]:
    return lire(run, *_demande(run, filtres, requete, **valeurs))


def _demande(run: PublishedRun, filtres: Filtres, requete: str, **valeurs: int) -> tuple[str, dict[str, Any]]:
    """Return a query on `retenu` and the values of its parameters."""
    gardes = restriction(run, filtres.communs, PORTEE)
    parametres = {
        "severites": list(CHOIX_SEVERITE[filtres.severite].codes),
        "etats": [code for code in ("ouverte", "resolue") if filtres.etat in (code, "tous")],
        "toutes_regles": not filtres.regles,
        "regles": list(filtres.regles),
    }
    return requete.replace("{communs}", gardes.condition), parametres | gardes.parametres | valeurs
