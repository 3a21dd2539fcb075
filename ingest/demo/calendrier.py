"""When things happen: deposit, signatures, publication, effect and term of an agreement, always in the regulatory order."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from ingest.demo.alea import Alea, Poids
from ingest.demo.faits import DATE_DE_LA_DEMO, Calendrier
from ingest.demo.profil import ANAH_SANS_RECONDUCTION_DEPUIS, Profil, Segment, jour_ouvre
from ingest.demo.referentiels import Nature, famille
from ingest.demo.territoire import Tirage

_ATTENTE_TOLEREE = timedelta(days=150)
"""Owners whose agreements take effect when published never wait longer."""
_PUBLICATIONS: Poids[tuple[int, int]] = Poids.de({(20, 170): 83, (170, 330): 14, (330, 1200): 3})
"""Days between signature and publication, where nothing but the registry waits for it."""
_SIGNATURE_LE_JOUR_DU_DEPOT = 0.7
_MOTIFS_DE_REFUS = (
    "Désignation de l'immeuble incomplète : préciser le lot de copropriété",
    "Effet relatif : référence du titre antérieur absente",
    "Identité du signataire non certifiée",
    "Provision insuffisante",
    "État descriptif de division à joindre\nRéférences cadastrales à compléter",
)
JOURS_PAR_AN = 365.25


def calendrier_depose(profil: Profil) -> Calendrier:
    """Return the dates of an agreement that is not signed, or not yet."""
    return Calendrier(depot=profil.signature)


def calendrier_signe(tirage: Tirage) -> Calendrier:
    """Draw the dates of a signed agreement, its term included."""
    profil, alea = tirage.profil, tirage.alea
    signature = profil.signature
    le_jour_meme = profil.est_reprise and alea.chance(_SIGNATURE_LE_JOUR_DU_DEPOT)
    depot = signature if le_jour_meme else jour_ouvre(signature - timedelta(days=alea.entier(25, 260)))
    calendrier = Calendrier(depot=depot, signature=signature)
    delai = (signature - depot).days
    calendrier.signature_bailleur = depot + timedelta(days=int(delai * (0.3 + 0.4 * alea.reel())))
    if not profil.est_reprise:
        restant = (signature - calendrier.signature_bailleur).days
        calendrier.envoi_prefet = calendrier.signature_bailleur + timedelta(days=restant // 2)
    _publier(calendrier, tirage)
    debut_caf = signature if profil.effet_a_la_signature else calendrier.publication
    if debut_caf is not None:
        envoi = debut_caf + timedelta(days=alea.entier(5, 60))
        calendrier.envoi_caf = envoi if envoi <= DATE_DE_LA_DEMO else None
    _fixer_le_terme(calendrier, profil, alea)
    return calendrier


def plus_annees(jour: date, annees: int) -> date:
    """Return the same day years later, 28 February for a 29 February that does not exist."""
    try:
        return jour.replace(year=jour.year + annees)
    except ValueError:
        return jour.replace(year=jour.year + annees, day=28)


def plus_mois(jour: date, mois: int) -> date:
    """Return the same day months later, earlier when negative; the last of the month for a day that it does not have."""
    annees, rang = divmod(jour.month - 1 + mois, 12)
    annee = jour.year + annees
    return date(annee, rang + 1, min(jour.day, monthrange(annee, rang + 1)[1]))


def prochaine_fin(jour: date, nature: Nature) -> date:
    """Return the next end of an agreement from a day on: 30 June, 31 December for foyers."""
    mois, quantieme = (6, 30) if nature is Nature.ORDINAIRE else (12, 31)
    fin = date(jour.year, mois, quantieme)
    return fin if fin >= jour else date(jour.year + 1, mois, quantieme)


def _publier(calendrier: Calendrier, tirage: Tirage) -> None:
    profil, formes, alea = tirage.profil, tirage.formes, tirage.alea
    signature = profil.signature
    bas, haut = alea.pondere(_PUBLICATIONS) if profil.effet_a_la_signature else (20, _ATTENTE_TOLEREE.days)
    delai = alea.entier(bas, haut)
    publication = jour_ouvre(signature + timedelta(days=delai))
    if publication > DATE_DE_LA_DEMO or (profil.effet_a_la_signature and alea.chance(formes.non_publiee)):
        if signature + timedelta(days=30) <= DATE_DE_LA_DEMO and alea.chance(0.5):
            calendrier.envoi_spf = signature + timedelta(days=alea.entier(5, 30))
        return
    duree = (publication - signature).days
    calendrier.envoi_spf = signature + timedelta(days=duree // 4)
    if alea.chance(formes.refus_de_publication):
        calendrier.refus_spf = calendrier.envoi_spf + timedelta(days=duree // 3)
        calendrier.motif_refus = alea.choix(_MOTIFS_DE_REFUS)
    calendrier.publication = publication
    calendrier.reference = tirage.territoire.reference(tirage.departement, publication, alea)


def _fixer_le_terme(calendrier: Calendrier, profil: Profil, alea: Alea) -> None:
    signature = profil.signature
    effet = signature if profil.effet_a_la_signature else calendrier.publication or signature + _ATTENTE_TOLEREE
    annees = _annees(profil, alea)
    if profil.segment is Segment.ANAH:
        terme = plus_annees(effet, annees) - timedelta(days=1)
        if terme == DATE_DE_LA_DEMO:
            terme = plus_annees(effet, annees)  # it would have ended, and nobody have had a day to write it down
    else:
        terme = prochaine_fin(plus_annees(effet, annees), profil.nature)
    calendrier.expiration_initiale = terme
    calendrier.duree = round((terme - signature).days / JOURS_PAR_AN)


def _annees(profil: Profil, alea: Alea) -> int:
    """Return the years an agreement lasts, rounded down."""
    familles = {famille(code) for code in profil.financements}
    if profil.segment is Segment.ANAH:
        return alea.choix((9, 9, 9, 10, 12)) if profil.signature < ANAH_SANS_RECONDUCTION_DEPUIS else alea.choix((9, 9, 12, 15))
    if "PLS" in familles:
        return alea.entier(15, 39)
    if familles == {"SANS_FINANCEMENT"} or "7" in profil.financements or "8" in profil.financements:
        return alea.entier(9, 25)
    return alea.choix((15, 20, 25, 30, 32, 34, 35, 38, 40, 40, 45, 50, 54))
