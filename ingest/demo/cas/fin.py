"""Cases of the rules on the financing of each lot, and on what it was before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, IN, NR, Cas, lot, puis, tous, version
from ingest.demo.faits import Convention, Lot
from ingest.demo.oracle.dur import PLS_DEPUIS
from ingest.demo.oracle.fin import ILE_DE_FRANCE
from ingest.demo.referentiels import Nature, Secteur

_FIN_DES_CODES = date(2011, 8, 31)
_LENDEMAIN_DES_CODES = date(2011, 9, 1)

_ILE_DE_FRANCE = choix.departement(*ILE_DE_FRANCE)
_PA_PH = choix.nature(Nature.FOYER_PA, Nature.FOYER_PH)
_RESIDENCE = choix.nature(Nature.RESIDENCE_SOCIALE)


def _refinance(code: str) -> gestes.Changement:
    def changement(lot_: Lot) -> Lot:
        return replace(lot_, financement=code)

    return changement


def _refinancer_aujourd_hui(convention: Convention, _: Atelier) -> None:
    courante = convention.courante
    courante.contenu = [replace(lot_, financement="3") for lot_ in courante.contenu]


_CHANGEANTE = tous(choix.simple, choix.ordinaire, choix.finance("1"))
_NOUVELLE = tous(_CHANGEANTE, lambda convention: not convention.est_reprise)
_REPRISE = tous(_CHANGEANTE, lambda convention: convention.est_reprise)
_ORDINAIRE = tous(choix.simple, choix.ordinaire, choix.hlm, choix.finance("1", "2", "3"))
_APRES_2011 = tous(_CHANGEANTE, choix.signee(depuis=_LENDEMAIN_DES_CODES))
_OUTRE_MER = tous(choix.simple, choix.outre_mer)

FINANCEMENTS = (
    Cas(
        "FIN-006",
        AV,
        "PLS dans une résidence sociale",
        tous(choix.simple, choix.foyer, _RESIDENCE, choix.pls_possible),
        gestes.financer("9"),
        lot,
    ),
    Cas(
        "FIN-006",
        AV,
        "PLA CFF, de la famille PLS, dans un foyer de travailleurs migrants",
        tous(choix.simple, choix.nature(Nature.FTM)),
        gestes.financer("12"),
        lot,
    ),
    Cas(
        "FIN-006",
        NR,
        "PLS dans une résidence sociale d'outre-mer",
        tous(_OUTRE_MER, _RESIDENCE, choix.pls_possible),
        gestes.financer("9"),
        lot,
        rare=True,
    ),
    Cas(
        "FIN-006",
        None,
        "PLS dans un foyer pour personnes âgées ou handicapées",
        tous(choix.simple, choix.foyer, _PA_PH, choix.pls_possible),
        gestes.financer("9"),
        lot,
    ),
    Cas(
        "FIN-006",
        None,
        "PLA CFF dans un foyer de jeunes travailleurs",
        tous(choix.simple, choix.nature(Nature.FJT)),
        gestes.financer("12"),
        lot,
    ),
    Cas("FIN-008", AV, "PLUS dans un foyer d'outre-mer", _OUTRE_MER, gestes.financer("1"), lot, rare=True),
    Cas("FIN-008", AV, "PLAI dans un foyer d'outre-mer", _OUTRE_MER, gestes.financer("3"), lot, rare=True),
    Cas("FIN-008", None, "Patrimoine existant dans un foyer d'outre-mer", _OUTRE_MER, gestes.financer("22"), lot, rare=True),
    Cas(
        "FIN-008",
        None,
        "PLS dans un foyer d'outre-mer pour personnes âgées ou handicapées",
        tous(_OUTRE_MER, _PA_PH, choix.pls_possible),
        gestes.financer("9"),
        lot,
        rare=True,
    ),
    Cas(
        "FIN-010",
        AN,
        "PLAI à l'instruction, PLUS dans la convention opposable, sans avenant",
        _NOUVELLE,
        gestes.changer_l_origine(_refinance("3")),
        version,
    ),
    Cas(
        "FIN-010",
        AN,
        "PLAI dans la convention initiale reprise, PLUS le lendemain, chiffres connus",
        _REPRISE,
        gestes.changer_l_origine(_refinance("3")),
        version,
    ),
    Cas(
        "FIN-010",
        None,
        "PLAI dans le squelette d'une reprise, PLUS le lendemain",
        _REPRISE,
        gestes.changer_l_origine(_refinance("3"), squelette=True),
        version,
    ),
    Cas(
        "FIN-010",
        None,
        "PALULOS à l'instruction, PLUS ensuite : la même famille",
        _NOUVELLE,
        gestes.changer_l_origine(_refinance("7")),
        version,
    ),
    Cas(
        "FIN-010",
        None,
        "PLUS devenu PLAI par un avenant",
        tous(_CHANGEANTE, choix.amendable),
        puis(gestes.avenir("13"), _refinancer_aujourd_hui),
        version,
    ),
    Cas("FIN-011", AN, "PLA CDC, clos en 2011, dans une convention plus récente", _APRES_2011, gestes.financer("2"), lot),
    Cas(
        "FIN-011",
        AN,
        "PLA CDC dans une convention signée le lendemain de sa clôture",
        tous(_CHANGEANTE, choix.signable_le(_LENDEMAIN_DES_CODES)),
        puis(gestes.signer_le(_LENDEMAIN_DES_CODES), gestes.financer("2")),
        lot,
        rare=True,
    ),
    Cas(
        "FIN-011",
        None,
        "PLA CDC dans une convention signée le dernier jour où il existait",
        tous(_CHANGEANTE, choix.signable_le(_FIN_DES_CODES)),
        puis(gestes.signer_le(_FIN_DES_CODES), gestes.financer("2")),
        lot,
        rare=True,
    ),
    Cas("FIN-011", None, "Code 23, ancien et jamais clos, dans une convention récente", _APRES_2011, gestes.financer("23"), lot),
    Cas("FIN-012", NR, "PLI, que nulle convention APL ne finance", _ORDINAIRE, gestes.financer("94"), lot),
    Cas(
        "FIN-012",
        NR,
        "PLI dans une convention récente",
        tous(_ORDINAIRE, choix.signee(depuis=PLS_DEPUIS)),
        gestes.financer("94"),
        lot,
    ),
    Cas("FIN-012", None, "Code 23, de catégorie intermédiaire et de famille PLUS", _ORDINAIRE, gestes.financer("23"), lot),
    Cas("FIN-012", None, "PLS, intermédiaire mais conventionné", tous(choix.simple, choix.finance("9")), objet=lot),
    Cas("FIN-013", IN, "ANAH avec travaux, rangé dans la famille PLUS", tous(choix.simple, choix.finance("17")), objet=lot),
    Cas("FIN-013", IN, "ANAH sans travaux, rangé dans la famille PLUS", tous(choix.simple, choix.finance("18")), objet=lot),
    Cas(
        "FIN-013",
        None,
        "Patrimoine existant, sans financement et pas de l'ANAH",
        tous(choix.simple, choix.finance("22")),
        objet=lot,
    ),
    Cas(
        "FIN-013",
        None,
        "PLS d'un bailleur privé, qui ne doit rien à l'ANAH",
        tous(choix.simple, choix.secteur(Secteur.PRIVE), choix.finance("9")),
        objet=lot,
    ),
    Cas("FIN-014", AN, "Type de financement qu'aucune liste ne connaît", _ORDINAIRE, gestes.financer("95"), lot),
    Cas("FIN-014", AN, "Type de financement inconnu dans un foyer", tous(choix.simple, choix.foyer), gestes.financer("95"), lot),
    Cas(
        "FIN-014",
        None,
        "PLI : inconnu lui aussi, mais déjà dit non conventionnable",
        _ORDINAIRE,
        gestes.financer("94"),
        lot,
        frozenset({"FIN-012"}),
    ),
    Cas("FIN-014", None, "Code 23 « Autres », vague mais connu", _ORDINAIRE, gestes.financer("23"), lot),
    Cas(
        "FIN-016",
        AV,
        "PLAI dans un foyer pour personnes âgées ou handicapées d'Île-de-France",
        tous(choix.simple, _PA_PH, _ILE_DE_FRANCE),
        gestes.financer("3"),
        lot,
    ),
    Cas(
        "FIN-016",
        None,
        "PLAI dans un foyer pour personnes âgées ou handicapées hors d'Île-de-France",
        tous(choix.simple, choix.foyer, _PA_PH, lambda convention: not _ILE_DE_FRANCE(convention)),
        gestes.financer("3"),
        lot,
    ),
    Cas(
        "FIN-016",
        None,
        "PLAI dans une résidence sociale d'Île-de-France",
        tous(choix.simple, _RESIDENCE, _ILE_DE_FRANCE),
        gestes.financer("3"),
        lot,
        rare=True,
    ),
    Cas(
        "FIN-016",
        None,
        "PLUS dans un foyer pour personnes âgées ou handicapées d'Île-de-France",
        tous(choix.simple, _PA_PH, _ILE_DE_FRANCE),
        gestes.financer("1"),
        lot,
    ),
)
