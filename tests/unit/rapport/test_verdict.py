"""Can a publication be trusted? What the answer rests on, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.extraits.formats import INSECABLE
from data_contracts.rapport.verdict import Changement, Confiance, Situation, UsageJuge, juger, suites
from data_contracts.usage_contract import UsageState

LOYERS = UsageJuge("Connaître les loyers", "Ecoloweb", UsageState.UTILISABLE, "Loyer du logement")
SOUND = Situation(
    nb_recus=1000,
    nb_refusees=0,
    nb_perdues=0,
    nb_bloquants=0,
    nb_alertes=0,
    nb_derives=0,
    anciennes=(),
    usages=(LOYERS,),
    changement=None,
)
WORST = [Confiance.OUI, Confiance.AVEC_PRECAUTION, Confiance.NON]
COUNTS = st.integers(0, 3)
USES = st.builds(
    UsageJuge, st.sampled_from(["Connaître", "Mesurer"]), st.just("APiLos"), st.sampled_from(UsageState), st.just("Note")
)
SITUATIONS = st.builds(
    Situation,
    nb_recus=st.integers(0, 1000),
    nb_refusees=COUNTS,
    nb_perdues=COUNTS,
    nb_bloquants=COUNTS,
    nb_alertes=COUNTS,
    nb_derives=COUNTS,
    anciennes=st.lists(st.sampled_from(["SIAP", "RPLS"]), unique=True).map(tuple),
    usages=st.lists(USES, max_size=4).map(tuple),
    changement=st.none() | st.builds(Changement, st.dates(date(1990, 1, 1)), nouveaux=COUNTS, disparus=COUNTS),
)


def said(situation: Situation) -> str:
    return " ".join(juger(situation).phrases).replace(INSECABLE, " ")


@given(SITUATIONS)
def test_three_sentences_always_answer(situation: Situation) -> None:
    phrases = juger(situation).phrases

    assert len(phrases) == 3
    assert all(phrase.endswith(".") and phrase[0].isalnum() for phrase in phrases)


@given(SITUATIONS, st.sampled_from(["nb_bloquants", "nb_perdues"]))
def test_a_blocking_failure_or_a_lost_row_forbids_trust_whatever_else_is_known(situation: Situation, cause: str) -> None:
    assert juger(replace(situation, **{cause: 1})).confiance is Confiance.NON


@given(SITUATIONS)
def test_an_empty_publication_is_never_trusted(situation: Situation) -> None:
    assert juger(replace(situation, nb_recus=0)).confiance is Confiance.NON


@given(SITUATIONS, st.sampled_from(["nb_refusees", "nb_perdues", "nb_bloquants", "nb_derives"]))
def test_one_more_fault_never_makes_a_publication_more_trusted(situation: Situation, fault: str) -> None:
    worse = replace(situation, **{fault: getattr(situation, fault) + 1})

    assert WORST.index(juger(worse).confiance) >= WORST.index(juger(situation).confiance)


@given(SITUATIONS)
def test_full_trust_has_no_reserve(situation: Situation) -> None:
    if juger(situation).confiance is Confiance.OUI:
        assert not situation.anciennes
        assert not situation.nb_derives
        assert {usage.etat for usage in situation.usages} == {UsageState.UTILISABLE}


@given(SITUATIONS)
def test_what_to_do_is_never_empty_nor_said_twice(situation: Situation) -> None:
    actions = suites(situation)

    assert actions
    assert len(set(actions)) == len(actions)


def test_a_sound_publication_is_trusted() -> None:
    verdict = juger(SOUND)

    assert verdict.confiance is Confiance.OUI
    assert verdict.phrases[:2] == (
        "Aucune ligne ne s'est perdue et tous les contrôles bloquants ont réussi.",
        "Tous les usages jugés sont utilisables.",
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"anciennes": ("SIAP",)}, "mais 1 source ancienne."),
        ({"nb_derives": 2}, "mais 2 dérives."),
        ({"nb_refusees": 11}, "mais 11 lignes refusées sur 1 000."),
        ({"usages": (replace(LOYERS, etat=UsageState.AVEC_PRECAUTION),)}, "mais 1 usage limité sur 1."),
        ({"usages": ()}, "mais aucun usage jugé."),
    ],
)
def test_care_says_its_reason(changes: dict[str, object], words: str) -> None:
    verdict = juger(replace(SOUND, **changes))  # type: ignore[arg-type] # one field at a time

    assert verdict.confiance is Confiance.AVEC_PRECAUTION
    assert verdict.phrases[0].replace("\u202f", " ").endswith(words)


def test_few_refused_rows_do_not_call_for_care() -> None:
    assert juger(replace(SOUND, nb_refusees=10)).confiance is Confiance.OUI


def test_uses_that_fail_are_named_with_their_sources() -> None:
    failed = [UsageJuge("Connaître les loyers", source, UsageState.NON_UTILISABLE, "Loyer") for source in ("APiLos", "Ecoloweb")]
    careful = UsageJuge("Mesurer la satisfaction", "Enquête", UsageState.AVEC_PRECAUTION, "Note")

    assert (
        "Ne pas s'en servir pour connaître les loyers (APiLos, Ecoloweb) ; avec précaution pour mesurer la satisfaction (Enquête)."
        in said(replace(SOUND, usages=(*failed, careful)))
    )


def test_a_first_publication_is_compared_with_nothing() -> None:
    assert "C'est la première publication" in said(SOUND)


def test_a_change_says_its_causes_and_its_cases() -> None:
    change = Changement(date(2026, 10, 1), livraisons=("Ecoloweb",), est_droit_change=True, nouveaux=2, disparus=1)

    assert (
        "(au 01/10/2026) : nouvelle livraison (Ecoloweb) et règles ou paramètres du droit changés ; 2 nouveaux cas, 1 cas disparu."
        in said(replace(SOUND, changement=change))
    )


def test_nothing_changed_says_so() -> None:
    assert "mêmes livraisons, même droit, même code ; les mêmes cas." in said(
        replace(SOUND, changement=Changement(date(2026, 10, 1)))
    )
