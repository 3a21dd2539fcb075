"""What the figures of a stage leave out, and the figure that is followed today by another method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.blocs import equivalent, note, paragraphe
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.requetes import delais as requetes_delais
from dashboards.requetes import indicateurs as requetes_indicateurs
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import ranger

if TYPE_CHECKING:
    from dashboards.donnees import Ligne
    from dashboards.filtres.delais import Filtres
    from data_contracts.publication import PublishedRun

_DESTINS = {
    "negatif": "Écarté : la fin précède le début (voir les règles sur les dates)",
    "hors_periode": "Écarté : commencé avant 1977, ou daté d'après la date de référence",
    "sans_debut": "Écarté : date de début inconnue",
    "abandonne": "Écarté : resté sans fin, dossier abandonné ou annulé",
    "sans_fin": "Écarté : terminé à une date inconnue, ou étape jamais due",
}
_MESURES = frozenset({"ferme", "ouvert"})


def ecartes(run: PublishedRun, filtres: Filtres) -> None:
    """Show what became of every passage through the stage, and of the measured files that indicators do not count."""
    devenus = requetes_delais.ecartes(run, filtres.etape)
    total = sum(devenus.values())
    if not total:
        equivalent("Aucune source de cette publication ne connaît cette étape.")
        return
    mesures = sum(devenus.get(destin, 0) for destin in _MESURES)
    hors = requetes_delais.hors_suivi(run, filtres.etape)
    laisses = hors["mesures"] - hors["suivis"]
    equivalent(
        f"Sur {formats.pluriel(total, 'passage')} par cette étape : {formats.pluriel(mesures, 'mesuré')} "
        f"({formats.part(mesures, total)}), {formats.pluriel(total - mesures, 'impossible')} à mesurer. Parmi les mesurés, "
        f"{formats.nombre(laisses)} hors des chiffres de la page."
    )
    note("Ces comptes sont ceux de toute la publication : les filtres ne s'y appliquent pas.")
    ordre = ranger(devenus.keys() - _MESURES, _DESTINS)
    raisons = (
        (
            "Mesuré, mais hors des chiffres : convention reprise d'un système ancien, dont le dépôt copie souvent la signature",
            "reprises",
        ),
        ("Mesuré, mais hors des chiffres : convention ANAH", "anah"),
        ("Mesuré, mais hors des chiffres : bailleur privé ou de nature inconnue", "prives"),
    )
    comptes = [("Mesuré, dans les chiffres", hors["suivis"]), *((raison, hors[champ]) for raison, champ in raisons)]
    comptes += [(_DESTINS.get(destin, destin), devenus[destin]) for destin in ordre]
    lignes = [{"destin": dit, "nb": nb, "part": formats.part(nb, total)} for dit, nb in comptes if nb]
    colonnes = [
        Colonne("destin", "Ce qu'il est devenu", genre="texte"),
        entier("nb", "Passages"),
        Colonne("part", "Part", genre="nombre"),
    ]
    tableau(lignes, colonnes, "Passages par l'étape, mesurés ou non", "delais_ecartes")


def aujourd_hui(run: PublishedRun, filtres: Filtres) -> None:
    """Show the figure followed today, and why the page does not give the same."""
    chiffre = requetes_indicateurs.methode_d_aujourd_hui(run, filtres.etape)
    if chiffre is None:
        equivalent("Aucun des chiffres que l'équipe d'APiLos suit aujourd'hui (STATS.md) ne porte sur cette étape.")
        return
    if chiffre["valeur"] is None:
        equivalent(
            "Cette publication ne peut pas recalculer le chiffre suivi aujourd'hui (STATS.md) : elle attend une livraison d'APiLos."
        )
    else:
        equivalent(_chiffre(chiffre))
    paragraphe(f"Pourquoi ce chiffre et ceux de la page diffèrent : {chiffre['explication']}")
    if filtres.est_restreint:
        note("Ce chiffre est celui de toute la publication : les filtres ne s'y appliquent pas.")


def _chiffre(ligne: Ligne) -> str:
    sur = "" if ligne["effectif"] is None else f", sur {formats.pluriel(ligne['effectif'], 'dossier')}"
    return f"{ligne['titre']} : {formats.mesure(ligne['valeur'], ligne['unite'], 1)}{sur}."
