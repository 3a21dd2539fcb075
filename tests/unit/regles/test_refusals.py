"""A broken rule file is refused with its file, its line and the reason; a rule can read nothing but its view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import BadInputError
from data_contracts.rule_loader import catalogue
from tests.support import made_rules
from tests.support.made_rules import RULE


def refusal(folder: Path, *rules: dict[str, Any], parameters: str = made_rules.PARAMETERS) -> str:
    with pytest.raises(BadInputError) as refused:
        made_rules.read(folder, *rules, parameters=parameters)
    return str(refused.value)


def test_a_file_that_is_not_yaml_is_refused_at_its_line(tmp_path: Path) -> None:
    path = made_rules.write(tmp_path, "- id: ESS-001\n  titre: [sans fin\n")

    with pytest.raises(BadInputError) as refused:
        catalogue(tmp_path / "regles", tmp_path / "vues")

    assert str(refused.value).startswith(f"{path}, ligne 3 : ce n'est pas un YAML lisible")


def test_the_line_is_that_of_the_wrong_value(tmp_path: Path) -> None:
    second = {**RULE, "id": "ESS-002", "severite": "grave"}

    said = refusal(tmp_path, RULE, second)

    line = next(
        number
        for number, text in enumerate((tmp_path / "regles" / "essai.yml").read_text(encoding="utf-8").splitlines(), 1)
        if "severite: grave" in text
    )
    assert f"essai.yml, ligne {line} : " in said
    assert "« grave » n'est pas l'une des valeurs 'non_reglementaire'" in said


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"titre": None}, "« titre »"),
        ({"inconnue": 1}, "« inconnue » : clé inconnue"),
        ({"id": "essai"}, "« id »"),
        ({"condition": ""}, "une règle active a une clé « condition »"),
        ({"grain": "maison"}, "la règle ESS-001 a le grain « maison », inconnu : choisir objet"),
        ({"condition": "hauteur < 3"}, "la règle ESS-001 nomme « hauteur », qui n'est pas une colonne de la vue objet"),
        ({"condition": "nombre < $plafond"}, "la règle ESS-001 nomme « plafond », qui n'est pas un paramètre"),
        ({"preuve": ["hauteur"]}, "nomme « hauteur »"),
        ({"message": "Haut de {hauteur}."}, "nomme « hauteur »"),
        ({"discriminant": ["hauteur"]}, "nomme « hauteur »"),
        ({"couvre": ["ESS-009"]}, "la règle ESS-001 couvre ESS-009, qui n'existe pas"),
        ({"condition": "nombre < $seuil_date", "date_du_droit": "date_depot"}, "nomme « date_depot »"),
        ({"exemples": [{"attendu": True, "donnees": {"hauteur": 1}}]}, "nomme « hauteur »"),
        ({"exemples": [{"attendu": True, "donnees": {}, "parametres": {"plafond": 1}}]}, "nomme « plafond »"),
        ({"severite": [{"niveau": "anomalie"}, {"niveau": "information"}]}, "seule la dernière sévérité se passe de « si »"),
        ({"severite": [{"si": "est_foyer", "niveau": "anomalie"}]}, "la dernière sévérité vaut dans tous les autres cas"),
        ({"references": [{"section": "Durée"}]}, "une référence nomme un texte, ou un document et sa section"),
        ({"condition": "famille < 3 +"}, "n'est pas une expression SQL"),
        ({"condition": "nombre + familles"}, "ne s'exécute pas"),
    ],
)
def test_a_broken_rule_is_refused_with_the_reason(tmp_path: Path, changes: dict[str, Any], why: str) -> None:
    rule = {key: value for key, value in {**RULE, **changes}.items() if value is not None}

    said = refusal(tmp_path, rule)

    assert why in said
    assert f"{tmp_path / 'regles' / 'essai.yml'}, ligne " in said


@pytest.mark.parametrize(
    "condition",
    [
        "exists (select 1 from fct_convention)",
        "nombre < (select max(nombre) from vue)",
        "nombre in (select nombre from vue)",
        "(select count(*) from read_csv('/etc/passwd')) > 0",
        "read_text('/etc/passwd') is not null",
        "getenv('HOME') is not null",
        "current_setting('threads') > 1",
        "autre.nombre < 3",
        "count(*) > 1",
        "row_number() over () > 1",
        "nombre < 3) or (true",
        "nombre < 3 as autre",
        "nombre < 3, true",
        "distinct nombre < 3",
        "nombre < 3 from vue union select true",
        "nombre < 3; drop table vue",
        "nombre < 3 -- et rien d'autre\n) from vue, (select 1",
        "random() < 0.5",
        "now() is not null",
        "*",
    ],
)
def test_a_rule_can_read_nothing_but_its_row(tmp_path: Path, condition: str) -> None:
    for key in ("applicable", "condition"):
        assert "ESS-001" in refusal(tmp_path / key, {**RULE, key: condition})
    cases = [{"si": condition, "niveau": "anomalie"}, {"niveau": "anomalie"}]
    assert "ESS-001" in refusal(tmp_path / "si", {**RULE, "severite": cases})
    assert "ESS-001" in refusal(tmp_path / "ref", {**RULE, "references": [{"texte": "CCH", "si": condition}]})


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "la règle ESS-001 existe déjà" in refusal(tmp_path, RULE, RULE)


@pytest.mark.parametrize(
    ("parameter", "why"),
    [
        ("[{valeur: dix}]", "seuil : dix n'est pas une valeur de type entier"),
        ("[{depuis: 2020-01-01, valeur: 1}, {depuis: 2010-01-01, valeur: 2}]", "de la plus ancienne à la plus récente"),
        ("[]", "liste vide"),
    ],
)
def test_a_broken_parameter_is_refused(tmp_path: Path, parameter: str, why: str) -> None:
    written = f"- {{nom: seuil, libelle: Seuil, type: entier, valeurs: {parameter}, source: Essai}}\n"

    said = refusal(tmp_path, RULE, parameters=written)

    assert why in said
    assert "parametres.yml, ligne 1 : " in said


def test_a_parameter_declared_twice_is_refused(tmp_path: Path) -> None:
    assert "le paramètre seuil est déclaré deux fois" in refusal(tmp_path, RULE, parameters=made_rules.PARAMETERS * 2)


def test_a_view_without_the_columns_of_every_view_is_refused(tmp_path: Path) -> None:
    made_rules.write(tmp_path, [RULE])
    path = tmp_path / "vues" / "objet.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("nom: table_source", "nom: table"), encoding="utf-8")

    with pytest.raises(BadInputError, match="ne déclare pas table_source"):
        catalogue(tmp_path / "regles", tmp_path / "vues")


SMALLER_VIEW = """
vue: partie
titre: partie
grain: une partie d'un objet
description: Essai.
reprend: {{objet: [{taken}]}}
colonnes:
  - {{nom: objet_id, type: VARCHAR, libelle: Objet}}
  - {{nom: table_source, type: VARCHAR, libelle: Table}}
