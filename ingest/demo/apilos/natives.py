"""Agreements born in APiLos: drawn as those of Ecoloweb are, with the same facts, then given a life in the application."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from ingest.demo import noms
from ingest.demo.alea import Alea, Poids
from ingest.demo.apilos.faits import Acte, Pret, Statut
from ingest.demo.apilos.instants import a_paris
from ingest.demo.apilos.registre import Registre
from ingest.demo.apilos.vies import annuler, attendre, finir, valider_le, vivre
from ingest.demo.apilos.vocabulaire import ATTRIBUTION_PAR_NATURE, financement, operation, regions, types_d_avenant
from ingest.demo.bailleurs import COMMUNES
from ingest.demo.calendrier import plus_annees
from ingest.demo.conventions import clore, tirer_convention
from ingest.demo.faits import DATE_DE_LA_DEMO, Avenant, Contenu, Convention, Etat, Lot
from ingest.demo.geographie import Departement
from ingest.demo.lots import Programme, tirer_lot
from ingest.demo.oracle.vue import SECTEURS_A_LA_SIGNATURE
from ingest.demo.profil import Profil, Segment, tirer_profil
from ingest.demo.referentiels import Gamme, Nature, Secteur, types_en_vigueur
from ingest.demo.territoire import Territoire, Tirage

PART = 0.15
"""Of the agreements of Ecoloweb, as many again."""
PREMIERE_SIGNATURE = date(2022, 3, 1)
_SEGMENTS = frozenset({Segment.HLM, Segment.SEM, Segment.AUTRE, Segment.FOYER})
_FINANCEMENTS = frozenset({"1", "3", "9", "22"})
_NATURES = frozenset({Nature.ORDINAIRE, Nature.FOYER_PA, Nature.FOYER_PH, Nature.RESIDENCE_SOCIALE})
_SEGMENT_DU_SECTEUR = {Secteur.HLM: Segment.HLM, Secteur.SEM: Segment.SEM, Secteur.AUTRE: Segment.AUTRE}
_LA_CAISSE = "CDCL"
_SORTS: Poids[str] = Poids.de({"signee": 72, "ouverte": 18, "annulee": 5, "resiliee": 5})
_OUVERTES: Poids[Statut] = Poids.de({Statut.PROJET: 25, Statut.INSTRUCTION: 35, Statut.CORRECTION: 20, Statut.A_SIGNER: 20})
_AGE_MAX = {Statut.PROJET: 500, Statut.INSTRUCTION: 420, Statut.CORRECTION: 420, Statut.A_SIGNER: 150}
"""Days since the deposit of an open file: less than what the rules call forgotten."""
_GARDEES = 2
"""Periods of an agreement without amendment."""
_ENVOI, _TRAVAUX = timedelta(days=10), timedelta(days=380)
_DEPOT_D_AVENANT, _INSTRUCTION_D_AVENANT, _PUBLICATION_D_AVENANT = (timedelta(days=jours) for jours in (60, 50, 40))
_EUROS_PAR_LOGEMENT = 90_000
_RANG_SIAP = 50_000
"""Ranks of the operations of native agreements: no other bears one."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What became of an agreement that was signed."""

    resiliee: bool = False
    jamais_amendee: bool = False
    en_publication: bool = False
    """Sent to the land registry, which has not published it."""
    programme: Programme | None = None
    """What it is about, when that is known before it is drawn."""

    @property
    def est_sans_avenant(self) -> bool:
        """Whether it was never amended."""
        return self.resiliee or self.jamais_amendee or self.en_publication or self.programme is not None


