"""Forty ways in which a delivery arrives damaged, and what must come of each: the contract decides, nobody guesses.

A damage takes the folder of a sound delivery and gives what is imported in its place. What is said of it is measured, then written
in `docs/livraisons-abimees.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.integration.dommages import livraisons
from tests.integration.dommages.abimer import (
    changer_note,
    changer_octets,
    changer_table,
    changer_texte,
    cle_repetee,
    colonne_en_plus,
    colonne_sans,
    decalee,
    derniere_ligne_repetee,
    ecrire_valeur,
    en_plus,
    remplacee,
    renommee,
    sans_cle,
    sans_table,
)
from tests.integration.dommages.livraisons import AVENANT, CONVENTION, LOGEMENT, PERIODE, PROGRAMME


class Issue(StrEnum):
    """What becomes of a damaged delivery."""

    REFUSEE = "refusée"
    """Nothing is imported."""
    QUARANTAINE = "quarantaine"
    """The rows concerned are set apart, the others land."""
    SIGNALEE = "signalée"
    """Everything lands, and the damage is told."""
    SANS_PERTE = "lue sans perte"
    """What looks like damage is read as it was meant: the landed rows are those of the sound delivery."""


@dataclass(frozen=True)
class Dommage:
    """One damage: what was done to which sound delivery, what must come of it, and words that must be in what is said."""

    nom: str
    fait: str
    saine: Callable[[Path], Path]
    abimer: Callable[[Path], Path]
    issue: Issue
    dit: str

    @property
    def source(self) -> str:
        """The source that receives it."""
        return self.saine.__name__.removesuffix("_xlsx")


ECOLOWEB, SISAL, XLSX = livraisons.ecoloweb, livraisons.sisal, livraisons.sisal_xlsx
SIAP, APILOS, SATISFACTION = livraisons.siap, livraisons.apilos, livraisons.satisfaction
REFUSEE, QUARANTAINE, SIGNALEE, SANS_PERTE = Issue
TOUTES = range(1, livraisons.CONVENTIONS + 1)

DOMMAGES = (
    Dommage(
        "cle_en_double",
        "Deux conventions portent la même clé",
        ECOLOWEB,
        changer_table(CONVENTION, cle_repetee),
        QUARANTAINE,
        "clé id déjà portée",
    ),
    Dommage(
        "cle_absente", "Une convention n'a pas de clé", ECOLOWEB, ecrire_valeur(CONVENTION, "id", ""), QUARANTAINE, "clé id absente"
    ),
    Dommage(
        "lien_obligatoire_absent",
        "Un avenant ne dit pas sa convention",
        ECOLOWEB,
        ecrire_valeur(AVENANT, "conventionapl_id", ""),
        QUARANTAINE,
        "conventionapl_id absent",
    ),
    Dommage(
        "ligne_orpheline",
        "Un avenant désigne une convention qui n'est pas là",
        ECOLOWEB,
        ecrire_valeur(AVENANT, "conventionapl_id", "123456"),
        SIGNALEE,
        "ne désigne aucune ligne de ecolo_conventionapl",
    ),
    Dommage(
        "valeur_d_un_autre_type",
        "Une durée est écrite en lettres",
        ECOLOWEB,
        ecrire_valeur(PERIODE, "duree", "trente ans"),
        SIGNALEE,
        "1 valeur illisible",
    ),
    Dommage(
        "colonne_d_un_autre_type",
        "Toutes les durées sont écrites en lettres",
        ECOLOWEB,
        ecrire_valeur(PERIODE, "duree", "trente ans", TOUTES),
        REFUSEE,
        "la colonne duree n'est pas de type entier",
    ),
    Dommage(
        "dates_a_la_francaise",
        "Les dates de signature sont passées par un tableur",
        ECOLOWEB,
        ecrire_valeur(PERIODE, "datesignatureprefet", "01/03/2010", TOUTES),
        REFUSEE,
        "la colonne datesignatureprefet n'est pas de type date",
    ),
    Dommage(
        "colonnes_decalees",
        "Trois lignes sont décalées d'une colonne",
        ECOLOWEB,
        changer_table(CONVENTION, decalee),
        QUARANTAINE,
        "clé id absente",
    ),
    Dommage(
        "champ_en_trop",
        "Une virgule sans guillemets coupe un libellé en deux",
        ECOLOWEB,
        changer_texte(CONVENTION, lambda text: text.replace('"Résidence 3"', '"Résidence","3"')),
        SIGNALEE,
        "entitecreatrice_id absent ou illisible",
    ),
    Dommage(
        "accents_mal_decodes",
        "De l'UTF-8 lu comme du Latin-1 puis récrit : « RÃ©sidence »",
        ECOLOWEB,
        changer_texte(CONVENTION, lambda text: text.encode().decode("latin-1")),
        SIGNALEE,
        "texte abîmé",
    ),
    Dommage(
        "caractere_de_controle",
        "Un octet nul dans un libellé",
        ECOLOWEB,
        changer_octets(CONVENTION, lambda content: content.replace("Résidence 3".encode(), b"R\0sidence 3")),
        SIGNALEE,
        "texte abîmé",
    ),
    Dommage(
        "latin_1",
        "Un CSV d'Ecoloweb en Latin-1",
        ECOLOWEB,
        changer_octets(CONVENTION, lambda content: content.decode().encode("latin-1")),
        REFUSEE,
        "n'est pas encodé en UTF-8",
    ),
    Dommage(
        "latin_1_sisal",
        "Un rapport de SISAL dans l'encodage de Windows, ce que l'infocentre écrit aussi",
        SISAL,
        changer_octets("", lambda content: content.decode().encode("cp1252")),
        SANS_PERTE,
        "",
    ),
    Dommage(
        "fins_de_ligne_melees",
        "Des fins de ligne de Windows et d'Unix dans un même fichier",
        ECOLOWEB,
        changer_octets(CONVENTION, lambda content: content.replace(b"\n", b"\r\n", 8)),
        SANS_PERTE,
        "",
    ),
    Dommage(
        "marque_d_ordre_des_octets",
        "Une marque d'ordre des octets au début d'un CSV",
        ECOLOWEB,
        changer_octets(CONVENTION, lambda content: b"\xef\xbb\xbf" + content),
        SANS_PERTE,
        "",
    ),
    Dommage(
        "lignes_en_moins",
        "Plus de 10 % des logements de la livraison précédente ne sont plus là",
        ECOLOWEB,
        changer_table(LOGEMENT, lambda rows: rows[:-6]),
        SIGNALEE,
        LOGEMENT,
    ),
    Dommage(
        "table_vide",
        "La table des conventions n'a plus une ligne",
        ECOLOWEB,
        changer_table(CONVENTION, lambda rows: rows[:1]),
        SIGNALEE,
        CONVENTION,
    ),
    Dommage(
        "date_future",
        "Une signature en 2206",
        ECOLOWEB,
        ecrire_valeur(PERIODE, "datesignatureprefet", "2206-03-01"),
        SIGNALEE,
        "datesignatureprefet",
    ),
    Dommage(
        "date_infinie",
        "Une date d'expiration « infinity »",
        ECOLOWEB,
        ecrire_valeur(PERIODE, "dateexpiration", "infinity"),
        SIGNALEE,
        "1 valeur illisible",
    ),
    Dommage(
        "code_inconnu",
        "Un code qui n'est dans aucune liste",
        ECOLOWEB,
        ecrire_valeur("ecolo_categoriefinancement", "code", "ZZ"),
        SIGNALEE,
        "code hors de la liste",
    ),
    Dommage(
        "nombre_negatif",
        "Un programme de −12 logements",
        ECOLOWEB,
        ecrire_valeur(PROGRAMME, "logementsnombretotal", "-12"),
        SIGNALEE,
        PROGRAMME,
    ),
    Dommage(
        "mesure_demesuree",
        "Une surface de mille milliards de mètres carrés",
        ECOLOWEB,
        ecrire_valeur(PROGRAMME, "surfaceutile", "1e12"),
        SIGNALEE,
        "une mesure atteint",
    ),
    Dommage(
        "virgule_decimale",
        "Une surface à virgule dans un export à point",
        ECOLOWEB,
        ecrire_valeur(PROGRAMME, "surfaceutile", "650,5"),
        SIGNALEE,
        "1 valeur illisible",
    ),
    Dommage(
        "courriel_dans_un_numero_d_ordre",
        "Une adresse électronique dans le numéro d'ordre d'une convention",
        ECOLOWEB,
        ecrire_valeur(CONVENTION, "noordre", "voir camille.exemple@exemple.fr"),
        SIGNALEE,
        "noordre",
    ),
    Dommage(
        "telephone_dans_un_numero_d_ordre",
        "Un numéro de téléphone dans le numéro d'ordre d'une convention",
        ECOLOWEB,
        ecrire_valeur(CONVENTION, "noordre", "appeler le 06 12 34 56 78"),
        SIGNALEE,
        "noordre",
    ),
    Dommage("fichier_vide", "Un fichier vide", ECOLOWEB, changer_octets(CONVENTION, lambda _: b""), REFUSEE, "est vide"),
    Dommage(
        "fichier_coupe",
        "Un CSV coupé au milieu d'une ligne",
        ECOLOWEB,
        changer_octets(CONVENTION, lambda content: content[: len(content) * 2 // 3]),
        REFUSEE,
        "les champs ne correspondent pas aux colonnes",
    ),
    Dommage(
        "guillemet_jamais_ferme",
        "Un guillemet ouvert que rien ne ferme",
        ECOLOWEB,
        changer_texte(CONVENTION, lambda text: text.replace('"Résidence 3"', '"Résidence 3')),
        REFUSEE,
        "les champs ne correspondent pas aux colonnes",
    ),
    Dommage("table_absente", "La table des logements manque", ECOLOWEB, sans_table(LOGEMENT), REFUSEE, "la table ecolo_logement"),
    Dommage(
        "table_inconnue",
        "Une table que le contrat ne connaît pas",
        ECOLOWEB,
        en_plus("ecolo_avenant_copie"),
        SIGNALEE,
        "ecolo_avenant_copie",
    ),
    Dommage(
        "colonne_absente",
        "Une colonne requise manque",
        ECOLOWEB,
        changer_table(PERIODE, colonne_sans("etatconvention_id")),
        REFUSEE,
        "la colonne etatconvention_id",
    ),
    Dommage(
        "colonne_renommee",
        "Une colonne requise a changé de nom",
        ECOLOWEB,
        changer_table(PERIODE, renommee("datesignatureprefet", "date_signature_prefet")),
        REFUSEE,
        "la colonne datesignatureprefet",
    ),
    Dommage(
        "colonne_inconnue",
        "Une colonne que le contrat ne connaît pas",
        ECOLOWEB,
        changer_table(CONVENTION, colonne_en_plus),
        SIGNALEE,
        "zone_inventee",
    ),
    Dommage(
        "colonne_en_double",
        "Une colonne est donnée deux fois",
        ECOLOWEB,
        changer_table(CONVENTION, lambda rows: [[*row, row[0]] for row in rows]),
        REFUSEE,
        "la colonne id y est plusieurs fois",
    ),
    Dommage(
        "agrement_en_double",
        "Un agrément de SISAL exporté deux fois",
        SISAL,
        changer_octets("", derniere_ligne_repetee),
        QUARANTAINE,
        "déjà portée par une ligne précédente",
    ),
    Dommage(
        "rapport_sans_en_tete",
        "Un rapport de SISAL sans sa ligne de libellés",
        SISAL,
        changer_octets("", lambda content: b"\r\n".join(content.split(b"\r\n")[4:])),
        REFUSEE,
        "n'a pas d'en-tête",
    ),
    Dommage(
        "classeur_coupe",
        "Un classeur XLSX dont le transfert s'est arrêté à la moitié",
        XLSX,
        changer_octets("", lambda content: content[: len(content) // 2]),
        REFUSEE,
        "n'est pas un classeur XLSX lisible",
    ),
    Dommage(
        "json_mal_forme",
        "Une réponse du SIAP qui n'est pas du JSON",
        SIAP,
        remplacee('"donneesOperation":', '"donneesOperation"'),
        REFUSEE,
        "n'est pas du JSON lisible",
    ),
    Dommage(
        "json_liste_nulle",
        "Une opération du SIAP dont la liste des aides est nulle",
        SIAP,
        remplacee('"aides": [', '"aides": null, "aidesAncienne": ['),
        SIGNALEE,
        "donnees_operation_aides_ancienne",
    ),
    Dommage(
        "export_sans_identifiant",
        "Un export d'APiLos sans l'identifiant des conventions",
        APILOS,
        sans_cle("uuid"),
        REFUSEE,
        "n'a pas d'identifiant",
    ),
    Dommage(
        "export_sans_statut",
        "Un export d'APiLos sans le statut des conventions",
        APILOS,
        sans_cle("statut"),
        SIGNALEE,
        "statut absent",
    ),
    Dommage(
        "note_hors_echelle",
        "Une note de 9 sur une échelle de 1 à 5",
        SATISFACTION,
        changer_note("9"),
        QUARANTAINE,
        "hors de l'échelle",
    ),
)
