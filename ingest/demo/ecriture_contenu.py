"""Writes the content of a period as rows: programmes, dwellings, annexes, parcels, addresses, repartition by typology.

Each period repeats the whole content, so a dwelling becomes text once per agreement, and only its ids change from a period to
the next: dwellings are nine rows in ten.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from ingest.demo.copie import NUL, Copie, nombre, simple_precision
from ingest.demo.faits import Annexe, Convention, Etat, Logement, Lot, Periode
from ingest.demo.logements import COEFFICIENT_UN
from ingest.demo.referentiels import Nature, identifiant, valeur

_INDICE_ANNUEL = 1.014
"""Yearly revision of ceilings, the same as in the index tables."""
ACTUALISATION = date(2024, 1, 1)
_BOOLEENS = {None: NUL, True: "t", False: "f"}
_QUOTA_FONCTIONNAIRES = 5


class Rendu:
    """The rows of one agreement: where they go, and the dwellings already put into text."""

    def __init__(self, copie: Copie) -> None:
        """Write into `copie`."""
        self.copie = copie
        self._textes: dict[int, list[tuple[str, str]]] = {}

    def logements(self, logements: list[Logement]) -> list[tuple[str, str]]:
        """Return what stands before and after the programme's id in each dwelling row, its own id left out."""
        textes = self._textes.get(id(logements))
        if textes is None:
            textes = self._textes[id(logements)] = [_texte(logement, self._adresse(logement)) for logement in logements]
        return textes

    def _adresse(self, logement: Logement) -> str:
        """Write the dwelling's own address, if it has one, and return its id."""
        if logement.adresse is None:
            return NUL
        identifiant_ = self.copie.identifiant("logementadresse")
        self.copie.ajouter(
            "logementadresse",
            id=identifiant_,
            ligne3=logement.adresse.lignes[2],
            codepostal=logement.adresse.code_postal,
            ville=logement.adresse.ville,
        )
        return str(identifiant_)


def ecrire_programme(rendu: Rendu, convention: Convention, periode: Periode, lot: Lot, ordre: int) -> None:
    """Write one programme of a period and everything under it."""
    copie = rendu.copie
    programme = copie.identifiant("programmelogement")
    copie.ajouter(
        "programmelogement",
        id=programme,
        ordre=ordre,
        conventiondonneesgenerales_id=periode.id,
        **_identite(convention, periode, lot),
        **_mesures(lot, inconnues=periode.squelette),
        **_plafonds(periode, lot),
    )
    _ecrire_adresses(copie, programme, lot)
    for parcelle in lot.parcelles:
        copie.ajouter(
            "infocadastrale",
            id=copie.identifiant("infocadastrale"),
            section=parcelle.section,
            parcelle=parcelle.numero,
            superficie=parcelle.superficie,
            programmelogement_id=programme,
        )
    for annexe in lot.annexes:
        _ecrire_annexe(copie, programme, annexe)
    if periode.avec_logements:
        _ecrire_logements(rendu, programme, lot)


def _identite(convention: Convention, periode: Periode, lot: Lot) -> dict[str, str | int | date | bool | None]:
    """Return the columns that say what the programme is."""
    etat = periode.etat.name if periode.etat in {Etat.RES, Etat.DEN} else "ENC"
    signature = periode.calendrier.signature
    return {
        "description": lot.description,
        "datemiseservice": lot.mise_en_service,
        "datemisechantier": lot.mise_en_chantier,
        "dateresiliation": periode.resiliation,
        "datedemandedenonciation": periode.demande_denonciation,
        "estderogationloyer": False,
        "estderogationressources": False,
        "dateinitialeloyersredevances": signature,
        "dateactualisationloyersredevances": ACTUALISATION if signature and signature < ACTUALISATION else None,
        "financementmontant": simple_precision(lot.montant),
        "financementdureepret": lot.pret,
        "financementdescription": "",
        "financementreferencedossier": lot.dossier,
        "typefinancement_id": identifiant("typefinancement", lot.financement),
        "natureoperation_id": _facultatif("NOP", lot.nature_operation),
        "commune_id": lot.commune.id,
        "typesurface_id": _facultatif("TSU", lot.regime),
        "bailleurgestionnaire_id": lot.gestionnaire.id if lot.gestionnaire else None,
        "bailleurproprietaire_id": lot.proprietaire.id,
        "etatprogramme_id": valeur("EPR", etat),
        "typechauffage_id": _facultatif("TCH", lot.chauffage),
        "typelabel_id": _facultatif("TLA", lot.label),
        "niveauservice_id": valeur("NSE", "NSE1") if convention.nature is Nature.FOYER_PA else None,
        "version": lot.nb_logements % 9,
    }


