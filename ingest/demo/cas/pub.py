"""Cases of the rules on publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, IN, NR, Cas, Choix, Geste, Suite, parcelle, puis, tous
from ingest.demo.conventions import clore
from ingest.demo.faits import DATE_DE_LA_DEMO, Convention, Etat, Parcelle
from ingest.demo.oracle.pub import IL_Y_A_SIX_MOIS, LIVRE_FONCIER
from ingest.demo.referentiels import Secteur

_UN_JOUR, _UN_MOIS = timedelta(days=1), timedelta(days=30)
_VEILLE = IL_Y_A_SIX_MOIS - _UN_JOUR
_DELAI = timedelta(days=2000)
"""What a publication may take at worst."""


def _publiee(convention: Convention) -> bool:
    return convention.courante.calendrier.publication is not None


def _refusee(convention: Convention) -> bool:
    return convention.courante.calendrier.refus_spf is not None


_ANCIENNE = tous(choix.simple, _publiee, choix.signee(jusqu_au=_VEILLE - _UN_MOIS))
_HLM = tous(_ANCIENNE, choix.hlm)
_RECENTE_HLM = tous(_HLM, choix.signee(depuis=date(2012, 1, 2)))
_A_DES_VOISINES = tous(_RECENTE_HLM, choix.departement("13", "33", "59", "62", "69", "75", "92", "93"))
"""In a département of many agreements, one of which will share its publication."""
_ALSACE_MOSELLE = choix.departement(*LIVRE_FONCIER)
_AILLEURS = tous(_ANCIENNE, lambda convention: not _ALSACE_MOSELLE(convention))
_JAMAIS_REFUSEE = tous(_ANCIENNE, lambda convention: not _refusee(convention))
_CLOSE = tous(choix.etat(Etat.RES), _publiee, lambda convention: not convention.avenants)


def _taire_la_publication(convention: Convention, _: Atelier) -> None:
    """Never publish: an agreement that takes effect when published has not been sent to the CAF either."""
    calendrier = convention.courante.calendrier
    calendrier.publication = calendrier.reference = None
    if convention.secteur in {Secteur.AUTRE, Secteur.PRIVE} and not convention.departement.est_outre_mer:
        calendrier.envoi_caf = None


def _taire_la_date(convention: Convention, _: Atelier) -> None:
    convention.courante.calendrier.publication = None


def _referencer(reference: Callable[[int, int], str | None]) -> Geste:
    """Return what gives a reference made of the year of the publication and of a number that nobody else has."""

    def geste(convention: Convention, _: Atelier) -> None:
        calendrier = convention.courante.calendrier
        if calendrier.publication is not None:
            calendrier.reference = reference(calendrier.publication.year, convention.id)

    return geste


def _refuser(jour: Callable[[date], date]) -> Geste:
    """Return what refuses the publication on the day made of that of the signature, the sending the day before."""

    def geste(convention: Convention, _: Atelier) -> None:
        calendrier = convention.courante.calendrier
        if calendrier.signature is not None:
            calendrier.refus_spf = jour(calendrier.signature)
            calendrier.envoi_spf = calendrier.refus_spf - _UN_JOUR
            calendrier.motif_refus = "Effet relatif : référence du titre antérieur absente"

    return geste


def _refuser_apres_la_publication(jours: int) -> Geste:
    def geste(convention: Convention, _: Atelier) -> None:
        calendrier = convention.courante.calendrier
        if calendrier.publication is not None:
            calendrier.refus_spf = calendrier.publication + timedelta(days=jours)
            calendrier.motif_refus = "Provision insuffisante"

    return geste


def _motiver(motif: str | None) -> Geste:
    def geste(convention: Convention, _: Atelier) -> None:
        convention.courante.calendrier.motif_refus = motif

    return geste


def _cadastrer(changement: Callable[[Parcelle], Parcelle]) -> Geste:
    """Return what changes the last parcel of every programme."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot in gestes.lots(convention):
            *autres, derniere = lot.parcelles
            lot.parcelles = [*autres, changement(derniere)]

    return geste


def _ne_pas_cadastrer(convention: Convention, _: Atelier) -> None:
    for lot in gestes.lots(convention):
        lot.parcelles = []


