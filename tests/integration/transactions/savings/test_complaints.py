"""The register of complaints: taken by anybody but her officer, answered by nobody whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.errors import Forbidden, IdConflict, InvalidPayload, NotFound, PersonExcluded
from contracts.transactions.complaint_errors import (
    ComplaintIsForArea,
    ComplaintWasAcknowledged,
    ComplaintWasAnswered,
    ConcernedAnswers,
    CorrectionMissing,
    MemberWasContacted,
    OfficerTakesComplaint,
    OutcomeUnfit,
)
from contracts.transactions.complaints import (
    ACKNOWLEDGE_COMPLAINT,
    COMPLAINT_ACKNOWLEDGED,
    COMPLAINT_ANSWERED,
    CONTACT_COMPLAINANT,
    GET_COMPLAINT,
    LIST_COMPLAINTS,
    LIST_OWN_COMPLAINTS,
    LIST_TOLD_COMPLAINTS,
)
from contracts.transactions.savings import PROPOSE_CORRECTION
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.complaining import (
    MISSING,
    RIGHT,
    acknowledge,
    answer,
    case,
    code,
    listed,
    of_behavior,
    say,
    take,
)
from tests.support.purse import area_manager, deposit, pass_days, withdraw
from transactions.models.complaints import APPEND_ONLY
from transactions.queries import complaints

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P4")

RAHIMA, SALMA = (id_of(f"savings of {name}") for name in ("Rahima", "Salma"))


class TestTaking:
    def test_anybody_but_her_officer_takes_it_and_learns_no_more_than_her_code(self, branch: Branch) -> None:
        other = branch.person("field_officer", "Officer two")
        taken = take(branch, other, via="phone")

        assert taken["taken_on"] == MONDAY.isoformat()
        assert (taken["acknowledge_by"], taken["answer_by"]) == ("2026-11-24", "2026-11-30")
        assert set(taken) == {"id", "taken_on", "acknowledge_by", "answer_by"}
        for by in (branch.accountant, branch.manager, branch.person("auditor"), area_manager(branch)):
            take(branch, by)
        with pytest.raises(OfficerTakesComplaint):
            take(branch, branch.officer)

    def test_a_code_of_another_branch_is_nobody(
        self, branches: tuple[Branch, Branch], branch: Branch
    ) -> None:
        with pytest.raises(NotFound):
            take(branches[1], branches[1].accountant, member_code=f"{branch.code}.Rahima")

    def test_the_same_again_changes_nothing_and_something_else_is_refused(self, branch: Branch) -> None:
        complaint_id = new_id()
        for _ in range(2):
            say(branch, complaint_id=complaint_id)

        assert len(branch.harness.audited("take_complaint")) == 1
        for asked in ({"said": "It was 300 taka"}, {"on": "2026-11-19"}):
            with pytest.raises(IdConflict):
                say(branch, complaint_id=complaint_id, **asked)
        with pytest.raises(IdConflict):
            say(branch, "Salma", complaint_id=complaint_id)

    @pytest.mark.parametrize(
        "said",
        [
            {"account_code": None},
            {"on": None},
            {"about": "entry", "account_code": None, "on": None},
            {"about": "conduct"},
            {"row_id": new_id()},
        ],
    )
    def test_it_says_what_it_is_about_and_nothing_else(self, branch: Branch, said: dict[str, Any]) -> None:
        with pytest.raises(InvalidPayload):
            say(branch, **said)

    def test_what_it_names_is_hers(self, branch: Branch) -> None:
        entry_id = deposit(branch, SALMA, "150.00")["entry_id"]
        about = {"about": "entry", "entry_id": entry_id, "account_code": None, "on": None}
        with pytest.raises(NotFound):
            say(branch, **about)
        with pytest.raises(InvalidPayload):
            say(branch, account_code=code(branch, "Salma"))
        found = case(branch, say(branch, "Salma", **about))

        assert (found["line"]["entry_id"], found["line"]["amount"]) == (entry_id, "150.00")
        assert found["account_code"] == code(branch, "Salma")

    def test_a_member_reads_her_own_only(self, branch: Branch) -> None:
        hers = say(branch)
        say(branch, "Salma")
        own = branch.ask(LIST_OWN_COMPLAINTS, branch.member("Rahima"))["items"]

        assert [one["id"] for one in own] == [hers]
        assert (own[0]["said"], own[0]["state"], own[0]["outcome"]) == (MISSING["said"], "new", None)
        for by in (branch.officer, branch.manager):
            with pytest.raises(Forbidden):
                branch.ask(LIST_OWN_COMPLAINTS, by)

    def test_nobody_takes_it_out_of_the_register(self, branch: Branch) -> None:
        acknowledge(branch, say(branch))
        changes = ("UPDATE complaints SET said = 'nothing'", "UPDATE complaint_acts SET contact = NULL")
        for deed in (*changes, *map("DELETE FROM {}".format, APPEND_ONLY)):
            with pytest.raises(sa.exc.DBAPIError), branch.harness.process.database.transaction() as session:
                session.execute(sa.text(deed))


class TestWhoReads:
    def test_her_officer_learns_of_it_when_somebody_has_spoken_with_her(self, branch: Branch) -> None:
        complaint_id = say(branch)
        other = say(branch, "Salma")
        acknowledge(branch, complaint_id)
        assert branch.ask(LIST_TOLD_COMPLAINTS, branch.officer)["items"] == []
        for method, asked in ((GET_COMPLAINT, {"id": other}), (LIST_COMPLAINTS, {"office_id": branch.id})):
            with pytest.raises(Forbidden):
                branch.ask(method, branch.officer, **asked)

        branch.ask(CONTACT_COMPLAINANT, branch.manager, id=complaint_id, contact="visit")
        (told,) = branch.ask(LIST_TOLD_COMPLAINTS, branch.officer)["items"]
        assert (told["id"], told["account_code"]) == (complaint_id, code(branch, "Rahima"))
        stranger = branch.person("field_officer", "Officer two")
        assert branch.ask(LIST_TOLD_COMPLAINTS, stranger)["items"] == []

    def test_an_officer_who_manages_for_a_day_learns_no_sooner(self, branch: Branch) -> None:
        """The person stays one, whatever he is for a day (rule M8)."""
        complaint_id = say(branch)
        acting = replace(branch.officer, role="branch_manager")
        assert listed(branch, acting) == []
        with pytest.raises(NotFound):
            case(branch, complaint_id, acting)
        branch.ask(CONTACT_COMPLAINANT, branch.manager, id=complaint_id, contact="phone")

        assert listed(branch, acting) == [complaint_id]
        with pytest.raises(ConcernedAnswers):
            answer(branch, complaint_id, acting)

    def test_what_is_said_of_the_manager_is_not_for_his_branch(self, branch: Branch) -> None:
        complaint_id = of_behavior(branch, against="manager")
        area = area_manager(branch)
        assert listed(branch, branch.manager) == []
        for act in (case, acknowledge):
            with pytest.raises(NotFound):
                act(branch, complaint_id, branch.manager)
        for by in (area, branch.person("auditor")):
            found = case(branch, complaint_id, by)
            assert (found["waits_for"], found["escalated"]) == ("area", ["against_manager", "by_manager"])
        answer(branch, complaint_id, area, outcome="upheld")

        assert case(branch, complaint_id, area)["state"] == "answered"
        other = of_behavior(branch, "Salma", against="manager")
        branch.ask(CONTACT_COMPLAINANT, area, id=other, contact="phone")
        assert branch.ask(LIST_TOLD_COMPLAINTS, branch.officer)["items"] == []
        assert listed(branch, area) == [other]

    def test_another_branch_reads_none(self, branches: tuple[Branch, Branch], branch: Branch) -> None:
        complaint_id = say(branch)
        stranger = branches[1].manager
        for method, asked in (
            (GET_COMPLAINT, {"id": complaint_id}),
            (LIST_COMPLAINTS, {"office_id": branch.id}),
            (ACKNOWLEDGE_COMPLAINT, {"id": complaint_id}),
        ):
            with pytest.raises(NotFound):
                branches[1].ask(method, stranger, **asked)


class TestAnswering:
    def test_she_is_told_that_she_is_heard_and_that_she_is_answered(self, branch: Branch) -> None:
        complaint_id = say(branch)
        acknowledge(branch, complaint_id, contact="phone")
        (heard,) = branch.harness.told(COMPLAINT_ACKNOWLEDGED)
        assert (heard["complaint_id"], heard["member_id"]) == (complaint_id, id_of("Rahima"))
        assert (heard["answer_by"], heard["found"]) == (date(2026, 11, 30), False)

        found = answer(branch, complaint_id, branch.manager)
        assert (found["state"], found["contact"], found["answered_by_en"]) == ("answered", "phone", "Manager")
        (told,) = branch.harness.told(COMPLAINT_ANSWERED)
        assert (told["member_id"], told["outcome"]) == (id_of("Rahima"), "book_right")
        (own,) = branch.ask(LIST_OWN_COMPLAINTS, branch.member("Rahima"))["items"]
        assert (own["state"], own["answer"]) == ("answered", RIGHT["answer"])

    def test_each_deed_is_done_once(self, branch: Branch) -> None:
        complaint_id = say(branch)
        area = area_manager(branch)
        assert acknowledge(branch, complaint_id) == acknowledge(branch, complaint_id)
        with pytest.raises(ComplaintWasAcknowledged):
            acknowledge(branch, complaint_id, area)
        contact = {"id": complaint_id, "contact": "phone"}
        branch.ask(CONTACT_COMPLAINANT, branch.manager, **contact)
        branch.ask(CONTACT_COMPLAINANT, branch.manager, **contact)
        with pytest.raises(MemberWasContacted):
            branch.ask(CONTACT_COMPLAINANT, area, **contact)
        assert answer(branch, complaint_id, branch.manager) == answer(branch, complaint_id, branch.manager)
        for by, found in ((branch.manager, {"outcome": "unclear"}), (area, {})):
            with pytest.raises(ComplaintWasAnswered):
                answer(branch, complaint_id, by, **found)
        with pytest.raises(MemberWasContacted):
            branch.ask(CONTACT_COMPLAINANT, branch.manager, id=complaint_id, contact="visit")

        assert len(branch.harness.told(COMPLAINT_ACKNOWLEDGED)) == 1
        assert len(branch.harness.told(COMPLAINT_ANSWERED)) == 1

    @pytest.mark.rule("M8")
    def test_who_posted_it_does_not_answer_it_whatever_he_is_for_a_day(self, branch: Branch) -> None:
        entry_id = deposit(branch, RAHIMA, "150.00")["entry_id"]
        complaint_id = say(branch, about="entry", entry_id=entry_id, account_code=None, on=None)
        posted = replace(branch.accountant, role="branch_manager")
        found = case(branch, complaint_id, posted)

        assert not found["may_acknowledge"]
        assert {one["name_en"] for one in found["not_by"]} == {"Accountant", "Officer"}
        for act in (acknowledge, answer):
            with pytest.raises(ConcernedAnswers):
                act(branch, complaint_id, posted)
        for by in (branch.accountant, branch.person("auditor")):
            with pytest.raises(Forbidden):
                answer(branch, complaint_id, by)
        with pytest.raises(PersonExcluded):
            answer(branch, complaint_id, branch.person("branch_manager", "Kin", excluded=(id_of("Rahima"),)))
        answer(branch, complaint_id, branch.manager)

    def test_what_is_late_has_left_the_branch(self, branch: Branch) -> None:
        late = say(branch)
        branch.harness.watch.advance(timedelta(seconds=1))
        heard = say(branch, "Salma")
        acknowledge(branch, heard)
        pass_days(branch, date(2026, 11, 25))

        found = case(branch, late)
        assert (found["overdue"], found["waits_for"], found["escalated"]) == (True, "area", ["overdue"])
        assert not case(branch, heard)["overdue"]
        assert listed(branch, branch.manager, waits_for="area") == [late]
        assert listed(branch, branch.manager, waits_for="branch") == [heard]
        with pytest.raises(ComplaintIsForArea):
            answer(branch, late, branch.manager)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(complaints, "PAGE", 1)
            assert listed(branch, branch.manager, waits_for="area") == [late]
        acknowledge(branch, late)
        assert not case(branch, late)["overdue"]
        pass_days(branch, date(2026, 12, 1))
        assert case(branch, heard)["overdue"]
        answer(branch, heard, area_manager(branch))
        assert heard in listed(branch, branch.manager, answered=True)
        assert case(branch, heard)["waits_for"] is None

    def test_who_complains_of_the_same_officer_again_is_heard_above_him(self, branch: Branch) -> None:
        say(branch)
        branch.harness.watch.advance(timedelta(seconds=1))
        again = of_behavior(branch)
        found = case(branch, again)

        assert (found["escalated"], found["earlier"]) == (["repeated"], 1)
        with pytest.raises(ComplaintIsForArea):
            answer(branch, again, branch.manager, outcome="upheld")
        assert case(branch, say(branch, "Salma"))["escalated"] == []

    def test_what_she_said_of_the_manager_shows_in_no_other_case_of_hers(self, branch: Branch) -> None:
        of_behavior(branch, against="manager")
        branch.harness.watch.advance(timedelta(seconds=1))
        complaint_id = say(branch)

        assert [case(branch, complaint_id)[name] for name in ("escalated", "earlier")] == [[], 0]
        assert case(branch, complaint_id, area_manager(branch))["earlier"] == 1

    def test_of_behavior_nothing_is_found_about_money_nor_the_other_way_round(self, branch: Branch) -> None:
        for complaint_id, outcome in ((of_behavior(branch), "book_right"), (say(branch, "Salma"), "upheld")):
            with pytest.raises(OutcomeUnfit):
                answer(branch, complaint_id, branch.manager, outcome=outcome)

    @pytest.mark.rule("M13")
    def test_a_right_paper_leads_to_what_was_corrected_from_the_officers_debt(self, branch: Branch) -> None:
        """150 taka of Salma's were written for Rahima, who has taken 100 of them out meanwhile."""
        entry_id = deposit(branch, RAHIMA, "150.00")["entry_id"]
        withdraw(branch, RAHIMA, "100.00")
        complaint_id = say(branch, "Salma")
        for named in ({}, {"correction_id": entry_id}, {"correction_id": new_id()}):
            with pytest.raises(CorrectionMissing):
                answer(branch, complaint_id, branch.manager, outcome="paper_right", **named)
        pass_days(branch, date(2026, 11, 24))
        correction_id = corrected(branch, entry_id)
        with pytest.raises(InvalidPayload):
            answer(branch, complaint_id, branch.manager, correction_id=correction_id)
        found = answer(
            branch, complaint_id, branch.manager, outcome="paper_right", correction_id=correction_id
        )

        assert (found["correction_id"], found["owed_by_staff"]) == (correction_id, "100.00")
        assert branch.balance_of("Salma") == "150.00"


def corrected(branch: Branch, entry_id: str) -> str:
    """Put money of a wrong row onto Salma's account, as two people agree; return the correcting entry."""
    request = {"id": new_id(), "from": {"entry_id": entry_id}, "to_account_id": SALMA}
    said = {"reason": "It was Salma's", "evidence": "her passbook"}
    asked = str(branch.ask(PROPOSE_CORRECTION, branch.accountant, **request, **said)["id"])
    branch.approve(asked)
    return asked