"""
COMMON = "source, convention_id, code_departement, bailleur_id"


def test_a_view_takes_the_columns_that_another_describes(tmp_path: Path) -> None:
    made_rules.write(tmp_path, [RULE])
    (tmp_path / "vues" / "partie.yml").write_text(SMALLER_VIEW.format(taken=f"{COMMON}, nombre"), encoding="utf-8")

    found = catalogue(tmp_path / "regles", tmp_path / "vues").views

    assert found["partie"].column("nombre") == found["objet"].column("nombre")


@pytest.mark.parametrize(
    ("taken", "why"),
    [
        (f"{COMMON}, inconnue", "la vue objet n'a pas de colonne « inconnue »"),
        (f"{COMMON}, objet_id", "déclare deux fois objet_id"),
        ("source", "ne déclare pas bailleur_id, code_departement, convention_id"),
    ],
)
def test_a_view_that_takes_what_it_cannot_is_refused(tmp_path: Path, taken: str, why: str) -> None:
    made_rules.write(tmp_path, [RULE])
    (tmp_path / "vues" / "partie.yml").write_text(SMALLER_VIEW.format(taken=taken), encoding="utf-8")

    with pytest.raises(BadInputError, match=why):
        catalogue(tmp_path / "regles", tmp_path / "vues")
