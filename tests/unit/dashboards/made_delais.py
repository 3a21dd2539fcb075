"""The stages of the made run: durations that a reader can work out by head, and the indicators that follow them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
REFERENCE = date(2026, 11, 1)
_CONVENTION = "ecoloweb:800000"


def _file(rank: int, days: int, *, end: date | None, **values: Any) -> Row:  # noqa: ANN401 - values of any column
    """One file in the stage T-08: closed on a day after so many days, or open since so many days."""
    start = (end or REFERENCE) - timedelta(days=days)
    return {
        "convention_id": _CONVENTION,
        "etape_id": "T-08",
        "objet_id": f"dossier:{rank:03d}",
        "objet_type": "convention",
        "source": "ecoloweb",
        "etape": "Dépôt → signature",
        "statut": "OPPOSABLE" if end else "INSTRUCTION",
        "code_departement": "33",
        "code_region": "75",
        "administration_id": "ecoloweb:9",
        "familles_financement": ["PLUS"],
        "nature_bailleur": "HLM",
        "est_suivi": True,
        "date_debut": start,
        "date_fin": end,
        "duree_jours": days,
        "duree_jours_ouvres": days // 2,
        "est_censure": end is None,
        "mois_debut": f"{start:%Y-%m}",
        "annee_debut": start.year,
        "mois_fin": f"{end:%Y-%m}" if end else None,
        "annee_fin": end.year if end else None,
        **values,
    }


SPRING, AUTUMN, BEFORE = date(2025, 4, 20), date(2025, 10, 20), date(2024, 6, 20)
DELAIS: list[Row] = [
    # ten of 2025, from 10 to 100 days: median 55, three quarters 77.5, nine in ten 91
    *(_file(rank, 10 * rank, end=SPRING) for rank in range(1, 6)),
    *(
        _file(rank, 10 * rank, end=AUTUMN, code_departement="29", code_region="53", familles_financement=["PLAI", "PLUS"])
        for rank in range(6, 11)
    ),
    # five of 2024, 40 days each
    *(_file(rank, 40, end=BEFORE, nature_bailleur="SEM", administration_id=None) for rank in range(11, 16)),
    # open: one a band of age, and one more past the last
    *(_file(20 + rank, days, end=None) for rank, days in enumerate((5, 40, 75, 120, 200, 400))),
    # left out by the indicators
    _file(30, 0, end=SPRING, est_suivi=False, est_reprise=True),
    _file(31, 3000, end=SPRING, est_suivi=False, est_anah=True, nature_bailleur="PRIVE"),
    _file(32, 3000, end=SPRING, est_suivi=False, nature_bailleur="PRIVE"),
    _file(
        40,
        12,
        end=SPRING,
        etape_id="T-15",
        etape="Dépôt → signature de l'avenant",
        objet_type="avenant",
        types=["5", "8"],
    ),
]
ECARTES: list[Row] = [
    {"source": "ecoloweb", "etape_id": etape, "etape": nom, "destin": destin, "nb": nb}
    for etape, nom, destin, nb in (
        ("T-08", "Dépôt → signature", "ferme", 18),
        ("T-08", "Dépôt → signature", "ouvert", 6),
        ("T-08", "Dépôt → signature", "negatif", 2),
        ("T-08", "Dépôt → signature", "abandonne", 1),
        ("T-15", "Dépôt → signature de l'avenant", "ferme", 1),
        ("T-16", "Étape sans dossier mesuré", "sans_debut", 4),
    )
]
