"""Planted cases: every rule has its own, each is what its sentence says, and no truth is written that a case contradicts."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from data_contracts.rule_loader import catalogue
from ingest.demo import generate, generation
from ingest.demo.cas.cas import Cas
from ingest.demo.cas.plan import CAS, PART, Plan, Plante, verifier
from ingest.demo.oracle import REGLES, SANS_OBJET, Constat, Severite

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

REGLES_PLANTEES = sorted({cas.regle for cas in CAS})
HORS_D_ECOLOWEB = {
    ("AGR-010", "non_reglementaire"),
    ("AGR-012", "anomalie"),
    ("AGR-015", "non_reglementaire"),
    ("CAS-001", "non_reglementaire"),
    ("DUR-002", "non_reglementaire"),
}
"""Severities that a rule only gives to other sources."""
GRAVES = {"non_reglementaire", "anomalie"}


@pytest.mark.parametrize("regle", REGLES_PLANTEES)
def test_a_rule_has_a_case_it_must_find_and_two_it_must_not(regle: str) -> None:
    attendus = Counter(cas.attendu for cas in CAS if cas.regle == regle)
    assert attendus[True] >= 1
    assert attendus[False] >= 2


def test_the_rules_without_case_are_those_that_find_nothing() -> None:
    assert {*REGLES} - {*REGLES_PLANTEES} == {*SANS_OBJET}


def test_every_severity_of_a_rule_is_planted() -> None:
    plantees = {(cas.regle, str(cas.severite)) for cas in CAS if cas.attendu}
    possibles = {(regle, str(cas.niveau)) for regle in REGLES_PLANTEES for cas in catalogue().rules[regle].severite}
    assert possibles - plantees == HORS_D_ECOLOWEB


def test_a_sentence_tells_one_case_of_a_rule() -> None:
    assert [cas for cas, fois in Counter((cas.regle, cas.phrase) for cas in CAS).items() if fois > 1] == []


def test_the_demo_that_people_see_holds_every_case(demo: Demo) -> None:
    plantes = {(cas["regle"], cas["cas"]) for cas in demo.verite["cas"]}
    assert [cas.phrase for cas in CAS if (cas.regle, cas.phrase) not in plantes] == []


def test_cases_are_spread_over_less_than_their_part(demo: Demo) -> None:
    conventions = [cas["convention"] for cas in demo.verite["cas"]]
    assert len(conventions) == len(set(conventions)) <= max(PART * len(demo.verite["conventions"]), len(CAS))
    moities = Counter(convention > 101_000 for convention in conventions)
    assert min(moities.values()) > len(conventions) / 5


def test_a_large_demo_holds_every_case(tmp_path: Path) -> None:
    verite = json.loads(generate(6000, 4, tmp_path).verite.read_text(encoding="utf-8"))
    plantes = {(cas["regle"], cas["cas"]) for cas in verite["cas"]}
    assert [cas.phrase for cas in CAS if (cas.regle, cas.phrase) not in plantes] == []


def test_the_findings_say_of_each_case_what_it_says(demo: Demo) -> None:
    trouves = {(regle, objet) for regle, _, _, objet in demo.verite["constats"]}
    assert [cas for cas in demo.verite["cas"] if ((cas["regle"], cas["objet"]) in trouves) is not cas["attendu"]] == []


def test_a_case_brings_nothing_wrong_but_what_it_means_to(demo: Demo, reglementaire: Demo) -> None:
    cas_par_phrase = {(cas.regle, cas.phrase): cas for cas in CAS}
    voulues = {
        regle
        for cas in demo.verite["cas"]
        for regle in ({cas["regle"]} if cas["attendu"] else set()) | cas_par_phrase[cas["regle"], cas["cas"]].avec
    }
    graves = Counter(constat[0] for constat in demo.verite["constats"] if constat[1] in GRAVES)
    assert {*graves} <= voulues
    assert [constat for constat in reglementaire.verite["constats"] if constat[1] in GRAVES] == []


@pytest.mark.parametrize("graine", range(6))
def test_without_case_nothing_is_against_the_rules(graine: int, tmp_path: Path) -> None:
    verite = json.loads(generate(400, graine, tmp_path, cas=False).verite.read_text(encoding="utf-8"))
    assert verite["cas"] == []
    assert [constat for constat in verite["constats"] if constat[1] in GRAVES] == []


def test_findings_are_counted_by_rule_and_never_twice(demo: Demo) -> None:
    constats = [tuple(constat) for constat in demo.verite["constats"]]
    assert len(constats) == len(set(constats))
    assert Counter(regle for regle, *_ in constats) == {regle: fois for regle, fois in demo.verite["regles"].items() if fois}


def test_a_case_that_the_oracle_does_not_find_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faux = replace(next(cas for cas in CAS if cas.phrase == "PLUS de douze ans"), severite=Severite.NON_REGLEMENTAIRE)
    _planter_seulement(faux, monkeypatch)
    with pytest.raises(ValueError, match=r"DUR-003.*PLUS de douze ans.*aucun constat"):
        generate(400, 1, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_case_found_with_another_severity_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faux = replace(next(cas for cas in CAS if cas.phrase == "Durée inconnue"), regle="DUR-010", planter=_finir_un_jour_plus_tard())
    _planter_seulement(faux, monkeypatch)
    with pytest.raises(ValueError, match=r"DUR-010.*aucun constat, la vérité donne a_verifier"):
        generate(400, 1, tmp_path)


def test_a_case_of_two_agreements_is_checked_too() -> None:
    plante = Plante(next(cas for cas in CAS if cas.regle == "FIN-009" and cas.attendu), 7, "ecoloweb:7")
    verifier([plante], [Constat("FIN-009", Severite.A_VERIFIER, "convention", "ecoloweb:7")])
    with pytest.raises(ValueError, match="FIN-009, convention 7"):
        verifier([plante], [])


def _finir_un_jour_plus_tard() -> Any:  # noqa: ANN401 - the edit of a declared case
    return next(cas for cas in CAS if cas.phrase == "Logements ordinaires, fin le 1er juillet").planter


def _planter_seulement(cas: Cas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "Plan", lambda *arguments: Plan(*arguments, cas=(cas,)))


SIGNATURE = "any_value(c.datesignatureprefet)"
DERNIER_LOGEMENT = "select arg_max(l.{}, l.id) from logement l where l.programmelogement_id = p.id"
FAITS = {
    "PLUS et PLAI dans une convention signée après l'avis de 2024": (
        f"list_sort(list(f.code)) = ['1', '3'] and {SIGNATURE} >= date '2024-02-08'"
    ),
    "PLUS et PLAI dans une convention en instruction": f"list_sort(list(f.code)) = ['1', '3'] and {SIGNATURE} is null",
    "Huit ans": "bool_and(year(c.dateexpirationinitiale) = year(c.datesignatureprefet) + 8)",
    "Neuf ans moins deux jours : effet le 2 juillet, fin le 30 juin": (
        "bool_and(c.dateexpirationinitiale = c.datesignatureprefet + interval 9 year - interval 2 day)"
    ),
    "Neuf ans moins un jour : effet le 1er juillet, fin le 30 juin": (
        "bool_and(c.dateexpirationinitiale = c.datesignatureprefet + interval 9 year - interval 1 day)"
    ),
    "PLS de quarante ans jour pour jour": "bool_and(c.dateexpirationinitiale = c.datesignatureprefet + interval 40 year)",
    "Foncière Logement, vingt ans": "bool_and(s.code = '328')",
    "Foncière Logement, vingt et un ans et un jour": (
        "bool_and(s.code = '328' and c.dateexpirationinitiale = c.datepublication + interval 21 year + interval 1 day)"
    ),
    "PLS au dernier jour de la tolérance : effet le 29 juin, fin le 30 juin de la quarante et unième année": (
        "bool_and(c.dateexpirationinitiale = c.datesignatureprefet + interval 40 year + interval 366 day)"
    ),
    "PLS de treize ans signé le 2 mai 2002, veille de la règle": "bool_and(c.datesignatureprefet = date '2002-05-02')",
    "PLUS et PLAI dans une convention signée la veille de l'interdiction": "bool_and(c.datesignatureprefet = date '2024-02-07')",
    "Dix ans au plus, signés depuis trois ans jour pour jour": "bool_and(c.datesignatureprefet = date '2023-11-01')",
    "Avenant signé qui avançait la fin de deux ans, annulé depuis": (
        "bool_and((select bool_and(v.datesignatureprefet is not null and v.dateannulation is not null) "
        "from avenant v where v.conventionapl_id = a.id))"
    ),
    "Association qui n'a de foncière que le nom, trente ans": "bool_and(s.code = '329' and b.raisonsociale like 'FONCIERE %')",
    "Fin la veille de la dernière échéance du prêt": (
        "bool_and(c.dateexpiration + 1 = p.financementdate + to_years(p.financementdureepret))"
    ),
    "Fin le jour de la dernière échéance du prêt": (
        "bool_and(c.dateexpiration = p.financementdate + to_years(p.financementdureepret))"
    ),
    "PLI, que nulle convention APL ne finance": "bool_and(m.code = 'PLI')",
    "Type de financement qu'aucune liste ne connaît": "bool_and(f.code = '95')",
    "Bailleur qui signe le lendemain du préfet": "bool_and(c.datesignaturebailleur = c.datesignatureprefet + 1)",
    "Envoi à la publicité foncière le lendemain de la publication": "bool_and(c.dateenvoihypotheque = c.datepublication + 1)",
    "Signature moins d'un mois avant son type de convention": (
        "bool_and((select t.datedebutvalidite - c.datesignatureprefet between 1 and 28 from conventiontype t "
        "where t.id = c.conventiontype_id))"
    ),
    "Jour sans période entre les deux premières": (
        "bool_and((select bool_or(p2.datehistoriquedebut = p1.datehistoriquefin + 2) from conventiondonneesgenerales p1, "
        "conventiondonneesgenerales p2 where p1.conventionapl_id = a.id and p2.conventionapl_id = a.id))"
    ),
    "Logement créé à l'instant zéro": (
        "bool_and((select count(*) = 1 from logement l where l.programmelogement_id = p.id and l.datecreation = 0))"
    ),
    "Publication douze mois et un jour après la signature": (
        "bool_and(c.datepublication = c.datesignatureprefet + interval 12 month + interval 1 day)"
    ),
    "Association jamais publiée, cent quatre-vingt-un jours après la signature": (
        "bool_and(c.datesignatureprefet = date '2026-11-01' - 181 and c.datepublication is null)"
    ),
    "Dénoncée six mois après la demande": (
        "bool_and(c.datehistoriquedebut = c.datedemandedenonciation + interval 6 month or day(c.datehistoriquedebut) > 28)"
    ),
    "En instruction depuis vingt-quatre mois et un jour": "bool_and(a.datedepot = date '2024-10-31')",
    "Opposable sans aucune signature": "bool_and(coalesce(c.datesignatureprefet, c.datesignaturebailleur) is null)",
    "Dénonciation partielle : un programme sur deux": (
        "count(*) filter (where p.etatprogramme_id = (select id from valeurparamstatic where subtype = 'EPR' and code = 'DEN')) = 1"
        " and count(*) = 2"
    ),
    "Même numéro qu'une autre convention du département": (
        "bool_and((select count(*) = 2 from conventionapl b where b.noreglementaire = a.noreglementaire))"
    ),
    "Numéro de treize mois avant la signature": (
        "bool_and(contains(a.nonormalise, strftime(c.datesignatureprefet - interval 13 month, ' %y ')))"
    ),
    "Convention opposable sans aucune fin": "bool_and(c.dateexpiration is null)",
    "Soixante-cinq ans jour pour jour": "bool_and(c.dateexpiration = c.datesignatureprefet + interval 65 year)",
    "Fin initiale 366 jours après la fin, sans avenant": "bool_and(c.dateexpirationinitiale = c.dateexpiration + 366)",
    "Code commune défiguré, comme D3063 pour 33063 ; le SIREN dit la commune": (
        "bool_and(regexp_full_match(o.code, '[A-J][0-9AB][0-9]{3}') and o.codesiren is not null)"
    ),
    "Commune rangée dans le département fictif 999": "bool_and(d.codeinsee = '999')",
    "Deux programmes dans deux communes": "count(distinct o.code) = 2",
    "Instruite par le délégataire d'un autre département": "bool_and(g.code not like 'DD%')",
    "Deux centimes entre l'individuel et le collectif, convention signée depuis 2024": (
        "bool_and(round(100 * (p.montantplafondloyerindinitial - p.montantplafondloyercolinitial)) = 2)"
    ),
    "Coefficient de 2,0001": f"bool_and(({DERNIER_LOGEMENT.format('coefficientmodulation')}) = 2.0001)",
    "Coefficient de cinq décimales": f"bool_and(({DERNIER_LOGEMENT.format('coefficientmodulation')}) = 0.98765)",
    "Loyer de 131,20, plus de vingt euros, avant l'euro": (
        f"bool_and(coalesce(p.montantplafondloyercolinitial, p.montantplafondloyerindinitial) = 131.2) "
        f"and {SIGNATURE} < date '2002-01-01'"
    ),
    "Loyer dérogatoire dans une opération neuve": "bool_and(p.estderogationloyer)",
    "Redevance de 3 000,01 €": f"bool_and(({DERNIER_LOGEMENT.format('montantloyer')}) = 3000.01)",
    "Foyer sans gestionnaire, dont le propriétaire ne gère rien": (
        "bool_and(p.bailleurgestionnaire_id is null and not b.estgestionnaire)"
    ),
    "Un nombre de logements réservés, sans pourcentage": (
        "bool_and(p.reservationprefpourcentage is null and p.reservationprefnombre > 0)"
    ),
    "Autre bailleur social, jamais publiée": "bool_and(c.datepublication is null and c.referencepublication is null)",
    "Volume de l'année d'avant la publication": "bool_and(c.referencepublication like (year(c.datepublication) - 1) || 'P%')",
    "Refusée six mois et un jour avant la date de référence, jamais publiée": (
        "bool_and(c.daterefushypotheque = date '2026-04-30' and c.datepublication is null)"
    ),
    "Aucune parcelle": "count((select any_value(k.id) from infocadastrale k where k.programmelogement_id = p.id)) = 0",
    "Avenant signé le 30 avril 2026, six mois et un jour avant la date de référence": (
        "bool_and((select v.datesignatureprefet = date '2026-04-30' and v.datepublication is null "
        "from avenant v where v.conventionapl_id = a.id))"
    ),
    "Avenants numérotés 1 et 3": (
        "bool_and((select list(v.numero order by v.numero) from avenant v where v.conventionapl_id = a.id) = [1, 3])"
    ),
    "Propriétaire changé d'une période à l'autre, sans avenant": "bool_and(c.avenant_id is null)",
    "Période d'instruction perdue": "bool_and(a.conventioninstruite_id is null)",
    "En vigueur, sans convention numérisée": (
        "bool_and(not exists(select 1 from piecejointe j join valeurparamstatic t on t.id = j.typepiecejointe_id "
        "where j.conventionapl_id = a.id and t.code = '1'))"
    ),
}
CONVENTION = """
    from conventionapl a
    join entitegest g on g.id = a.entitecreatrice_id
    join conventiondonneesgenerales c on c.conventionapl_id = a.id and c.estcourante
    join programmelogement p on p.conventiondonneesgenerales_id = c.id
    join typefinancement f on f.id = p.typefinancement_id
    join famillefinancement m on m.id = f.famillefinancement_id
    join commune o on o.id = p.commune_id
    join departement d on d.id = o.departement_id
    join bailleur b on b.id = p.bailleurproprietaire_id
    join sousnaturebailleur s on s.id = b.sousnaturebailleur_id
