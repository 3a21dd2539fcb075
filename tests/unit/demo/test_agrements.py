"""The agréments of a demo: coherent with the agreements that bear their number, and with every trap."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ingest.demo import generate
from ingest.demo.agrements import GALION, Piege
from ingest.demo.agrements_ecrits import LIBELLES, nombre
from tests.support.made_sisal import ORDINARY

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo


def agrements(demo: Demo) -> list[dict[str, Any]]:
    return [dict(zip(demo.verite["champs_agrements"], valeurs, strict=True)) for valeurs in demo.verite["agrements"]]


def lies_par_le_numero(demo: Demo) -> list[tuple[str, str]]:
    return [
        (agrement, convention)
        for agrement, convention, maniere, statut in demo.verite["rapprochements"]
        if maniere.startswith("numero") and statut == "lien"
    ]


def par_convention(connus: set[tuple[int, str]], convention: int) -> list[str]:
    return [numero for porteur, numero in connus if porteur == convention]


def sisal(demo: Demo) -> list[dict[str, str]]:
    with demo.livraison.sisal.open(encoding="utf-8", newline="") as fichier:
        lignes = list(csv.reader(fichier))
    return [dict(zip(lignes[3], ligne, strict=True)) for ligne in lignes[4:]]


def siap(demo: Demo) -> list[dict[str, Any]]:
    fichiers = sorted(demo.livraison.siap.glob("details-*.json"))
    return [operation for fichier in fichiers for operation in json.loads(fichier.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("centiemes", "texte"), [(0, "0"), (101_720, "1\u00a0017,2"), (65_050, "650,5"), (1005, "10,05"), (400, "4")]
)
def test_a_number_is_written_as_the_infocentre_does(centiemes: int, texte: str) -> None:
    assert nombre(centiemes) == texte


def test_a_report_has_the_columns_of_sisal() -> None:
    assert list(LIBELLES) == list(ORDINARY)


def test_an_operation_of_an_agreement_bears_the_number_of_its_programmes(demo: Demo) -> None:
    numeros = """
        select distinct c.conventionapl_id, p.financementreferencedossier from programmelogement p
        join conventiondonneesgenerales c on c.id = p.conventiondonneesgenerales_id and c.estcourante"""
    connus = {(convention, _sans_separateur(numero)) for convention, numero in demo.lignes(numeros) if numero}

    lies = {(int(convention.split(":")[1]), agrement.split(":")[1]) for agrement, convention in lies_par_le_numero(demo)}

    assert len(lies) > 200
    assert all(any(numero in connu for connu in par_convention(connus, convention)) for convention, numero in lies)
    assert all(GALION.fullmatch(numero) for _, numero in lies)


def test_some_numbers_are_only_read_once_what_stands_around_them_is_left_out(demo: Demo) -> None:
    manieres = Counter(maniere for _, _, maniere, _ in demo.verite["rapprochements"])

    assert manieres["numero_exact"] > manieres["numero_normalise"] > 10


def test_operations_that_resemble_an_agreement_bear_a_number_that_nobody_types(demo: Demo) -> None:
    typed = {
        _sans_separateur(numero) for (numero,) in demo.lignes("select financementreferencedossier from programmelogement") if numero
    }
    semblables = [agrement for agrement, _, maniere, _ in demo.verite["rapprochements"] if maniere == "ressemblance"]

    assert len(semblables) > 50
    assert not any(agrement.split(":")[1] in numero for agrement in semblables for numero in typed)


def _sans_separateur(numero: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", numero.upper())


def test_dwellings_are_those_of_the_programmes_but_where_a_trap_says_otherwise(demo: Demo) -> None:
    lots = dict(
        demo.lignes("""
        select p.financementreferencedossier, sum(p.logementsnombretotal)::int from programmelogement p
        join conventiondonneesgenerales c on c.id = p.conventiondonneesgenerales_id and c.estcourante
        join typefinancement f on f.id = p.typefinancement_id
        where f.code in ('1', '2', '3', '4', '5', '6', '7', '9', '13') group by all""")
    )
    plantees = {cas["convention"] for cas in demo.verite["cas"]}
    exacts = {
        agrement.split(":")[1]
        for agrement, convention, maniere, _ in demo.verite["rapprochements"]
        if maniere == "numero_exact" and int(convention.split(":")[1]) not in plantees
    }
    agrees: dict[tuple[str, str], int] = {}
    for agrement in agrements(demo):
        source, numero, _ = agrement["id"].split(":")
        hors = {Piege.NOMBRE_DIFFERENT, Piege.SANS_DETAIL} & set(agrement["pieges"])
        if numero in exacts and not hors:
            agrees[source, numero] = agrees.get((source, numero), 0) + agrement["nb_logements"]

    differents = {numero for (_, numero), nombre_agree in agrees.items() if lots[numero] != nombre_agree}
    partages = {numero for (numero,) in demo.lignes(_PARTAGES)}
    assert differents <= partages


_PARTAGES = """
    select financementreferencedossier from programmelogement p
    join conventiondonneesgenerales c on c.id = p.conventiondonneesgenerales_id and c.estcourante
    group by all having count(distinct c.conventionapl_id) > 1"""
"""Numbers that several agreements bear: planted."""


def test_every_trap_is_there_and_some_operations_led_nowhere(demo: Demo) -> None:
    tous = [agrement for agrement in agrements(demo) if agrement["native"] is None]

    assert {piege for agrement in tous for piege in agrement["pieges"]} == set(Piege)
    assert 0.02 < sum(agrement["convention"] is None for agrement in tous) / len(tous) < 0.4


def test_an_owner_that_no_agreement_has_loses_its_zero_in_sisal_alone(demo: Demo) -> None:
    siret = {ligne["MOA (code SIRET)"] for ligne in sisal(demo)}
    siren = {operation["donneesMo"]["siren"] for operation in siap(demo)}

    assert {len(numero) for numero in siret} == {2, 13, 14}
    assert {len(numero) for numero in siren} == {9}


def test_an_operation_is_given_once_by_each_source(demo: Demo) -> None:
    ids = [agrement["id"] for agrement in agrements(demo)]
    numeros = [operation["donneesOperation"]["numeroOperation"] for operation in siap(demo)]

    assert len(set(ids)) == len(ids)
    assert len(set(numeros)) == len(numeros)
    assert {identifiant.split(":")[1] for identifiant in ids if identifiant.startswith("siap")} == set(numeros)


def test_some_operations_are_in_both_sources(demo: Demo) -> None:
    ids = [agrement["id"].split(":") for agrement in agrements(demo)]

    assert {numero for source, numero, _ in ids if source == "siap"} & {numero for source, numero, _ in ids if source == "sisal"}


def test_the_same_seed_gives_the_same_agrements(tmp_path: Path) -> None:
    def octets(dossier: Path) -> dict[str, bytes]:
        livraison = generate(150, 3, dossier)
        fichiers = [livraison.sisal, *sorted(livraison.siap.iterdir())]
        return {fichier.name: fichier.read_bytes() for fichier in fichiers}

    assert octets(tmp_path / "a") == octets(tmp_path / "b")
