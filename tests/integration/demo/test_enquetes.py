"""The published opinions against what the demo generator decided before it wrote a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.integration.demo.conftest import PublishedDemo


def test_every_survey_is_published_as_it_was_made(demo: PublishedDemo) -> None:
    published = demo.marts.execute("""
        select enquete, public, any_value(nb_envoyes), count(*), count(valeur), sum(valeur)::int, count(verbatim)
        from fct_avis group by enquete, public order by enquete
    """).fetchall()

    assert published == sorted(
        (
            made["titre"],
            made["public"],
            made["nb_envoyes"],
            made["reponses"] - made["hors_echelle"],
            made["notees"],
            made["somme"],
            made["commentees"],
        )
        for made in demo.truth["enquetes"]
    )


def test_no_person_named_in_a_comment_can_be_read(demo: PublishedDemo) -> None:
    [(comments,)] = demo.marts.execute("select string_agg(verbatim, ' ' order by avis_id) from fct_avis").fetchall()
    named = [said for made in demo.truth["enquetes"] for said in made["personnes"]]

    assert named
    assert not [said for said in named if said.lower() in comments.lower()]
