"""The files of the page « Cas non réglementaires »: every finding that answers the filters, with what it takes to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards import donnees, formats, preuve, requetes_cas
from dashboards.classeur import ColonneFichier, Feuille, classeur
from dashboards.components.tableau import csv_excel
from dashboards.filtres_cas import INFORMATIONS
from dashboards.libelles import DECISIONS, ETATS_CONSTAT, OBJETS, SEVERITES, nommer
from data_contracts.decision import Titre

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.donnees import Ligne
    from dashboards.filtres_cas import Filtres
    from data_contracts.publication import PublishedRun

COLONNES = (
    ColonneFichier("severite", "Sévérité", 18, "Non réglementaire, anomalie, à vérifier ; une information n'est pas un cas."),
    ColonneFichier("regle_id", "Règle", 10, "Identifiant de la règle qui s'est déclenchée."),
    ColonneFichier("titre", "Titre de la règle", 40, "Ce que la règle cherche."),
    ColonneFichier("numero", "N° de convention", 30, "Numéro de la convention, tel que la source l'écrit."),
    ColonneFichier("convention_id", "Identifiant de la convention", 20, "Identifiant stable, d'une publication à l'autre."),
    ColonneFichier("code_departement", "Code du département", 12, "Département du constat (code officiel, texte)."),
    ColonneFichier("nom_departement", "Département", 20, "Son nom."),
    ColonneFichier("code_commune", "Code de la commune", 12, "Commune principale de la convention (code officiel, texte)."),
    ColonneFichier("nom_commune", "Commune", 22, "Son nom."),
    ColonneFichier("nom_bailleur", "Bailleur", 32, "Propriétaire de l'objet du constat."),
    ColonneFichier("siren_bailleur", "SIREN du bailleur", 14, "Vide pour une personne physique."),
    ColonneFichier("date_signature", "Date de signature", 13, "Signature de la période courante de la convention."),
    ColonneFichier(
        "nb_logements", "Logements", 11, "Logements de la période courante de la convention ; vide s'ils sont inconnus."
    ),
    ColonneFichier("message", "Constat", 60, "Ce que la règle a constaté."),
    ColonneFichier("action", "Ce qu'il faut faire", 45, "L'action que la règle propose."),
    ColonneFichier("sources", "Sources juridiques", 45, "Les textes et documents qui fondent ce constat."),
    ColonneFichier("preuve_ecrite", "Preuve", 60, "Les valeurs lues et les paramètres du droit auxquels elles sont comparées."),
    ColonneFichier("premiere_vue", "Vu depuis le", 13, "Première date de référence où le constat est apparu."),
    ColonneFichier("derniere_vue", "Vu jusqu'au", 13, "Dernière date de référence où le constat est apparu."),
    ColonneFichier("etat", "État", 10, "Ouvert, ou résolu s'il n'apparaît plus."),
    ColonneFichier("decision", Titre.STATUT, 20, "Dernière décision d'un analyste."),
    ColonneFichier("objet", "Objet", 16, "Nature de l'objet : convention, lot, période, avenant, commune ou région de la source."),
    ColonneFichier("objet_id", "Identifiant de l'objet", 20, "Source et clé de la ligne d'origine."),
    ColonneFichier("table_source", "Table de la source", 28, "Table où est la ligne d'origine."),
    ColonneFichier("anomalie_id", Titre.CONSTAT, 28, "Identifiant stable, d'une publication à l'autre."),
)
_PROVENANCE = (
    ColonneFichier("rubrique", "Rubrique", 26),
    ColonneFichier("nom", "Nom", 34),
    ColonneFichier("valeur", "Valeur", 110),
)


def en_csv(run: PublishedRun, filtres: Filtres) -> bytes:
    """Return every finding that answers the filters, for a French Excel."""
    return csv_excel(lignes(run, filtres), COLONNES)


def en_classeur(run: PublishedRun, filtres: Filtres) -> bytes:
    """Return every finding that answers the filters as a workbook, with what its columns mean and where they come from."""
    nom = "Informations" if filtres.severite == INFORMATIONS else "Cas"
    return classeur([
        Feuille(nom, COLONNES, lignes(run, filtres)),
        Feuille("Définitions et provenance", _PROVENANCE, provenance(run, filtres), est_a_lire=True),
    ])  # fmt: skip


def lignes(run: PublishedRun, filtres: Filtres) -> Iterator[Ligne]:
    """Give the rows of the file, one a finding."""
    parametres = {
        regle["regle_id"]: requetes_cas.depuis_json(regle["parametres"]) for regle in requetes_cas.regles_retenues(run, filtres)
    }
    for constat in requetes_cas.tous(run, filtres):
        yield {
            **constat,
            "severite": nommer(constat["severite"], SEVERITES),
            "etat": nommer(constat["etat"], ETATS_CONSTAT),
            "decision": nommer(constat["decision"], DECISIONS, ""),
            "objet": nommer(constat["objet_type"], OBJETS),
            "sources": " ; ".join(constat["references_juridiques"] or []),
            "preuve_ecrite": preuve.en_une_ligne({**constat, "parametres": parametres.get(constat["regle_id"])}),
        }


def provenance(run: PublishedRun, filtres: Filtres) -> list[Ligne]:
    """Return what a reader of the file must know: the run, the filters, the columns, the rules."""
    compte = requetes_cas.chiffres(run, filtres)
    publication = {
        "Publication": run.run_id,
        "Publiée le": formats.instant(donnees.publiee_le(run)),
        "Date de référence": donnees.date_reference(run),
        "Lignes": compte["constats"],
        "Conventions concernées": compte["conventions"],
    }
    filtres_dits = filtres.en_mots(requetes_cas.referentiel(run))
    regles = requetes_cas.regles_retenues(run, filtres)
    return [
        *({"rubrique": "Publication", "nom": nom, "valeur": valeur} for nom, valeur in publication.items()),
        *({"rubrique": "Filtres appliqués", "nom": dit["filtre"], "valeur": dit["valeur"]} for dit in filtres_dits),
        *({"rubrique": "Colonnes", "nom": colonne.titre, "valeur": colonne.definition} for colonne in COLONNES),
        *({"rubrique": "Règles", "nom": regle["regle_id"], "valeur": _regle(regle)} for regle in regles),
        *(
            {"rubrique": "Sources juridiques", "nom": regle["regle_id"], "valeur": reference}
            for regle in regles
            for reference in regle["references_juridiques"] or []
        ),
    ]


def nom_fichier(run: PublishedRun, filtres: Filtres) -> str:
    """Return the name of the file, without extension."""
    nom = "informations" if filtres.severite == INFORMATIONS else "cas_non_reglementaires"
    return f"{nom}_{donnees.date_reference(run).isoformat()}"


def _regle(regle: Ligne) -> str:
    return (
        f"{regle['titre']} (version {regle['version']}, {formats.pluriel(regle['constats'], 'constat')}). {regle['en_clair'] or ''}"
    )
