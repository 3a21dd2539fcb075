"""The answers of the made run: three surveys on three scales, one of them too small to be told."""

from __future__ import annotations

from datetime import date
from typing import Any

Row = dict[str, Any]


def _answer(rank: int, survey: str, **values: Any) -> Row:  # noqa: ANN401 - values of any column
    return {
        "avis_id": f"satisfaction:{survey}:{rank:03d}",
        "source": "satisfaction",
        "enquete_id": survey,
        "date": date(2026, 2, 5),
        "fichier": "avis.csv",
        **values,
    }


def _bailleur(rank: int, note: int, **values: Any) -> Row:  # noqa: ANN401 - values of any column
    return _answer(
        rank,
        "bailleurs",
        canal="enquete",
        enquete="Enquête des bailleurs",
        public="bailleur",
        note=str(note),
        valeur=note,
        echelle_min=1,
        echelle_max=5,
        est_satisfait=note >= 4,
        nb_envoyes=40,
        **values,
    )


def _instructeur(rank: int, note: int) -> Row:
    return _answer(
        rank,
        "instructeurs",
        canal="enquete",
        enquete="Enquête des instructeurs",
        public="instructeur",
        note=str(note),
        valeur=note,
        echelle_min=0,
        echelle_max=10,
        recommandation=note,
    )


def _jdma(rank: int) -> Row:
    return _answer(
        rank,
        "jdma",
        canal="jdma",
        enquete="Je donne mon avis",
        note="Très bien",
        valeur=3,
        echelle_min=1,
        echelle_max=3,
        note_10=10,
        est_satisfait=True,
        clarte=5,
        date=None,
    )


AVIS: list[Row] = [
    # fifteen of twenty satisfied, in two years; ten comments
    *(_bailleur(rank, 5, verbatim="Le loyer est <b>clair</b>.", themes=["LOYER"]) for rank in range(8)),
    *(_bailleur(rank, 4, date=date(2025, 6, 1)) for rank in range(8, 15)),
    *(_bailleur(rank, 2, verbatim="Trop de relances.", themes=["DELAI"], date=date(2026, 3, 1)) for rank in range(15, 17)),
    *(_bailleur(rank, 1, date=date(2025, 7, 1)) for rank in range(17, 20)),
    # six promoters, three detractors of twelve: +25
    *(_instructeur(rank, note) for rank, note in enumerate((10, 10, 9, 9, 9, 9, 8, 7, 8, 6, 5, 0))),
    # nine answers are too few
    *(_jdma(rank) for rank in range(9)),
]
