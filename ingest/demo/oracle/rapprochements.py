"""The truth of what brings agréments and agreements together, and of the rules that compare them.

A number tells an agreement by itself. Which agreement an operation without number resembles, its generator knows: nothing is
measured here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ingest.demo.agrements import AIDES, Agrement, Operation, Piege, Rapprochement
from ingest.demo.faits import Absorption, Bailleur, Etat, Lot
from ingest.demo.oracle.ide import siren_lu
from ingest.demo.oracle.vue import DATE_DE_REFERENCE, Constat, Severite, Vue
from ingest.demo.referentiels import Nature, famille

SANS_CONVENTION = frozenset({"PSLA", "PLAI_ADP"})
"""Aids of the demo that no agreement is made for."""
_ANNEES_D_ATTENTE, _ECART_PCT = 3, 20
_PLUS_PETITE, _PLUS_GRANDE = 9_00, 250_00
"""Useful areas of a dwelling, in 1/100 of m²."""
_ENGAGEES = frozenset({"ENGAGEE", "ACOMPTE", "CLOTUREE", "SOLDEE"})
_ACOMPTE_DEMANDE = frozenset({"ACOMPTE", "CLOTUREE", "SOLDEE"})
_ABANDONNEES = frozenset({"ANNULEE", "SUPPRIMEE"})
_FOYERS_SANS_PUBLIC = frozenset({Nature.FOYER_PA, Nature.FOYER_PH, Nature.FOYER_INCLUSIF, Nature.FTM, Nature.FJT})
"""Foyers that SIAP calls by one name."""


class Lien(NamedTuple):
    """An agrément and an agreement, how they are brought together, and whether it is sure."""

    agrement: str
    convention: str
    methode: str
    statut: str


class _Lot(NamedTuple):
    """What is kept of a programme."""

    id: int
    dossier: str | None
    numero: str | None
    financement: str
    famille: str
    commune: str
    bailleur: int
    siren: str | None
    nombre: int


class _Convention(NamedTuple):
    """What is kept of an agreement."""

    id: int
    etat: Etat
    nature: Nature
    signature: date | None
    publication: date | None
    lots: tuple[_Lot, ...]

    @property
    def est_suivie(self) -> bool:
        return self.etat not in {Etat.ANI, Etat.ANS}

    @property
    def est_terminee(self) -> bool:
        return self.etat in {Etat.RES, Etat.DEN}


class _Compare(NamedTuple):
    """An agrément with the agreements that are linked to it and live, the programmes that make each link, and how many ended."""

    operation: Operation
    agrement: Agrement
    id: str
    vivantes: list[_Convention]
    lots: list[_Lot]
    terminees: int


class Rapprochements:
    """Keeps every agreement that may be linked and every operation, and tells the links and the findings once all are known."""

    REGLES = tuple(f"AGR-{numero:03}" for numero in (1, 2, 5, 6, 7, 8, 9, 10, 13, 14, 16))

    def __init__(self) -> None:
        """Start with nothing."""
        self._conventions: dict[int, _Convention] = {}
        self._porteurs: defaultdict[str, list[int]] = defaultdict(list)
        self._operations: list[Operation] = []
        self._absorptions: dict[str, Absorption] = {}

    def noter(self, vue: Vue) -> None:
        """Keep an agreement."""
        calendrier = vue.calendrier
        lots = tuple(_lot(identifiant, lot) for identifiant, lot in zip(vue.convention.courante.ids_lots, vue.lots, strict=True))
        signature = calendrier.signature or calendrier.signature_bailleur
        kept = _Convention(vue.convention.id, vue.etat, vue.nature, signature, calendrier.publication, lots)
        self._conventions[kept.id] = kept
        for numero in {lot.numero for lot in lots if lot.numero}:
            self._porteurs[numero].append(kept.id)
        for lot in vue.lots:
            self._absorber(lot.proprietaire)

    def noter_operation(self, operation: Operation) -> None:
        """Keep an operation."""
        self._operations.append(operation)

    def absorber(self, absorptions: Mapping[str, Absorption]) -> None:
        """Keep mergers, by the SIREN absorbed."""
        self._absorptions |= absorptions

    @property
    def absorptions(self) -> Mapping[str, Absorption]:
        """Every merger, by the SIREN absorbed."""
        return dict(sorted(self._absorptions.items()))

    def liens(self) -> Iterator[Lien]:
        """Yield what brings agréments and agreements together, sure or not."""
        for operation in self._operations:
            for agrement, identifiant in _conventionnables(operation):
                if operation.rapprochement is not None:
                    yield Lien(identifiant, f"ecoloweb:{operation.convention}", "ressemblance", str(operation.rapprochement))
                    continue
                yield from self._par_le_numero(operation, agrement, identifiant)

    def constats(self) -> Iterator[Constat]:
        """Yield the findings on agréments, and on programmes that bear the number of an operation."""
        remplacees = {operation.numero for operation in self._operations if operation.source == "siap"}
        retenues = [operation for operation in self._operations if operation.source == "siap" or operation.numero not in remplacees]
        for operation in retenues:
            for agrement, identifiant in _conventionnables(operation):
                compare = self._comparer(operation, agrement, identifiant)
                for regle, severite in self._juger(compare):
                    yield Constat(regle, severite, "agrement", identifiant)
        yield from self._sans_pls({operation.numero: operation for operation in retenues})

    def _par_le_numero(self, operation: Operation, agrement: Agrement, identifiant: str) -> Iterator[Lien]:
        porteurs = [self._conventions[porteur] for porteur in self._porteurs[operation.numero]]
        lies = [(porteur, lots) for porteur in porteurs if (lots := _lots_du_numero(porteur, operation, agrement))]
        for porteur, lots in lies:
            exact = any(lot.dossier == operation.numero for lot in lots)
            yield Lien(identifiant, f"ecoloweb:{porteur.id}", "numero_exact" if exact else "numero_normalise", "lien")
        if not lies:
            for porteur in porteurs:
                yield Lien(identifiant, f"ecoloweb:{porteur.id}", "numero_autre_financement", "a_verifier")

    def _comparer(self, operation: Operation, agrement: Agrement, identifiant: str) -> _Compare:
        """Gather the programmes of the agreements linked to an agrément."""
        lies: list[tuple[_Convention, list[_Lot]]] = []
        if operation.rapprochement is Rapprochement.LIEN and operation.convention is not None:
            convention = self._conventions[operation.convention]
            lies = [(convention, [lot for lot in convention.lots if lot.famille == _famille(agrement)])]
        elif operation.rapprochement is None:
            porteurs = (self._conventions[porteur] for porteur in self._porteurs[operation.numero])
            lies = [(porteur, _completes(porteur, _lots_du_numero(porteur, operation, agrement))) for porteur in porteurs]
        suivies = [(convention, lots) for convention, lots in lies if lots and convention.est_suivie]
        vivantes = [(convention, lots) for convention, lots in suivies if not convention.est_terminee]
        return _Compare(
            operation,
            agrement,
            identifiant,
            [convention for convention, _ in vivantes],
            [lot for _, lots in vivantes for lot in lots],
            len(suivies) - len(vivantes),
        )

    def _juger(self, compare: _Compare) -> Iterator[tuple[str, Severite]]:
        """Yield what the rules say of an agrément."""
        operation, vivantes = compare.operation, compare.vivantes
        est_abandonnee = operation.source == "siap" and operation.statut in _ABANDONNEES
        if not vivantes and not compare.terminees and not est_abandonnee and _doit_en_avoir_une(operation):
            yield "AGR-001", Severite.A_VERIFIER
        if len(vivantes) > 1:
            yield "AGR-002", Severite.NON_REGLEMENTAIRE
        if est_abandonnee and any(convention.etat is Etat.OPP for convention in vivantes):
            yield "AGR-009", Severite.ANOMALIE
        if len(self._lieux(operation.numero)) > 1:
            yield "AGR-013", Severite.ANOMALIE
        if not compare.terminees and _acompte_trop_tot(compare):
            yield "AGR-014", Severite.A_VERIFIER
        if _surface_invraisemblable(compare):
            yield "AGR-016", Severite.A_VERIFIER
        if vivantes:
            yield from self._differences(compare)

    def _differences(self, compare: _Compare) -> Iterator[tuple[str, Severite]]:
        """Yield what an agrément and its agreements do not have in common."""
        operation = compare.operation
        nombre = _nb_logements(compare)
        convenu = sum(lot.nombre for lot in compare.lots)
        if nombre is not None and convenu != nombre:
            grave = 100 * abs(convenu - nombre) > _ECART_PCT * nombre
            yield "AGR-005", Severite.NON_REGLEMENTAIRE if grave else Severite.A_VERIFIER
        if _natures_contraires(operation, {convention.nature for convention in compare.vivantes}):
            yield "AGR-006", Severite.ANOMALIE
        if operation.commune.code_officiel not in {lot.commune for lot in compare.lots}:
            yield "AGR-007", Severite.ANOMALIE
        sirens = sorted({lot.siren for lot in compare.lots if lot.siren})
        connu = operation.siren if Piege.INCONNU not in operation.pieges else None
        if connu and sirens and connu not in sirens and not self._menent_a(connu, sirens[0]):
            yield "AGR-008", Severite.A_VERIFIER

    def _sans_pls(self, operations: Mapping[str, Operation]) -> Iterator[Constat]:
        """Yield a finding for each PLS programme whose operation has no PLS."""
        for convention in self._conventions.values():
            for lot in convention.lots:
                operation = operations.get(lot.numero or "")
                aides = {agrement.aide for agrement in operation.agrements} if operation else {"PLS"}
                if convention.est_suivie and lot.famille == "PLS" and "PLS" not in aides:
                    yield Constat("AGR-010", Severite.A_VERIFIER, "lot", f"ecoloweb:{lot.id}")

    def _lieux(self, numero: str) -> set[tuple[str | int, str]]:
        """Return the owners and places of the programmes that bear a number; two owners that became one are one."""
        suivies = (self._conventions[porteur] for porteur in self._porteurs[numero])
        return {
            (self._devenu(lot.siren) if lot.siren else lot.bailleur, lot.commune)
            for convention in suivies
            if convention.est_suivie
            for lot in convention.lots
            if lot.numero == numero
        }

    def _devenu(self, siren: str) -> str:
        absorption = self._absorptions.get(siren)
        return self._devenu(absorption.absorbant) if absorption else siren

    def _menent_a(self, un: str, autre: str) -> bool:
        """Whether one owner became the other."""
        return self._passe_par(un, autre) or self._passe_par(autre, un)

    def _passe_par(self, siren: str, but: str) -> bool:
        absorption = self._absorptions.get(siren)
        return absorption is not None and (absorption.absorbant == but or self._passe_par(absorption.absorbant, but))

    def _absorber(self, bailleur: Bailleur) -> None:
        if bailleur.absorption is not None and bailleur.siren is not None:
            self._absorptions[bailleur.siren] = bailleur.absorption


def _lot(identifiant: int, lot: Lot) -> _Lot:
    return _Lot(
        identifiant,
        lot.dossier,
        lot.operation or lot.dossier,
        _financement(lot.financement),
        famille(lot.financement),
        lot.commune.code_officiel,
        lot.proprietaire.id,
        siren_lu(lot.proprietaire),
        lot.nb_logements,
    )


def _financement(code: str) -> str:
    """Return the financing that a code stands for."""
    return {"8": "PAM"}.get(code, AIDES.get(code, famille(code)))


def _famille(agrement: Agrement) -> str:
    return "PLUS" if agrement.aide == "PALULOS" else agrement.aide


def _conventionnables(operation: Operation) -> Iterable[tuple[Agrement, str]]:
    ids = zip(operation.agrements, operation.ids, strict=True)
    return [(agrement, identifiant) for agrement, identifiant in ids if agrement.aide not in SANS_CONVENTION]


def _lots_du_numero(convention: _Convention, operation: Operation, agrement: Agrement) -> list[_Lot]:
    """Return the programmes that bear a number, of an aid: under its name, else of its family where the operation has no other."""
    lots = [lot for lot in convention.lots if lot.numero == operation.numero]
    memes = [lot for lot in lots if lot.financement == agrement.aide]
    aides = {autre.aide for autre in operation.agrements} - SANS_CONVENTION
    return memes or [lot for lot in lots if lot.famille == _famille(agrement) and lot.financement not in aides]


def _completes(convention: _Convention, lots: list[_Lot]) -> list[_Lot]:
    """Return these programmes, with those of the same financing, place and owner that bear nothing."""
    places = {(lot.financement, lot.commune, lot.bailleur) for lot in lots}
    return [
        lot
        for lot in convention.lots
        if lot in lots or (not lot.dossier and (lot.financement, lot.commune, lot.bailleur) in places)
    ]


def _doit_en_avoir_une(operation: Operation) -> bool:
    if operation.source == "sisal":
        return operation.annee <= DATE_DE_REFERENCE.year - _ANNEES_D_ATTENTE
    return operation.statut in _ENGAGEES


def _acompte_trop_tot(compare: _Compare) -> bool:
    if compare.operation.source != "siap" or compare.agrement.aide == "PLS" or compare.operation.statut not in _ACOMPTE_DEMANDE:
        return False
    signees = any(convention.signature for convention in compare.vivantes)
    publiees = any(convention.publication for convention in compare.vivantes)
    return not (signees and publiees)


def _nb_logements(compare: _Compare) -> int | None:
    """Return the dwellings of an agrément, those of the adapted PLAI with the PLAI; None when its source does not tell."""
    if Piege.SANS_DETAIL in compare.operation.pieges:
        return None
    return sum(agrement.nb_logements for agrement in _adaptes_compris(compare)) or None


def _adaptes_compris(compare: _Compare) -> list[Agrement]:
    aides = {compare.agrement.aide, f"{compare.agrement.aide}_ADP"}
    return [agrement for agrement in compare.operation.agrements if agrement.aide in aides]


def _surface_invraisemblable(compare: _Compare) -> bool:
    """Whether SISAL tells a useful area that ordinary dwellings in that number do not have."""
    operation, agrements = compare.operation, _adaptes_compris(compare)
    if operation.source != "sisal" or operation.nature is not Nature.ORDINAIRE or Piege.SURFACE_VIDE in operation.pieges:
        return False
    surfaces = [utile for agrement in agrements for utile in _surfaces(agrement)]
    nombre = sum(agrement.nb_logements for agrement in agrements)
    return all(surfaces) and nombre > 0 and not _PLUS_PETITE <= sum(surfaces) / nombre <= _PLUS_GRANDE


def _surfaces(agrement: Agrement) -> Iterator[int]:
    """Yield the useful area of each kind of housing that an aid has."""
    if agrement.collectifs:
        yield agrement.utile_collective
    if agrement.individuels:
        yield agrement.utile_individuelle


def _natures_contraires(operation: Operation, natures: set[Nature]) -> bool:
    """Whether the agreements are all of one nature, and the operation of another that its source can tell."""
    agreee = operation.nature
    if len(natures) != 1 or (operation.source == "siap" and agreee in _FOYERS_SANS_PUBLIC):
        return False
    if agreee is Nature.RESIDENCE_SOCIALE and Piege.NATURE_VIDE in operation.pieges:
        return False
    (nature,) = natures
    if nature is Nature.FOYER_INCLUSIF:
        return agreee is Nature.ORDINAIRE
    dite = Nature.FOYER_PH if agreee is Nature.FOYER_INCLUSIF else agreee
    return dite is not nature
