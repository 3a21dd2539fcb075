"""Cases of the rules that compare agréments with agreements: each bears a number of its own, whose operation is edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from ingest.demo import noms
from ingest.demo.agrements import AIDES, SIREN, Agrement, Operation, Piege
from ingest.demo.cas import choix, gestes, publications
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, NR, Cas, Geste, Suite, lot, puis, tous
from ingest.demo.conventions import clore
from ingest.demo.faits import Absorption, Convention, Etat
from ingest.demo.referentiels import Nature

Retouche: TypeAlias = Callable[[Operation], Operation]
_AU_SIAP, _A_SISAL = 2023, 2016
_BEAUCOUP = 900
"""More dwellings than any agreement has: nothing resembles the operation."""
_UN_MOIS = timedelta(days=30)
_ABSORPTION = date(2020, 12, 31)


def agrement(convention: Convention) -> str:
    """Return the id of the first agrément of the operation whose number the agreement bears."""
    return convention.agrements[0]


def _agreer(annee: int, *retouches: Retouche) -> Geste:
    """Give the agreement the number of an operation of that year, which these edits change."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        numero = atelier.dossier(convention, annee)
        for programme in gestes.lots(convention):
            programme.dossier = numero
        convention.retouche = _suite(*retouches)

    return geste


def _agreer_ailleurs(annee: int, *retouches: Retouche) -> Geste:
    """Make an operation of another owner, under a number that no agreement bears."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        numero = atelier.dossier(convention, annee)
        perdre: Retouche = lambda operation: replace(  # noqa: E731 - one edit among others
            operation, numero=numero, siren=noms.siren(convention.id, premier=3), convention=None
        )
        _agreer(annee, perdre, *retouches)(convention, atelier)

    return geste


def _suite(*retouches: Retouche) -> Retouche:
    def changer(operation: Operation) -> Operation:
        for retouche in retouches:
            operation = retouche(operation)
        return operation

    return changer


def _statut(statut: str) -> Retouche:
    return lambda operation: replace(operation, statut=statut)


def _de_sisal(annee: int) -> Retouche:
    """Return what makes an operation one that only SISAL gives, programmed that year."""
    return lambda operation: replace(operation, source="sisal", annee=annee)


def _compter(nombre: Callable[[int], int]) -> Retouche:
    """Return what gives the aid another number of dwellings."""

    def changer(operation: Operation) -> Operation:
        (seul,) = operation.agrements
        return replace(operation, agrements=(Agrement(seul.aide, 0, nombre(seul.nb_logements)),))

    return changer


def _mesurer(centiemes: int) -> Retouche:
    """Return what gives each dwelling of the aid this useful area, in 1/100 of m²."""

    def changer(operation: Operation) -> Operation:
        (seul,) = operation.agrements
        nombre = seul.nb_logements
        return replace(operation, agrements=(Agrement(seul.aide, 0, nombre, 0, nombre * centiemes),))

    return changer


def _aider(*aides: str) -> Retouche:
    """Return what gives the operation these aids."""
    return lambda operation: replace(operation, agrements=tuple(Agrement(aide, 0, _BEAUCOUP) for aide in aides))


def _nature(nature: Nature) -> Retouche:
    return lambda operation: replace(operation, nature=nature)


def _pieger(piege: Piege) -> Retouche:
    return lambda operation: replace(operation, pieges=(piege,))


def _autre_maitre_d_ouvrage(operation: Operation) -> Operation:
    return replace(operation, siren=noms.siren(int(operation.siren or "") // 10 % 1_000_000, premier=4))


def _agreable_ailleurs(convention: Convention) -> bool:
    """Whether an operation may be put in another commune of the département: Paris has one only."""
    codes = {commune.code_officiel for commune in convention.departement.communes}
    return len(codes) > 1 and _agreable(convention)


def _agreer_ailleurs_en_ville(convention: Convention, atelier: Atelier) -> None:
    """Put the operation in another commune of the département."""
    ici = convention.courante.contenu[0].commune.code_officiel
    ailleurs = next(commune for commune in convention.departement.communes if commune.code_officiel != ici)
    _agreer(_A_SISAL, lambda operation: replace(operation, commune=ailleurs, arrondissement=None, parcelle=None))(
        convention, atelier
    )


def _agreer_un_absorbe(convention: Convention, atelier: Atelier) -> None:
    """Make the operation that of an owner which the agreement's has absorbed since."""
    absorbe = noms.siren(convention.id, premier=5)
    atelier.absorptions[absorbe] = Absorption(convention.courante.contenu[0].proprietaire.siren or "", _ABSORPTION)
    _agreer(_A_SISAL, lambda operation: replace(operation, siren=absorbe))(convention, atelier)


