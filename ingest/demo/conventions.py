"""The history of one agreement, from its deposit to today: states, amendments, end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.demo import noms
from ingest.demo.alea import Alea
from ingest.demo.avenants import Contexte, ajouter_avenants
from ingest.demo.bailleurs import COMMUNES
from ingest.demo.calendrier import calendrier_depose, calendrier_signe, plus_annees
from ingest.demo.faits import DATE_DE_LA_DEMO, Calendrier, Contenu, Convention, Etat, Periode
from ingest.demo.geographie import Departement
from ingest.demo.lots import tirer_contenu
from ingest.demo.profil import ANAH_SANS_RECONDUCTION_DEPUIS, Profil, Segment, tirer_profil
from ingest.demo.referentiels import ConventionType
from ingest.demo.territoire import Territoire, Tirage
from ingest.demo.types_de_convention import sur_l_annexe

_SAISIE_ANCIENNE = date(2006, 5, 12)
_PREAVIS = timedelta(days=240)
_LENDEMAIN = timedelta(days=1)
_LIBELLE_MAX = 50
_AGREGATIONS = {"1": "1", "6": "3"}
"""First class of the normalised number by nature of dwellings; the others are 2."""
_NEUF, _ANCIEN = frozenset({"1", "6"}), frozenset({"3", "4", "5"})
"""Natures of operations on new dwellings and on old ones; a mere acquisition may be of either."""


def tirer_convention(
    identifiant: int, departement: Departement, territoire: Territoire, alea: Alea, profil: Profil | None = None
) -> Convention:
    """Draw one agreement with its whole history, of that outline when it is known."""
    profil = profil or tirer_profil(departement, territoire.formes, alea)
    tirage = Tirage(departement, profil, territoire, alea)
    calendrier = calendrier_signe(tirage) if profil.est_signe else calendrier_depose(profil)
    convention = _identite(identifiant, tirage, calendrier)
    contenu: Contenu = []
    if not profil.sans_programme:
        contenu = tirer_contenu(tirage, convention.bailleur, convention.saisie)
        convention.type = _type_de_l_operation(convention, contenu)
    _ouvrir(convention, calendrier, contenu, tirage)
    if profil.est_signe:
        _vivre(convention, tirage)
    elif profil.etat is Etat.ANI:
        annulation = calendrier.depot + timedelta(days=alea.entier(20, 400))
        clore(convention, Etat.ANI, min(annulation, DATE_DE_LA_DEMO), "Abandon de l'instruction")
    return convention


def _identite(identifiant: int, tirage: Tirage, calendrier: Calendrier) -> Convention:
    departement, profil, territoire, alea = tirage.departement, tirage.profil, tirage.territoire, tirage.alea
    ordre = str(territoire.ordre(departement))
    numero = _numero(tirage, ordre)
    saisie = _SAISIE_ANCIENNE + timedelta(days=alea.entier(0, 2000)) if profil.est_reprise else calendrier.depot
    office = territoire.offices.ddt(departement)
    if not profil.sans_programme:
        office = territoire.offices.choisir(departement, calendrier.depot, alea)
    secteur, nature, signature = profil.secteur, profil.nature, profil.signature
    classe = _AGREGATIONS.get(nature.value, "2")
    return Convention(
        id=identifiant,
        departement=departement,
        office=office,
        nature=nature,
        secteur=secteur,
        type=profil.type,
        bailleur=territoire.bailleurs.choisir(departement, secteur, alea),
        depot=calendrier.depot,
        est_reprise=profil.est_reprise,
        numero=numero,
        numero_normalise=f"{departement.code} N {classe} {secteur.value} {signature:%y} {signature.month}   S {ordre}",
        numero_ordre=ordre,
        libelle=(f"Conv H {ordre} - {numero}" if profil.est_reprise else f"RÉSIDENCE {noms.residence(alea)}")[:_LIBELLE_MAX],
        description=f"Convention APL du département {departement.code} reprise le 16/12/2011" if profil.est_reprise else None,
        instructeur=noms.nom(alea),
        saisie=saisie,
        modification=saisie + timedelta(days=int((DATE_DE_LA_DEMO - saisie).days * alea.reel())),
    )


def _numero(tirage: Tirage, ordre: str) -> str:
    """Return the regulatory number, in one of the ways people typed it; the order number makes it unique."""
    departement, profil = tirage.departement, tirage.profil
    secteur, nature, signature, decret = profil.secteur.value, profil.nature.value, profil.signature, profil.type.decret
    if profil.est_reprise or tirage.alea.chance(0.5):
        return f"{departement.code} {secteur} {signature:%Y-%m} {decret} {ordre}"
    serie = decret.replace("-", "")
    return f"{departement.code}/{secteur}/{signature:%m%Y}/{serie}/{nature}/{departement.code_sur_trois}/{ordre}"


def _type_de_l_operation(convention: Convention, contenu: Contenu) -> ConventionType:
    """Return the convention type, in the annex made for new dwellings or for old ones where the decree has both."""
    operations = {lot.nature_operation for lot in contenu if lot.nature_operation}
    if any(lot.proprietaire.sous_nature == COMMUNES for lot in contenu) or operations <= _ANCIEN:
        return sur_l_annexe(convention.type, "II")
    return sur_l_annexe(convention.type, "I") if operations <= _NEUF else convention.type


def _ouvrir(convention: Convention, calendrier: Calendrier, contenu: Contenu, tirage: Tirage) -> None:
    """Add the first periods: the two of a take-over, or the instruction and what follows it."""
    signature, terme = calendrier.signature, calendrier.expiration_initiale
    if signature is None:
        convention.periodes.append(Periode(calendrier.depot, Etat.INS, "Instruction de la convention", contenu, calendrier, None))
    elif convention.est_reprise:
        initiale = Periode(signature, Etat.INS, "Convention initiale reprise", contenu, calendrier, terme, avec_logements=False)
        initiale.squelette = tirage.alea.chance(tirage.formes.squelette)
        suivante = Periode(signature + _LENDEMAIN, Etat.OPP, "Convention APL reprise", contenu, calendrier, terme)
        convention.periodes.extend((initiale, suivante))
    else:
        depose = Calendrier(depot=calendrier.depot)
        convention.periodes.append(Periode(calendrier.depot, Etat.INS, "Instruction de la convention", contenu, depose, None))
        convention.periodes.append(Periode(signature, Etat.OPP, "Convention opposable", contenu, calendrier, terme))


def _vivre(convention: Convention, tirage: Tirage) -> None:
    """Add amendments, and the end of the agreements that ended."""
    profil, alea = tirage.profil, tirage.alea
    terme, signature = convention.courante.expiration, profil.signature
    if terme is None:
        raise ValueError(f"convention {convention.id} signée sans terme")
    etat, fin = profil.etat, DATE_DE_LA_DEMO
    sans_reconduction = profil.segment is Segment.ANAH and signature >= ANAH_SANS_RECONDUCTION_DEPUIS
    if etat is Etat.OPP and terme < DATE_DE_LA_DEMO and (sans_reconduction or alea.chance(tirage.formes.denoncee)):
        etat, fin = Etat.DEN, terme + _LENDEMAIN
    elif etat is Etat.RES:
        debut = min((convention.courante.calendrier.publication or signature) + timedelta(days=400), DATE_DE_LA_DEMO)
        fin = debut + timedelta(days=int((DATE_DE_LA_DEMO - debut).days * alea.reel()))
    elif etat is Etat.ANS:
        debut = convention.courante.calendrier.publication or signature
        fin = min(debut + timedelta(days=alea.entier(30, 400)), DATE_DE_LA_DEMO)
    if convention.courante.contenu and etat is not Etat.ANS:
        derniere = fin if etat is Etat.OPP else fin - _PREAVIS - timedelta(days=30)
        ajouter_avenants(convention, Contexte(tirage, derniere, peut_prolonger=etat is Etat.OPP))
    if etat is Etat.OPP:
        _renouveler(convention, alea)
    else:
        clore(convention, etat, fin, {Etat.DEN: "Dénonciation", Etat.RES: "Résiliation"}.get(etat, "Annulation"))


def _renouveler(convention: Convention, alea: Alea) -> None:
    """Record the last tacit renewal of some of the agreements whose term has passed."""
    terme = convention.expiration
    if terme is None or terme >= DATE_DE_LA_DEMO or not alea.chance(0.6):
        return
    convention.courante.renouvellement = dernier_renouvellement(terme)


def dernier_renouvellement(terme: date) -> date:
    """Return the last day an agreement whose term has passed was tacitly renewed, three years at a time."""
    while plus_annees(terme, 3) <= DATE_DE_LA_DEMO:
        terme = plus_annees(terme, 3)
    return terme


def clore(convention: Convention, etat: Etat, jour: date, descriptif: str) -> None:
    """Add the last period of an agreement that is over. ValueError when it would not follow the one before."""
    fin = replace(convention.courante, debut=jour, etat=etat, descriptif=descriptif, avenant=None)
    if etat is Etat.DEN:
        fin.demande_denonciation = jour - _PREAVIS
    elif etat is Etat.RES:
        fin.resiliation = jour
    else:
        fin.annulation = jour
    if jour <= convention.courante.debut:
        raise ValueError(f"convention {convention.id} close le {jour}, avant sa période ouverte le {convention.courante.debut}")
    convention.periodes.append(fin)
