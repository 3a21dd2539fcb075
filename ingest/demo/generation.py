"""Puts the demo together: draws the country, then the agreements one by one, and writes the deliveries and the truth."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import numpy as np

from ingest.demo.agrements import Operation, Operations
from ingest.demo.agrements_ecrits import SIAP, SISAL, Ecriture
from ingest.demo.alea import Alea, aleas
from ingest.demo.apilos import generation as apilos
from ingest.demo.apilos.verite import VeriteApilos
from ingest.demo.bailleurs import Bailleurs
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.plan import Plan, Plante
from ingest.demo.conventions import tirer_convention
from ingest.demo.copie import PREMIER_IDENTIFIANT, Copie
from ingest.demo.ecriture import ecrire_convention
from ingest.demo.enquetes import ENQUETES, ecrire_enquetes
from ingest.demo.formes import Formes
from ingest.demo.geographie import Departement, departements
from ingest.demo.listes_ecrites import ecrire_communes, ecrire_indices, ecrire_listes
from ingest.demo.offices import Offices
from ingest.demo.oracle import Croises, juger, voir
from ingest.demo.oracle.rapprochements import Rapprochements
from ingest.demo.personnes import PERSONNES, Personnes
from ingest.demo.ressemblances import Ressemblances
from ingest.demo.rpls import RPLS, Repertoire
from ingest.demo.schema import APILOS
from ingest.demo.suivi import ecrire_suivi
from ingest.demo.territoire import Territoire
from ingest.demo.verite import Verite

DUMP, VERITE = "ecoloweb.sql", "verite.json"
_POIDS_OUTRE_MER = 0.3
"""Only foyers signed since 2023 exist overseas."""


class Flux(IntEnum):
    """What a stream of draws is for; its number follows the seed."""

    GEOGRAPHIE = 1
    BAILLEURS = 2
    ECRITURE = 3
    REPARTITION = 4
    CONVENTION = 5
    CAS = 6
    AGREMENTS = 7
    ENQUETES = 8
    RPLS = 9
    APILOS = 10
    NATIVES = 11
    CAS_NATIFS = 12


@dataclass(frozen=True)
class DemoDelivery:
    """The deliveries of a demo, and what is true of them."""

    dump: Path
    verite: Path
    apilos: Path
    verite_apilos: Path
    sisal: Path
    siap: Path
    enquetes: Path
    rpls: Path
    personnes: Path


@dataclass(frozen=True, slots=True)
class Commande:
    """What is asked of the generator."""

    conventions: int
    graine: int
    formes: Formes
    cas: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """The deliveries while they are written."""

    copie: Copie
    apilos: Copie
    agrements: Ecriture
    repertoire: Repertoire


@dataclass(frozen=True, slots=True)
class Verites:
    """What is true of Ecoloweb alone, and once APiLos is delivered as well."""

    ecoloweb: Verite
    apilos: VeriteApilos


def generate(conventions: int, graine: int, sortie: Path, formes: Formes | None = None, *, cas: bool = True) -> DemoDelivery:
    """Write a made-up France of that many agreements in the folder `sortie`, which is created when absent.

    `graine`, positive or zero, chooses among the possible Frances. From 101 agreements on, every département has one.
    Without `cas` no case is planted: nothing is against the rules. Raises ValueError when there is no agreement to write or the
    seed is negative, and when a planted case is not what it says.
    """
    if conventions < 1 or graine < 0:
        raise ValueError(f"il faut au moins une convention et une graine positive, pas {conventions} et {graine}")
    formes = formes or Formes()
    sortie.mkdir(parents=True, exist_ok=True)
    livraison = DemoDelivery(
        dump=sortie / DUMP,
        verite=sortie / VERITE,
        apilos=sortie / apilos.DUMP,
        verite_apilos=sortie / apilos.VERITE,
        sisal=sortie / SISAL,
        siap=sortie / SIAP,
        enquetes=sortie / ENQUETES,
        rpls=sortie / RPLS,
        personnes=sortie / PERSONNES,
    )
    personnes = Personnes()
    with tempfile.TemporaryDirectory(dir=sortie, prefix=".demo-") as temporaire, ExitStack() as ouverts:
        sources = Sources(
            copie=ouverts.enter_context(Copie(Path(temporaire), personnes=personnes)),
            apilos=ouverts.enter_context(Copie(Path(temporaire), APILOS, personnes)),
            agrements=ouverts.enter_context(Ecriture(Path(temporaire), personnes)),
            repertoire=ouverts.enter_context(Repertoire(Path(temporaire), Alea(graine, Flux.RPLS))),
        )
        verites = Verites(ouverts.enter_context(Verite(Path(temporaire))), ouverts.enter_context(VeriteApilos(Path(temporaire))))
        ouverts.enter_context(_sans_recherche_de_cycles())
        plantes, rapprochements, repris = _ecrire(Commande(conventions, graine, formes, cas=cas), sources, verites)
        copie, agrements, verite = sources.copie, sources.agrements, verites.ecoloweb
        copie.assembler(livraison.dump)
        repris.poser(livraison.apilos, livraison.verite_apilos, conventions)
        agrements.poser(sortie, rapprochements.absorptions)
        verite.repertorier(sources.repertoire.poser(sortie))
        verite.enqueter(ecrire_enquetes(sortie, Path(temporaire), conventions, Alea(graine, Flux.ENQUETES), personnes))
        verite.ecrire(livraison.verite, conventions, graine, copie.lignes, plantes)
        personnes.ecrire(livraison.personnes)
    return livraison


def _ecrire(commande: Commande, sources: Sources, verites: Verites) -> tuple[list[Plante], Rapprochements, apilos.Apilos]:
    copie, agrements, repertoire, verite = sources.copie, sources.agrements, sources.repertoire, verites.ecoloweb
    conventions, graine, formes = commande.conventions, commande.graine, commande.formes
    pays = departements(conventions, formes, Alea(graine, Flux.GEOGRAPHIE))
    parts = repartition(conventions, [_poids(departement) for departement in pays])
    ecriture = Alea(graine, Flux.ECRITURE)
    _ecrire_references(copie, pays)
    offices = Offices(pays)
    offices.ecrire(copie, ecriture)
    bailleurs = Bailleurs(pays, parts, Alea(graine, Flux.BAILLEURS))
    bailleurs.ecrire(copie, ecriture)
    territoire = Territoire(offices, bailleurs, formes)
    alea_des_cas = Alea(graine, Flux.CAS)
    atelier = Atelier(copie, pays, territoire, alea_des_cas)
    plan = Plan(conventions if commande.cas else 0, atelier, alea_des_cas)
    croises, rapprochements = Croises(), Rapprochements()
    operations, ressemblances = Operations(graine, Flux.AGREMENTS, formes.dossier_mal_saisi), Ressemblances(graine, Flux.AGREMENTS)

    tirages = apilos.Tirages(graine, Flux.APILOS, Flux.NATIVES, Flux.CAS_NATIFS, avec_cas=commande.cas)
    repris = apilos.Apilos(sources.apilos, verites.apilos, territoire, tirages)

    def agreer(operation: Operation) -> None:
        agrements.ecrire(operation)
        verite.agreer(operation)
        rapprochements.noter_operation(operation)

    ordre = np.random.default_rng((graine, Flux.REPARTITION)).permutation(np.repeat(np.arange(len(pays)), parts))
    for numero, (rang, alea) in enumerate(zip(ordre.tolist(), aleas(graine, Flux.CONVENTION), strict=False)):
        convention = tirer_convention(PREMIER_IDENTIFIANT + numero, pays[rang], territoire, alea)
        est_plantee = plan.planter(convention)
        if not est_plantee:
            operations.abimer(convention)
        ecrire_convention(copie, convention)
        ecrire_suivi(copie, convention, formes, alea)
        repertoire.inscrire(convention)
        vue = voir(convention)
        constats = juger(vue)
        croises.noter(vue)
        rapprochements.noter(vue)
        ressemblances.noter(convention, est_libre=not est_plantee)
        for operation in operations.de(convention):
            convention.agrements += operation.ids
            agreer(operation)
        plan.confirmer(convention, constats)
        verite.noter(convention)
        verite.constater(constats)
        repris.reprendre(convention, constats, est_un_cas=est_plantee)
    for operation in ressemblances.operations(operations):
        agreer(operation)
    for operation in repris.completer(pays, conventions, operations):
        agreer(operation)
    rapprochements.absorber(ressemblances.absorptions | atelier.absorptions)
    verite.rapprocher(rapprochements.liens())
    constats = [*croises.constats(), *rapprochements.constats()]
    verites.apilos.lever(constat for constat in constats if repris.leve(constat))
    plan.conclure(constats)
    verite.constater(constats)
    return plan.plantes, rapprochements, repris


def _ecrire_references(copie: Copie, pays: list[Departement]) -> None:
    ecrire_listes(copie)
    ecrire_communes(copie, pays)
    ecrire_indices(copie)


@contextmanager
def _sans_recherche_de_cycles() -> Iterator[None]:
    """Spare the garbage collector: the facts of an agreement hold no cycle and go as soon as it is written."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


def _poids(departement: Departement) -> float:
    return departement.population * (_POIDS_OUTRE_MER if departement.est_outre_mer else 1)


def repartition(total: int, poids: Sequence[float]) -> list[int]:
    """Share a total by weights, largest remainders first, at least one each when there is enough for all."""
    minimum = 1 if total >= len(poids) else 0
    reste = total - minimum * len(poids)
    exactes = [reste * part / sum(poids) for part in poids]
    parts = [minimum + int(exacte) for exacte in exactes]
    plus_forts = sorted(range(len(poids)), key=lambda rang: (int(exactes[rang]) - exactes[rang], rang))
    for rang in plus_forts[: total - sum(parts)]:
        parts[rang] += 1
    return parts
