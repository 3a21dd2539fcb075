"""The changelog of the data follows the versions of the marts: nothing untold, nothing invented."""

from __future__ import annotations

import pytest

from data_contracts import data_changelog
from data_contracts.product_contract import Product

HEAD = "# Évolutions\n\nCe qui change.\n\n"
TOLD = "## `fct_lot` version 2 (25/11/2026)\n\nLa clé change.\n\n"


def contracts(**versions: int) -> dict[str, Product]:
    return {
        mart: Product.model_validate(
            {
                "mart": mart,
                "version": version,
                "titre": mart,
                "grain": "une ligne",
                "description": "Essai.",
                "acces": ["commun"],
                "cle_primaire": ["cle"],
                "colonnes": [{"nom": "cle", "type": "VARCHAR", "description": "Clé."}],
            }
        )
        for mart, version in versions.items()
    }


def faults(changelog: str, **versions: int) -> list[str]:
    return data_changelog.faults(HEAD + changelog, contracts(**versions))


def test_a_version_told_and_a_first_version_untold_are_sound() -> None:
    assert faults(TOLD + "## La première version\n\nLes autres.\n", fct_lot=2, dim_commune=1) == []


@pytest.mark.parametrize("version", [2, 3])
def test_every_version_after_the_first_must_be_told(version: int) -> None:
    told = faults(TOLD if version == 3 else "", fct_lot=version)

    assert [fault.split(" : ")[0] for fault in told] == [f"fct_lot version {version}"]


@pytest.mark.parametrize(
    "section",
    [
        "## `fct_lots` version 2 (25/11/2026)\n\nLa clé change.\n",
        "## `fct_lot` version 3 (26/11/2026)\n\nLa clé change.\n\n" + TOLD,
        "## `fct_lot` retirée (26/11/2026)\n\nPlus personne ne la lit.\n\n" + TOLD,
    ],
    ids=["unknown mart", "version to come", "withdrawn and still there"],
)
def test_a_section_about_a_mart_or_a_version_that_does_not_exist_is_a_fault(section: str) -> None:
    fault = faults(section, fct_lot=2 if TOLD in section else 1)

    assert len(fault) == 1
    assert fault[0].endswith("cette table n'a pas de contrat, ou pas cette version")


def test_the_versions_of_a_withdrawn_mart_stay_told() -> None:
    changelog = "## `fct_lot` retirée (26/11/2026)\n\nPlus personne ne la lit.\n\n" + TOLD

    assert faults(changelog) == []
    assert data_changelog.removed(changelog) == {"fct_lot"}


def test_sections_go_from_the_newest_to_the_oldest() -> None:
    changelog = TOLD + "## `fct_avis` version 2 (26/11/2026)\n\nLa note change.\n"

    assert faults(changelog, fct_lot=2, fct_avis=2) == ["fct_avis version 2 est plus récente que fct_lot version 2, qui la précède"]


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("## `fct_lot` v2 (25/11/2026)\n\nLa clé change.\n", "illisible"),
        ("## `fct_lot` version 2 (31/02/2026)\n\nLa clé change.\n", "illisible"),
        ("## `fct_lot` version 2 (25/11/2026)\n\n", "vide"),
    ],
    ids=["title", "day", "empty"],
)
def test_a_section_that_can_not_be_read_is_a_fault(section: str, said: str) -> None:
    assert said in faults(section, fct_lot=1)[0]