def _cadastrer_la_moitie(convention: Convention, atelier: Atelier) -> None:
    gestes.separer(convention.courante.contenu[0].financement)(convention, atelier)
    convention.courante.contenu[-1].parcelles = []


def _publiee_ensemble(convient: Callable[[Convention, Convention], bool], *, annulee: bool = False) -> Suite:
    """Return what publishes another agreement the same day, under the same volume written otherwise."""

    def planter(premiere: Convention, seconde: Convention) -> None:
        publication, calendrier = premiere.courante.calendrier.publication, seconde.courante.calendrier
        if publication is None or calendrier.signature is None:
            raise ValueError(f"convention {premiere.id} sans publication")
        calendrier.publication = publication
        calendrier.envoi_spf = max(calendrier.signature, publication - _UN_MOIS)
        calendrier.refus_spf = calendrier.motif_refus = None
        calendrier.reference = f"Dépôt N° {premiere.id + 17} Vol.  {publication.year}  P N° {premiere.id}"
        if annulee:
            clore(seconde, Etat.ANS, max(seconde.courante.debut, publication) + _UN_MOIS, "Annulation")

    return Suite(lambda premiere, seconde: _publiable_avec(premiere, seconde) and convient(premiere, seconde), planter)


def _publiable_avec(premiere: Convention, seconde: Convention) -> bool:
    """Whether the second agreement may have been published the same day as the first, within a few years, and cancelled since."""
    publication, signature = premiere.courante.calendrier.publication, seconde.courante.calendrier.signature
    if publication is None or signature is None or not _HLM(seconde):
        return False
    return signature < publication < signature + _DELAI and max(seconde.courante.debut, publication) + _UN_MOIS <= DATE_DE_LA_DEMO


def _numeroter_pareil() -> Suite:
    """Return what gives the same number to another agreement of the département, in the volume of another year."""

    def convient(premiere: Convention, seconde: Convention) -> bool:
        ici, la = premiere.courante.calendrier.publication, seconde.courante.calendrier.publication
        return _meme_departement(premiere, seconde) and _HLM(seconde) and bool(ici and la and ici.year != la.year)

    def planter(premiere: Convention, seconde: Convention) -> None:
        calendrier = seconde.courante.calendrier
        if calendrier.publication is not None:
            calendrier.reference = f"{calendrier.publication.year}P Volume {premiere.id}"

    return Suite(convient, planter)


def _meme_departement(premiere: Convention, seconde: Convention) -> bool:
    return premiere.departement is seconde.departement


def _autre_departement(premiere: Convention, seconde: Convention) -> bool:
    return premiere.departement is not seconde.departement


def _volume(annee: int, numero: int) -> str:
    return f"{annee}P Volume {numero}"


def _secteur(secteur: Secteur) -> Choix:
    return tous(_ANCIENNE, choix.secteur(secteur), lambda convention: not convention.est_anah)


