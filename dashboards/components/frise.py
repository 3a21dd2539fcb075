"""The life of an agreement on one line of time: its dates, its periods, its amendments, its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt

from dashboards.components.barres import BLEU, TEXTE, style
from dashboards.components.blocs import equivalent, note
from dashboards.components.graphique import montrer
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import STATUTS, nommer

if TYPE_CHECKING:
    from datetime import date

    from dashboards.donnees import Ligne

EVENEMENTS_MONTRES = 12
"""Events on the line, the latest; the table below holds them all."""
_HAUTEUR_REPERE = 46
_BLEU_CLAIR = "#cacafb"
_GRIS = "#929292"
_DATES = {
    "date_depot": "Dépôt",
    "date_signature": "Signature",
    "date_publication": "Publication",
    "date_effet": "Prise d'effet",
    "date_resiliation": "Résiliation",
    "date_annulation": "Annulation",
    "date_expiration_initiale": "Expiration initiale",
    "date_expiration": "Expiration",
    "date_echeance_tacite": "Prochaine échéance tacite",
}


@dataclass(frozen=True)
class Repere:
    """One thing on the line of time: a day when `fin` is the same as `debut`, else a span."""

    debut: date
    fin: date
    genre: str
    """Période courante, Période passée, Avenant, Date or Évènement."""
    texte: str


@dataclass(frozen=True)
class Vie:
    """What is dated in an agreement's life."""

    convention: Ligne
    periodes: list[Ligne]
    avenants: list[Ligne]
    evenements: list[Ligne]


def reperes(vie: Vie, reference: date) -> list[Repere]:
    """Return everything dated in an agreement's life, in order of time. An open period runs until the reference date."""
    dates = [
        Repere(jour, jour, "Date", f"{formats.jour(jour)} · {libelle}")
        for champ, libelle in _DATES.items()
        if (jour := vie.convention[champ])
    ]
    signes = [
        Repere(
            jour,
            jour,
            "Avenant",
            f"{formats.jour(jour)} · Avenant n° {formats.texte(avenant['numero'])}{' (annulé)' * avenant['est_annule']}",
        )
        for avenant in vie.avenants
        if (jour := avenant["date_signature"] or avenant["date_publication"] or avenant["date_depot"])
    ]
    spans = [_periode(periode, reference) for periode in vie.periodes]
    dates_connues = sorted(
        (evenement for evenement in vie.evenements if evenement["date"]), key=lambda evenement: evenement["date"]
    )
    passes = [
        Repere(evenement["date"], evenement["date"], "Évènement", _evenement(evenement))
        for evenement in dates_connues[-EVENEMENTS_MONTRES:]
    ]
    return sorted([*dates, *spans, *signes, *passes], key=lambda repere: repere.debut)


def phrase(vie: Vie) -> str:
    """Return the sentence that says what the line of time shows."""
    if not vie.periodes:
        return "La source ne donne aucune période à cette convention."
    courante = next((periode for periode in vie.periodes if periode["est_courante"]), vie.periodes[-1])
    statut = nommer(courante["statut"], STATUTS, "Statut inconnu")
    compte = f"{formats.pluriel(len(vie.periodes), 'période')} et {formats.pluriel(len(vie.avenants), 'avenant')}"
    expiration = vie.convention["date_expiration"]
    fin = f"expiration le {formats.jour(expiration)}" if expiration else "aucune date d'expiration connue"
    return f"{compte}. Période courante : {statut.lower()}, depuis le {formats.jour(courante['date_debut'])} ; {fin}."


def frise(vie: Vie, reference: date) -> None:
    """Show the line of time, after the sentence that says it."""
    dit = phrase(vie)
    equivalent(dit)
    marques = reperes(vie, reference)
    if not marques:
        return
    montrer(_graphique(marques, reference), f"Frise de la convention. {dit}")
    note(
        "Barre foncée : période courante ; barre claire : période passée ; losange : avenant ; rond : date de la convention ; "
        f"triangle : évènement ; trait pointillé : date de référence ({formats.jour(reference)})."
    )
    tus = sum(evenement["date"] is not None for evenement in vie.evenements) - EVENEMENTS_MONTRES
    if tus > 0:
        note(
            f"La frise ne montre pas {formats.pluriel(tus, 'évènement plus ancien', 'évènements plus anciens')} : le tableau les a."
        )


def _evenement(evenement: Ligne) -> str:
    return f"{formats.jour(evenement['date'])} · {formats.texte(evenement['type_libelle'] or evenement['type'])}"


def _periode(periode: Ligne, reference: date) -> Repere:
    debut, fin = periode["date_debut"], periode["date_fin"]
    genre = "Période courante" if periode["est_courante"] else "Période passée"
    bornes = f"{formats.jour(debut)} → {formats.jour(fin)}" if fin else f"depuis le {formats.jour(debut)}"
    texte = f"{bornes} · Période {periode['rang']}, {nommer(periode['statut'], STATUTS, 'statut inconnu').lower()}"
    return Repere(debut, max(debut, fin or reference), genre, texte)


def _graphique(marques: list[Repere], reference: date) -> alt.LayerChart:
    # a moment without zone: Vega would read a bare date as UTC and show the day before it west of Greenwich
    donnees = alt.InlineData(
        values=[
            {
                "rang": rang,
                "debut": f"{marque.debut}T00:00:00",
                "fin": f"{marque.fin}T00:00:00",
                "genre": marque.genre,
                "texte": marque.texte,
            }
            for rang, marque in enumerate(marques)
        ]
    )
    temps = alt.Axis(title=None, grid=True, format="%Y", labelOverlap=True, tickCount=6)
    base = alt.Chart(donnees).encode(y=alt.Y("rang:O", axis=None), tooltip=alt.Tooltip("texte:N", title=" "))
    debut = alt.X("debut:T", axis=temps, scale=alt.Scale(padding=10))
    genres = ["Période courante", "Période passée", "Avenant", "Date", "Évènement"]
    couleur = alt.Color("genre:N", legend=None, scale=alt.Scale(domain=genres, range=[BLEU, _BLEU_CLAIR, TEXTE, TEXTE, TEXTE]))
    barres = base.transform_filter("datum.debut < datum.fin").mark_bar(height=12, yOffset=10, stroke=BLEU, strokeWidth=1)
    points = base.transform_filter("datum.debut == datum.fin").mark_point(filled=True, size=110, yOffset=10, opacity=1)
    forme = alt.Shape(
        "genre:N", legend=None, scale=alt.Scale(domain=genres, range=["square", "square", "diamond", "circle", "triangle"])
    )
    textes = base.mark_text(align="left", baseline="middle", dy=-9, fontSize=13, color=TEXTE).encode(x=alt.value(0), text="texte:N")
    jour = (
        alt.Chart(alt.InlineData(values=[{"jour": f"{reference}T00:00:00"}]))
        .mark_rule(strokeDash=[4, 4], color=_GRIS)
        .encode(x="jour:T")
    )
    couches = jour + barres.encode(x=debut, x2="fin:T", color=couleur) + points.encode(x=debut, color=couleur, shape=forme) + textes
    return style(couches.properties(height=_HAUTEUR_REPERE * len(marques)))