def _mesures(lot: Lot, *, inconnues: bool) -> dict[str, int | float | None]:
    """Return the counts and areas, zeros when they are unknown."""
    if inconnues:
        return dict.fromkeys(
            ("logementsnombretotal", "logementsnombreindtotal", "logementsnombrecoltotal", "surfacehabitable", "surfaceutile"), 0
        )
    sommes = {
        (nom, individuel): sum(
            (getattr(logement, nom) or 0) * logement.nombre for logement in lot.logements if logement.individuel is individuel
        )
        / 100
        for nom in ("habitable", "annexe", "utile", "corrigee")
        for individuel in (True, False)
    }
    total = {nom: sommes[nom, True] + sommes[nom, False] for nom in ("habitable", "annexe", "utile", "corrigee")}
    utile, corrigee = lot.regime == "SU", lot.regime == "SC"
    est_foyer = lot.regime is None
    return {
        "surfacehabitable": total["habitable"],
        "surfaceannexe": total["annexe"] or None,
        "surfaceutile": total["utile"] if utile else 0 if corrigee else None,
        "surfacecorrigee": total["corrigee"] if corrigee else 0 if utile else None,
        "surfaceutileind": sommes["utile", True] if utile else None,
        "surfaceutilecol": sommes["utile", False] if utile else None,
        "surfacecorrigeeind": sommes["corrigee", True] if corrigee else None,
        "surfacecorrigeecol": sommes["corrigee", False] if corrigee else None,
        "logementsnombretotal": lot.nb_logements,
        "logementsnombreindtotal": lot.individuels,
        "logementsnombrecoltotal": lot.collectifs,
        "logementsnombrelitstotal": lot.nb_logements if est_foyer else 0,
        "logementsnombrechambrestotal": lot.nb_logements if est_foyer else None,
        "coeffponderationmoyen": 1,
        "reservationprefpourcentage": lot.reservation or None,
        "reservationprefnombre": (lot.nb_logements * lot.reservation + 50) // 100 if lot.reservation else None,
        "quotafonctionnairespourcentage": _QUOTA_FONCTIONNAIRES if lot.reservation else None,
        "quotafonctionnairenombre": (lot.nb_logements * _QUOTA_FONCTIONNAIRES + 50) // 100 if lot.reservation else None,
    }


def _plafonds(periode: Periode, lot: Lot) -> dict[str, float | None]:
    """Return the ceiling rents and charges, and what yearly revision has made of them."""
    signature = periode.calendrier.signature
    revision = _INDICE_ANNUEL ** max(ACTUALISATION.year - signature.year, 0) if signature else 1
    loyer = lot.loyer / 100 if lot.loyer else None
    actualise = round(loyer * revision, 2) if loyer else None
    redevance = lot.redevance / 100 if lot.redevance else None
    return {
        "montantplafondloyerindinitial": loyer if lot.individuels else None,
        "montantplafondloyerindactualise": actualise if lot.individuels else None,
        "montantplafondloyercolinitial": loyer if lot.collectifs else None,
        "montantplafondloyercolactualise": actualise if lot.collectifs else None,
        "montantplafondredevancelitinitial": redevance,
        "montantplafondredevancelitactualise": round(redevance * revision, 2) if redevance else None,
    }


def _ecrire_adresses(copie: Copie, programme: int, lot: Lot) -> None:
    for adresse in lot.adresses:
        ligne1, ligne2, ligne3, ligne4 = adresse.lignes
        copie.ajouter(
            "programmeadresse",
            id=copie.identifiant("programmeadresse"),
            ligne1=ligne1,
            ligne2=ligne2,
            ligne3=ligne3,
            ligne4=ligne4,
            codepostal=adresse.code_postal,
            ville=adresse.ville,
            datecreation=adresse.cree_le,
            programmelogement_id=programme,
        )


def _ecrire_annexe(copie: Copie, programme: int, annexe: Annexe) -> None:
    prix = annexe.prix / 100 if annexe.prix else None
    copie.ajouter(
        "annexe",
        id=copie.identifiant("annexe"),
        nombre=annexe.nombre,
        prixunitaire=prix,
        montantloyerinitial=prix,
        typeannexe_id=valeur("TAN", annexe.genre),
        programmelogement_id=programme,
        datecreation=annexe.cree_le,
    )


def _ecrire_logements(rendu: Rendu, programme: int, lot: Lot) -> None:
    copie = rendu.copie
    copie.brut(
        "logement",
        [f"{copie.identifiant('logement')}{debut}{programme}{fin}" for debut, fin in rendu.logements(lot.logements)],
    )
    repartition: Counter[tuple[str, bool]] = Counter()
    for logement in lot.logements:
        repartition[logement.typologie, logement.individuel] += logement.nombre
    for typologie in dict.fromkeys(typologie for typologie, _ in repartition):
        copie.ajouter(
            "infostypelogement",
            id=copie.identifiant("infostypelogement"),
            programmelogement_id=programme,
            typelogement_id=valeur("TLO", typologie),
            nblogtind=repartition[typologie, True],
            nblogtcol=repartition[typologie, False],
        )


def _texte(logement: Logement, adresse: str) -> tuple[str, str]:
    """Return the two parts of a dwelling row around the programme's id, in the order of the table's columns."""
    utile = NUL if logement.utile is None else nombre(logement.utile / 100)
    corrigee = NUL if logement.corrigee is None else nombre(logement.corrigee / 100)
    chauffage = NUL if logement.chauffage is None else str(valeur("TCH", logement.chauffage))
    debut = (
        f"\t{logement.nombre}\t{logement.batiment or NUL}\t{logement.escalier or NUL}\t{logement.etage or NUL}\t{logement.numero}"
        f"\t{nombre(logement.habitable / 100)}\t{nombre(logement.annexe / 100)}\t{utile}\t{corrigee}\t{NUL}"
        f"\t{nombre(logement.coefficient / COEFFICIENT_UN)}\t{nombre(logement.loyer / 100)}\t{NUL}\t{_BOOLEENS[logement.occupe]}"
        f"\t{NUL}\t{_BOOLEENS[logement.adapte]}\t{_BOOLEENS[logement.individuel]}\t"
    )
    fin = (
        f"\t{valeur('TLO', logement.typologie)}\t{adresse}\t{chauffage}\t{NUL}"
        f"\t{valeur('TCS', 'I' if logement.individuel else 'C')}\t{valeur('SLO', 'OC')}\t{logement.cree_le}\t0\t{NUL}"
    )
    return debut, fin


def _facultatif(liste: str, code: str | None) -> int | None:
    return None if code is None else valeur(liste, code)
