from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from dashboards.components.blocs import etiquette
from dashboards.components.colonnes.partagees import FICHE
from dashboards.components.tableau import Colonne, entier, sans_markdown, tableau_html
from dashboards.fichiers import Table, en_csv

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

NOM, PART = Colonne("nom", "Nom"), entier("part", "Part")


def test_a_table_escapes_what_the_source_says_and_keeps_its_own_labels() -> None:
    rows = [{"nom": "<script>alert(1)</script>", "etat": "ok"}]
    html = tableau_html(rows, [NOM, Colonne("etat", "État", lambda etat: etiquette(etat, "succes"))], "A & B")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert '<span class="etiquette succes">ok</span>' in html
    assert "A &amp; B" in html


def test_a_table_names_its_rows_and_columns_for_who_cannot_see_it() -> None:
    html = tableau_html([{"nom": "a", "part": 1200}], [NOM, PART], "Parts")
    assert 'role="region" tabindex="0" aria-label="Parts"' in html
    assert '<th scope="col">Nom</th>' in html
    assert '<th scope="row">a</th><td class="nombre">1\u202f200</td>' in html


def test_markdown_in_a_value_is_shown_as_it_is() -> None:
    assert sans_markdown("33_2*[x](y)") == r"33\_2\*\[x\]\(y\)"


def _long_and_sparse() -> None:
    from dashboards.components.tableau import Colonne, tableau  # noqa: PLC0415 - AppTest runs this body as a script

    columns = [Colonne("nom", "Nom"), Colonne("vide", "Colonne vide", est_rare=True)]
    tableau([{"nom": f"rang {rank}", "vide": None} for rank in range(201)], columns, "Rangs", "rangs")


def test_a_long_table_says_how_many_rows_it_leaves_to_its_file_and_hides_what_is_empty() -> None:
    app = AppTest.from_function(_long_and_sparse).run()
    html = app.get("html")[0].value
    assert app.caption[0].value == "Les 200 premières lignes sur 201 : le fichier les a toutes."
    assert "rang 199" in html
    assert "rang 200" not in html
    assert "Colonne vide" not in html


def test_a_key_that_the_page_makes_a_link_of_is_written_in_a_file_made_outside_any_session(run: PublishedRun) -> None:
    content = en_csv(Table(run, "Conventions", [NOM, FICHE], [{"nom": "a", "convention_id": "ecoloweb:7"}])).decode("utf-8-sig")
    assert content.splitlines() == ["Nom;Fiche", "a;ecoloweb:7"]
