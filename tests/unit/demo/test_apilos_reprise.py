"""What APiLos took over from Ecoloweb: the same as there but what is planted, and nothing of what the official import loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.demo.apilos.registre import Uuids
from ingest.demo.apilos.vocabulaire import SOUS_NATURES, SOUS_NATURES_DEFORMEES, financement, types_d_avenant
from ingest.demo.referentiels import Secteur, liste, secteur_de_la_sous_nature

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

REPRISES = """
    select r.ecolo_id, cast(split_part(r.ecolo_id, ':', 1) as bigint) as ecoloweb_id, split_part(r.ecolo_id, ':', 2) as financement,
        cast(split_part(r.ecolo_id, ':', 3) as integer) as numero_avenant, c.*
    from ecoloweb_ecoloreference r join conventions_convention c on c.id = r.apilos_id
    where r.apilos_model = 'conventions.Convention'"""
COURANTE = "conventiondonneesgenerales c on c.conventionapl_id = r.ecoloweb_id and c.estcourante"
PROGRAMMES = """
    conventiondonneesgenerales c on c.conventionapl_id = r.ecoloweb_id
    join programmelogement p on p.conventiondonneesgenerales_id = c.id"""


@pytest.mark.parametrize(
    ("code", "attendu"),
    [("1", "PLUS"), ("7", "PLUS"), ("3", "PLAI"), ("9", "PLS"), ("22", "SANS_FINANCEMENT"), ("18", "SANS_FINANCEMENT")],
)
def test_a_financing_of_apilos_is_a_family_of_ecoloweb(code: str, attendu: str) -> None:
    assert financement(code) == attendu


def test_types_of_amendments_are_told_in_the_few_words_of_apilos() -> None:
    assert types_d_avenant(("1", "2", "3", "12")) == ("bailleur", "champ_libre", "logements")


def test_every_kind_of_owner_has_a_word_or_a_distortion() -> None:
    codes = {ligne["code"] for ligne in liste("sousnaturebailleur")}
    assert codes <= {*SOUS_NATURES, *SOUS_NATURES_DEFORMEES}
    assert all(secteur_de_la_sous_nature(code) is not Secteur.PRIVE for code in SOUS_NATURES_DEFORMEES)


def test_identifiers_depend_on_the_seed_on_the_table_and_on_the_row() -> None:
    uuids = Uuids(1)
    autres = {uuids.de("programmes_lot", 1), uuids.de("programmes_lot", 2), uuids.de("programmes_logement", 1)}
    assert len({*autres, Uuids(2).de("programmes_lot", 1)}) == 4
    assert Uuids(1).de("programmes_lot", 1) in autres


def test_most_followed_agreements_are_taken_over(demo: Demo) -> None:
    ((part,),) = demo.lignes(f"select count(distinct ecoloweb_id) / (select count(*) from conventionapl) from ({REPRISES})")
    assert 0.8 < part < 0.98


def test_an_agreement_becomes_one_for_each_financing(demo: Demo) -> None:
    codes = {ligne["id"]: ligne["code"] for nom in ("typefinancement", "typefinancement_ajouts") for ligne in liste(nom)}
    lignes = demo.lignes(f"""
        select r.ecolo_id, any_value(r.financement), list(distinct p.typefinancement_id)
        from ({REPRISES}) r join {PROGRAMMES} group by r.ecolo_id""")
    assert [cle for cle, code, ids in lignes if code not in {financement(codes[str(id_)]) for id_ in ids}] == []


def test_a_financing_over_several_communes_or_owners_is_lost(demo: Demo) -> None:
    lignes = demo.lignes(f"""
        select r.ecolo_id from ({REPRISES}) r join {COURANTE} join programmelogement p on p.conventiondonneesgenerales_id = c.id
        where r.numero_avenant = 0 and c.avenant_id is null
        group by r.ecolo_id, r.ecoloweb_id having count(distinct p.typefinancement_id) = 1
            and (count(distinct p.commune_id) > 1 or count(distinct p.bailleurproprietaire_id) > 1)""")
    assert lignes == []


def test_what_was_only_abandoned_is_lost(demo: Demo) -> None:
    lignes = demo.lignes(f"""
        select r.ecolo_id from ({REPRISES}) r join conventiondonneesgenerales c on c.conventionapl_id = r.ecoloweb_id
        join valeurparamstatic v on v.id = c.etatconvention_id
        group by r.ecolo_id having bool_and(v.code = 'ANI')""")
    assert lignes == []


def test_an_amendment_hangs_on_the_agreement_of_its_financing(demo: Demo) -> None:
    lignes = demo.lignes(f"""
        select a.ecolo_id from ({REPRISES}) a left join ({REPRISES}) p on p.id = a.parent_id
        where a.numero_avenant > 0 and a.parent_id is not null and (p.ecoloweb_id, p.financement, p.numero_avenant)
            is distinct from (a.ecoloweb_id, a.financement, 0)""")
    assert lignes == []


@pytest.mark.parametrize(
    ("apilos", "ecoloweb"),
    [
        ("televersement_convention_signee_le", "c.datesignatureprefet"),
        ("date_envoi_spf", "c.dateenvoihypotheque"),
        ("reference_spf", "c.referencepublication"),
        ("numero", "a.noreglementaire"),
    ],
)
def test_without_planted_case_what_ecoloweb_says_is_kept(apilos: str, ecoloweb: str, reglementaire: Demo) -> None:
    etats = {etat[0] for etat in reglementaire.verite_apilos["etats"] if etat[1] == "apilos"}
    lignes = reglementaire.lignes(f"""
        select 'ecoloweb:' || r.ecoloweb_id from ({REPRISES}) r join conventionapl a on a.id = r.ecoloweb_id join {COURANTE}
        where r.numero_avenant = 0 and r.{apilos} is distinct from {ecoloweb}""")
    assert {convention for (convention,) in lignes} <= etats


def test_without_planted_case_the_term_is_that_of_the_truth_of_ecoloweb(reglementaire: Demo) -> None:
    rang = reglementaire.verite["champs"].index("date_expiration")
    termes = {valeurs[0]: valeurs[rang] for valeurs in reglementaire.verite["conventions"]}
    fins = reglementaire.lignes(f"select ecoloweb_id, date_fin_conventionnement::varchar from ({REPRISES})")
    assert [identifiant for identifiant, fin in fins if termes[identifiant] != fin] == []


def test_a_lot_has_as_many_dwellings_as_rows(reglementaire: Demo) -> None:
    lignes = reglementaire.lignes("""
        select l.id from programmes_lot l left join programmes_logement g on g.lot_id = l.id
        group by l.id, l.nb_logements having count(g.id) <> l.nb_logements""")
    assert lignes == []


def test_everything_that_happens_is_before_the_end_of_the_demo(demo: Demo) -> None:
    dates = "cree_le::date, mis_a_jour_le::date, televersement_convention_signee_le, date_envoi_spf, date_publication_spf"
    a_venir = {cas["convention"] for cas in demo.verite["cas"] if cas["regle"] == "DAT-005"}
    lignes = demo.lignes(f"""
        select cast(split_part(r.ecolo_id, ':', 1) as bigint) from conventions_convention c
        left join ecoloweb_ecoloreference r on r.apilos_id = c.id and r.apilos_model = 'conventions.Convention'
        where greatest({dates}) > date '2026-10-31'""")
    assert {identifiant for (identifiant,) in lignes} <= a_venir