def _finir(etat: Etat) -> Geste:
    """End the agreement the month after its current period began."""
    return lambda convention, _: clore(convention, etat, convention.courante.debut + _UN_MOIS, "Fin de la convention")


def _porte_aussi(*, au_meme_endroit: bool, meme_financement: bool = True, etat: Etat | None = None) -> Suite:
    """Return what makes another agreement bear the number of the first: its twin, or one of another owner."""

    def convient(premiere: Convention, seconde: Convention) -> bool:
        (lot_premier,) = premiere.courante.contenu
        return (
            _agreable(seconde)
            and seconde.departement is premiere.departement
            and (
                seconde.secteur is premiere.secteur if au_meme_endroit else seconde.bailleur.siren != lot_premier.proprietaire.siren
            )
            and (seconde.familles == premiere.familles) is meme_financement
            and (not meme_financement or _aide(seconde) == _aide(premiere))
        )

    def planter(premiere: Convention, seconde: Convention) -> None:
        (lot_premier,) = premiere.courante.contenu
        for programme in gestes.lots(seconde):
            if au_meme_endroit:
                gestes.emmenager(programme, lot_premier.commune)
                programme.proprietaire = lot_premier.proprietaire
            programme.dossier = lot_premier.dossier
        if au_meme_endroit:
            seconde.bailleur = premiere.bailleur
        if etat is not None:
            clore(seconde, etat, seconde.courante.debut + _UN_MOIS, "Fin de la convention")

    return Suite(convient, planter)


def _aide(convention: Convention) -> str | None:
    return AIDES.get(convention.courante.contenu[0].financement)


def _est_agreee(convention: Convention) -> bool:
    siren = convention.courante.contenu[0].proprietaire.siren
    return convention.departement.code.isdigit() and _aide(convention) is not None and _est_un_siren(siren)


def _est_un_siren(siren: str | None) -> bool:
    return siren is not None and len(siren) == SIREN and noms.est_juste(siren)


def _logements(au_moins: int, *, par: int = 1) -> Callable[[Convention], bool]:
    """Whether it has so many dwellings at least, a multiple of a number."""
    return lambda convention: convention.nb_logements >= au_moins and convention.nb_logements % par == 0


def _n_est_pas_publiee(convention: Convention) -> bool:
    return not publications.est_publiee(convention)


_agreable: Callable[[Convention], bool] = tous(choix.simple, choix.ordinaire, choix.hlm, _est_agreee)
_PLS = tous(_agreable, choix.finance("9"))
_PLUS = tous(_agreable, choix.finance("1"))
_PLUS_PEUPLE = tous(_PLUS, choix.peuplee)

