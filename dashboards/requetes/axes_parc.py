"""How the parc in force on a day spreads: what each axis reads of a lot, and the words of its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.donnees import lire
from dashboards.requetes.territoires import territoires
from data_contracts.extraits.libelles import FAMILLES, NATURES_BAILLEUR, NATURES_LOGEMENT, nommer

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_contracts.publication import PublishedRun

HORIZON = 15
"""Years that the cliff looks ahead (P-06)."""


@dataclass(frozen=True)
class Axe:
    """One way to spread the parc."""

    champ: str
    """SQL on a row of `parc.PARC`."""
    dire: Callable[[PublishedRun, str | None], str]
    """Writes one of its values; None is a missing one."""
    avec_anah: bool = False
    """Whether ANAH counts in it: it has a family of financing of its own."""
    est_un_terme: bool = False
    """Whether it reads what only `parc.PARC_A_TERME` tells."""


def _commune(run: PublishedRun, code: str | None) -> str:
    trouvees = lire(run, "select nom_commune from dim_commune where code_commune = $1", (code,))
    return f"{trouvees[0]['nom_commune']} ({code})" if trouvees else code or "Commune inconnue"


def _bailleur(run: PublishedRun, code: str | None) -> str:
    trouves = lire(run, "select nom from dim_bailleur where bailleur_id = $1", (code,))
    return (trouves[0]["nom"] if trouves else None) or code or "Bailleur inconnu"


def _departement(run: PublishedRun, code: str | None) -> str:
    nom = territoires(run).departements.get(code or "")
    return f"{nom} ({code})" if nom else code or "Département inconnu"


def _region(run: PublishedRun, code: str | None) -> str:
    return territoires(run).regions.get(code or "", code or "Région inconnue")


AXES = {
    "famille": Axe("parc.famille_financement", lambda _, code: nommer(code, FAMILLES, "Aucun lot"), avec_anah=True),
    "nature": Axe("parc.nature_logement", lambda _, code: nommer(code, NATURES_LOGEMENT, "Nature inconnue")),
    "nature_bailleur": Axe("parc.nature_bailleur", lambda _, code: nommer(code, NATURES_BAILLEUR, "Nature inconnue")),
    "region": Axe("parc.code_region", _region),
    "departement": Axe("parc.code_departement", _departement),
    "commune": Axe("parc.code_commune", _commune),
    "bailleur": Axe("parc.bailleur_id", _bailleur),
    "terme": Axe(
        f"""case
            when parc.date_expiration >= $au::date and year(parc.date_expiration) <= year($au::date) + {HORIZON}
                then year(parc.date_expiration)::varchar
        end""",
        lambda _, code: f"Terme en {code}",
        est_un_terme=True,
    ),
    "tacite": Axe(
        """case
            when parc.date_expiration < $au::date then year(parc.date_echeance_tacite)::varchar
        end""",
        lambda _, code: f"Reconduites, prochaine échéance tacite en {code}",
        est_un_terme=True,
    ),
    "echue": Axe(
        "case when parc.date_expiration < $au::date and parc.date_echeance_tacite is null then 'oui' end",
        lambda *_: "Terme passé, sans reconduction",
        est_un_terme=True,
    ),
}
"""By the name that an address gives them."""
