"""What cases on amendments are made of: the edits of an amendment and of the periods of a history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.demo.avenants import reduire
from ingest.demo.calendrier import plus_annees
from ingest.demo.cas import choix
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import Choix, Geste, tous
from ingest.demo.faits import DATE_DE_LA_DEMO, Absorption, Avenant, Convention
from ingest.demo.oracle.ave import RATTACHEMENT_A_UNE_CUS
from ingest.demo.referentiels import Secteur, libelle

UN_JOUR = timedelta(days=1)
ORDINAIRE = tous(choix.simple, choix.ordinaire, choix.amendable)
HLM = tous(ORDINAIRE, choix.hlm)
_INSTRUCTION, _DELAI_CAF = timedelta(days=60), timedelta(days=10)


def publiee_avant(jour: date) -> Choix:
    """Whether it was published, and its current period open, before a day."""

    def choisit(convention: Convention) -> bool:
        publication = convention.courante.calendrier.publication
        return publication is not None and max(publication, convention.courante.debut) < jour

    return choisit


def ouvrir(descriptif: str) -> Geste:
    """Open a period that no amendment opens, like the one before it."""

    def geste(convention: Convention, _: Atelier) -> None:
        courante = convention.courante
        jour = max((courante.calendrier.publication or courante.debut) + choix.PREMIER_AVENANT, courante.debut + UN_JOUR)
        convention.periodes.append(replace(courante, debut=jour, descriptif=descriptif, avenant=None))
        convention.periodes[-2].renouvellement = None

    return geste


def reconduire(annees: int) -> Geste:
    """Open a period the day after the term, which ends some years later."""

    def geste(convention: Convention, _: Atelier) -> None:
        courante, terme = convention.courante, convention.expiration
        if terme is None:
            raise ValueError(f"convention {convention.id} sans terme")
        nouveau = plus_annees(terme, annees)
        convention.periodes.append(
            replace(courante, debut=terme + UN_JOUR, descriptif="Reconduction", expiration=nouveau, renouvellement=None)
        )
        convention.periodes[-2].renouvellement = None

    return geste


def fermer(convention: Convention, _: Atelier) -> None:
    """Take the last period away, as if the amendment that opens it had opened none."""
    convention.periodes.pop()


def finir(terme: Callable[[date], date]) -> Geste:
    """Give the current period a term made of the one it has."""

    def geste(convention: Convention, _: Atelier) -> None:
        courante = convention.courante
        if courante.expiration is not None:
            courante.expiration = terme(courante.expiration)
        courante.renouvellement = None

    return geste


def reprendre_le_terme(convention: Convention, _: Atelier) -> None:
    """Give the current period the term of the last amendment."""
    convention.courante.expiration = convention.avenants[-1].nouvelle_expiration


def dater(jour: date) -> Geste:
    """Move the last amendment, and the period it opens, to a day."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        signer(lambda _: jour)(convention, atelier)
        for periode in convention.periodes:
            if periode.avenant is convention.avenants[-1]:
                periode.debut = jour

    return geste


def signer(jour: Callable[[date], date]) -> Geste:
    """Date the signature of the last amendment, and nothing else but its deposit, from that of the agreement."""

    def geste(convention: Convention, _: Atelier) -> None:
        signature = convention.courante.calendrier.signature
        if signature is not None:
            avenant = convention.avenants[-1]
            avenant.signature = jour(signature)
            avenant.depot = avenant.signature - _INSTRUCTION

    return geste


def ne_pas_signer(convention: Convention, _: Atelier) -> None:
    """Leave the last amendment in instruction: it opens no period."""
    convention.avenants[-1].signature = None
    convention.periodes.pop()


def annuler(convention: Convention, _: Atelier) -> None:
    """Cancel the last amendment, whose period stays."""
    avenant = convention.avenants[-1]
    avenant.annulation = (avenant.signature or avenant.depot) + UN_JOUR


def publier(convention: Convention, _: Atelier) -> None:
    """Publish the last amendment the day after its signature, under a number that nobody else has."""
    avenant = convention.avenants[-1]
    if avenant.signature is not None:
        avenant.publication = avenant.signature + UN_JOUR
        avenant.reference = f"{avenant.publication.year}P Volume {convention.id}"