AGREMENTS: tuple[Cas, ...] = (
    Cas(
        "AGR-001",
        AV,
        "Opération engagée au SIAP, dont personne ne porte le numéro",
        _agreable,
        _agreer_ailleurs(_AU_SIAP, _statut("ENGAGEE")),
        agrement,
    ),
    Cas(
        "AGR-001",
        AV,
        "Opération de SISAL programmée il y a trois ans, sans convention",
        _agreable,
        _agreer_ailleurs(_AU_SIAP, _de_sisal(2023)),
        agrement,
    ),
    Cas("AGR-001", AV, "Opération dont la seule convention est annulée", _PLUS, puis(_agreer(_A_SISAL), gestes.annuler), agrement),
    Cas(
        "AGR-001",
        None,
        "Opération de SISAL programmée il y a deux ans, sans convention",
        _agreable,
        _agreer_ailleurs(_AU_SIAP, _de_sisal(2024)),
        agrement,
    ),
    Cas(
        "AGR-001",
        None,
        "Opération transmise au SIAP, pas encore engagée, sans convention",
        _agreable,
        _agreer_ailleurs(_AU_SIAP, _statut("TRANSMISE")),
        agrement,
    ),
    Cas(
        "AGR-001",
        None,
        "Opération annulée au SIAP, sans convention",
        _agreable,
        _agreer_ailleurs(_AU_SIAP, _statut("ANNULEE")),
        agrement,
    ),
    Cas(
        "AGR-001",
        None,
        "PSLA engagé, sans convention",
        _agreable,
        _agreer_ailleurs(_AU_SIAP, _statut("ENGAGEE"), _aider("PSLA")),
        agrement,
    ),
    Cas(
        "AGR-001",
        None,
        "Opération dont la seule convention est résiliée",
        _PLUS,
        puis(_agreer(_A_SISAL), _finir(Etat.RES)),
        agrement,
    ),
    Cas(
        "AGR-002",
        NR,
        "Deux conventions PLUS du même numéro, au même endroit",
        _PLUS_PEUPLE,
        _agreer(_A_SISAL),
        agrement,
        suite=_porte_aussi(au_meme_endroit=True),
        rare=True,
    ),
    Cas(
        "AGR-002",
        None,
        "Deux conventions PLUS du même numéro, dont une annulée",
        _PLUS_PEUPLE,
        _agreer(_A_SISAL),
        agrement,
        suite=_porte_aussi(au_meme_endroit=True, etat=Etat.ANS),
        rare=True,
    ),
    Cas(
        "AGR-002",
        None,
        "Deux conventions PLUS du même numéro, dont une résiliée",
        _PLUS_PEUPLE,
        _agreer(_A_SISAL),
        agrement,
        suite=_porte_aussi(au_meme_endroit=True, etat=Etat.RES),
        rare=True,
    ),
    Cas(
        "AGR-002",
        None,
        "Une convention PLUS et une d'un autre financement, du même numéro",
        _PLUS_PEUPLE,
        _agreer(_A_SISAL),
        agrement,
        suite=_porte_aussi(au_meme_endroit=True, meme_financement=False),
        rare=True,
    ),
    Cas(
        "AGR-005",
        AV,
        "Un logement de moins que l'agrément",
        tous(_agreable, _logements(10)),
        _agreer(_A_SISAL, _compter(lambda nombre: nombre + 1)),
        agrement,
    ),
    Cas(
        "AGR-005",
        AV,
        "Un écart d'un cinquième",
        tous(_agreable, _logements(8, par=4)),
        _agreer(_A_SISAL, _compter(lambda nombre: nombre * 5 // 4)),
        agrement,
    ),
    Cas(
        "AGR-005",
        NR,
        "Deux fois moins de logements que l'agrément",
        tous(_agreable, _logements(4)),
        _agreer(_A_SISAL, _compter(lambda nombre: nombre * 2)),
        agrement,
    ),
    Cas("AGR-005", None, "Autant de logements que l'agrément", _agreable, _agreer(_A_SISAL), agrement),
    Cas(
        "AGR-005",
        None,
        "Agrément dont le SIAP ne dit pas le nombre de logements",
        _agreable,
        _agreer(_AU_SIAP, _pieger(Piege.SANS_DETAIL)),
        agrement,
    ),
    Cas(
        "AGR-006",
        AN,
        "Logements ordinaires, agréés comme résidence sociale",
        _agreable,
        _agreer(_A_SISAL, _nature(Nature.RESIDENCE_SOCIALE)),
        agrement,
    ),
    Cas("AGR-006", None, "Logements ordinaires, agréés comme tels", _agreable, _agreer(_A_SISAL), agrement),
    Cas(
        "AGR-006",
        None,
        "Logements ordinaires, agréés au SIAP comme un foyer dont il tait le public",
        _agreable,
        _agreer(_AU_SIAP, _nature(Nature.FOYER_PA)),
        agrement,
    ),
    Cas(
        "AGR-007",
        AN,
        "Opération agréée dans une autre commune du département",
        _agreable_ailleurs,
        _agreer_ailleurs_en_ville,
        agrement,
    ),
    Cas("AGR-007", None, "Opération agréée dans la commune de la convention", _agreable, _agreer(_A_SISAL), agrement),
    Cas(
        "AGR-007",
        None,
        "Opération agréée dans une autre commune, convention annulée",
        _agreable_ailleurs,
        puis(_agreer_ailleurs_en_ville, gestes.annuler),
        agrement,
    ),
    Cas(
        "AGR-008",
        AV,
        "Maître d'ouvrage sans rapport connu avec le bailleur",
        _agreable,
        _agreer(_A_SISAL, _autre_maitre_d_ouvrage),
        agrement,
    ),
    Cas("AGR-008", None, "Maître d'ouvrage absorbé par le bailleur", _agreable, _agreer_un_absorbe, agrement),
    Cas("AGR-008", None, "Maître d'ouvrage que SISAL ne dit pas", _agreable, _agreer(_A_SISAL, _pieger(Piege.INCONNU)), agrement),
    Cas(
        "AGR-009",
        AN,
        "Opération annulée au SIAP, convention en vigueur",
        _agreable,
        _agreer(_AU_SIAP, _statut("ANNULEE")),
        agrement,
    ),
    Cas(
        "AGR-009",
        None,
        "Opération annulée au SIAP, convention résiliée",
        _agreable,
        puis(_agreer(_AU_SIAP, _statut("ANNULEE")), _finir(Etat.RES)),
        agrement,
    ),
    Cas(
        "AGR-009",
        None,
        "Opération soldée au SIAP, convention en vigueur",
        _agreable,
        _agreer(_AU_SIAP, _statut("SOLDEE")),
        agrement,
    ),
    Cas("AGR-010", AV, "PLS dont l'opération n'a qu'un agrément PLUS", _PLS, _agreer(_A_SISAL, _aider("PLUS")), lot),
    Cas("AGR-010", None, "PLS dont l'opération a un agrément PLS", _PLS, _agreer(_A_SISAL), lot),
    Cas("AGR-010", None, "PLS dont l'opération a un agrément PLS et un PLUS", _PLS, _agreer(_A_SISAL, _aider("PLS", "PLUS")), lot),
    Cas("AGR-010", None, "PLS dont personne ne connaît l'opération", _PLS, _agreer_ailleurs(_A_SISAL, _aider("PLUS")), lot),
    Cas(
        "AGR-013",
        AN,
        "Deux bailleurs pour un même numéro",
        _PLUS_PEUPLE,
        _agreer(_A_SISAL),
        agrement,
        suite=_porte_aussi(au_meme_endroit=False),
        rare=True,
    ),
    Cas(
        "AGR-013",
        None,
        "Deux conventions du même numéro, du même bailleur dans la même commune",
        _PLUS_PEUPLE,
        _agreer(_A_SISAL),
        agrement,
        suite=_porte_aussi(au_meme_endroit=True),
        rare=True,
    ),
    Cas(
        "AGR-013",
        None,
        "Deux bailleurs pour un même numéro, dont une convention annulée",
        _PLUS_PEUPLE,
        _agreer(_A_SISAL),
        agrement,
        suite=_porte_aussi(au_meme_endroit=False, etat=Etat.ANS),
        rare=True,
    ),
    Cas(
        "AGR-014",
        AV,
        "Acompte demandé, convention signée et jamais publiée",
        _PLUS,
        puis(publications.taire_la_publication, _agreer(_AU_SIAP, _statut("ACOMPTE"))),
        agrement,
    ),
    Cas(
        "AGR-014",
        None,
        "Acompte demandé, convention signée et publiée",
        tous(_PLUS, publications.est_publiee),
        _agreer(_AU_SIAP, _statut("ACOMPTE")),
        agrement,
    ),
    Cas(
        "AGR-014",
        None,
        "Opération engagée sans acompte, convention jamais publiée",
        tous(_PLUS, _n_est_pas_publiee),
        _agreer(_AU_SIAP, _statut("ENGAGEE")),
        agrement,
    ),
    Cas(
        "AGR-014",
        None,
        "Acompte demandé pour un PLS, convention jamais publiée",
        _PLS,
        puis(publications.taire_la_publication, _agreer(_AU_SIAP, _statut("ACOMPTE"))),
        agrement,
    ),
    Cas("AGR-016", AV, "Agrément de 250,01 m² par logement", _agreable, _agreer(_A_SISAL, _mesurer(250_01)), agrement),
    Cas("AGR-016", AV, "Agrément de 8,99 m² par logement", _agreable, _agreer(_A_SISAL, _mesurer(8_99)), agrement),
    Cas("AGR-016", None, "Agrément de 250 m² par logement", _agreable, _agreer(_A_SISAL, _mesurer(250_00)), agrement),
    Cas("AGR-016", None, "Agrément de 9 m² par logement", _agreable, _agreer(_A_SISAL, _mesurer(9_00)), agrement),
    Cas(
        "AGR-016",
        None,
        "Agrément démesuré dont la surface n'est pas dite",
        _agreable,
        _agreer(_A_SISAL, _mesurer(250_01), _pieger(Piege.SURFACE_VIDE)),
        agrement,
    ),
)
