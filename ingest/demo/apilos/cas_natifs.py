"""Planted cases of the rules that only APiLos can feed: each makes a new agreement, wrong in one way, or almost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeAlias

from ingest.demo.alea import Alea
from ingest.demo.apilos.faits import Acte, Pret, Statut
from ingest.demo.apilos.natives import Natives, Sort
from ingest.demo.apilos.vocabulaire import regions
from ingest.demo.calendrier import plus_annees
from ingest.demo.faits import Convention
from ingest.demo.geographie import Departement
from ingest.demo.officiel import zones_abc
from ingest.demo.oracle import DATE_DE_REFERENCE, Severite
from ingest.demo.profil import Profil, Segment, tirer_profil
from ingest.demo.referentiels import Nature, Secteur
from ingest.demo.territoire import Territoire

MERE_SUPPRIMEE = 900_000_000
"""From this id on, agreements that no longer exist."""
_NR, _AN, _AV, _IN = Severite.NON_REGLEMENTAIRE, Severite.ANOMALIE, Severite.A_VERIFIER, Severite.INFORMATION
_ASSEZ_ANCIENNE = date(2026, 1, 31)
_DEBUT_DU_GUIDE = date(2025, 1, 1)
_UN_JOUR = timedelta(days=1)
_DERNIERE_SANS_OUBLI = date(2026, 5, 1)
_RECENTE = date(2026, 9, 15)


@dataclass(slots=True)
class Fait:
    """What a case made: acts to write, the object that a finding would bear, told once they are written, and its operation."""

    actes: list[Acte]
    objet: Callable[[], str]
    a_une_operation: bool = True
    aides: tuple[str, ...] = ()
    """What the operation was granted, when it is not what the agreement says."""
    programmes_seuls: list[Acte] = field(default_factory=list)
    lots_perdus: list[Acte] = field(default_factory=list)
    autres: list[Acte] = field(default_factory=list)
    """Another agreement that it comes with, written before it."""


@dataclass(slots=True)
class Fabrique:
    """What the cases are made with. `modeles` are recent agreements of Ecoloweb, each of which one case may look like."""

    natives: Natives
    outre_mer: Sequence[Departement]
    territoire: Territoire
    modeles: list[Convention]
    alea: Alea
    suppressions: int = 0

    def signee(self, convient: Callable[[Profil], bool] = lambda _: True) -> list[Acte]:
        """Return an agreement that was signed and never amended."""
        departement = self.natives.departement(self.alea)
        return self.natives.signee(departement, self.profil(departement, convient), self.alea, Sort(jamais_amendee=True))

    def publiee(self) -> Acte:
        """Return an agreement published long enough ago to have been amended since."""
        while True:
            (acte,) = self.signee(lambda profil: profil.signature < _ASSEZ_ANCIENNE)
            if acte.publication is not None and acte.publication < _ASSEZ_ANCIENNE:
                return acte

    def aidee(self) -> Acte:
        """Return an agreement of one PLUS or PLAI lot."""
        (acte,) = self.signee(lambda profil: profil.financements in {("1",), ("3",)})
        return acte

    def ordinaire(self, convient: Callable[[Profil], bool], au_moins: int = 1) -> Acte:
        """Return an agreement of ordinary dwellings, that many at least."""
        while True:
            (acte,) = self.signee(lambda profil: profil.nature is Nature.ORDINAIRE and convient(profil))
            if acte.nb_logements >= au_moins:
                return acte

    def profil(self, departement: Departement, convient: Callable[[Profil], bool]) -> Profil:
        """Return an outline that suits."""
        while True:
            profil = self.natives.profil(departement, self.alea)
            if convient(profil):
                return profil

    def mere_supprimee(self) -> int:
        """Return the id of an agreement that no longer exists."""
        self.suppressions += 1
        return MERE_SUPPRIMEE + self.suppressions


Faire: TypeAlias = Callable[[Fabrique], "Fait | None"]


@dataclass(frozen=True, slots=True)
class CasNatif:
    """A case. The sentence is French: people read it in the truth file."""

    regle: str
    severite: Severite | None
    """What the rule must say, None for a near miss, which it must not find."""
    phrase: str
    faire: Faire


def _fait(actes: list[Acte], acte: Acte | None = None) -> Fait:
    porteur = acte or actes[0]
    return Fait(actes, lambda: porteur.objet_id)


def _sur_le_lot(acte: Acte, *, a_une_operation: bool = True, aides: tuple[str, ...] = ()) -> Fait:
    return Fait([acte], lambda: f"apilos:{next(iter(acte.uuids_lots.values()))}", a_une_operation, aides)


def _avenant_sans_mere(fabrique: Fabrique) -> Fait:
    mere = fabrique.publiee()
    avenant = fabrique.natives.amender(mere, ("programme",), fabrique.alea)
    mere.convention.avenants.clear()
    avenant.parent, avenant.parent_absent, avenant.convention_id = None, fabrique.mere_supprimee(), None
    return _fait([mere, avenant], avenant)


def _avenant_d_avenant(fabrique: Fabrique, *, annule: bool) -> Fait:
    mere = fabrique.publiee()
    premier = fabrique.natives.amender(mere, ("programme",), fabrique.alea)
    second = fabrique.natives.amender(mere, ("edd",), fabrique.alea)
    second.parent = premier
    if annule and second.avenant:
        second.statut, second.avenant.annulation = Statut.ANNULEE, second.signature
        second.avenant.signature = second.avenant.publication = second.avenant.reference = None
        second.signature = second.publication = second.envoi_spf = second.reference = second.validation = None
        soumis = [passage.apres for passage in second.passages].index(Statut.INSTRUCTION)
        second.passages = second.passages[: soumis + 1]
        dernier = second.passages[-1]
        annulation = dernier._replace(quand=dernier.quand + timedelta(days=3), avant=dernier.apres, apres=Statut.ANNULEE)
        second.passages.append(annulation)
        second.commentaires.clear()
    return _fait([mere, premier, second], second)


def _avenant_d_une_annulee(fabrique: Fabrique) -> Fait:
    departement = fabrique.natives.departement(fabrique.alea)
    profil = fabrique.profil(departement, lambda _: True)
    (mere,) = fabrique.natives.ouverte(departement, profil, Statut.INSTRUCTION, fabrique.alea, annulee=True)
    avenant = fabrique.natives.avenant_ouvert(mere, ("programme",), fabrique.alea)
    return _fait([mere, avenant], avenant)


def _avenant_direct(fabrique: Fabrique) -> Fait:
    mere = fabrique.publiee()
    avenant = fabrique.natives.amender(mere, ("programme",), fabrique.alea)
    return _fait([mere, avenant], avenant)


def _fin_demandee(fabrique: Fabrique, genre: str, fin: date, *, passee: bool = False) -> Fait:
    mere = fabrique.publiee()
    avenant = fabrique.natives.amender(mere, (genre,), fabrique.alea)
    if genre == "denonciation":
        avenant.denonciation = fin
    else:
        avenant.resiliation = fin
    if passee:
        fabrique.natives.resilier_le(mere, fin)
    return _fait([mere, avenant], avenant)


def _sans_signataire(fabrique: Fabrique) -> Fait:
    (acte,) = fabrique.signee()
    acte.signataire = None
    return _fait([acte])


def _sans_deliberation(fabrique: Fabrique) -> Fait:
    (acte,) = fabrique.signee()
    acte.deliberation = None
    return _fait([acte])


def _deliberation(fabrique: Fabrique, ecart: int) -> Fait:
    (acte,) = fabrique.signee()
    acte.deliberation = acte.signature + timedelta(days=ecart) if acte.signature else None
    return _fait([acte])


def _validee_le(fabrique: Fabrique, jour: date) -> Fait:
    departement = fabrique.natives.departement(fabrique.alea)
    return _fait(fabrique.natives.a_signer_depuis(departement, jour, fabrique.alea))


def _foyer_d_outre_mer_en_publication(fabrique: Fabrique) -> Fait:
    departement = fabrique.alea.choix(fabrique.outre_mer)
    profil = tirer_profil(departement, fabrique.territoire.formes, fabrique.alea)
    profil = replace(profil, signature=_RECENTE, financements=("22",), secteur=Secteur.HLM)
    return _fait(fabrique.natives.signee(departement, profil, fabrique.alea, Sort(en_publication=True)))


def _foyer_de_metropole_en_publication(fabrique: Fabrique) -> Fait:
    departement = fabrique.natives.departement(fabrique.alea)
    profil = fabrique.profil(departement, lambda profil: profil.segment is Segment.FOYER and profil.secteur is Secteur.HLM)
    profil = replace(profil, signature=_RECENTE)
    return _fait(fabrique.natives.signee(departement, profil, fabrique.alea, Sort(en_publication=True)))


def _ressaisie(fabrique: Fabrique, ecart: int) -> Fait | None:
    limite = DATE_DE_REFERENCE - timedelta(days=ecart + 2)
    for rang, modele in enumerate(fabrique.modeles):
        signature = modele.courante.calendrier.signature
        if signature is not None and signature < limite and modele.nature is Nature.ORDINAIRE:
            del fabrique.modeles[rang]
            return _fait(fabrique.natives.ressaisie(modele, ecart, fabrique.alea))
    return None


def _programme_seul(fabrique: Fabrique) -> Fait:
    (acte,) = fabrique.signee()
    return replace(_fait([acte]), programmes_seuls=[acte])


def _lot_perdu(fabrique: Fabrique) -> Fait:
    (acte,) = fabrique.signee()
    return replace(_fait([acte]), lots_perdus=[acte])


def _zones_inversees(fabrique: Fabrique) -> Fait:
    acte = fabrique.aidee()
    acte.zones = (zones_abc()[acte.convention.courante.contenu[0].commune.code_officiel], "2")
    return _sur_le_lot(acte)


def _zone_a_sa_place(fabrique: Fabrique) -> Fait:
    acte = fabrique.aidee()
    acte.zones = ("2", None)
    return _sur_le_lot(acte)


def _sans_code_de_commune(fabrique: Fabrique) -> Fait:
    acte = fabrique.aidee()
    acte.code_commune = None
    return _sur_le_lot(acte)


def _pret(fabrique: Fabrique, changer: Callable[[Acte, Pret], list[Pret]]) -> Fait:
    acte = fabrique.aidee()
    ((code, prets),) = acte.prets.items()
    acte.prets[code] = changer(acte, prets[0])
    return _sur_le_lot(acte)


def _fini_le(jours: int) -> Callable[[Acte, Pret], list[Pret]]:
    """Return the edit of a loan that ends that many days after its agreement."""

    def changer(acte: Acte, pret: Pret) -> list[Pret]:
        terme, annees = acte.fin or date.max, pret.duree or 0
        return [pret._replace(octroi=plus_annees(terme, -annees) + timedelta(days=jours))]

    return changer


def _sans_operation(fabrique: Fabrique) -> Fait:
    acte = fabrique.aidee()
    acte.numero_operation = None
    return _sur_le_lot(acte, a_une_operation=False)


def _operation_inconnue(fabrique: Fabrique) -> Fait:
    return _sur_le_lot(fabrique.aidee(), a_une_operation=False)


def _sans_operation_ni_aide(fabrique: Fabrique) -> Fait:
    (acte,) = fabrique.signee(lambda profil: profil.financements == ("22",) and profil.segment is not Segment.FOYER)
    return _sur_le_lot(acte, a_une_operation=False)


def _autre_aide(fabrique: Fabrique) -> Fait:
    return _sur_le_lot(fabrique.aidee(), aides=("PLS",))


def _plusieurs_aides(fabrique: Fabrique) -> Fait:
    return _sur_le_lot(fabrique.aidee(), aides=("PLAI", "PLS", "PLUS"))


def _avenant_avant_l_achevement(fabrique: Fabrique, ecart: int) -> Fait:
    ile_de_france = [departement for departement in fabrique.natives.pays if regions()[departement.code] == "11"]
    while True:
        departement = fabrique.alea.choix(ile_de_france)
        profil = fabrique.profil(departement, lambda profil: _DEBUT_DU_GUIDE < profil.signature < _ASSEZ_ANCIENNE)
        (mere,) = fabrique.natives.signee(departement, profil, fabrique.alea, Sort(jamais_amendee=True))
        if mere.publication is not None and mere.publication < _ASSEZ_ANCIENNE:
            break
    avenant = fabrique.natives.amender(mere, ("programme",), fabrique.alea)
    mere.achevement = None
    avenant.achevement = avenant.signature + timedelta(days=ecart) if avenant.signature else None
    return _fait([mere, avenant], avenant)


def _sans_financement(fabrique: Fabrique, preteur: str) -> Fait:
    (acte,) = fabrique.signee(lambda profil: profil.financements == ("22",) and profil.segment is not Segment.FOYER)
    acte.prets["SANS_FINANCEMENT"] = [Pret(preteur, acte.signature, "5123456", 20, 100_000)]
    return _sur_le_lot(acte, a_une_operation=False)


def _autre_financement(fabrique: Fabrique, code: str) -> Acte:
    """Return an agreement of one lot under a financing that is not drawn."""
    acte = fabrique.aidee()
    (lots,) = acte.contenu.values()
    acte.contenu, acte.prets = {code: lots}, {}
    return acte


def _d_outre_mer(fabrique: Fabrique) -> Fait:
    return _sur_le_lot(_autre_financement(fabrique, "LLS"), aides=("LLS",))


def _seconde_vie(fabrique: Fabrique, *, reliee: bool) -> Fait:
    origine = fabrique.publiee()
    acte = _autre_financement(fabrique, "SECD_VIE")
    acte.origines = (origine,) if reliee else ()
    return replace(_fait([acte]), aides=("SECD_VIE",), autres=[origine])


def _mixte(fabrique: Fabrique, jours: int) -> Fait:
    (acte,) = fabrique.signee(lambda profil: profil.financements == ("1", "3"))
    acte.prets["PLUS"] = _fini_le(jours)(acte, acte.prets["PLUS"][0])
    return _fait([acte])


def _surloyer(fabrique: Fabrique, combien: int) -> Fait:
    acte = fabrique.ordinaire(lambda profil: profil.financements in {("1",), ("3",)}, au_moins=3)
    acte.surloyer = combien
    return _sur_le_lot(acte)


def _loyer_foncier(fabrique: Fabrique, loyer: int | None) -> Fait:
    acte = fabrique.ordinaire(lambda _: True)
    acte.loyer_foncier = loyer
    return _sur_le_lot(acte)


def _negocies(fabrique: Fabrique, secteur: Secteur, de_trop: int) -> Fait:
    acte = fabrique.ordinaire(lambda profil: profil.financements == ("1",) and profil.secteur is secteur, au_moins=10)
    nombre = acte.nb_logements
    acte.negocies = nombre + nombre * -30 // 100 + de_trop
    return _sur_le_lot(acte)


CAS_NATIFS: tuple[CasNatif, ...] = (
    CasNatif(
        "AVE-002",
        _AV,
        "Avenant signé la veille de l'achèvement, en Île-de-France",
        lambda f: _avenant_avant_l_achevement(f, 1),
    ),
    CasNatif(
        "AVE-002", None, "Avenant signé le jour de l'achèvement, en Île-de-France", lambda f: _avenant_avant_l_achevement(f, 0)
    ),
    CasNatif("AVE-013", _AN, "Avenant d'une convention supprimée", _avenant_sans_mere),
    CasNatif("AVE-013", _AN, "Avenant rattaché à un autre avenant", lambda f: _avenant_d_avenant(f, annule=False)),
    CasNatif("AVE-013", _AN, "Avenant d'une convention annulée", _avenant_d_une_annulee),
    CasNatif("AVE-013", None, "Avenant annulé, rattaché à un autre avenant", lambda f: _avenant_d_avenant(f, annule=True)),
    CasNatif("AVE-013", None, "Avenant rattaché à sa convention", _avenant_direct),
    CasNatif(
        "AVE-014",
        _AN,
        "Dénoncée la veille de la date de référence par un avenant signé, et encore publiée",
        lambda f: _fin_demandee(f, "denonciation", DATE_DE_REFERENCE - _UN_JOUR),
    ),
    CasNatif(
        "AVE-014",
        _AN,
        "Résiliée depuis des semaines par un avenant signé, et encore publiée",
        lambda f: _fin_demandee(f, "resiliation", DATE_DE_REFERENCE - 40 * _UN_JOUR),
    ),
    CasNatif(
        "AVE-014",
        None,
        "Dénoncée au jour de la date de référence, qui n'est pas passé",
        lambda f: _fin_demandee(f, "denonciation", DATE_DE_REFERENCE),
    ),
    CasNatif(
        "AVE-014",
        None,
        "Résiliée par un avenant signé, et qui l'est",
        lambda f: _fin_demandee(f, "resiliation", DATE_DE_REFERENCE - 40 * _UN_JOUR, passee=True),
    ),
    CasNatif("IDE-010", _AN, "Signée sans signataire", _sans_signataire),
    CasNatif("IDE-010", _AN, "Signée sans date de délibération", _sans_deliberation),
    CasNatif("IDE-011", _AN, "Délibération le lendemain de la signature", lambda f: _deliberation(f, 1)),
    CasNatif("IDE-011", None, "Délibération le jour de la signature", lambda f: _deliberation(f, 0)),
    CasNatif("STA-004", _AV, "Validée depuis six mois et un jour", lambda f: _validee_le(f, _DERNIERE_SANS_OUBLI - _UN_JOUR)),
    CasNatif("STA-004", None, "Validée depuis six mois", lambda f: _validee_le(f, _DERNIERE_SANS_OUBLI)),
    CasNatif("STA-007", _IN, "Foyer d'outre-mer en publication", _foyer_d_outre_mer_en_publication),
    CasNatif("STA-007", None, "Foyer de métropole en publication", _foyer_de_metropole_en_publication),
    CasNatif("DUP-002", _AV, "Semblable à une convention d'Ecoloweb signée le même jour", lambda f: _ressaisie(f, 0)),
    CasNatif("DUP-002", _AV, "Semblable à une convention d'Ecoloweb signée trente jours avant", lambda f: _ressaisie(f, 30)),
    CasNatif("DUP-002", None, "Semblable à une convention d'Ecoloweb signée trente et un jours avant", lambda f: _ressaisie(f, 31)),
    CasNatif("ORP-005", _AN, "Programme sans convention", _programme_seul),
    CasNatif("ORP-005", _AN, "Lot d'une convention supprimée", _lot_perdu),
    CasNatif("GEO-007", _AN, "Zonages inversés à la création par le SIAP", _zones_inversees),
    CasNatif("GEO-007", None, "Zone 1/2/3 à sa place", _zone_a_sa_place),
    CasNatif("GEO-012", _AN, "Commune sans code", _sans_code_de_commune),
    CasNatif("CAS-011", _AV, "Prêt d'une banque seulement", lambda f: _pret(f, lambda _, pret: [pret._replace(preteur="AUTRE")])),
    CasNatif("CAS-011", None, "Prêt foncier de la Caisse", lambda f: _pret(f, lambda _, pret: [pret._replace(preteur="CDCF")])),
    CasNatif("CAS-012", _AN, "Prêt sans numéro", lambda f: _pret(f, lambda _, pret: [pret._replace(numero=None)])),
    CasNatif(
        "CAS-012",
        None,
        "Subvention sans numéro, à côté d'un prêt complet",
        lambda f: _pret(f, lambda _, pret: [pret, Pret("ETAT", pret.octroi, None, None, 10_000)]),
    ),
    CasNatif("DUR-002", _NR, "Fin la veille de la dernière échéance du prêt", lambda f: _pret(f, _fini_le(1))),
    CasNatif("DUR-002", None, "Fin le jour de la dernière échéance du prêt", lambda f: _pret(f, _fini_le(0))),
    CasNatif("CAS-008", _AN, "Sans financement, avec un prêt de la Caisse", lambda f: _sans_financement(f, "CDCL")),
    CasNatif("CAS-008", None, "Sans financement, avec le prêt d'une banque", lambda f: _sans_financement(f, "AUTRE")),
    CasNatif("CAS-013", _AN, "Seconde vie d'aucune convention", lambda f: _seconde_vie(f, reliee=False)),
    CasNatif("CAS-013", None, "Seconde vie d'une convention", lambda f: _seconde_vie(f, reliee=True)),
    CasNatif("DUR-015", _AV, "Convention mixte, fin la veille de la dernière échéance d'un prêt", lambda f: _mixte(f, 1)),
    CasNatif("DUR-015", None, "Convention mixte, fin le jour de la dernière échéance d'un prêt", lambda f: _mixte(f, 0)),
    CasNatif("FIN-007", _AN, "Financement d'outre-mer en métropole", _d_outre_mer),
    CasNatif("LOY-001", _NR, "Un centime de plus au m² pour un logement", lambda f: _surloyer(f, 1)),
    CasNatif("LOY-001", None, "Un seul loyer au m²", lambda f: _surloyer(f, 0)),
    CasNatif("LOY-018", _AV, "Loyer d'association foncière d'un autre bailleur", lambda f: _loyer_foncier(f, 650)),
    CasNatif("LOY-018", None, "Sans loyer d'association foncière", lambda f: _loyer_foncier(f, None)),
    CasNatif("MIX-002", _AN, "Mixité sociale d'une association", lambda f: _negocies(f, Secteur.AUTRE, 0)),
    CasNatif("MIX-003", _AN, "Un logement négocié de trop", lambda f: _negocies(f, Secteur.HLM, 1)),
    CasNatif("MIX-003", None, "Autant de logements négociés que possible", lambda f: _negocies(f, Secteur.HLM, 0)),
    CasNatif("AGR-003", _AV, "Sans numéro d'opération", _sans_operation),
    CasNatif("AGR-003", _AV, "Numéro d'une opération que personne ne connaît", _operation_inconnue),
    CasNatif("AGR-003", None, "Sans financement ni numéro d'opération", _sans_operation_ni_aide),
    CasNatif("AGR-004", _NR, "Opération agréée en PLS seulement", _autre_aide),
    CasNatif("AGR-004", None, "Opération agréée en PLS, PLUS et PLAI", _plusieurs_aides),
)
"""Every case."""
