"""How long the files opened in a year stay in a stage, those still there included: the Kaplan–Meier curve and its median.

Intervals are those of the log-log transformation of Greenwood's variance, at 95 %; when the curve reaches zero they close on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, lire
from dashboards.requetes.delais import suivis
from data_contracts.survival_sql import HALF, survival

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.filtres.delais import Filtres
    from data_contracts.publication import PublishedRun

_QUANTILE = "1.959963984540054"
_BORNE = f"exp(-exp(ln(-ln(reste)) {{signe}} {_QUANTILE} * sqrt(variance) / -ln(reste)))"


def courbe_sql(lignes: str, jours: str, est_censure: str, annee: str) -> str:
    """Return the CTEs that end with `courbe`: annee, duree, nb, nb_finis, nb_exposes, reste, bas, haut (shares from 0 to 1)."""
    return f"""
estimation as ({survival(lignes, jours, est_censure, {"annee": annee})}),

variance as (
    select
        *,
        sum(case when nb_finis < nb_exposes then nb_finis / (nb_exposes * (nb_exposes - nb_finis)) else 0 end)
            over (partition by annee order by duree) as variance
    from estimation
),

courbe as (
    select
        * exclude (variance),
        case when reste > 1 - 1e-12 then 1 when reste < 1e-12 then 0 else {_BORNE.format(signe="+")} end as bas,
        case when reste > 1 - 1e-12 then 1 when reste < 1e-12 then 0 else {_BORNE.format(signe="-")} end as haut
    from variance
)
"""


COHORTES = f"""
select
    annee,
    sum(nb)::bigint as dossiers,
    sum(nb_finis)::bigint as fermes,
    min(duree) filter (where reste <= {HALF}) as mediane,
    min(duree) filter (where bas <= {HALF}) as borne_basse,
    min(duree) filter (where haut <= {HALF}) as borne_haute
from courbe
group by annee
order by annee desc
"""

_COURBES = """
select annee, duree, nb_exposes::bigint as exposes, nb_finis as finis, reste, bas, haut
from courbe
where list_contains($annees::integer[], annee)
order by annee, duree
"""


def cohortes(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return the files by year of opening, the latest first: annee, dossiers, fermes, mediane, borne_basse, borne_haute (days).

    A median or a bound is None when the curve, or that of the bound, never goes down to one half.
    """
    return _lire(run, filtres, COHORTES)


def courbes(run: PublishedRun, filtres: Filtres, annees: Sequence[int]) -> list[Ligne]:
    """Return the curves of some years of opening: annee, duree (days), exposes, finis, reste, bas, haut (shares from 0 to 1)."""
    return _lire(run, filtres, _COURBES, annees=list(annees)) if annees else []


def _lire(run: PublishedRun, filtres: Filtres, requete: str, **valeurs: list[int]) -> list[Ligne]:
    debut, parametres = suivis(run, filtres)
    courbe = courbe_sql("suivi", "duree", "est_censure", "annee_debut")
    return lire(run, f"{debut},\n{courbe}\n{requete}", parametres | valeurs)