"""


@pytest.mark.parametrize("phrase", FAITS)
def test_the_rows_of_a_case_are_what_its_sentence_says(phrase: str, demo: Demo) -> None:
    conventions = [cas["convention"] for cas in demo.verite["cas"] if cas["cas"] == phrase]
    assert conventions
    for convention in conventions:
        assert demo.lignes(f"select {FAITS[phrase]} {CONVENTION} where a.id = {convention} group by a.id") == [(True,)]


def test_a_duration_follows_the_term_that_a_case_gives(demo: Demo) -> None:
    faux = {cas["convention"] for cas in demo.verite["cas"] if cas["regle"] == "DUR-008"}
    lignes = demo.lignes(
        "select conventionapl_id from conventiondonneesgenerales "
        "where abs(duree - date_diff('day', datesignatureprefet, dateexpirationinitiale) / 365.25) > 1"
    )
    assert {identifiant for (identifiant,) in lignes} <= faux


def test_the_numbers_of_an_agreement_tell_the_month_of_its_signature(demo: Demo) -> None:
    signature = "c.datesignatureprefet"
    numero = "regexp_replace(a.noreglementaire, '[-/. ]', '', 'g')"
    lignes = demo.lignes(f"""
        select a.id, count(*) over (partition by {numero}) = 1 as est_seul
        from conventionapl a join conventiondonneesgenerales c on c.conventionapl_id = a.id and c.estcourante
        qualify est_seul and (
            not contains(a.noreglementaire, strftime({signature}, '%Y-%m'))
            and not contains(a.noreglementaire, strftime({signature}, '%m%Y'))
            or not contains(a.nonormalise, strftime({signature}, ' %y ') || month({signature}) || '   S ')
            or contains(a.libelle, ' - ') and not contains(a.libelle, a.noreglementaire)
        )""")
    sans_mois = {cas["convention"] for cas in demo.verite["cas"] if cas["regle"] in {"DUP-004", "DUP-005", "DUP-006"}}
    assert {identifiant for identifiant, _ in lignes} <= sans_mois


def test_nothing_but_a_term_happens_after_the_last_day(demo: Demo) -> None:
    dates = "datesignatureprefet, datepublication, dateenvoicaf, datehistoriquedebut, dateannulation, dateresiliationprefet"
    lignes = demo.lignes(f"select conventionapl_id from conventiondonneesgenerales where greatest({dates}) > date '2026-10-31'")
    a_venir = {cas["convention"] for cas in demo.verite["cas"] if cas["regle"] == "DAT-005"}
    assert {identifiant for (identifiant,) in lignes} <= a_venir
