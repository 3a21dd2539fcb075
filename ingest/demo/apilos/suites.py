"""What happened in APiLos, since the take-over, to an agreement of Ecoloweb: an amendment, a publication, an end.

Each is told of a copy of the facts as well, so that the rules judge the agreement as it then stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.demo import noms
from ingest.demo.alea import Alea
from ingest.demo.apilos.etat import racines
from ingest.demo.apilos.faits import Acte, Statut
from ingest.demo.apilos.registre import Registre
from ingest.demo.apilos.reprise import date_de_reprise
from ingest.demo.apilos.vies import attendre, vivre
from ingest.demo.conventions import clore
from ingest.demo.faits import DATE_DE_LA_DEMO, Avenant, Convention, Etat
from ingest.demo.profil import jour_ouvre
from ingest.demo.referentiels import Secteur

_PART = 0.2
"""Of the agreements taken over that something may have happened to."""
_TYPES = (("champ_libre",), ("edd",), ("cadastre",))
_AUTRE = ("13",)
_PRIMES = frozenset({"7", "8"})
"""Financings that APiLos has no word for."""
_PREMIER_DELAI = timedelta(days=30)
_INSTRUCTION = (40, 90)


@dataclass(frozen=True, slots=True)
class Suite:
    """New acts, and the agreement as it stands after them; None where they changed nothing of its state."""

    actes: list[Acte]
    apres: Convention | None


def suivre(convention: Convention, actes: Sequence[Acte], registre: Registre, alea: Alea) -> Suite | None:
    """Return what happened to an agreement that was taken over whole, now and then; edit its acts."""
    if not _peut_vivre(convention, actes) or not alea.chance(_PART):
        return None
    racine = racines(actes)[0]
    suites = _Suites(convention, racine.acte, racine.courant, registre, alea, date_de_reprise(convention) + _PREMIER_DELAI)
    for essai in alea.choix(_ORDRES):
        suite: Suite | None = getattr(suites, essai)()
        if suite is not None:
            return suite
    return None


def _peut_vivre(convention: Convention, actes: Sequence[Acte]) -> bool:
    """Return whether an agreement in force is one in APiLos too, with all its amendments, and counts its areas as today."""
    numeros = [avenant.numero for avenant in convention.avenants]
    repris = [acte for acte in actes if acte.est_avenant]
    return (
        convention.courante.etat is Etat.OPP
        and convention.courante.calendrier.signature is not None
        and len(actes) - len(repris) == 1
        and actes[0].parent is None
        and sorted(numeros) == list(range(1, len(numeros) + 1)) == sorted(int(acte.numero or 0) for acte in repris)
        and all(acte.statut is not Statut.INSTRUCTION for acte in repris)
        and convention.secteur is not Secteur.PRIVE
        and all(lot.regime != "SC" and lot.financement not in _PRIMES for acte in actes for lot in acte.lots)
    )


@dataclass(slots=True)
class _Suites:
    """What may happen to one agreement from a day on."""

    convention: Convention
    racine: Acte
    courant: Acte
    """The act whose content holds when it happens."""
    registre: Registre
    alea: Alea
    debut: date

    def amender(self) -> Suite | None:
        """Sign and publish an amendment."""
        publication = self.convention.courante.calendrier.publication
        if publication is None or self.racine.statut is not Statut.PUBLIEE:
            return None
        depot = self._jour(
            max(self.debut, publication + timedelta(days=60), self.convention.courante.debut + timedelta(days=30)), 160
        )
        if depot is None:
            return None
        signature = jour_ouvre(depot + timedelta(days=self.alea.entier(*_INSTRUCTION)))
        acte, avenant = self._avenant(depot, self.alea.choix(_TYPES))
        self._signer(acte, avenant, signature)
        avenant.publication = acte.publication = jour_ouvre(signature + timedelta(days=self.alea.entier(20, 60)))
        avenant.reference = acte.reference = self.registre.reference(acte.publication)
        acte.envoi_spf = signature + timedelta(days=5)
        vivre(acte, depot, signature, self.alea)
        return Suite([acte], self._avec(avenant))

    def ouvrir_un_avenant(self) -> Suite | None:
        """Start an amendment that is still being instructed, which changes nothing yet."""
        depot = self._jour(max(self.debut, DATE_DE_LA_DEMO - timedelta(days=150), self.convention.courante.debut), 15)
        if depot is None or self.convention.courante.calendrier.publication is None:
            return None
        acte, _ = self._avenant(depot, self.alea.choix(_TYPES))
        attendre(acte, depot, self.alea.choix((Statut.INSTRUCTION, Statut.CORRECTION)), self.alea)
        return Suite([acte], None)

    def publier(self) -> Suite | None:
        """Publish an agreement that Ecoloweb only knows as signed."""
        calendrier = self.convention.courante.calendrier
        if calendrier.publication is not None or self.racine.statut is not Statut.SIGNEE or self.convention.avenants:
            return None
        publication = self._jour(self.debut, 0)
        if publication is None:
            return None
        self.racine.statut = Statut.PUBLIEE
        self.racine.envoi_spf = calendrier.envoi_spf or publication - timedelta(days=20)
        self.racine.publication = publication
        self.racine.reference = self.registre.reference(publication)
        apres = copy(self.convention)
        publie = replace(calendrier, envoi_spf=self.racine.envoi_spf, publication=publication, reference=self.racine.reference)
        apres.periodes = [*apres.periodes[:-1], replace(apres.courante, calendrier=publie)]
        return Suite([], apres)

    def denoncer(self) -> Suite | None:
        """End an agreement at a term that came after the take-over, by an amendment that says so."""
        terme = self.convention.expiration
        if (
            terme is None
            or not self.debut + timedelta(days=120) < terme < DATE_DE_LA_DEMO
            or self.convention.courante.renouvellement
        ):
            return None
        fin, depot = terme + timedelta(days=1), self.debut
        if fin <= self.convention.courante.debut:
            return None
        acte, avenant = self._avenant(depot, ("denonciation",))
        self._signer(acte, avenant, depot + timedelta(days=self.alea.entier(*_INSTRUCTION)))
        acte.denonciation = self.racine.denonciation = fin
        vivre(acte, depot, acte.signature or depot, self.alea)
        self.racine.statut = Statut.DENONCEE
        apres = copy(self.convention)
        apres.periodes = list(self.convention.periodes)
        clore(apres, Etat.DEN, fin, "Dénonciation")
        return Suite([acte], apres)

    def resilier(self) -> Suite | None:
        """Cancel an agreement in force."""
        jour = self._jour(max(self.debut, self.convention.courante.debut + timedelta(days=1)), 0)
        if jour is None or self.convention.courante.calendrier.publication is None or not self.alea.chance(0.3):
            return None
        self.racine.statut, self.racine.resiliation = Statut.RESILIEE, jour
        apres = copy(self.convention)
        apres.periodes = list(self.convention.periodes)
        clore(apres, Etat.RES, jour, "Résiliation")
        return Suite([], apres)

    def _jour(self, debut: date, reste: int) -> date | None:
        """Return a working day from `debut` on, that many days at least before the end of the demo; None when there is no room."""
        place = (DATE_DE_LA_DEMO - debut).days - reste
        return (
            None
            if place < _PREMIER_DELAI.days // 10
            else jour_ouvre(debut + timedelta(days=2 + int((place - 2) * self.alea.reel())))
        )

    def _avenant(self, depot: date, types: tuple[str, ...]) -> tuple[Acte, Avenant]:
        """Return a new act that amends the agreement, and the same as a fact of Ecoloweb's kind."""
        identifiant = self.registre.copie.identifiant("conventions_convention")
        uuid = self.registre.uuid("conventions_convention", identifiant)
        numero = len(self.convention.avenants) + 1
        avenant = Avenant(numero, _AUTRE, depot, f"Avenant n° {numero} saisi dans APiLos", id=-identifiant)
        acte = replace(
            self.racine,
            id=identifiant,
            uuid=uuid,
            cle=None,
            contenu=self.courant.contenu,
            bailleur=self.courant.bailleur,
            parent=self.racine,
            avenant=avenant,
            objet_id=f"apilos:{uuid}",
            numero=str(numero),
            types=types,
            description=avenant.description,
            statut=Statut.PROJET,
            signature=None,
            envoi_spf=None,
            refus_spf=None,
            motif_refus=None,
            publication=None,
            reference=None,
            passages=[],
            commentaires=[],
            ids_lots={},
            uuids_lots={},
        )
        return acte, avenant

    def _signer(self, acte: Acte, avenant: Avenant, signature: date) -> None:
        avenant.signature = acte.signature = signature
        acte.signataire = f"{noms.prenom(self.alea)} {noms.nom(self.alea)}"
        acte.deliberation = signature - timedelta(days=self.alea.entier(1, 300))

    def _avec(self, avenant: Avenant) -> Convention:
        """Return the agreement with one more amendment, and the period that it opens."""
        apres = copy(self.convention)
        apres.avenants = [*self.convention.avenants, avenant]
        debut = avenant.signature or avenant.depot
        ouverte = replace(
            self.convention.courante,
            debut=debut,
            descriptif='Avenant "Autre"',
            avenant=avenant,
            expiration=self.convention.expiration,
        )
        apres.periodes = [*self.convention.periodes, ouverte]
        return apres


_ORDRES = (
    ("denoncer", "publier", "amender"),
    ("denoncer", "publier", "ouvrir_un_avenant"),
    ("denoncer", "resilier", "amender"),
    ("publier", "amender"),
    ("amender",),
)
