"""Cases of the rules on convention types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, IN, NR, Cas, Choix, Geste, lot, puis, tous
from ingest.demo.faits import Bailleur, Convention, Etat
from ingest.demo.oracle.typ import COLLECTIVITES
from ingest.demo.profil import RESIDENCES_SOCIALES_DEPUIS
from ingest.demo.referentiels import ConventionType, Gamme, Nature, Secteur, convention_type, types_en_vigueur
from ingest.demo.types_de_convention import annexe, precedent, sur_l_annexe

NouveauType: TypeAlias = Callable[[Convention], ConventionType]

_PALULOS_DES_HLM = 100010
_NEUF, _ANCIEN, _ACQUISITION = frozenset({"1", "6"}), frozenset({"3", "4", "5"}), frozenset({"2"})
_TYPES_DE_SEPTEMBRE, _SIX_MOIS_APRES = date(2019, 9, 1), date(2020, 3, 1)
"""When types took the place of those of August 2019, and six months later."""
_SEPT_MOIS = timedelta(days=215)


def _changer_de_type(nouveau: NouveauType) -> Geste:
    """Put the agreement on another convention type, whose decree its number quotes."""

    def geste(convention: Convention, _: Atelier) -> None:
        avant, apres = convention.type, nouveau(convention)
        numero = convention.numero.replace(f" {avant.decret} ", f" {apres.decret} ")
        numero = numero.replace(f"/{avant.decret.replace('-', '')}/", f"/{apres.decret.replace('-', '')}/")
        convention.libelle = convention.libelle.replace(convention.numero, numero)
        convention.type, convention.numero = apres, numero

    return geste


def _du_jour(nature: Nature, secteur: Secteur | None = None) -> NouveauType:
    """Return the type in force at the signature for some dwellings, and some owners when they are ordinary."""

    def nouveau(convention: Convention) -> ConventionType:
        signature = convention.courante.calendrier.signature or date.min
        return types_en_vigueur(nature, secteur or convention.secteur, Gamme.COURANTE, signature)[0]

    return nouveau


def _palulos(_: Convention) -> ConventionType:
    return convention_type(_PALULOS_DES_HLM)


def _annexe(numero: str) -> NouveauType:
    return lambda convention: sur_l_annexe(convention.type, numero)


def _d_avant(convention: Convention) -> ConventionType:
    return precedent(convention.type) or convention.type


def _donner_au_secteur(secteur: Secteur) -> Geste:
    return gestes.donner_a(lambda convention, atelier: atelier.bailleur_du_secteur(convention.departement, secteur))


def _donner_aujourd_hui(convention: Convention, atelier: Atelier) -> None:
    """Give the last programme of the current period alone to a SEM."""
    *autres, dernier = convention.courante.contenu
    sem = atelier.bailleur_du_secteur(convention.departement, Secteur.SEM)
    convention.courante.contenu = [*autres, replace(dernier, proprietaire=sem)]


def _communaute(convention: Convention, atelier: Atelier) -> Bailleur:
    return atelier.bailleur(convention, "333", "COMMUNAUTE DE COMMUNES")


def _passer_a_une_sem(convention: Convention, atelier: Atelier) -> None:
    """Give the agreement of an HLM body to a SEM that acts on the model of HLM bodies."""
    _donner_au_secteur(Secteur.SEM)(convention, atelier)
    convention.secteur = Secteur.SEM


def _proprietaire(*sous_natures: str) -> Choix:
    """Whether every programme belongs to an owner of one of these kinds."""
    return lambda convention: all(programme.proprietaire.sous_nature in sous_natures for programme in convention.courante.contenu)


def _operation(*codes: str) -> Choix:
    """Whether every programme is one of these operations."""
    return lambda convention: all(programme.nature_operation in codes for programme in convention.courante.contenu)


def _non(choisit: Choix) -> Choix:
    return lambda convention: not choisit(convention)


def _a_un_type_d_avant(convention: Convention) -> bool:
    """Whether another type has been replaced for seven months when the agreement is signed."""
    signature = convention.courante.calendrier.signature
    return precedent(convention.type) is not None and signature is not None and signature > convention.type.debut + _SEPT_MOIS


_ORDINAIRE = tous(choix.simple, choix.ordinaire)
_HLM = tous(_ORDINAIRE, choix.secteur(Secteur.HLM))
_AUTRE = tous(_ORDINAIRE, choix.secteur(Secteur.AUTRE), choix.signee(depuis=date(1980, 6, 10)))
_COMMUNE = _proprietaire(*COLLECTIVITES)
_PLS_PRIVE = tous(_ORDINAIRE, choix.secteur(Secteur.PRIVE), choix.finance("9"))
_DE_1978 = tous(choix.etat(Etat.OPP), choix.ordinaire, choix.secteur(Secteur.HLM), choix.signee(jusqu_au=date(1978, 12, 31)))
_SUR_ANNEXE = tous(_ORDINAIRE, choix.secteur(Secteur.AUTRE, Secteur.PRIVE), lambda convention: annexe(convention.type) is not None)
_ANNEXE_DU_NEUF = tous(_SUR_ANNEXE, _operation(*_NEUF))
_PA_PH = tous(choix.simple, choix.foyer, choix.nature(Nature.FOYER_PA, Nature.FOYER_PH))
_SIGNABLE = tous(_HLM, choix.signable_le(_SIX_MOIS_APRES), lambda convention: convention.type.debut == _TYPES_DE_SEPTEMBRE)
_NON_REPRISE = tous(_ORDINAIRE, choix.hlm, _a_un_type_d_avant, lambda convention: not convention.est_reprise)
_REPRISE = tous(_ORDINAIRE, choix.hlm, _a_un_type_d_avant, lambda convention: convention.est_reprise)

TYPES: tuple[Cas, ...] = (
    Cas(
        "TYP-001",
        NR,
        "Organisme d'HLM sur le modèle des SEM",
        _HLM,
        _changer_de_type(_du_jour(Nature.ORDINAIRE, Secteur.SEM)),
    ),
    Cas(
        "TYP-001",
        NR,
        "Association, et non collectivité, sur le modèle des organismes d'HLM",
        tous(_AUTRE, _non(_COMMUNE)),
        _changer_de_type(_du_jour(Nature.ORDINAIRE, Secteur.HLM)),
    ),
    Cas(
        "TYP-001",
        NR,
        "SEM sur le modèle des organismes d'HLM, bien après 1978",
        tous(_ORDINAIRE, choix.secteur(Secteur.SEM), choix.signee(depuis=date(1980, 1, 1))),
        _changer_de_type(_du_jour(Nature.ORDINAIRE, Secteur.HLM)),
    ),
    Cas(
        "TYP-001",
        AV,
        "Commune sur le modèle des organismes d'HLM, qui gèrent peut-être ses logements",
        tous(_AUTRE, _COMMUNE),
        _changer_de_type(_du_jour(Nature.ORDINAIRE, Secteur.HLM)),
    ),
    Cas("TYP-001", None, "SEM sur le modèle des organismes d'HLM en 1978", _DE_1978, _passer_a_une_sem, rare=True),
    Cas(
        "TYP-001",
        None,
        "Bailleur privé sur le modèle des autres bailleurs, de mêmes annexes",
        _PLS_PRIVE,
        _changer_de_type(_du_jour(Nature.ORDINAIRE, Secteur.AUTRE)),
    ),
    Cas("TYP-001", None, "Organisme d'HLM sur le modèle PALULOS des organismes d'HLM", _HLM, _changer_de_type(_palulos)),
    Cas(
        "TYP-002",
        NR,
        "Foyer pour personnes âgées ou handicapées sur un modèle de logements ordinaires",
        tous(_PA_PH, choix.hlm),
        _changer_de_type(_du_jour(Nature.ORDINAIRE)),
    ),
    Cas(
        "TYP-002",
        NR,
        "Logements ordinaires sur le modèle des résidences sociales",
        tous(_HLM, choix.signee(depuis=RESIDENCES_SOCIALES_DEPUIS)),
        _changer_de_type(_du_jour(Nature.RESIDENCE_SOCIALE)),
    ),
    Cas(
        "TYP-002",
        NR,
        "Résidence sociale sur le modèle des foyers pour personnes âgées",
        tous(choix.simple, choix.foyer, choix.nature(Nature.RESIDENCE_SOCIALE)),
        _changer_de_type(_du_jour(Nature.FOYER_PA)),
    ),
    Cas(
        "TYP-002",
        None,
        "Foyer pour personnes âgées sur le modèle des personnes handicapées, de la même annexe",
        tous(choix.simple, choix.foyer, choix.nature(Nature.FOYER_PA)),
        _changer_de_type(_du_jour(Nature.FOYER_PH)),
    ),
    Cas(
        "TYP-002",
        None,
        "Foyer de travailleurs migrants sur le modèle des jeunes travailleurs, de la même sorte",
        tous(choix.simple, choix.nature(Nature.FTM)),
        _changer_de_type(_du_jour(Nature.FJT)),
    ),
    Cas(
        "TYP-003",
        AV,
        "Opération neuve sur l'annexe II",
        tous(_ANNEXE_DU_NEUF, _non(_COMMUNE), _non(choix.de_famille("PLAI"))),
        _changer_de_type(_annexe("II")),
        rare=True,
    ),
    Cas(
        "TYP-003",
        AV,
        "Acquisition améliorée sur l'annexe I",
        tous(_SUR_ANNEXE, _non(_COMMUNE), _operation(*_ANCIEN)),
        _changer_de_type(_annexe("I")),
        rare=True,
    ),
    Cas(
        "TYP-003",
        AV,
        "Logements neufs d'une communauté de communes sur l'annexe I",
        tous(_ANNEXE_DU_NEUF, choix.secteur(Secteur.AUTRE)),
        puis(gestes.donner_a(_communaute), _changer_de_type(_annexe("I"))),
        rare=True,
    ),
    Cas(
        "TYP-003",
        None,
        "Opération neuve d'une association, en PLAI, sur l'annexe II",
        tous(_ANNEXE_DU_NEUF, _non(_COMMUNE), choix.de_famille("PLAI")),
        _changer_de_type(_annexe("II")),
        rare=True,
    ),
    Cas(
        "TYP-003",
        None,
        "Logements neufs d'une communauté de communes sur l'annexe II",
        tous(_ANNEXE_DU_NEUF, choix.secteur(Secteur.AUTRE)),
        puis(gestes.donner_a(_communaute), _changer_de_type(_annexe("II"))),
        rare=True,
    ),
    Cas(
        "TYP-003",
        None,
        "Acquisition seule, dont l'âge de l'immeuble est inconnu, sur l'annexe II",
        tous(_SUR_ANNEXE, _non(_COMMUNE), _operation(*_ACQUISITION)),
        _changer_de_type(_annexe("II")),
        rare=True,
    ),
    Cas("TYP-004", AN, "Convention d'organisme d'HLM dont le propriétaire est une SEM", _HLM, _donner_au_secteur(Secteur.SEM)),
    Cas(
        "TYP-004",
        AN,
        "Convention de bailleur privé dont le propriétaire est une association ou une commune",
        _PLS_PRIVE,
        _donner_au_secteur(Secteur.AUTRE),
    ),
    Cas(
        "TYP-004",
        None,
        "Convention d'organisme d'HLM passée à une SEM par un avenant de mutation",
        tous(_HLM, choix.amendable),
        puis(gestes.avenir("1"), _donner_aujourd_hui),
    ),
    Cas(
        "TYP-004",
        None,
        "Un organisme d'HLM et une SEM, propriétaires chacun d'un programme",
        tous(_HLM, choix.finance("1", "2"), choix.coupe_inegale),
        puis(gestes.separer("7"), _donner_aujourd_hui),
    ),
    Cas("TYP-004", None, "Convention d'organisme d'HLM donnée à un autre organisme d'HLM", _HLM, _donner_au_secteur(Secteur.HLM)),
    Cas("TYP-005", AV, "PLUS d'un bailleur privé", _PLS_PRIVE, gestes.financer("1"), lot),
    Cas("TYP-005", AV, "PLAI d'un bailleur privé", _PLS_PRIVE, gestes.financer("3"), lot),
    Cas("TYP-005", None, "PLS d'un bailleur privé", _PLS_PRIVE, objet=lot),
    Cas("TYP-005", None, "PAP locatif d'un bailleur privé, rangé en PLUS", tous(choix.simple, choix.finance("20")), objet=lot),
    Cas("TYP-005", None, "PLUS d'une association", tous(_AUTRE, _non(_COMMUNE), choix.finance("1")), objet=lot),
    Cas(
        "TYP-009",
        AV,
        "Signée six mois jour pour jour après le remplacement de son type",
        _SIGNABLE,
        puis(gestes.signer_le(_SIX_MOIS_APRES), _changer_de_type(_d_avant)),
        rare=True,
    ),
    Cas("TYP-009", AV, "Signée sur le type d'avant, remplacé depuis plus de sept mois", _NON_REPRISE, _changer_de_type(_d_avant)),
    Cas(
        "TYP-009",
        IN,
        "Reprise, signée sur le type d'avant, remplacé depuis plus de sept mois",
        _REPRISE,
        _changer_de_type(_d_avant),
    ),
    Cas(
        "TYP-009",
        None,
        "Signée six mois moins un jour après le remplacement de son type",
        _SIGNABLE,
        puis(gestes.signer_le(_SIX_MOIS_APRES - timedelta(days=1)), _changer_de_type(_d_avant)),
        rare=True,
    ),
    Cas(
        "TYP-009",
        None,
        "Signée sur le type PALULOS de 1977, que rien n'a remplacé",
        tous(_HLM, choix.signee(depuis=date(1990, 1, 1))),
        _changer_de_type(_palulos),
    ),
)
