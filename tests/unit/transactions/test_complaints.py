"""How long a complaint may wait, who is to answer it, and who may not: rule P4, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import InvalidPayload
from contracts.permissions import PERMISSIONS, Role
from contracts.transactions.complaint_errors import CorrectionMissing, OutcomeUnfit
from contracts.transactions.complaint_words import (
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintVia,
    ComplaintWaits,
    Escalation,
)
from transactions.domain.complaints import (
    Act,
    Case,
    Complaint,
    Deed,
    Finding,
    Told,
    escalations,
    id_of_check,
    is_overdue,
    may_decide,
    may_handle,
    require_fit,
    require_whole,
    until,
    waits_for,
)

pytestmark = pytest.mark.rule("P4")

TAKEN = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 6, tzinfo=UTC)


def case(*deeds: Deed, concerned: str = "", managers: str = "", **more: Any) -> Case:
    acknowledge_by, answer_by = until(TAKEN)
    plain: dict[str, Any] = {
        "id": "1",
        "office_id": "branch",
        "member_id": "she",
        "samity_id": "samity",
        "officer_id": "officer",
        "about": ComplaintAbout.NO_ENTRY,
        "via": ComplaintVia.COUNTER,
        "against": ComplaintAgainst.OFFICER,
        "entry_id": None,
        "row_id": None,
        "account_id": "account",
        "happened_on": TAKEN,
        "check_id": None,
        "said": "I gave 200 taka",
        "taken_by": "accountant",
        "taken_on": TAKEN,
        "taken_at": NOON,
        "acknowledge_by": acknowledge_by,
        "answer_by": answer_by,
        "repeated": False,
        "fingerprint": "",
    }
    return Case(
        complaint=Complaint(**(plain | more)),
        acts={deed: Act(complaint_id="1", deed=deed, by="manager", on=TAKEN, at=NOON) for deed in deeds},
        concerned=frozenset(concerned.split()),
        managers=frozenset(managers.split()),
    )


def test_a_day_to_acknowledge_and_a_week_to_answer() -> None:
    assert until(TAKEN) == (date(2026, 11, 24), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("deeds", "last_day_in_time"),
    [((), 24), ((Deed.CONTACTED,), 24), ((Deed.ACKNOWLEDGED,), 30)],
)
def test_late_is_the_day_after_the_last(deeds: tuple[Deed, ...], last_day_in_time: int) -> None:
    last = date(2026, 11, last_day_in_time)
    assert not is_overdue(case(*deeds), last)
    assert is_overdue(case(*deeds), last + timedelta(days=1))


def test_what_is_answered_waits_for_nobody() -> None:
    answered = case(Deed.ANSWERED, against=ComplaintAgainst.MANAGER)

    assert not is_overdue(answered, date(2027, 1, 1))
    assert waits_for(answered, date(2027, 1, 1)) is None


@given(*(st.booleans() for _ in range(5)))
def test_each_of_the_reasons_takes_it_from_the_branch(
    against: bool, by_manager: bool, found: bool, repeated: bool, late: bool
) -> None:
    one = case(
        against=ComplaintAgainst.MANAGER if against else ComplaintAgainst.OTHER,
        about=ComplaintAbout.PASSBOOK if found else ComplaintAbout.CONDUCT,
        repeated=repeated,
        managers="manager" if by_manager else "",
    )
    today = date(2026, 11, 25) if late else TAKEN
    named = zip(Escalation, (against, by_manager, found, repeated, late), strict=True)

    assert set(escalations(one, today)) == {why for why, holds in named if holds}
    above = any((against, by_manager, found, repeated, late))
    assert waits_for(one, today) is (ComplaintWaits.AREA if above else ComplaintWaits.BRANCH)
    assert may_decide(one, Role.BRANCH_MANAGER, today) is not above
    assert may_decide(one, Role.AREA_MANAGER, today)


@given(st.sampled_from(Role), st.sampled_from(("officer", "accountant", "manager")), st.booleans())
def test_nobody_whom_it_concerns_handles_it_in_any_post(role: Role, person: str, is_kin: bool) -> None:
    one = case(concerned="officer accountant")
    may = may_handle(one, person, role, ("she",) if is_kin else ())

    assert may is (role in {Role.BRANCH_MANAGER, Role.AREA_MANAGER} and person == "manager" and not is_kin)


def test_an_officer_holds_no_verb_that_reads_or_answers() -> None:
    held = {verb for verb in PERMISSIONS[Role.FIELD_OFFICER] if verb.startswith("complaint:")}
    assert held == {"complaint:take", "complaint:see"}


NO_LINE: dict[str, Any] = {"account_code": "GS.1", "on": TAKEN}
FIT: dict[ComplaintAbout, tuple[dict[str, Any], ...]] = {
    ComplaintAbout.ENTRY: ({"entry_id": "e"}, {"row_id": "r"}, {"entry_id": "e", "row_id": "r"}),
    ComplaintAbout.NO_ENTRY: (NO_LINE,),
    ComplaintAbout.CONDUCT: ({}, {"on": TAKEN}),
}
"""What a complaint may name, by what it is about."""


@pytest.mark.parametrize(("about", "other"), list(product(FIT, FIT)))
def test_it_names_its_line_or_day_and_account_and_of_behavior_neither(
    about: ComplaintAbout, other: ComplaintAbout
) -> None:
    for names in FIT[other]:
        told = Told(
            about=about, against=ComplaintAgainst.OFFICER, via=ComplaintVia.APP, said="so it is", **names
        )
        if names in FIT[about]:
            require_whole(told)
            continue
        with pytest.raises(InvalidPayload):
            require_whole(told)


@pytest.mark.parametrize(
    ("about", "outcome", "is_corrected"), list(product(ComplaintAbout, ComplaintOutcome, (0, 1)))
)
def test_an_outcome_fits_and_a_right_paper_has_its_correction(
    about: ComplaintAbout, outcome: ComplaintOutcome, is_corrected: int
) -> None:
    finding = Finding(outcome=outcome, answer="so it was", correction_id="e" if is_corrected else None)
    of_conduct = outcome in {"upheld", "not_upheld", "unclear"}
    of_money = outcome in {"book_right", "paper_right", "unclear"}
    if not (of_conduct if about == "conduct" else of_money):
        with pytest.raises(OutcomeUnfit):
            require_fit(about, finding)
    elif outcome == "paper_right" and not is_corrected:
        with pytest.raises(CorrectionMissing):
            require_fit(about, finding)
    elif outcome != "paper_right" and is_corrected:
        with pytest.raises(InvalidPayload):
            require_fit(about, finding)
    else:
        require_fit(about, finding)


def test_a_passbook_opens_one_case_however_often_it_is_asked() -> None:
    check = "01a20857-0000-7000-8000-00000000a007"
    assert id_of_check(check) == id_of_check(check) != id_of_check(check.replace("7", "8"))


def test_what_is_known_again_is_the_same_words_of_the_same_person() -> None:
    told = Told(
        about=ComplaintAbout.CONDUCT, against=ComplaintAgainst.OFFICER, via=ComplaintVia.APP, said="so"
    )

    assert told.fingerprint("she", "she") == told.fingerprint("she", "she")
    assert len({told.fingerprint(member, by) for member, by in product(("she", "her sister"), "ab")}) == 4
