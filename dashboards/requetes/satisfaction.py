"""What the page « Satisfaction » reads: answers counted by DuckDB, survey by survey, and comments page by page.

Two scales are never averaged: every figure is that of one survey, or of several on the same scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboards.donnees import Ligne, lire, parcourir
from dashboards.filtres.communs import TOUT
from dashboards.filtres.satisfaction import AUTOMATIQUE, Filtres, Referentiel
from dashboards.intervalles import MINIMUM
from dashboards.normes import norme, norme_sql
from dashboards.requetes import communs as requetes_communs
from dashboards.requetes.communs import Portee, restriction
from data_contracts.extraits.libelles import CANAUX, PUBLICS, THEMES_AVIS, ranger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_contracts.publication import PublishedRun

PAR_PAGE = 20
"""Comments shown on one page of the list."""
PORTEE = Portee(territoire="code_departement", date="date")
"""An answer has no agreement: neither financing nor owner. Its source is its survey."""
SANS_PUBLIC = "inconnu"
"""What stands in an address for the public of a survey that does not tell it."""

_ENQUETES = (
    "select enquete_id, any_value(enquete order by enquete) as enquete from fct_avis group by enquete_id order by enquete_id"
)

_VALEURS = f"""
select
    list_sort(list(distinct coalesce(public, '{SANS_PUBLIC}'))) as publics,
    list_sort(list(distinct canal)) as canaux,
    list_sort(list_distinct(flatten(list(distinct themes)))) as themes
from fct_avis
"""

_AVIS = f"""
with avis as (
    select *
    from fct_avis
    where
        ($toutes_enquetes or list_contains($enquetes::varchar[], enquete_id))
        and ($tous_publics or list_contains($publics::varchar[], coalesce(public, '{SANS_PUBLIC}')))
        and ($tous_canaux or list_contains($canaux::varchar[], canal))
        and {{communs}}
)
"""

_COMPTES = """
    count(*) as reponses,
    count(est_satisfait) as avec_seuil,
    count(*) filter (where est_satisfait) as satisfaits,
    count(*) filter (where canal = 'jdma' and note_10 is not null) as notes,
    avg(note_10) filter (where canal = 'jdma') as note,
    count(recommandation) as recommandations,
    count(*) filter (where recommandation >= 9) as promoteurs,
    count(*) filter (where recommandation <= 6) as detracteurs,
    count(clarte) as clartes,
    avg(clarte) as clarte,
    count(verbatim) as commentaires
"""

_ENSEMBLE = f"""
{_AVIS}

select
    count(*) as reponses,
    count(distinct enquete_id) as enquetes,
    count(verbatim) as commentaires,
    count(*) filter (where date is null) as sans_date,
    min(date) as premiere,
    max(date) as derniere
from avis
"""

_PAR_ENQUETE = f"""
{_AVIS}

select
    enquete_id,
    enquete,
    canal,
    public,
    echelle_min,
    echelle_max,
    max(nb_envoyes) as nb_envoyes,
    min(date) as premiere,
    max(date) as derniere,
    {_COMPTES}
from avis
group by enquete_id, enquete, canal, public, echelle_min, echelle_max
order by reponses desc, enquete_id, echelle_min, echelle_max
"""

_PAR_PUBLIC = f"""
{_AVIS}

select
    public,
    canal,
    echelle_min,
    echelle_max,
    {_COMPTES}
from avis
where est_satisfait is not null
group by public, canal, echelle_min, echelle_max
order by reponses desc, public nulls last, canal, echelle_min, echelle_max
"""

_PERIODES = """
, datee as (
    select
        enquete_id,
        enquete,
        echelle_min,
        echelle_max,
        canal,
        date_trunc('{partie}', date)::date as debut,
        note_10,
        est_satisfait,
        recommandation,
        clarte,
        verbatim
    from avis
    where date is not null
)
"""

_PAR_PERIODE = f"""
select
    enquete_id,
    enquete,
    echelle_min,
    echelle_max,
    debut,
    {_COMPTES}
from datee
group by enquete_id, enquete, echelle_min, echelle_max, debut
order by enquete_id, echelle_min, echelle_max, debut
"""

_VOLUME = """
select debut, count(*) as reponses
from datee
group by debut
order by debut
"""

_THEMES = f"""
{_AVIS}

select theme, count(*) as commentaires
from (select unnest(themes) as theme from avis where verbatim is not null)
group by theme
order by commentaires desc, theme
"""

_COMMENTAIRES = f"""
{_AVIS},

