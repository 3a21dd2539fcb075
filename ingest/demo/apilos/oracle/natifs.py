"""The truth of the rules on agreements born in APiLos and on amendments made there: one small function a rule.

The rules that Ecoloweb feeds as well are judged by its oracle, on the same facts, under the ids of APiLos.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from ingest.demo.apilos.etat import Racine
from ingest.demo.apilos.faits import SIGNES, Acte, Statut
from ingest.demo.apilos.vocabulaire import financement
from ingest.demo.calendrier import plus_annees, plus_mois
from ingest.demo.faits import Convention
from ingest.demo.oracle import DATE_DE_REFERENCE, Constat, Severite, juger, voir
from ingest.demo.oracle.agr import est_un_numero
from ingest.demo.oracle.ave import GUIDE_D_ILE_DE_FRANCE
from ingest.demo.oracle.dur import FONCIERE_LOGEMENT
from ingest.demo.referentiels import Nature, Secteur

_NR, _AN, _AV, _IN = Severite.NON_REGLEMENTAIRE, Severite.ANOMALIE, Severite.A_VERIFIER, Severite.INFORMATION
_CAISSE_DES_DEPOTS = frozenset({"CDCF", "CDCL"})
_DE_FIN = frozenset({"denonciation", "resiliation"})
_MOIS_D_OUBLI = 6
_PART_DES_MODESTES, _PETITE_OPERATION = 30, 10
_SANS_FINANCEMENT = "SANS_FINANCEMENT"
PROPRES_A_ECOLOWEB = frozenset(
    {
        *(f"AVE-{rang:03}" for rang in (5, 6, 7, 8, 9, 15)),
        *(f"DAT-{rang:03}" for rang in (1, 6, 7, 8, 9, 12, 18)),
        *(f"DUR-{rang:03}" for rang in (8, 9, 16)),
        *(f"FIN-{rang:03}" for rang in (10, 11, 13)),
        *(f"GEO-{rang:03}" for rang in (1, 3, 9, 10)),
        *(f"LOY-{rang:03}" for rang in (2, 5, 8, 9)),
        *("DUP-006", "MIX-005", "ORP-002", "ORP-003", "ORP-006"),
    }
)
"""Rules that the facts of Ecoloweb break and that do not judge APiLos, or that look at what it does not hold."""


def ave_013(acte: Acte) -> Severite | None:
    """An amendment to nothing, to an agreement that was cancelled, or to another amendment."""
    if acte.statut is Statut.ANNULEE or not acte.est_avenant:
        return None
    mere = acte.parent
    return _AN if mere is None or mere.est_avenant or mere.statut is Statut.ANNULEE else None


def ave_014(acte: Acte) -> Severite | None:
    """An amendment that ended an agreement, still in force past the day that it says."""
    if acte.parent is None or acte.statut is Statut.ANNULEE or acte.signature is None or not _DE_FIN & {*acte.types}:
        return None
    fin = acte.denonciation or acte.resiliation
    return _AN if fin is not None and fin < DATE_DE_REFERENCE and acte.parent.statut in SIGNES else None


def ide_010(acte: Acte) -> Severite | None:
    """Signed by nobody, or by somebody whom nothing allowed to."""
    if acte.signature is None or acte.statut is Statut.ANNULEE:
        return None
    return _AN if acte.signataire is None or acte.deliberation is None else None


def ide_011(acte: Acte) -> Severite | None:
    """Allowed to sign after having signed."""
    if acte.signature is None or acte.deliberation is None or acte.statut is Statut.ANNULEE:
        return None
    return _AN if acte.deliberation > acte.signature else None


def sta_004(acte: Acte) -> Severite | None:
    """Validated for more than six months and not signed."""
    attend = acte.statut is Statut.A_SIGNER and acte.validation is not None
    return _AV if attend and acte.validation and acte.validation < plus_mois(DATE_DE_REFERENCE, -_MOIS_D_OUBLI) else None


def sta_007(acte: Acte) -> Severite | None:
    """A foyer of overseas that waits for a publication that it does not need."""
    convention = acte.convention
    est_un_foyer = convention.departement.est_outre_mer and convention.nature is not Nature.ORDINAIRE
    return _IN if acte.statut is Statut.PUBLICATION and est_un_foyer else None


def geo_007(acte: Acte, _: str) -> Severite | None:
    """A zone of one kind in the place of the other."""
    zone_123, zone_abc = acte.zones
    inversee = (zone_abc or "-")[0] in "0123" or (zone_123 or "-")[0] in "ABC"
    return _AN if inversee and acte.statut is not Statut.ANNULEE else None


def geo_012(acte: Acte, _: str) -> Severite | None:
    """A commune without its code."""
    return _AN if acte.code_commune is None and acte.statut is not Statut.ANNULEE else None


def cas_011(acte: Acte, code: str) -> Severite | None:
    """Financed by the State, in force, and without a loan of the Caisse des dépôts."""
    concerne = acte.statut in SIGNES and code in {"PLUS", "PLAI"} and not acte.convention.departement.est_outre_mer
    return _AV if concerne and not any(pret.preteur in _CAISSE_DES_DEPOTS for pret in acte.prets.get(code, ())) else None


def cas_012(acte: Acte, code: str) -> Severite | None:
    """A loan of the Caisse des dépôts that lacks its number, its day or its duration."""
    siens = [pret for pret in acte.prets.get(code, ()) if pret.preteur in _CAISSE_DES_DEPOTS]
    return (
        _AN if acte.statut is not Statut.ANNULEE and any(None in {pret.numero, pret.octroi, pret.duree} for pret in siens) else None
    )


def dur_002(acte: Acte, code: str) -> Severite | None:
    """An agreement that ends before its loan."""
    if acte.statut is Statut.ANNULEE or code not in {"PLUS", "PLAI"} or acte.fin is None:
        return None
    siens = [pret for pret in acte.prets.get(code, ()) if pret.preteur in _CAISSE_DES_DEPOTS and pret.octroi and pret.duree]
    return _NR if any(acte.fin < plus_annees(pret.octroi or date.max, pret.duree or 0) for pret in siens) else None


def cas_008(acte: Acte, code: str) -> Severite | None:
    """A loan of the Caisse des dépôts for what nothing finances."""
    siens = [pret for pret in acte.prets.get(code, ()) if pret.preteur in _CAISSE_DES_DEPOTS]
    return _AN if acte.statut is not Statut.ANNULEE and code == _SANS_FINANCEMENT and siens else None


def cas_013(acte: Acte) -> Severite | None:
    """A second life, of nothing that is told."""
    return _AN if acte.statut is not Statut.ANNULEE and "SECD_VIE" in acte.contenu and not acte.origines else None


def dur_015(acte: Acte) -> Severite | None:
    """Several financings, and an end before that of the longest loan."""
    if acte.statut is Statut.ANNULEE or acte.signature is None or acte.fin is None or len(acte.contenu) == 1:
        return None
    return _AV if any(dur_002(acte, code) for code in acte.contenu) else None


def fin_007(acte: Acte, code: str) -> Severite | None:
    """A financing of overseas in France itself."""
    d_outre_mer = code in {"LLS", "LLTS", "LLTSA", "PLS_DOM"} and not acte.convention.departement.est_outre_mer
    return _AN if acte.statut is not Statut.ANNULEE and d_outre_mer else None


def loy_001(acte: Acte, code: str) -> Severite | None:
    """Several rents by square metre in one lot."""
    plusieurs = acte.surloyer and sum(logement.nombre for lot in acte.contenu[code] for logement in lot.logements) > 1
    return _NR if plusieurs and acte.statut is not Statut.ANNULEE and acte.convention.nature is Nature.ORDINAIRE else None


def loy_018(acte: Acte, _: str) -> Severite | None:
    """The rent of an association foncière, of another owner."""
    if acte.signature is None or acte.statut is Statut.ANNULEE or acte.convention.nature is not Nature.ORDINAIRE:
        return None
    return _AV if (acte.loyer_foncier is not None) is not (acte.bailleur.sous_nature == FONCIERE_LOGEMENT) else None


def mix_002(acte: Acte, code: str) -> Severite | None:
    """Dwellings negotiated where nothing is to be."""
    concerne = acte.convention.secteur in {Secteur.HLM, Secteur.SEM} and code == "PLUS"
    return _AN if acte.negocies and not concerne and acte.statut is not Statut.ANNULEE else None


def mix_003(acte: Acte, code: str) -> Severite | None:
    """More dwellings negotiated than the poorest households leave."""
    concerne = acte.convention.secteur in {Secteur.HLM, Secteur.SEM} and code == "PLUS" and acte.statut is not Statut.ANNULEE
    if not concerne or acte.negocies is None:
        return None
    nombre = sum(lot.nb_logements for lot in acte.contenu[code])
    part = (
        (nombre * _PART_DES_MODESTES + 50) // 100
        if acte.nb_logements < _PETITE_OPERATION
        else -(-nombre * _PART_DES_MODESTES // 100)
    )
    return _AN if acte.negocies > nombre - part else None


def ave_002(acte: Acte) -> Severite | None:
    """Signed before the works are over, in Île-de-France, about something else than a term or an owner."""
    concerne = acte.signature is not None and acte.signature >= GUIDE_D_ILE_DE_FRANCE and acte.statut is not Statut.ANNULEE
    if not concerne or acte.achevement is None or acte.code_region != "11" or {"duree", "bailleur"} & {*acte.types}:
        return None
    return _AV if acte.signature and acte.signature < acte.achevement else None


CONVENTION: dict[str, Callable[[Acte], Severite | None]] = {
    "IDE-010": ide_010,
    "IDE-011": ide_011,
    "STA-004": sta_004,
    "STA-007": sta_007,
    "CAS-013": cas_013,
    "DUR-015": dur_015,
}
AVENANT: dict[str, Callable[[Acte], Severite | None]] = {
    "AVE-002": ave_002,
    "AVE-013": ave_013,
    "AVE-014": ave_014,
}
LOT: dict[str, Callable[[Acte, str], Severite | None]] = {
    "GEO-007": geo_007,
    "GEO-012": geo_012,
    "CAS-011": cas_011,
    "CAS-012": cas_012,
    "CAS-008": cas_008,
    "DUR-002": dur_002,
    "FIN-007": fin_007,
    "LOY-001": loy_001,
    "LOY-018": loy_018,
    "MIX-002": mix_002,
    "MIX-003": mix_003,
}
CROISEES = ("AGR-003", "AGR-004")


def constats(racine: Racine, aides: dict[str, Collection[str]]) -> Iterator[Constat]:
    """Yield the findings on an agreement born in APiLos. `aides` gives the aids of each operation by its number."""
    acte, courant = racine.acte, racine.courant
    for regle, juge in CONVENTION.items():
        if severite := juge(acte):
            yield Constat(regle, severite, "convention", acte.objet_id)
    for code, uuid in courant.uuids_lots.items():
        for regle, juge_du_lot in LOT.items():
            if severite := juge_du_lot(courant if courant is acte else _avec_l_etat_de(acte, courant), code):
                yield Constat(regle, severite, "lot", f"apilos:{uuid}")
        yield from _agrement(acte, code, f"apilos:{uuid}", aides)
    yield from _communs(racine)


def constats_des_avenants(racine: Racine) -> Iterator[Constat]:
    """Yield the findings on the amendments made in APiLos to an agreement."""
    for avenant in (*racine.avenants, racine.acte):
        if avenant.est_avenant and not avenant.est_reprise:
            for regle, juge in AVENANT.items():
                if severite := juge(avenant):
                    yield Constat(regle, severite, "avenant", avenant.objet_id)


def constats_apres(convention: Convention, racine: Racine, juges: Iterable[Constat]) -> Iterator[Constat]:
    """Yield the findings on an agreement taken over that APiLos has the last word on.

    `juges` are those on its facts as they now stand, under the ids of Ecoloweb. Its lots are those of APiLos, unless an amendment
    of Ecoloweb made them.
    """
    lots = dict(zip(convention.courante.ids_lots, convention.courante.contenu, strict=True))
    uuids = racine.courant.uuids_lots
    avenants = {-avenant.id: avenant.objet_id for avenant in racine.avenants}
    for constat in juges:
        identifiant = constat.objet_id.split(":")[1]
        numero = int(identifiant) if identifiant.lstrip("-").isdecimal() else 0
        if constat.objet_type == "avenant" and numero in avenants:
            yield constat._replace(objet_id=avenants[numero])
        elif constat.objet_type != "lot" or (racine.courant.est_reprise and racine.courant.est_avenant):
            yield constat
        elif constat.regle == "AGR-012" and _est_lu_autrement(lots[numero].dossier, racine.courant.numero_operation):
            continue
        elif constat.regle not in PROPRES_A_ECOLOWEB:
            yield constat._replace(objet_id=f"apilos:{uuids[financement(lots[numero].financement)]}")


def _est_lu_autrement(dossier: str | None, numero: str | None) -> bool:
    """Whether APiLos has another number, the one of another programme, or the same in capitals."""
    return dossier != numero or est_un_numero((dossier or "").upper())


def _agrement(acte: Acte, code: str, objet: str, aides: dict[str, Collection[str]]) -> Iterator[Constat]:
    """Yield what is wrong between a lot and its operation."""
    if acte.statut is Statut.ANNULEE or code == _SANS_FINANCEMENT:
        return
    connues = aides.get(acte.numero_operation or "")
    if connues is None:
        yield Constat("AGR-003", _AV, "lot", objet)
    elif code not in connues:
        yield Constat("AGR-004", _NR, "lot", objet)


def _avec_l_etat_de(acte: Acte, courant: Acte) -> Acte:
    """Return an amendment with the status of its agreement, by which its lots are judged."""
    return replace(courant, statut=acte.statut)


def _communs(racine: Racine) -> Iterator[Constat]:
    """Yield what the rules that Ecoloweb feeds as well find in the same facts."""
    convention = racine.acte.convention
    courante = convention.courante
    noms = {avenant.avenant.id: avenant.objet_id for avenant in racine.avenants if avenant.avenant}
    courante.ids_lots = list(range(len(courante.contenu)))
    courante.ids_parcelles = {rang: range(len(lot.parcelles)) for rang, lot in enumerate(courante.contenu)}
    for constat in juger(voir(convention)):
        if constat.regle in PROPRES_A_ECOLOWEB:
            continue
        objet = _objet(racine, constat, noms)
        if objet is not None:
            yield constat._replace(objet_id=objet)


def _objet(racine: Racine, constat: Constat, noms: dict[int, str]) -> str | None:
    """Return the id that APiLos gives to what the oracle of Ecoloweb judged; None for what the warehouse names otherwise."""
    rang = int(constat.objet_id.split(":")[1])
    if constat.objet_type == "convention":
        return racine.acte.objet_id
    if constat.objet_type == "lot":
        lot = racine.acte.convention.courante.contenu[rang]
        uuids = racine.courant.uuids_lots
        return f"apilos:{uuids.get(financement(lot.financement)) or next(iter(uuids.values()))}"
    return noms[rang] if constat.objet_type == "avenant" else None
