"""What the official import makes of an agreement of Ecoloweb: an act for each financing and each amendment, or nothing.

Told from the facts of the agreement, and from what is known of that import; the warehouse works it out on its own, from rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.demo.apilos.faits import Acte, Statut
from ingest.demo.apilos.instants import a_paris
from ingest.demo.apilos.registre import Registre
from ingest.demo.apilos.vocabulaire import ATTRIBUTION_PAR_NATURE, financement, operation, regions, types_d_avenant
from ingest.demo.faits import DATE_DE_LA_DEMO, Avenant, Convention, Etat, Lot, Periode
from ingest.demo.geographie import Departement

_UN_DEPARTEMENT_SUR = 12
"""Of the départements, one is not taken over yet."""
_CAMPAGNES = (date(2022, 6, 1), date(2024, 3, 12), date(2025, 9, 9))
_LA_NUIT = 3 * 60 + 12
_CODE_DE_COMMUNE = re.compile(r"(\d\d|2[AB])\d{3}")
_STATUTS = {Etat.INS: Statut.INSTRUCTION, Etat.RES: Statut.RESILIEE, Etat.DEN: Statut.DENONCEE, Etat.ANS: Statut.ANNULEE}


@dataclass(frozen=True, slots=True)
class Cle:
    """What one act is taken from: a number of amendment, 0 for the agreement, and the programmes of one financing in a period."""

    financement: str
    numero: int
    avenant: Avenant | None
    lots: list[Lot]


def est_dans_la_reprise(departement: Departement) -> bool:
    """Return whether a département has been taken over."""
    return departement.id % _UN_DEPARTEMENT_SUR != 0


def cles(convention: Convention) -> Iterator[Cle]:
    """Yield the acts that an agreement becomes. It reads one period without amendment, and one for each amendment.

    Lost: a financing over several communes or several owners, a period without programme, an agreement that was only abandoned.
    """
    racine = _racine(convention)
    if racine is not None:
        yield from _par_financement(0, None, racine)
    for avenant in _avenants_lus(convention):
        ouvertes = [periode for periode in convention.periodes if periode.avenant is avenant]
        periode = max(ouvertes, key=lambda ouverte: ouverte.debut) if ouvertes else racine
        if periode is not None:
            yield from _par_financement(avenant.numero, avenant, periode)


def reprendre(convention: Convention, registre: Registre) -> list[Acte]:
    """Return the acts of an agreement, undistorted: what Ecoloweb knows, in the words of APiLos. The agreements come first."""
    if not est_dans_la_reprise(convention.departement):
        return []
    actes: list[Acte] = []
    racines: dict[str, Acte] = {}
    creation = a_paris(date_de_reprise(convention), _LA_NUIT)
    for cle in cles(convention):
        acte = _acte(convention, cle, racines.get(cle.financement), registre)
        acte.creation = creation + timedelta(seconds=len(actes))
        if cle.avenant is None:
            racines[cle.financement] = acte
        actes.append(acte)
    return actes


def date_de_reprise(convention: Convention) -> date:
    """Return the day of the first take-over after all that Ecoloweb knows of an agreement."""
    calendrier = convention.courante.calendrier
    jours = [
        *(periode.debut for periode in convention.periodes),
        *(jour for avenant in convention.avenants for jour in (avenant.depot, avenant.signature, avenant.publication) if jour),
        *(jour for jour in (convention.depot, calendrier.signature, calendrier.publication, calendrier.envoi_caf) if jour),
    ]
    campagnes = (*(jour + timedelta(days=convention.departement.id % 150) for jour in _CAMPAGNES[:1]), *_CAMPAGNES[1:])
    return next((jour for jour in campagnes if jour > max(jours)), DATE_DE_LA_DEMO)


def _racine(convention: Convention) -> Periode | None:
    """Return the latest period that no amendment opens and that was not abandoned."""
    sans_avenant = [
        (periode.debut, rang)
        for rang, periode in enumerate(convention.periodes)
        if periode.avenant is None and periode.etat is not Etat.ANI
    ]
    return convention.periodes[max(sans_avenant)[1]] if sans_avenant else None


def _avenants_lus(convention: Convention) -> list[Avenant]:
    """Return the amendments under a positive number, the last one written of each number."""
    par_numero = {avenant.numero: avenant for avenant in sorted(convention.avenants, key=lambda avenant: avenant.id)}
    return [par_numero[numero] for numero in sorted(par_numero) if numero > 0]


def _par_financement(numero: int, avenant: Avenant | None, periode: Periode) -> Iterator[Cle]:
    lots: dict[str, list[Lot]] = {}
    for lot in periode.contenu:
        lots.setdefault(financement(lot.financement), []).append(lot)
    for code, siens in sorted(lots.items()):
        if len({lot.commune.id for lot in siens}) == 1 and len({lot.proprietaire.id for lot in siens}) == 1:
            yield Cle(code, numero, avenant, siens)


def _acte(convention: Convention, cle: Cle, parent: Acte | None, registre: Registre) -> Acte:
    avenant, calendrier, premier = cle.avenant, convention.courante.calendrier, cle.lots[0]
    identifiant = registre.copie.identifiant("conventions_convention")
    attribution = ATTRIBUTION_PAR_NATURE.get(convention.nature)
    acte = Acte(
        id=identifiant,
        uuid=registre.uuid("conventions_convention", identifiant),
        convention=convention,
        contenu={cle.financement: cle.lots},
        statut=_statut_de_l_avenant(avenant) if avenant else _statut(convention),
        creation=a_paris(DATE_DE_LA_DEMO, 0),
        numero=str(cle.numero) if avenant else convention.numero,
        bailleur=premier.proprietaire,
        office=convention.office,
        code_commune=premier.commune.code if _CODE_DE_COMMUNE.fullmatch(premier.commune.code) else premier.commune.code_officiel,
        code_region=regions()[convention.departement.code],
        type_operation=operation(premier.nature_operation),
        cle=f"{convention.id}:{cle.financement}:{cle.numero}",
        avenant=avenant,
        parent=parent,
        objet_id=f"ecoloweb:{avenant.id if avenant else convention.id}",
        convention_id=f"ecoloweb:{convention.id}",
        types=types_d_avenant(avenant.types) if avenant else (),
        description=avenant.description if avenant else None,
        signature=avenant.signature if avenant else calendrier.signature,
        envoi_spf=None if avenant else calendrier.envoi_spf,
        refus_spf=None if avenant else calendrier.refus_spf,
        motif_refus=None if avenant else calendrier.motif_refus,
        publication=avenant.publication if avenant else calendrier.publication,
        reference=avenant.reference if avenant else calendrier.reference,
        fin=convention.expiration,
        numero_operation=premier.dossier,
        reservation=premier.reservation or None,
        gestionnaire=premier.gestionnaire.raison_sociale if premier.gestionnaire else None,
        attributions=frozenset({attribution}) if attribution else frozenset(),
    )
    if not acte.est_avenant:
        _finir(acte, convention)
    return acte


def _statut(convention: Convention) -> Statut:
    racine = _racine(convention)
    etat = racine.etat if racine is not None else convention.courante.etat
    signe = Statut.PUBLIEE if convention.courante.calendrier.publication else Statut.SIGNEE
    return _STATUTS.get(etat, signe)


def _statut_de_l_avenant(avenant: Avenant) -> Statut:
    if avenant.annulation:
        return Statut.ANNULEE
    if avenant.signature is None:
        return Statut.INSTRUCTION
    return Statut.PUBLIEE if avenant.publication else Statut.SIGNEE


def _finir(acte: Acte, convention: Convention) -> None:
    courante = convention.courante
    if acte.statut is Statut.DENONCEE:
        acte.denonciation = courante.debut
    elif acte.statut is Statut.RESILIEE:
        acte.resiliation = courante.resiliation
