"""Cases of the rules on areas and numbers of dwellings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from ingest.demo.avenants import reduire
from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, Cas, Geste, logement, lot, puis, tous
from ingest.demo.faits import Annexe, Convention, Logement, Lot, Modele
from ingest.demo.logements import COEFFICIENT_UN
from ingest.demo.oracle.sur import SURFACE_UTILE_DEPUIS

ChangementModele: TypeAlias = Callable[[Modele], Modele]
_SIMPLE = tous(choix.simple, choix.ordinaire, choix.hlm)
_FOYER = tous(choix.simple, choix.foyer)


def _dernier(convention: Convention) -> Lot:
    return convention.courante.contenu[-1]


def _en_surface_utile(convention: Convention) -> bool:
    return _dernier(convention).regime == "SU" and choix.signee(SURFACE_UTILE_DEPUIS)(convention)


def _au_moins(nombre: int) -> Callable[[Convention], bool]:
    """Enough rows of one dwelling without coefficient for one of them to change."""

    def choisit(convention: Convention) -> bool:
        logements = _dernier(convention).logements
        return len(logements) >= nombre and all(ligne.nombre == 1 and ligne.coefficient == COEFFICIENT_UN for ligne in logements)

    return choisit


_UTILE = tous(_SIMPLE, _en_surface_utile, _au_moins(3))


def _mesurer(changement: ChangementModele, *, tous_les_logements: bool = False) -> Geste:
    """Give the last dwelling, or each of them, another model; its rent follows."""

    def geste(convention: Convention, _: Atelier) -> None:
        programme = _dernier(convention)
        gardes = [] if tous_les_logements else programme.logements[:-1]
        changes = [_avec(ligne, changement(ligne.modele), programme) for ligne in programme.logements[len(gardes) :]]
        programme.logements = [*gardes, *changes]

    return geste


def _avec(ligne: Logement, modele: Modele, programme: Lot) -> Logement:
    if programme.regime != "SU":
        return replace(ligne, modele=modele)
    return replace(ligne, modele=modele, loyer=(2 * modele.utile * programme.loyer + 100) // 200)


def _utile(habitable: int, annexe: int, ecart: int = 0) -> ChangementModele:
    """Return a model of these areas, whose useful area is so much more than it should, in 1/100 of m²."""
    return lambda modele: modele._replace(habitable=habitable, annexe=annexe, utile=habitable + annexe // 2 + ecart)


def _de_type(typologie: str, habitable: int) -> ChangementModele:
    return lambda modele: modele._replace(typologie=typologie, habitable=habitable, annexe=0, utile=habitable)


def _totaliser(ecart: int) -> Geste:
    """Make the totals say so much more, in 1/100 of m², than the dwellings add up to."""

    def geste(convention: Convention, _: Atelier) -> None:
        _dernier(convention).ecart_de_surface = ecart

    return geste


def _declarer(ecart: int) -> Geste:
    """Declare so many flats more than there are rows."""

    def geste(convention: Convention, _: Atelier) -> None:
        _dernier(convention).collectifs += ecart

    return geste


def _a_des_appartements(convention: Convention) -> bool:
    programme = _dernier(convention)
    return programme.collectifs > 2 and not programme.individuels  # noqa: PLR2004 - two may leave


def _vider_un_lot(convention: Convention, _: Atelier) -> None:
    """Cut the programme in two, the second without any dwelling."""
    programme = _dernier(convention)
    convention.courante.contenu[-1:] = [programme, replace(reduire(programme, []), annexes=[], montant=0)]


def _loger_a_la_meme_place(convention: Convention, _: Atelier) -> None:
    programme = _dernier(convention)
    *autres, dernier = programme.logements
    programme.logements = [*autres, replace(dernier, place=autres[-1].place)]


def _changer_de_batiment(convention: Convention, _: Atelier) -> None:
    programme = _dernier(convention)
    *autres, dernier = programme.logements
    programme.logements = [*autres, replace(dernier, place=autres[-1].place._replace(batiment="Z"))]


def _sortir(*statuts: str) -> Geste:
    """Give the last dwellings these statuses."""

    def geste(convention: Convention, _: Atelier) -> None:
        programme = _dernier(convention)
        gardes = programme.logements[: -len(statuts)]
        sortis = [replace(ligne, statut=code) for ligne, code in zip(programme.logements[-len(statuts) :], statuts, strict=True)]
        programme.logements = [*gardes, *sortis]

    return geste


def _annexer(convention: Convention, _: Atelier) -> None:
    programme = _dernier(convention)
    programme.annexes = [Annexe("2", 3, None, programme.logements[-1].cree_le)]


_VENDABLE = tous(_SIMPLE, _a_des_appartements, _au_moins(4))


def _au_rpls(ecart: int, non_conventionnes: int = 0) -> Geste:
    """Have the register know so many dwellings more than the agreement counts."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.au_rpls = convention.nb_logements + ecart
        convention.au_rpls_sans_etre_conventionnes = non_conventionnes

    return geste


_LOUEE = tous(_SIMPLE, _au_moins(3), lambda convention: not convention.est_anah)

