"""What the shared filters read of a run, and what they keep of the rows that a page counts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from dashboards.donnees import lire
from dashboards.filtres import communs as noms
from dashboards.filtres.communs import Communs, Connus
from dashboards.normes import norme, norme_sql
from dashboards.requetes.territoires import territoires
from data_contracts.extraits.libelles import FAMILLES, SOURCES, ranger

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

_FAMILLES = (
    "select distinct unnest(familles_financement) as code from fct_convention union select famille_financement from fct_agrement"
)
_SOURCES = "select source as code from fct_convention union select source from fct_agrement"
_BAILLEURS = f"""
    select bailleur_id
    from dim_bailleur
    where contains({norme_sql("nom")}, $commun_bailleur)
        or {norme_sql("sigle")} = $commun_bailleur
        or siren = $commun_bailleur
        or siret = $commun_bailleur
"""


@dataclass(frozen=True, kw_only=True)
class Portee:
    """What the shared filters compare in the rows of a page: SQL expressions; None where the rows know nothing of it."""

    territoire: str | None = None
    """A code of département."""
    date: str | None = None
    annee: str | None = None
    """A year, in rows that know no day: it is kept when one of its days is within the bounds."""
    familles: str | None = None
    """A list of families of financing."""
    bailleur: str | None = None
    """A bailleur_id."""
    source: str | None = None

    @property
    def tenus(self) -> frozenset[str]:
        """The parameters of the address that have an effect on these rows."""
        par_champ = {
            "territoire": (noms.TERRITOIRE,),
            "date": (noms.DEPUIS, noms.JUSQUA),
            "annee": (noms.DEPUIS, noms.JUSQUA),
            "familles": (noms.FINANCEMENT,),
            "bailleur": (noms.BAILLEUR,),
            "source": (noms.SOURCE,),
        }
        return frozenset(nom for champ in fields(self) if getattr(self, champ.name) for nom in par_champ[champ.name])


@dataclass(frozen=True)
class Restriction:
    """A condition on rows, true for all of them when nothing is filtered, and the values of its parameters."""

    condition: str
    parametres: dict[str, Any]


def connus(run: PublishedRun) -> Connus:
    """Return what the shared filters may name in a run."""
    ici = territoires(run)
    return Connus(
        departements=ici.departements,
        regions=ici.regions,
        departements_par_region=ici.departements_par_region,
        familles=ranger({ligne["code"] for ligne in lire(run, _FAMILLES) if ligne["code"]}, FAMILLES),
        sources=ranger({ligne["code"] for ligne in lire(run, _SOURCES)}, SOURCES),
        territoires_vus=tuple(ici.departements) if run.perimetre.est_limite else (),
    )


def restriction(run: PublishedRun, filtres: Communs, portee: Portee) -> Restriction:
    """Return the rows that the shared filters keep. A filter that the rows know nothing of keeps them all.

    A row without a date is kept by no filter on dates, one without an owner by no filter on owners, and so on.
    """
    conditions: dict[str, Any] = {}
    if portee.territoire and filtres.territoires:
        codes = territoires(run).codes_departement(filtres.territoires)
        conditions[f"list_contains($commun_departements::varchar[], {portee.territoire})"] = ("commun_departements", codes)
    if portee.date and filtres.depuis:
        conditions[f"{portee.date} >= $commun_depuis::date"] = ("commun_depuis", filtres.depuis)
    if portee.date and filtres.jusqua:
        conditions[f"{portee.date} <= $commun_jusqua::date"] = ("commun_jusqua", filtres.jusqua)
    if portee.annee and filtres.depuis:
        conditions[f"{portee.annee} >= year($commun_depuis::date)"] = ("commun_depuis", filtres.depuis)
    if portee.annee and filtres.jusqua:
        conditions[f"{portee.annee} <= year($commun_jusqua::date)"] = ("commun_jusqua", filtres.jusqua)
    if portee.familles and filtres.familles:
        conditions[f"list_has_any({portee.familles}, $commun_familles::varchar[])"] = ("commun_familles", list(filtres.familles))
    if portee.bailleur and filtres.bailleur:
        conditions[f"{portee.bailleur} in ({_BAILLEURS})"] = ("commun_bailleur", norme(filtres.bailleur))
    if portee.source and filtres.sources:
        conditions[f"list_contains($commun_sources::varchar[], {portee.source})"] = ("commun_sources", list(filtres.sources))
    return Restriction(" and ".join(conditions) or "true", dict(conditions.values()))
