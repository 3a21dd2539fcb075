"""What cases on publication are made of: the edits of a publication, of its refusal and of the parcels it names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import Geste, Suite, tous
from ingest.demo.conventions import clore
from ingest.demo.faits import DATE_DE_LA_DEMO, Convention, Etat, Parcelle
from ingest.demo.oracle.pub import IL_Y_A_SIX_MOIS
from ingest.demo.referentiels import Secteur

UN_JOUR, UN_MOIS = timedelta(days=1), timedelta(days=30)
VEILLE = IL_Y_A_SIX_MOIS - UN_JOUR
_DELAI = timedelta(days=2000)
"""What a publication may take at worst."""


def est_publiee(convention: Convention) -> bool:
    """Whether the agreement has a date of publication."""
    return convention.courante.calendrier.publication is not None


est_publiee_hlm = tous(choix.simple, est_publiee, choix.signee(jusqu_au=VEILLE - UN_MOIS), choix.hlm)


def taire_la_publication(convention: Convention, _: Atelier) -> None:
    """Never publish: an agreement that takes effect when published has not been sent to the CAF either."""
    calendrier = convention.courante.calendrier
    calendrier.publication = calendrier.reference = None
    if convention.secteur in {Secteur.AUTRE, Secteur.PRIVE} and not convention.departement.est_outre_mer:
        calendrier.envoi_caf = None


def taire_la_date(convention: Convention, _: Atelier) -> None:
    """Lose the date of the publication and keep its reference."""
    convention.courante.calendrier.publication = None


def referencer(reference: Callable[[int, int], str | None]) -> Geste:
    """Return what gives a reference made of the year of the publication and of a number that nobody else has."""

    def geste(convention: Convention, _: Atelier) -> None:
        calendrier = convention.courante.calendrier
        if calendrier.publication is not None:
            calendrier.reference = reference(calendrier.publication.year, convention.id)

    return geste


def refuser(jour: Callable[[date], date]) -> Geste:
    """Return what refuses the publication on the day made of that of the signature, the sending the day before."""

    def geste(convention: Convention, _: Atelier) -> None:
        calendrier = convention.courante.calendrier
        if calendrier.signature is not None:
            calendrier.refus_spf = jour(calendrier.signature)
            calendrier.envoi_spf = calendrier.refus_spf - UN_JOUR
            calendrier.motif_refus = "Effet relatif : référence du titre antérieur absente"

    return geste


def refuser_apres_la_publication(jours: int) -> Geste:
    """Return what refuses the publication so many days after it took place."""

    def geste(convention: Convention, _: Atelier) -> None:
        calendrier = convention.courante.calendrier
        if calendrier.publication is not None:
            calendrier.refus_spf = calendrier.publication + timedelta(days=jours)
            calendrier.motif_refus = "Provision insuffisante"

    return geste


def motiver(motif: str | None) -> Geste:
    """Return what gives the refusal a reason, or takes it away."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.courante.calendrier.motif_refus = motif

    return geste


def cadastrer(changement: Callable[[Parcelle], Parcelle]) -> Geste:
    """Return what changes the last parcel of every programme."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot in gestes.lots(convention):
            *autres, derniere = lot.parcelles
            lot.parcelles = [*autres, changement(derniere)]

    return geste


def ne_pas_cadastrer(convention: Convention, _: Atelier) -> None:
    """Take every parcel away."""
    for lot in gestes.lots(convention):
        lot.parcelles = []


def cadastrer_la_moitie(convention: Convention, atelier: Atelier) -> None:
    """Cut the only programme in two, the second half without parcel."""
    gestes.separer(convention.courante.contenu[0].financement)(convention, atelier)
    convention.courante.contenu[-1].parcelles = []


def publiee_ensemble(convient: Callable[[Convention, Convention], bool], *, annulee: bool = False) -> Suite:
    """Return what publishes another agreement the same day, under the same volume written otherwise."""

    def planter(premiere: Convention, seconde: Convention) -> None:
        publication, calendrier = premiere.courante.calendrier.publication, seconde.courante.calendrier
        if publication is None or calendrier.signature is None:
            raise ValueError(f"convention {premiere.id} sans publication")
        calendrier.publication = publication
        calendrier.envoi_spf = max(calendrier.signature, publication - UN_MOIS)
        calendrier.refus_spf = calendrier.motif_refus = None
        calendrier.reference = f"Dépôt N° {premiere.id + 17} Vol.  {publication.year}  P N° {premiere.id}"
        if annulee:
            clore(seconde, Etat.ANS, max(seconde.courante.debut, publication) + UN_MOIS, "Annulation")

    return Suite(lambda premiere, seconde: _publiable_avec(premiere, seconde) and convient(premiere, seconde), planter)


def _publiable_avec(premiere: Convention, seconde: Convention) -> bool:
    """Whether the second agreement may have been published the same day as the first, within a few years, and cancelled since."""
    publication, signature = premiere.courante.calendrier.publication, seconde.courante.calendrier.signature
    if publication is None or signature is None or not est_publiee_hlm(seconde):
        return False
    return signature < publication < signature + _DELAI and max(seconde.courante.debut, publication) + UN_MOIS <= DATE_DE_LA_DEMO


def numeroter_pareil() -> Suite:
    """Return what gives the same number to another agreement of the département, in the volume of another year."""

    def convient(premiere: Convention, seconde: Convention) -> bool:
        ici, la = premiere.courante.calendrier.publication, seconde.courante.calendrier.publication
        return meme_departement(premiere, seconde) and est_publiee_hlm(seconde) and bool(ici and la and ici.year != la.year)

    def planter(premiere: Convention, seconde: Convention) -> None:
        calendrier = seconde.courante.calendrier
        if calendrier.publication is not None:
            calendrier.reference = f"{calendrier.publication.year}P Volume {premiere.id}"

    return Suite(convient, planter)


def meme_departement(premiere: Convention, seconde: Convention) -> bool:
    """Whether two agreements are in one département."""
    return premiere.departement is seconde.departement


def autre_departement(premiere: Convention, seconde: Convention) -> bool:
    """Whether two agreements are in two départements."""
    return premiere.departement is not seconde.departement