commentaire as (
    select *
    from avis
    where
        verbatim is not null
        and ($tous_themes or list_has_any(themes, $themes::varchar[]))
        and (
            $avis = 'tous'
            or $avis = case when est_satisfait then 'satisfaits' when not est_satisfait then 'insatisfaits' else 'sans_seuil' end
        )
        and contains({norme_sql("verbatim")}, $mot)
)
"""

_REPONSES = f"{_AVIS} select * from avis order by date desc nulls last, avis_id"

_PARTIES = {"mois": "month", "trimestre": "quarter", "annee": "year"}


def a_des_avis(run: PublishedRun) -> bool:
    """Tell whether a run holds an answer to a survey."""
    return bool(lire(run, "select count(*) as avis from fct_avis")[0]["avis"])


def referentiel(run: PublishedRun) -> Referentiel:
    """Return what filters may name in a run."""
    valeurs = lire(run, _VALEURS)[0]
    return Referentiel(
        enquetes={ligne["enquete_id"]: ligne["enquete"] for ligne in lire(run, _ENQUETES)},
        publics=ranger(valeurs["publics"], PUBLICS),
        canaux=ranger(valeurs["canaux"], CANAUX),
        themes=ranger(valeurs["themes"], THEMES_AVIS),
        **vars(requetes_communs.connus(run)),
    )


def ensemble(run: PublishedRun, filtres: Filtres) -> Ligne:
    """Return one row: reponses, enquetes, commentaires, sans_date, premiere, derniere."""
    return _lire(run, filtres, _ENSEMBLE)[0]


def par_enquete(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the answers by survey and scale, the most numerous first: what each counts, and its averages on its own scale.

    Averages (note out of 10, clarte out of 5) are those of all its answers: under MINIMUM, the reader must not see them.
    """
    return _lire(run, filtres, _PAR_ENQUETE)


def envois(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the same whatever the days and the territory: the number of questionnaires sent is that of the whole survey."""
    return _lire(run, replace(filtres, communs=TOUT), _PAR_ENQUETE)


def par_public(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the answers that tell whether one is satisfied, by public, channel and scale: the same columns."""
    return _lire(run, filtres, _PAR_PUBLIC)


def pas_retenu(run: PublishedRun, filtres: Filtres) -> str:
    """Return the step of the evolution: the one asked for, else the finest at which half of the periods or more may be shown."""
    if filtres.pas != AUTOMATIQUE:
        return filtres.pas
    for pas in ("mois", "trimestre"):
        periodes = par_periode(run, filtres, pas)
        if periodes and 2 * sum(ligne["reponses"] >= MINIMUM for ligne in periodes) >= len(periodes):
            return pas
    return "annee"


def par_periode(run: PublishedRun, filtres: Filtres, pas: str) -> list[Ligne]:
    """Return the dated answers by survey, scale and period, in order of time: debut is the first day of the period."""
    return _lire(run, filtres, _AVIS + _PERIODES.replace("{partie}", _PARTIES[pas]) + _PAR_PERIODE)


def volume(run: PublishedRun, filtres: Filtres, pas: str) -> list[Ligne]:
    """Return the dated answers by period, all surveys together: debut, reponses."""
    return _lire(run, filtres, _AVIS + _PERIODES.replace("{partie}", _PARTIES[pas]) + _VOLUME)


def themes(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the comments by theme, the most numerous first: theme, commentaires. A comment may tell of several, or of none."""
    return _lire(run, filtres, _THEMES)


def nb_commentaires(run: PublishedRun, filtres: Filtres) -> int:
    """Return how many comments answer the filters, those on comments included."""
    return int(
        _lire(run, filtres, f"{_COMMENTAIRES} select count(*) as commentaires from commentaire", **_de(filtres))[0]["commentaires"]
    )


def commentaires(run: PublishedRun, filtres: Filtres, page: int) -> list[Ligne]:
    """Return one page of the comments that answer the filters, the latest first."""
    requete = f"{_COMMENTAIRES} select * from commentaire order by date desc nulls last, avis_id limit $nombre offset $debut"
    return _lire(run, filtres, requete, **_de(filtres), nombre=PAR_PAGE, debut=(page - 1) * PAR_PAGE)


@dataclass(frozen=True)
class Reponses:
    """The answers behind the figures, the latest first."""

    run: PublishedRun
    filtres: Filtres

    def page(self, nombre: int, debut: int) -> list[Ligne]:
        """Return so many of them, from a rank on."""
        return _lire(self.run, self.filtres, f"{_REPONSES} limit $nombre offset $debut", nombre=nombre, debut=debut)

    def __iter__(self) -> Iterator[Ligne]:
        """Give all of them, one by one."""
        return parcourir(self.run, *_demande(self.run, self.filtres, _REPONSES))


def _de(filtres: Filtres) -> dict[str, Any]:
    return {
        "tous_themes": not filtres.themes,
        "themes": list(filtres.themes),
        "avis": filtres.avis,
        "mot": norme(filtres.mot),
    }


def _lire(run: PublishedRun, filtres: Filtres, requete: str, **valeurs: Any) -> list[Ligne]:  # noqa: ANN401 - values of a query
    return lire(run, *_demande(run, filtres, requete, **valeurs))


def _demande(run: PublishedRun, filtres: Filtres, requete: str, **valeurs: Any) -> tuple[str, dict[str, Any]]:  # noqa: ANN401
    """Return a query on `avis` and the values of its parameters."""
    gardes = restriction(run, filtres.communs, PORTEE)
    parametres = {
        "toutes_enquetes": not filtres.enquetes,
        "enquetes": list(filtres.enquetes),
        "tous_publics": not filtres.publics,
        "publics": list(filtres.publics),
        "tous_canaux": not filtres.canaux,
        "canaux": list(filtres.canaux),
    }
    return requete.replace("{communs}", gardes.condition), parametres | gardes.parametres | valeurs
