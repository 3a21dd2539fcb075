"""The filter bar that pages share: what of it has an effect here, and what is only kept for the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import donnees
from dashboards.components.adresse import PAGE, lien, reecrire
from dashboards.components.blocs import note
from dashboards.components.champs import Champs
from dashboards.filtres import communs
from dashboards.filtres.adresse import DERNIER_JOUR, PREMIER_JOUR, LectureAdresse
from dashboards.filtres.communs import DATES, Communs
from dashboards.periodes import raccourcis
from dashboards.requetes import communs as requetes_communs
from data_contracts.extraits.libelles import FAMILLES, SOURCES, nommer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from streamlit.delta_generator import DeltaGenerator

    from dashboards.components.adresse import Adresse
    from dashboards.filtres.communs import Connus
    from dashboards.requetes.communs import Portee
    from data_contracts.publication import PublishedRun

_PAR_RANG = 3
_NOMS = dict(zip(vars(Communs()), communs.NOMS, strict=True))
"""The parameter of the address that holds each field."""


@dataclass(frozen=True)
class FiltresPropres:
    """The filters of a page's own."""

    montrer: Callable[[], None] | None
    """Shows their fields, where there are any."""
    ignores: Sequence[str]
    """What made no sense in the address, shared filters included: « territoire=999 »."""


def barre(
    run: PublishedRun,
    portee: Portee,
    dates: tuple[str, str] = DATES,
    propres: FiltresPropres | None = None,
    garde: Adresse | None = None,
) -> Communs:
    """Show the shared filters that have an effect on this page, as the address says them, then the page's own; return the former.

    `dates` are the titles of the two days; `garde` is what the address keeps when its filters are cleared.
    """
    connus = requetes_communs.connus(run)
    lecture = LectureAdresse(st.query_params.to_dict())
    filtres = communs.lire(lecture, connus)
    champs = Champs("commun", lambda: reecrire(portee.tenus, _saisis(champs, portee)))
    champs.suivre(vars(filtres))
    montres = list(_champs(champs, connus, portee, dates))
    montrer_propres = propres.montrer if propres else None
    if montres or montrer_propres:
        with st.container(border=True, key="barre"):
            for debut in range(0, len(montres), _PAR_RANG):
                for montrer, colonne in zip(montres[debut:], st.columns(_PAR_RANG), strict=False):
                    montrer(colonne)
            if montrer_propres:
                montrer_propres()
            with st.container(horizontal=True, key="barre_liens"):
                if communs.DEPUIS in portee.tenus:
                    _raccourcis(donnees.date_reference(run))
                if st.query_params.keys() - {PAGE, *(garde or {})}:
                    lien("Effacer les filtres", "effacer", garde or {}, ":material/close:", garde=False)
    _dire_le_reste(filtres, connus, portee, propres.ignores if propres else lecture.ignores)
    return filtres


def _champs(champs: Champs, connus: Connus, portee: Portee, dates: tuple[str, str]) -> list[Callable[[DeltaGenerator], None]]:
    """Return what shows each field that has an effect, in order. The code of a field is what its parameter holds."""
    territoires = {choix: connus.dire_territoire(choix) for choix in connus.choix_territoire}
    familles = {code: nommer(code, FAMILLES) for code in connus.familles}
    sources = {code: nommer(code, SOURCES) for code in connus.sources}
    bornes = (PREMIER_JOUR, DERNIER_JOUR)
    tous: dict[str, Callable[[DeltaGenerator], None]] = {
        communs.TERRITOIRE: lambda ou: champs.plusieurs(ou, "territoires", "Région ou département", territoires, "Toute la France"),
        communs.DEPUIS: lambda ou: champs.jour(ou, "depuis", dates[0], bornes),
        communs.JUSQUA: lambda ou: champs.jour(ou, "jusqua", dates[1], bornes),
        communs.FINANCEMENT: lambda ou: champs.plusieurs(ou, "familles", "Financement", familles, "Tous les financements"),
        communs.BAILLEUR: lambda ou: champs.texte(ou, "bailleur", "Bailleur (nom ou SIREN)", "Tous les bailleurs"),
        communs.SOURCE: lambda ou: champs.plusieurs(ou, "sources", "Source", sources, "Toutes les sources"),
    }
    return [tous[nom] for nom in communs.NOMS if nom in portee.tenus]


def _raccourcis(reference: date) -> None:
    """Show the periods that readers ask for most, one click each."""
    for libelle, periode in raccourcis(reference).items():
        jours = Communs(depuis=periode.depuis, jusqua=periode.jusqua).adresse
        choisir = partial(reecrire, (communs.DEPUIS, communs.JUSQUA), jours)
        st.button(libelle, key=f"periode_{libelle}", type="tertiary", on_click=choisir)


def _dire_le_reste(filtres: Communs, connus: Connus, portee: Portee, ignores: Sequence[str]) -> None:
    """Say which filters of the address this page can't apply, so that nobody believes they were."""
    sans_effet = [f"{titre} : {dit}" for nom, (titre, dit) in filtres.en_mots(connus).items() if nom not in portee.tenus]
    if sans_effet:
        note(f"Sans effet sur cette page, et gardé pour les autres : {' ; '.join(sans_effet)}.")
    if ignores:
        note(f"Filtres de l'adresse laissés de côté, car inconnus de cette publication : {', '.join(ignores)}.")


def _saisis(champs: Champs, portee: Portee) -> dict[str, str]:
    """Return the parameters of what the fields shown hold."""
    tenus = champs.tenus([champ for champ, nom in _NOMS.items() if nom in portee.tenus])
    return Communs(**tenus).adresse
