"""How often the followed fields are filled: by field and source, and by département (`agg_completude`, Q-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, lire
from dashboards.requetes.communs import Portee, restriction
from dashboards.requetes.reception import lecture
from data_contracts.rapport import controles
from data_contracts.rapport.controles import ASSEZ, COMPLET_PCT

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from data_contracts.publication import PublishedRun

PORTEE = Portee(territoire="code_departement", source="source")

_CHAMPS = """
select distinct mart || '.' || champ as champ, mart, libelle
from agg_completude
where nb_applicables > 0
order by champ
"""

_DU_CHAMP = """
select
    code_departement as code,
    any_value(nom_departement) as nom,
    any_value(nom_region) as region,
    sum(nb_applicables)::bigint as attendues,
    sum(nb_renseignes)::bigint as renseignees,
    100 * sum(nb_renseignes) / sum(nb_applicables) as taux
from agg_completude
left join dim_departement using (code_departement)
where mart || '.' || champ = $champ and {communs}
group by code_departement
having sum(nb_applicables) > 0
order by taux, attendues desc, code
"""

_CHAMPS_BAS = """
select
    code_departement as code,
    any_value(nom_departement) as nom,
    any_value(nom_region) as region,
    count(*) as champs,
    count(*) filter (where taux_completude_pct < $complet) as bas
from agg_completude
left join dim_departement using (code_departement)
where nb_applicables >= $assez and {communs}
group by code_departement
order by bas desc, champs, code
"""


def champs(run: PublishedRun) -> list[Ligne]:
    """Return the fields that a value is expected in: champ (mart.column), mart, libelle."""
    return lire(run, _CHAMPS)


def par_champ(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return a row a field and source, the emptiest first, as the quality report reads them."""
    gardes = restriction(run, filtres, PORTEE)
    return controles.lire_completude(lecture(run), gardes.condition, gardes.parametres)


def du_champ(run: PublishedRun, filtres: Communs, champ: str) -> list[Ligne]:
    """Return one field by département, the emptiest first: code, nom, region, attendues, renseignees, taux (%)."""
    gardes = restriction(run, filtres, PORTEE)
    return lire(run, _DU_CHAMP.format(communs=gardes.condition), gardes.parametres | {"champ": champ})


def champs_bas(run: PublishedRun, filtres: Communs) -> list[Ligne]:
    """Return the départements by how many of their fields are too empty: code, nom, region, champs (with rows enough), bas."""
    gardes = restriction(run, filtres, PORTEE)
    valeurs = {"assez": ASSEZ, "complet": COMPLET_PCT}
    return lire(run, _CHAMPS_BAS.format(communs=gardes.condition), gardes.parametres | valeurs)