class Natives:
    """Draws the agreements born in APiLos, in the country of those of Ecoloweb."""

    def __init__(self, pays: Sequence[Departement], territoire: Territoire, registre: Registre, premier: int) -> None:
        """Number the facts from `premier` on; every number, parcel and address given follows those of Ecoloweb."""
        self.pays = [departement for departement in pays if not departement.est_outre_mer]
        self._cumuls = list(accumulate(departement.population for departement in self.pays))
        self._territoire = copy(territoire)
        self._territoire.formes = replace(
            territoire.formes,
            multi_commune=0,
            multi_bailleur=0,
            mixte_rare=0,
            programmes_de_meme_famille=0,
            sans_programme=0,
            logements_groupes=0,
            plusieurs_parcelles_par_champ=0,
            avenant_annule=0.06,
            avenant_en_cours=0.04,
        )
        self._registre = registre
        self._suivant = premier
        self._rang = 0

    def tirer(self, alea: Alea) -> list[Acte]:
        """Return the acts of one new agreement: itself, then its amendments."""
        departement = self.departement(alea)
        sort = alea.pondere(_SORTS)
        profil = self.profil(departement, alea)
        if sort in {"signee", "resiliee"}:
            return self.signee(departement, profil, alea, Sort(resiliee=sort == "resiliee"))
        statut = alea.pondere(_OUVERTES)
        return self.ouverte(departement, profil, statut, alea, annulee=sort == "annulee")

    def departement(self, alea: Alea) -> Departement:
        """Return a département of France itself, as often as it has inhabitants."""
        return self.pays[bisect_right(self._cumuls, int(alea.reel() * self._cumuls[-1]))]

    def profil(self, departement: Departement, alea: Alea) -> Profil:
        """Return an outline that APiLos may hold: a social owner, a financing of today, one commune."""
        while True:
            profil = tirer_profil(departement, self._territoire.formes, alea)
            connu = profil.segment in _SEGMENTS and profil.nature in _NATURES and set(profil.financements) <= _FINANCEMENTS
            if connu and profil.signature >= PREMIERE_SIGNATURE:
                return replace(profil, etat=Etat.OPP, sans_programme=False)

    def signee(self, departement: Departement, profil: Profil, alea: Alea, sort: Sort | None = None) -> list[Acte]:
        """Return an agreement that was signed, with its amendments, or what else became of it."""
        sort = sort or Sort()
        convention = self._convention(departement, profil, alea)
        if sort.est_sans_avenant or any(avenant.nouvelle_expiration for avenant in convention.avenants):
            convention.avenants.clear()
            del convention.periodes[_GARDEES:]
        if sort.programme:
            tire = tirer_lot(Tirage(departement, profil, self._territoire, alea), sort.programme, convention.saisie)
            tire.dossier = convention.courante.contenu[0].dossier
            convention.bailleur = sort.programme.bailleur
            for periode in convention.periodes:
                periode.contenu = [tire]
        acte = self._acte(convention, convention.periodes[1].contenu, alea)
        calendrier, signature = convention.courante.calendrier, convention.courante.calendrier.signature
        if signature is None:
            raise ValueError(f"convention {convention.id} signée sans signature")
        if sort.en_publication:
            calendrier.publication = calendrier.reference = calendrier.refus_spf = calendrier.motif_refus = None
            calendrier.envoi_spf = signature + _ENVOI
        self._preparer_la_signature(acte, signature, alea)
        acte.envoi_spf, acte.publication, acte.reference = calendrier.envoi_spf, calendrier.publication, calendrier.reference
        acte.refus_spf, acte.motif_refus = calendrier.refus_spf, calendrier.motif_refus
        acte.fin = calendrier.expiration_initiale
        vivre(acte, convention.depot, signature, alea)
        if sort.resiliee:
            self._resilier(acte, alea)
        return [acte, *(self._avenant(acte, avenant, alea) for avenant in convention.avenants)]

    def ouverte(self, departement: Departement, profil: Profil, statut: Statut, alea: Alea, *, annulee: bool = False) -> list[Acte]:
        """Return an agreement that is not signed, in a status that it still has, or that was then cancelled."""
        depot = DATE_DE_LA_DEMO - timedelta(days=alea.entier(12, _AGE_MAX[statut]))
        profil = replace(profil, etat=Etat.INS, signature=depot, financements=profil.financements[:1])
        convention = self._convention(departement, profil, alea)
        acte = self._acte(convention, convention.courante.contenu, alea)
        fin = depot + timedelta(days=max(2, int((DATE_DE_LA_DEMO - depot).days * alea.reel()))) if annulee else DATE_DE_LA_DEMO
        attendre(acte, depot, statut, alea, fin)
        if statut is not Statut.A_SIGNER:
            acte.numero = None
        if annulee:
            annuler(acte, fin, alea)
            clore(convention, Etat.ANS, fin, "Annulation")
        return [acte]

    def a_signer_depuis(self, departement: Departement, validation: date, alea: Alea) -> list[Acte]:
        """Return an agreement validated on a day, and still not signed."""
        depot = validation - timedelta(days=alea.entier(20, 90))
        profil = replace(self.profil(departement, alea), etat=Etat.INS, signature=depot)
        profil = replace(profil, financements=profil.financements[:1])
        convention = self._convention(departement, profil, alea)
        acte = self._acte(convention, convention.courante.contenu, alea)
        valider_le(acte, depot, validation, alea)
        return [acte]

    def ressaisie(self, modele: Convention, ecart: int, alea: Alea) -> list[Acte]:
        """Return an agreement signed that many days after one of Ecoloweb with the same owner, place, financing and dwellings."""
        lot, signature = modele.courante.contenu[0], modele.courante.calendrier.signature or modele.depot
        profil = Profil(
            segment=_SEGMENT_DU_SECTEUR[modele.secteur],
            nature=modele.nature,
            secteur=modele.secteur,
            signature=signature + timedelta(days=ecart),
            financements=(lot.financement,),
            type=modele.type,
            etat=Etat.OPP,
            sans_programme=False,
            effet_a_la_signature=modele.secteur in SECTEURS_A_LA_SIGNATURE,
        )
        programme = Programme(lot.financement, lot.commune, lot.proprietaire, lot.nb_logements)
        return self.signee(modele.departement, profil, alea, Sort(programme=programme))

    def amender(self, parent: Acte, types: tuple[str, ...], alea: Alea) -> Acte:
        """Return an amendment, signed and published, to an agreement that was published long enough ago."""
        if parent.publication is None:
            raise ValueError(f"acte {parent.id} amendé sans être publié")
        convention = parent.convention
        avenant = Avenant(len(convention.avenants) + 1, ("13",), parent.publication + _DEPOT_D_AVENANT, "Avenant")
        avenant.signature = avenant.depot + _INSTRUCTION_D_AVENANT
        avenant.publication = avenant.signature + _PUBLICATION_D_AVENANT
        avenant.reference = self._territoire.reference(convention.departement, avenant.publication, alea)
        convention.avenants.append(avenant)
        acte = self._avenant(parent, avenant, alea)
        acte.types = types
        return acte

    def avenant_ouvert(self, parent: Acte, types: tuple[str, ...], alea: Alea) -> Acte:
        """Return an amendment still being instructed."""
        convention = parent.convention
        depot = DATE_DE_LA_DEMO - timedelta(days=alea.entier(8, 20))
        avenant = Avenant(len(convention.avenants) + 1, ("13",), depot, "Avenant en cours d'instruction")
        convention.avenants.append(avenant)
        acte = self._avenant(parent, avenant, alea)
        acte.types = types
        return acte

    def resilier_le(self, acte: Acte, jour: date) -> None:
        """End an agreement in force on a day."""
        acte.resiliation = jour
        finir(acte, jour, Statut.RESILIEE)
        clore(acte.convention, Etat.RES, jour, "Résiliation")

    def _convention(self, departement: Departement, profil: Profil, alea: Alea) -> Convention:
        profil = replace(profil, type=types_en_vigueur(profil.nature, profil.secteur, Gamme.COURANTE, profil.signature)[0])
        convention = tirer_convention(self._suivant, departement, self._territoire, alea, profil)
        self._suivant += 1
        self._rang += 1
        numero = self._numero_d_operation(convention)
        lots = {id(lot): lot for periode in convention.periodes for lot in periode.contenu}
        for lot in lots.values():
            lot.dossier = numero
        return convention

    def _numero_d_operation(self, convention: Convention) -> str | None:
        """Return the number of the operation behind an agreement that aid pays for: that of SIAP, or an older one of SISAL."""
        signature = convention.courante.calendrier.signature or convention.depot
        if all(financement(lot.financement) == "SANS_FINANCEMENT" for lot in convention.courante.contenu):
            return None
        annee = min(signature.year - 1, 2025)
        return f"{annee}{self._rang % 12 + 1:02}{_RANG_SIAP + self._rang:05}"

    def _acte(self, convention: Convention, contenu: Contenu, alea: Alea) -> Acte:
        identifiant = self._registre.copie.identifiant("conventions_convention")
        uuid = self._registre.uuid("conventions_convention", identifiant)
        premier = contenu[0]
        attribution = ATTRIBUTION_PAR_NATURE.get(convention.nature)
        acte = Acte(
            id=identifiant,
            uuid=uuid,
            convention=convention,
            contenu=_par_financement(contenu),
            statut=Statut.PROJET,
            creation=a_paris(convention.depot, 0),
            numero=f"{convention.departement.code}.{convention.office.code}.{convention.depot:%y}.{self._rang:04}",
            bailleur=premier.proprietaire,
            office=convention.office,
            code_commune=premier.commune.code_officiel,
            code_region=regions()[convention.departement.code],
            type_operation=operation(premier.nature_operation),
            objet_id=f"apilos:{uuid}",
            convention_id=f"apilos:{uuid}",
            numero_operation=premier.dossier,
            reservation=premier.reservation or None,
            gestionnaire=premier.gestionnaire.raison_sociale if premier.gestionnaire else None,
            attributions=frozenset({attribution}) if attribution else frozenset(),
            achevement=_achevement(convention, premier),
            type_1_2=_type(convention, premier),
        )
        for code, lots in acte.contenu.items():
            acte.prets[code] = _prets(convention, code, lots, alea)
        return acte

    def _avenant(self, parent: Acte, avenant: Avenant, alea: Alea) -> Acte:
        convention = parent.convention
        ouverte = next((periode for periode in convention.periodes if periode.avenant is avenant), convention.courante)
        acte = self._acte(convention, ouverte.contenu, alea)
        acte.avenant, acte.parent, acte.convention_id = avenant, parent, parent.convention_id
        avenant.id = acte.id
        acte.numero, acte.types, acte.description = str(avenant.numero), types_d_avenant(avenant.types), avenant.description
        acte.prets, acte.fin = parent.prets, parent.fin
        if avenant.signature is None or (acte.achevement and acte.achevement > avenant.signature):
            acte.achevement = None
        if avenant.signature is None:
            attendre(acte, avenant.depot, Statut.INSTRUCTION, alea, avenant.annulation or DATE_DE_LA_DEMO)
            if avenant.annulation:
                annuler(acte, avenant.annulation, alea)
            return acte
        self._preparer_la_signature(acte, avenant.signature, alea)
        acte.publication, acte.reference = avenant.publication, avenant.reference
        if avenant.publication:
            acte.envoi_spf = avenant.signature + (avenant.publication - avenant.signature) // 3
        vivre(acte, avenant.depot, avenant.signature, alea)
        return acte

    def _preparer_la_signature(self, acte: Acte, signature: date, alea: Alea) -> None:
        acte.signataire = f"{noms.prenom(alea)} {noms.nom(alea)}"
        acte.deliberation = signature - timedelta(days=alea.entier(0, 400))

    def _resilier(self, acte: Acte, alea: Alea) -> None:
        depart = (acte.publication or acte.signature or DATE_DE_LA_DEMO) + timedelta(days=60)
        if depart < DATE_DE_LA_DEMO:
            jour = depart + timedelta(days=int((DATE_DE_LA_DEMO - depart).days * alea.reel()))
            self.resilier_le(acte, jour)