PUBLICATIONS: tuple[Cas, ...] = (
    Cas("PUB-001", NR, "Autre bailleur social, jamais publiée", _secteur(Secteur.AUTRE), _taire_la_publication),
    Cas("PUB-001", NR, "Bailleur privé hors ANAH, jamais publiée", _secteur(Secteur.PRIVE), _taire_la_publication),
    Cas("PUB-001", AV, "HLM ou SEM, jamais publiée", _HLM, _taire_la_publication),
    Cas(
        "PUB-001",
        AV,
        "ANAH, jamais publiée",
        tous(_ANCIENNE, choix.finance("17", "18", "19", "81")),
        _taire_la_publication,
    ),
    Cas(
        "PUB-001",
        IN,
        "Foyer d'outre-mer, jamais publié : il prend effet à la signature",
        tous(_ANCIENNE, choix.outre_mer),
        _taire_la_publication,
        rare=True,
    ),
    Cas(
        "PUB-001",
        AV,
        "HLM ou SEM signée le 30 avril 2026, six mois et un jour avant la date de référence",
        tous(choix.simple, choix.ordinaire, choix.hlm, choix.signable_le(_VEILLE)),
        puis(gestes.signer_le(_VEILLE), _taire_la_publication),
        rare=True,
    ),
    Cas(
        "PUB-001",
        None,
        "HLM ou SEM signée le 1er mai 2026, six mois jour pour jour avant la date de référence",
        tous(choix.simple, choix.ordinaire, choix.hlm, choix.signable_le(IL_Y_A_SIX_MOIS)),
        puis(gestes.signer_le(IL_Y_A_SIX_MOIS), _taire_la_publication),
        rare=True,
    ),
    Cas("PUB-001", None, "Résiliée sans avoir jamais été publiée", _CLOSE, _taire_la_publication),
    Cas("PUB-002", AN, "Date de publication sans référence", _ANCIENNE, _referencer(lambda *_: None)),
    Cas("PUB-002", AN, "Référence sans date de publication", _HLM, _taire_la_date),
    Cas("PUB-002", None, "Ni date ni référence", _HLM, _taire_la_publication),
    Cas(
        "PUB-002",
        None,
        "Annulée, avec une date de publication sans référence",
        _HLM,
        puis(_referencer(lambda *_: None), gestes.annuler),
    ),
    Cas("PUB-003", AN, "Référence sans année ni numéro", _AILLEURS, _referencer(lambda *_: "Publiée au SPF")),
    Cas("PUB-003", AN, "Référence sans numéro", _AILLEURS, _referencer(lambda annee, _: f"{annee} P")),
    Cas("PUB-003", None, "Volume et numéro collés, sans ponctuation", _AILLEURS, _referencer(lambda annee, n: f"vol{annee}p{n}")),
    Cas(
        "PUB-003",
        None,
        "Inscription au livre foncier, en Alsace ou en Moselle",
        tous(_ANCIENNE, _ALSACE_MOSELLE),
        _referencer(lambda _, numero: f"Livre foncier, feuillet {numero}"),
        rare=True,
    ),
    Cas("PUB-004", AN, "Volume de l'année d'avant la publication", _ANCIENNE, _referencer(lambda annee, n: _volume(annee - 1, n))),
    Cas("PUB-004", AN, "Volume de l'année d'après la publication", _ANCIENNE, _referencer(lambda annee, n: _volume(annee + 1, n))),
    Cas(
        "PUB-004",
        None,
        "Dépôt de l'année d'avant, volume de l'année de la publication",
        _ANCIENNE,
        _referencer(lambda annee, n: f"{annee - 1} D N° 28 VOLUME {annee} P N° {n}"),
    ),
    Cas(
        "PUB-004",
        None,
        "Année fausse dans une référence qui ne nomme aucun volume",
        tous(_ANCIENNE, _ALSACE_MOSELLE),
        _referencer(lambda annee, n: f"Livre foncier, {annee - 1}, feuillet {n}"),
        rare=True,
    ),
    Cas(
        "PUB-005",
        AN,
        "Deux conventions d'un département publiées sous un même volume, écrit autrement",
        _A_DES_VOISINES,
        _referencer(_volume),
        suite=_publiee_ensemble(_meme_departement),
        rare=True,
    ),
    Cas(
        "PUB-005",
        None,
        "Même année et même numéro dans un autre département",
        _A_DES_VOISINES,
        _referencer(_volume),
        suite=_publiee_ensemble(_autre_departement),
        rare=True,
    ),
    Cas(
        "PUB-005",
        None,
        "Même numéro dans le volume d'une autre année",
        _A_DES_VOISINES,
        _referencer(_volume),
        suite=_numeroter_pareil(),
        rare=True,
    ),
    Cas(
        "PUB-005",
        None,
        "Même volume qu'une convention annulée du département",
        _A_DES_VOISINES,
        _referencer(_volume),
        suite=_publiee_ensemble(_meme_departement, annulee=True),
        rare=True,
    ),
    Cas(
        "PUB-006",
        AV,
        "Refusée six mois et un jour avant la date de référence, jamais publiée",
        _RECENTE_HLM,
        puis(_taire_la_publication, _refuser(lambda _: _VEILLE)),
    ),
    Cas(
        "PUB-006",
        AV,
        "Refusée deux mois après la signature, jamais publiée depuis",
        tous(_HLM, choix.signee(jusqu_au=date(2025, 12, 31))),
        puis(_taire_la_publication, _refuser(lambda signature: signature + 2 * _UN_MOIS)),
    ),
    Cas(
        "PUB-006",
        None,
        "Refusée six mois jour pour jour avant la date de référence",
        _RECENTE_HLM,
        puis(_taire_la_publication, _refuser(lambda _: IL_Y_A_SIX_MOIS)),
    ),
    Cas("PUB-006", None, "Refusée, puis publiée", tous(_ANCIENNE, _refusee)),
    Cas(
        "PUB-006",
        None,
        "Résiliée après un refus, sans avoir été publiée",
        tous(_CLOSE, choix.hlm),
        puis(_taire_la_publication, _refuser(lambda signature: signature + _UN_JOUR)),
    ),
    Cas("PUB-007", AN, "Refus dont le motif est absent", tous(_ANCIENNE, _refusee), _motiver(None)),
    Cas("PUB-007", AN, "Refus dont le motif n'est que des espaces", tous(_ANCIENNE, _refusee), _motiver("  ")),
    Cas("PUB-007", None, "Refus dont le motif est d'un seul mot", tous(_ANCIENNE, _refusee), _motiver("Provision")),
    Cas("PUB-007", None, "Motif vide, sans refus", _JAMAIS_REFUSEE, _motiver("")),
    Cas("PUB-008", AN, "Refusée le lendemain de la publication, sans avenant", _ANCIENNE, _refuser_apres_la_publication(1)),
    Cas(
        "PUB-008",
        AV,
        "Refusée un mois après la publication, avec un avenant",
        tous(_ANCIENNE, choix.amendable),
        puis(gestes.avenir("7"), _refuser_apres_la_publication(30)),
    ),
    Cas("PUB-008", None, "Refusée et publiée le même jour", _ANCIENNE, _refuser_apres_la_publication(0)),
    Cas("PUB-008", None, "Refusée avant d'être publiée", tous(_ANCIENNE, _refusee)),
    Cas("PUB-010", AV, "Aucune parcelle", _ANCIENNE, _ne_pas_cadastrer),
    Cas("PUB-010", None, "Parcelles d'un seul des deux programmes", tous(_ANCIENNE, choix.separable), _cadastrer_la_moitie),
    Cas("PUB-010", None, "Aucune parcelle dans une convention résiliée", _CLOSE, _ne_pas_cadastrer),
    Cas("PUB-011", AN, "Section en minuscules", _ANCIENNE, _cadastrer(lambda p: replace(p, section=p.section.lower())), parcelle),
    Cas(
        "PUB-011",
        AN,
        "Section en chiffres, hors d'Alsace et de Moselle",
        _AILLEURS,
        _cadastrer(lambda p: replace(p, section="12")),
        parcelle,
    ),
    Cas(
        "PUB-011",
        AN,
        "Parcelle de cinq chiffres",
        _ANCIENNE,
        _cadastrer(lambda p: replace(p, numero=f"1{p.numero[:4]:0>4}")),
        parcelle,
    ),
    Cas("PUB-011", AN, "Superficie négative", _ANCIENNE, _cadastrer(lambda p: replace(p, superficie=-1)), parcelle),
    Cas(
        "PUB-011",
        None,
        "Section en chiffres, en Alsace ou en Moselle",
        tous(_ANCIENNE, _ALSACE_MOSELLE),
        _cadastrer(lambda p: replace(p, section="12")),
        parcelle,
        rare=True,
    ),
    Cas(
        "PUB-011",
        None,
        "Section d'une lettre précédée d'un zéro",
        _ANCIENNE,
        _cadastrer(lambda p: replace(p, section=f"0{p.section[-1]}")),
        parcelle,
    ),
    Cas(
        "PUB-011",
        None,
        "Deux parcelles dans un champ",
        _ANCIENNE,
        _cadastrer(lambda p: replace(p, numero=f"{p.numero[:4]}/9999")),
        parcelle,
    ),
    Cas("PUB-011", None, "Superficie inconnue, écrite zéro", _ANCIENNE, _cadastrer(lambda p: replace(p, superficie=0)), parcelle),
)
