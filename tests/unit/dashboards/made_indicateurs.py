"""The catalogue of indicators of the made run: what the pages tell of the figures they show."""

from __future__ import annotations

from typing import Any


def indicator(kpi_id: str, titre: str) -> dict[str, Any]:
    return {
        "kpi_id": kpi_id,
        "titre": titre,
        "definition": f"Ce que compte {kpi_id} <b>.",
        "numerateur": "Numérateur.",
        "denominateur": "Dénominateur.",
        "population": f"Population de {kpi_id}.",
        "source": "fct_essai.",
        "fraicheur": "À chaque run.",
        "petits_effectifs": "Publiés.",
        "unite": "jours",
        "mesures": '[{"nom": "moyenne"}]',
    }


CATALOGUE = [
    indicator("T-08", "Dépôt → signature"),
    *(indicator(f"S-{rank:02d}", f"Satisfaction {rank}") for rank in range(1, 7)),
]
STATS = {
    **indicator("T-08-STATS", "Création → mise à la signature, selon STATS.md"),
    "explication": "Il ne suit que les dossiers en attente.",
}