def _achevement(convention: Convention, lot: Lot) -> date | None:
    """Return the day the works were over: that the programme says, else a year after the signature."""
    signature = convention.courante.calendrier.signature
    if lot.mise_en_service or signature is None:
        return lot.mise_en_service
    fin = signature + _TRAVAUX
    return fin if fin <= DATE_DE_LA_DEMO else None


def _type(convention: Convention, lot: Lot) -> str | None:
    """Return the type of an agreement that has one: the first for new dwellings, but those of communes."""
    if convention.secteur is not Secteur.AUTRE or convention.nature is not Nature.ORDINAIRE:
        return None
    return "Type1" if lot.nature_operation == "1" and lot.proprietaire.sous_nature != COMMUNES else "Type2"


def _par_financement(contenu: Contenu) -> dict[str, list[Lot]]:
    lots: dict[str, list[Lot]] = {}
    for lot in contenu:
        lots.setdefault(financement(lot.financement), []).append(lot)
    return dict(sorted(lots.items()))


def _prets(convention: Convention, code: str, lots: list[Lot], alea: Alea) -> list[Pret]:
    """Return the loan of the Caisse des dépôts, which ends within a year before the agreement does, and an aid beside it."""
    terme, signature = convention.courante.calendrier.expiration_initiale, convention.courante.calendrier.signature
    if code == "SANS_FINANCEMENT":
        return []
    montant = sum(lot.nb_logements for lot in lots) * _EUROS_PAR_LOGEMENT
    if terme is None or signature is None:
        return [Pret(_LA_CAISSE, convention.depot - timedelta(days=40), str(alea.entier(5_000_000, 5_999_999)), 40, montant)]
    annees = next(duree for duree in range(terme.year - signature.year, 99) if plus_annees(terme, -duree) <= signature)
    octroi = plus_annees(terme, -annees) - timedelta(days=alea.entier(0, 300))
    pret = Pret(_LA_CAISSE, octroi, str(alea.entier(5_000_000, 5_999_999)), annees, montant)
    if code != "PLAI":
        return [pret]
    return [pret, Pret(alea.choix(("ETAT", "AUTRE")), octroi, None, None, montant // 10)]