def ne_pas_publier(convention: Convention, _: Atelier) -> None:
    """Leave the last amendment unpublished."""
    convention.avenants[-1].publication = convention.avenants[-1].reference = None


def publier_la_convention_apres(jours: int) -> Geste:
    """Publish the agreement so many days after the signature of its last amendment."""

    def geste(convention: Convention, _: Atelier) -> None:
        calendrier, signature = convention.courante.calendrier, convention.avenants[-1].signature
        if signature is None:
            raise ValueError(f"convention {convention.id} sans avenant signé")
        publication = signature + timedelta(days=jours)
        calendrier.publication = publication
        calendrier.reference = f"{publication.year}P Volume {convention.id}"
        calendrier.refus_spf = calendrier.motif_refus = None
        if convention.secteur in {Secteur.AUTRE, Secteur.PRIVE}:
            envoi = publication + _DELAI_CAF
            calendrier.envoi_caf = envoi if envoi <= DATE_DE_LA_DEMO else None

    return geste


def numeroter(*numeros: int) -> Geste:
    """Give the amendments these numbers, in their descriptions too."""

    def geste(convention: Convention, _: Atelier) -> None:
        for avenant, numero in zip(convention.avenants, numeros, strict=True):
            avenant.numero, avenant.description = numero, f"Avenant n° {numero}"
        for periode in convention.periodes:
            if periode.avenant is not None:
                periode.descriptif = periode.avenant.description

    return geste


def rattacher_a_une_cus(convention: Convention, _: Atelier) -> None:
    """Add the row numbered 0 by which the application ties the agreement to a CUS: it opens no period."""
    jour = convention.courante.debut + UN_JOUR
    rattachement = Avenant(0, (RATTACHEMENT_A_UNE_CUS,), jour, "Rattachement à une CUS", signature=jour)
    convention.avenants.insert(0, rattachement)


def deposer_et_signer(convention: Convention, _: Atelier) -> None:
    """Add a signed amendment that opens no period, whatever the state of the agreement."""
    depot = convention.depot + UN_JOUR
    convention.avenants.append(Avenant(1, ("7",), depot, "Avenant n° 1", signature=depot + UN_JOUR))


def detyper(convention: Convention, _: Atelier) -> None:
    """Forget the types of the last amendment."""
    convention.avenants[-1].types = ()


def nommer(code: str) -> Geste:
    """Write the label of a type in the description of the current period, as Ecoloweb does."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.courante.descriptif = f'Avenant "{libelle("TAV", code)}"'

    return geste


def citer(texte: str) -> Geste:
    """Write a text in the description of the current period."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.courante.descriptif = texte

    return geste


def decrire(texte: str) -> Geste:
    """Write a text in the description of the last amendment."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.avenants[-1].description = texte

    return geste


def changer_de_proprietaire(convention: Convention, atelier: Atelier) -> None:
    """Give the programmes of the current period another owner of the same kind."""
    courante = convention.courante
    nouveau = atelier.autre_bailleur(courante.contenu[0].proprietaire)
    courante.contenu = [replace(lot, proprietaire=nouveau) for lot in courante.contenu]


def absorber(avance: timedelta) -> Geste:
    """Give the programmes before the current period to a new owner, which that of the current period absorbed so long before it."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        courante = convention.courante
        absorbant = courante.contenu[0].proprietaire
        absorption = Absorption(absorbant.siren or "", courante.debut - avance)
        ancien = atelier.bailleur(
            convention, absorbant.sous_nature, "SA D'HLM DU FRENE", lambda nouveau: replace(nouveau, absorption=absorption)
        )
        for periode in convention.periodes[:-1]:
            periode.contenu = [replace(lot, proprietaire=ancien) for lot in periode.contenu]
        atelier.absorptions[ancien.siren or ""] = absorption

    return geste


def changer_de_gestionnaire(convention: Convention, atelier: Atelier) -> None:
    """Give the programmes of the current period another manager."""
    courante = convention.courante
    nouveau = atelier.autre_gestionnaire(convention)
    courante.contenu = [replace(lot, gestionnaire=nouveau) for lot in courante.contenu]


def sortir_un_logement(convention: Convention, _: Atelier) -> None:
    """Take the last dwelling row out of the last programme of the current period."""
    courante = convention.courante
    *autres, dernier = courante.contenu
    courante.contenu = [*autres, reduire(dernier, dernier.logements[:-1])]
