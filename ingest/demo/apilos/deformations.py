"""Planted distortions: for each, agreements that the import got wrong, and others that only look as if."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from ingest.demo.alea import Alea
from ingest.demo.apilos.faits import Acte, Statut
from ingest.demo.apilos.vocabulaire import ATTRIBUTIONS, NON_RENSEIGNE
from ingest.demo.faits import STATIONNEMENTS, Convention, Etat
from ingest.demo.oracle import Severite
from ingest.demo.referentiels import region_du_departement

Choix: TypeAlias = Callable[[Convention, Sequence[Acte]], bool]
Geste: TypeAlias = Callable[[Convention, Sequence[Acte]], None]
_PART = 0.15
"""Of the agreements taken over, those that a case may be planted in."""
_LETTRES = "ABCDEFGHIJ"
_ANCIENNE_FRONTIERE = 2
_AN, _IN = Severite.ANOMALIE, Severite.INFORMATION


@dataclass(frozen=True, slots=True)
class Deformation:
    """A case. The sentence is French: people read it in the truth file."""

    regle: str
    severite: Severite | None
    """What the rule must say, None for a near miss, which it must not find."""
    phrase: str
    convient: Choix
    planter: Geste


@dataclass(slots=True)
class Deformations:
    """Plants, agreement after agreement, the rarest of the cases that suit."""

    part: float = _PART
    _fois: Counter[int] = field(default_factory=Counter)

    def planter(self, convention: Convention, actes: Sequence[Acte], alea: Alea) -> Deformation | None:
        """Edit the acts of an agreement, now and then; return the case."""
        if not alea.chance(self.part):
            return None
        candidats = [(self._fois[rang], rang) for rang, cas in enumerate(DEFORMATIONS) if cas.convient(convention, actes)]
        if not candidats:
            return None
        _, rang = min(candidats)
        self._fois[rang] += 1
        DEFORMATIONS[rang].planter(convention, actes)
        return DEFORMATIONS[rang]


def _toujours(_: Convention, actes: Sequence[Acte]) -> bool:
    return bool(actes)


def _a_un_terme_et_une_periode_finie(convention: Convention, _: Sequence[Acte]) -> bool:
    fin = _fin_de_periode(convention)
    return convention.expiration is not None and fin is not None and fin != convention.expiration


def _fin_de_periode(convention: Convention) -> object:
    if len(convention.periodes) < _ANCIENNE_FRONTIERE:
        return None
    return convention.periodes[1].debut - timedelta(days=1)


def _fin_d_une_periode(convention: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.fin = convention.periodes[1].debut - timedelta(days=1)


def _a_un_terme(convention: Convention, _: Sequence[Acte]) -> bool:
    return convention.expiration is not None


def _sans_fin(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.fin = None


def _n_a_pas_de_terme(convention: Convention, _: Sequence[Acte]) -> bool:
    return convention.expiration is None


def _commune_defiguree(_: Convention, actes: Sequence[Acte]) -> None:
    """Write A3063 for 33063."""
    for acte in actes:
        code = acte.lots[0].commune.code_officiel
        acte.code_commune = _LETTRES[int(code[0])] + code[1:]


def _ancienne_region(convention: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.code_region = region_du_departement(convention.departement.code)[1]


def _a_change_de_region(convention: Convention, actes: Sequence[Acte]) -> bool:
    est_une_autre = bool(actes) and actes[0].code_region != region_du_departement(convention.departement.code)[1]
    return est_une_autre and all(acte.code_commune for acte in actes)


def _est_dans_une_ancienne_commune(_: Convention, actes: Sequence[Acte]) -> bool:
    return any(not acte.lots[0].commune.est_active and acte.code_commune == acte.lots[0].commune.code for acte in actes)


def _est_envoyee_avant_sa_publication(convention: Convention, _: Sequence[Acte]) -> bool:
    calendrier = convention.courante.calendrier
    return calendrier.publication is not None and calendrier.envoi_spf not in {None, calendrier.publication}


def _envoyee_le_jour_de_la_publication(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.envoi_spf = acte.publication


def _envoi_perdu(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.envoi_spf = None


def _a_des_loyers_collectifs(_: Convention, actes: Sequence[Acte]) -> bool:
    return all(lot.regime and lot.loyer and not lot.individuels and lot.logements for acte in actes for lot in acte.lots)


def _est_tout_individuel(_: Convention, actes: Sequence[Acte]) -> bool:
    return all(lot.regime and not lot.collectifs for acte in actes for lot in acte.lots)


def _sans_loyer(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.sans_loyer = True


def _a_des_types_d_avenant(convention: Convention, actes: Sequence[Acte]) -> bool:
    repris = [acte for acte in actes if acte.est_avenant]
    return bool(repris) and all(acte.types for acte in repris) and all(avenant.types for avenant in convention.avenants)


def _tout_en_commentaires(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        if acte.est_avenant:
            acte.types = ("commentaires",)


def _des_commentaires_en_plus(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        if acte.est_avenant:
            acte.types = tuple(sorted({*acte.types, "commentaires"}))


def _a_des_types_1_prime(_: Convention, actes: Sequence[Acte]) -> bool:
    return _a_la_typologie(actes, "T1P") and _a_une_operation_connue(_, actes)


def _n_a_que_des_types_1_bis(_: Convention, actes: Sequence[Acte]) -> bool:
    return _a_la_typologie(actes, "T1B") and not _a_la_typologie(actes, "T1P") and _a_une_operation_connue(_, actes)


def _a_la_typologie(actes: Sequence[Acte], typologie: str) -> bool:
    """Whether dwellings of that kind are in every act."""
    return all(any(logement.modele.typologie == typologie for lot in acte.lots for logement in lot.logements) for acte in actes)


def _types_1_prime_perdus(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.types_1_prime_perdus = True


def _a_une_operation_connue(_: Convention, actes: Sequence[Acte]) -> bool:
    return all(lot.nature_operation in {"1", "2", "3", "5"} for acte in actes for lot in acte.lots)


def _en_usufruit(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.type_operation = "USUFRUIT"


def _tout_coche(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.attributions = frozenset(ATTRIBUTIONS)


def _tout_coche_sauf_un(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.attributions = frozenset(ATTRIBUTIONS[1:])


def _textes_par_defaut(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.textes_par_defaut = True


def _a_des_logements(_: Convention, actes: Sequence[Acte]) -> bool:
    return all(lot.logements for acte in actes for lot in acte.lots)


def _sans_designation(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.designations_vides = sum(logement.nombre for lot in acte.lots for logement in lot.logements)


def _une_designation_perdue(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.designations_vides = 1


def _a_des_stationnements(convention: Convention, _: Sequence[Acte]) -> bool:
    return convention.nb_stationnements > 0


def _n_a_que_des_annexes(convention: Convention, actes: Sequence[Acte]) -> bool:
    genres = {annexe.genre for lot in convention.courante.contenu for annexe in lot.annexes}
    return bool(genres) and not genres & STATIONNEMENTS and bool(actes)


def _stationnements_perdus(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.stationnements_gardes = False


def _est_en_instruction(convention: Convention, actes: Sequence[Acte]) -> bool:
    return convention.courante.etat is Etat.INS and all(not acte.est_avenant for acte in actes)


def _comme_signee(_: Convention, actes: Sequence[Acte]) -> None:
    for acte in actes:
        acte.statut = Statut.SIGNEE


def _rien(_: Convention, __: Sequence[Acte]) -> None:
    """Change nothing: the agreement as it was taken over is the case."""


def _est_partagee(_: Convention, actes: Sequence[Acte]) -> bool:
    return len([acte for acte in actes if not acte.est_avenant]) > 1


def _a_deux_lots_d_un_financement(_: Convention, actes: Sequence[Acte]) -> bool:
    return not _est_partagee(_, actes) and any(len(acte.lots) > 1 for acte in actes)


def _est_signee(convention: Convention, actes: Sequence[Acte]) -> bool:
    return convention.courante.etat is Etat.OPP and all(acte.statut is Statut.SIGNEE for acte in actes if not acte.est_avenant)


DEFORMATIONS: tuple[Deformation, ...] = (
    Deformation(
        "MIG-001",
        _AN,
        "Fin d'une période de l'historique à la place du terme",
        _a_un_terme_et_une_periode_finie,
        _fin_d_une_periode,
    ),
    Deformation("MIG-001", _AN, "Terme perdu", _a_un_terme, _sans_fin),
    Deformation("MIG-001", None, "Sans terme dans Ecoloweb non plus", _n_a_pas_de_terme, _sans_fin),
    Deformation("MIG-003", _AN, "Code commune défiguré, comme D3063 pour 33063", _toujours, _commune_defiguree),
    Deformation("MIG-003", _AN, "Région d'avant 2016", _a_change_de_region, _ancienne_region),
    Deformation("MIG-003", None, "Commune qui a fusionné depuis, sous son ancien code", _est_dans_une_ancienne_commune, _rien),
    Deformation(
        "MIG-004",
        _IN,
        "Envoi à la publicité foncière daté du jour de la publication",
        _est_envoyee_avant_sa_publication,
        _envoyee_le_jour_de_la_publication,
    ),
    Deformation("MIG-004", None, "Envoi à la publicité foncière vide", _est_envoyee_avant_sa_publication, _envoi_perdu),
    Deformation("MIG-005", _AN, "Lots collectifs sans loyer", _a_des_loyers_collectifs, _sans_loyer),
    Deformation("MIG-005", None, "Maisons seulement : aucun loyer collectif à perdre", _est_tout_individuel, _sans_loyer),
    Deformation("MIG-006", _AN, "Tous les avenants en « commentaires »", _a_des_types_d_avenant, _tout_en_commentaires),
    Deformation("MIG-006", None, "« commentaires » à côté d'un autre type", _a_des_types_d_avenant, _des_commentaires_en_plus),
    Deformation("MIG-007", _IN, "Une convention par financement", _est_partagee, _rien),
    Deformation(
        "MIG-007", None, "Deux programmes d'un même financement : une seule convention", _a_deux_lots_d_un_financement, _rien
    ),
    Deformation("MIG-008", _AN, "Logements « type 1' » devenus T1 bis", _a_des_types_1_prime, _types_1_prime_perdus),
    Deformation("MIG-008", _AN, "Opération devenue un usufruit", _a_une_operation_connue, _en_usufruit),
    Deformation("MIG-008", None, "De vrais T1 bis", _n_a_que_des_types_1_bis, _rien),
    Deformation("MIG-009", _IN, "Toutes les attributions cochées", _toujours, _tout_coche),
    Deformation("MIG-009", _IN, f"Textes « {NON_RENSEIGNE} »", _toujours, _textes_par_defaut),
    Deformation("MIG-009", None, "Toutes les attributions cochées sauf une", _toujours, _tout_coche_sauf_un),
    Deformation("MIG-010", _IN, "Désignations vides", _a_des_logements, _sans_designation),
    Deformation("MIG-010", _IN, "Une seule désignation vide", _a_des_logements, _une_designation_perdue),
    Deformation("MIG-010", None, "Désignations toutes refaites", _a_des_logements, _rien),
    Deformation("MIG-011", _IN, "Stationnements perdus", _a_des_stationnements, _stationnements_perdus),
    Deformation("MIG-011", None, "Caves et jardins, aucun stationnement à perdre", _n_a_que_des_annexes, _stationnements_perdus),
    Deformation("MIG-012", _IN, "En instruction, reprise comme signée", _est_en_instruction, _comme_signee),
    Deformation("MIG-012", None, "En instruction, reprise comme telle", _est_en_instruction, _rien),
    Deformation("MIG-012", None, "Opposable, reprise comme signée", _est_signee, _rien),
)
"""Every case but those of MIG-002, which owners bear: agreements share them."""
