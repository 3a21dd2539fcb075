"""A broken contract is refused with one French sentence: which file, where in it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data_contracts.errors import BadInputError
from data_contracts.loader import SOURCES, fingerprint, products, source, source_tables

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = """\
source: essai
table: lot
titre: Lots
description: Un lot par ligne.
cle_primaire: [id]
colonnes:
  - nom: id
    type: entier
    description: Identifiant du lot.
"""


def written(folder: Path, content: str, file: str = "lot.yml") -> Path:
    (folder / "essai").mkdir(exist_ok=True)
    (folder / "essai" / file).write_text(content, encoding="utf-8")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(BadInputError) as refused:
        source_tables("essai", folder)
    return str(refused.value)


def test_a_sound_contract_is_read(tmp_path: Path) -> None:
    assert source_tables("essai", written(tmp_path, CONTRACT))["lot"].column("id").description == "Identifiant du lot."


def test_an_unknown_source_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"La source « essai » n'a aucun contrat dans {tmp_path} : vérifier son nom."


def test_a_file_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, CONTRACT + "  nom: [\n"))

    assert message.startswith(f"{tmp_path}/essai/lot.yml n'est pas un YAML lisible à la ligne 10")


@pytest.mark.parametrize(
    ("good", "bad", "place", "reason"),
    [
        ("type: entier", "type: nombre", "colonnes.0.type", "« nombre » n'est pas l'une des valeurs 'entier', 'reel'"),
        ("titre: Lots\n", "", "titre", "clé absente"),
        ("titre: Lots", "titre: Lots\nresponsable: moi", "responsable", "clé inconnue"),
        ("cle_primaire: [id]", "cle_primaire: []", "cle_primaire", "liste vide"),
        ("cle_primaire: [id]", "cle_primaire: [numero]", "racine", "clé sur une colonne non déclarée : numero"),
        ("titre: Lots", "titre: [Lots]", "titre", "valeur d'une autre forme que celle attendue"),
        (
            "colonnes:\n",
            "colonnes:\n  - {nom: id, type: texte, description: Un double.}\n",
            "racine",
            "colonne déclarée deux fois : id",
        ),
        (
            "    type: entier\n",
            "    type: entier\n    personnel: {traitement: supprimer, motif: Nom.}\n",
            "racine",
            "clé sur une colonne supprimée : id",
        ),
    ],
)
def test_a_broken_contract_is_refused_with_its_place_and_reason(
    tmp_path: Path, good: str, bad: str, place: str, reason: str
) -> None:
    assert good in CONTRACT

    message = refusal(written(tmp_path, CONTRACT.replace(good, bad)))

    assert message.startswith(f"{tmp_path}/essai/lot.yml ne respecte pas le format des contrats, à « {place} » : {reason}")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert "à « racine »" in refusal(written(tmp_path, ""))


def test_a_contract_that_does_not_bear_the_name_of_its_file_is_refused(tmp_path: Path) -> None:
    assert "déclare essai.lot" in refusal(written(tmp_path, CONTRACT, "logement.yml"))


def test_the_fingerprint_ignores_layout_and_follows_meaning(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "commented", "changed")]
    for folder in folders:
        folder.mkdir()
    first, commented, changed = folders

    written(first, CONTRACT)
    written(commented, "# un commentaire\n" + CONTRACT.replace("titre: Lots", 'titre:   "Lots"'))
    written(changed, CONTRACT.replace("titre: Lots", "titre: Programmes"))

    assert fingerprint("essai", first) == fingerprint("essai", commented) != fingerprint("essai", changed)


@pytest.mark.parametrize("name", sorted(path.name for path in SOURCES.iterdir() if path.is_dir()))
def test_each_source_says_who_answers_for_it_and_how_long_it_is_kept(name: str) -> None:
    agreed = source(name)
    assert (bool(agreed.responsable), agreed.conservation.remplacee_jours > 0) == (True, True)


def test_a_source_without_its_contract_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"n'a pas de contrat .*absente\.yml"):
        source("absente", tmp_path)


def test_a_source_contract_of_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "autre.yml").write_text((SOURCES / "sisal.yml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BadInputError, match="déclare la source sisal"):
        source("autre", tmp_path)


@pytest.mark.parametrize(
    ("name", "unit"), [("surface_m2", "m²"), ("loyer_m2_eur", "€/m²"), ("taux_pct", "%"), ("duree_ans", "ans")]
)
def test_a_column_whose_name_tells_a_unit_must_say_it(tmp_path: Path, name: str, unit: str) -> None:
    column = f"colonnes: [{{nom: {name}, type: INTEGER, description: Mesure.}}]"
    content = (
        f"mart: fct_lot\ntitre: Lots\ngrain: un lot\ndescription: Les lots.\nacces: [commun]\ncle_primaire: [{name}]\n{column}\n"
    )
    (tmp_path / "fct_lot.yml").write_text(content, encoding="utf-8")

    with pytest.raises(BadInputError, match=f"la colonne {name} doit dire son unité, en {unit}"):
        products(tmp_path)


SOURCE = """\
source: essai
titre: Essai
description: Une source.
responsable: Équipe d'essai
base_legale: Mission d'intérêt public
finalite: Essayer.
destinataires: Administrateurs des données
fraicheur_jours: 30
conservation: {remplacee_jours: 30, maximum_jours: 365, motif: Essai.}
"""
PERSONAL = """\
  - nom: nom
    type: texte
    description: Nom.
    personnel: {traitement: masquer, motif: Nomme une personne.}
"""


@pytest.mark.parametrize(
    ("removed", "said"),
    [
        ("destinataires: Administrateurs des données\n", "qui les voit"),
        (" maximum_jours: 365,", "combien de temps ce qui en reste est gardé"),
    ],
)
def test_a_source_of_personal_data_says_who_sees_them_and_until_when(tmp_path: Path, removed: str, said: str) -> None:
    (written(tmp_path, CONTRACT + PERSONAL) / "essai.yml").write_text(SOURCE.replace(removed, ""), encoding="utf-8")

    with pytest.raises(BadInputError, match=said):
        source("essai", tmp_path)


def test_a_source_without_person_need_not_say_who_sees_them(tmp_path: Path) -> None:
    without = SOURCE.replace("destinataires: Administrateurs des données\n", "").replace(" maximum_jours: 365,", "")
    (written(tmp_path, CONTRACT) / "essai.yml").write_text(without, encoding="utf-8")

    assert source("essai", tmp_path).destinataires is None


def test_a_source_of_which_nothing_personal_lands_need_not_say_until_when(tmp_path: Path) -> None:
    dropped = CONTRACT + PERSONAL.replace("masquer", "supprimer")
    (written(tmp_path, dropped) / "essai.yml").write_text(SOURCE.replace(" maximum_jours: 365,", ""), encoding="utf-8")

    assert source("essai", tmp_path).conservation.maximum_jours is None