SURFACES: tuple[Cas, ...] = (
    Cas("SUR-001", AN, "Surface utile de 6 dm² de trop", _UTILE, _mesurer(_utile(6000, 800, 6)), logement),
    Cas("SUR-001", None, "Surface utile arrondie, 5 dm² de trop", _UTILE, _mesurer(_utile(6000, 800, 5)), logement),
    Cas("SUR-001", None, "Annexe déjà réduite de moitié", _UTILE, _mesurer(_utile(6000, 800, 400)), logement),
    Cas("SUR-001", None, "Annexe inconnue", _UTILE, _mesurer(_utile(6000, 0, 300)), logement),
    Cas("SUR-002", AN, "Surface utile moindre que l'habitable de 6 dm²", _UTILE, _mesurer(_utile(6000, 0, -6)), logement),
    Cas("SUR-002", None, "Surface utile moindre que l'habitable de 5 dm²", _UTILE, _mesurer(_utile(6000, 0, -5)), logement),
    Cas("SUR-002", None, "Surface utile égale à l'habitable", _UTILE, _mesurer(_utile(6000, 0)), logement),
    Cas(
        "SUR-003",
        AV,
        "Logements de 251 m²",
        _UTILE,
        _mesurer(_de_type("T6", 25_100), tous_les_logements=True),
        lot,
    ),
    Cas("SUR-003", AV, "Logements de 8 m²", _UTILE, _mesurer(_de_type("ST1", 800), tous_les_logements=True), lot),
    Cas("SUR-003", None, "Logements de 250 m²", _UTILE, _mesurer(_de_type("T6", 25_000), tous_les_logements=True), lot),
    Cas("SUR-003", None, "Logements de 9 m²", _UTILE, _mesurer(_de_type("ST1", 900), tous_les_logements=True), lot),
    Cas("SUR-004", AN, "Total de plus d'un mètre carré de trop", _UTILE, _totaliser(101), lot),
    Cas("SUR-004", AN, "Foyer dont le total est moindre que la somme", _FOYER, _totaliser(-101), lot),
    Cas("SUR-004", None, "Total d'un mètre carré de trop", _UTILE, _totaliser(100), lot),
    Cas("SUR-004", None, "Foyer dont le total compte les parties communes", _FOYER, _totaliser(9000), lot),
    Cas("SUR-005", AN, "Un logement de plus que les lignes", _VENDABLE, _declarer(1), lot),
    Cas("SUR-005", None, "Autant de logements que les lignes", _VENDABLE, objet=lot),
    Cas("SUR-005", None, "Deux logements vendus et déduits", _VENDABLE, puis(_sortir("VP", "AB"), _declarer(-2)), lot),
    Cas("SUR-006", AN, "Second lot sans logement", _SIMPLE, _vider_un_lot, lot),
    Cas("SUR-006", None, "Lot d'un seul logement", tous(_SIMPLE, _au_moins(1)), objet=lot),
    Cas(
        "SUR-006",
        None,
        "Second lot sans logement, convention annulée",
        _SIMPLE,
        puis(_vider_un_lot, gestes.annuler),
        lot,
    ),
    Cas("SUR-007", AN, "Deux logements à la même place", _VENDABLE, _loger_a_la_meme_place, lot),
    Cas("SUR-007", None, "Même numéro dans un autre bâtiment", _VENDABLE, _changer_de_batiment, lot),
    Cas("SUR-007", None, "Chaque logement à sa place", _VENDABLE, objet=lot),
    Cas("SUR-009", AV, "T1 de plus de 80 m²", _UTILE, _mesurer(_de_type("T1", 8001)), logement),
    Cas("SUR-009", AV, "T5 de moins de 40 m²", _UTILE, _mesurer(_de_type("T5", 3999)), logement),
    Cas("SUR-009", None, "T1 de 80 m²", _UTILE, _mesurer(_de_type("T1", 8000)), logement),
    Cas("SUR-009", None, "T5 de 40 m²", _UTILE, _mesurer(_de_type("T5", 4000)), logement),
    Cas("SUR-009", None, "Type 1' de 85 m²", _UTILE, _mesurer(_de_type("T1P", 8500)), logement),
    Cas("SUR-011", AV, "Foyer avec trois places de stationnement", _FOYER, _annexer, lot),
    Cas("SUR-011", None, "Foyer sans annexe", _FOYER, objet=lot),
    Cas("SUR-011", None, "Logements ordinaires avec trois places de stationnement", _SIMPLE, _annexer, lot),
    Cas("SUR-012", AN, "Un logement vendu qui compte encore", _VENDABLE, _sortir("VP"), lot),
    Cas("SUR-012", AN, "Un logement démoli qui compte encore", _VENDABLE, _sortir("DE"), lot),
    Cas("SUR-012", None, "Un logement vendu et déduit", _VENDABLE, puis(_sortir("VP"), _declarer(-1)), lot),
    Cas("SUR-012", None, "Un logement sorti pour un autre motif", _VENDABLE, _sortir("AM"), lot),
    Cas(
        "SUR-012",
        None,
        "Un logement vendu, avec son avenant",
        tous(_VENDABLE, choix.amendable),
        puis(_sortir("VP"), gestes.avenir("2")),
        lot,
    ),
    Cas("SUR-013", AV, "Un logement de plus au RPLS que dans la convention", _LOUEE, _au_rpls(1)),
    Cas("SUR-013", None, "Autant de logements au RPLS que dans la convention", _LOUEE, _au_rpls(0)),
    Cas("SUR-013", None, "Un logement de plus au RPLS, qui le dit non conventionné", _LOUEE, _au_rpls(0, 1)),
    Cas("SUR-013", None, "Un logement de plus au RPLS, convention annulée", _LOUEE, puis(_au_rpls(1), gestes.annuler)),
)
