"""Out of the ordinary, at the portal: overrides, reschedules, quotes, deaths, samities. L1, L2, L5, P8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import LIST_SAMITIES
from contracts.accounts.deaths import LIST_DEATH_CASES, SETTLE_SPOUSE_CASE
from contracts.accounts.loan_errors import YearlyRateOverCap
from contracts.accounts.loans import GET_LOAN, LIST_LOANS, PROPOSE_LOAN
from contracts.accounts.overrides import LIST_OVERRIDES, PROPOSE_OVERRIDE
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS
from contracts.accounts.quotes import QUOTE_LOAN
from contracts.accounts.reschedules import LIST_RESCHEDULES, PROPOSE_RESCHEDULE
from contracts.accounts.samities import ASSIGN_SAMITY_OFFICER, MOVE_SAMITY_MEETING
from contracts.accounts.transfers import LIST_TRANSFERS
from contracts.identity import LIST_COLLEAGUES, LIST_OFFICES, LIST_STAFF
from contracts.permissions import Role
from contracts.transactions.collection import ASSIGN_SHEET
from contracts.transactions.lending import READ_LOAN
from contracts.transactions.nominees import CLOSE_ESTATE, GET_CLAIM, PAY_NOMINEE
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

LOAN = "01a20857-0000-7000-8000-00000000f001"
OTHER = "01a20857-0000-7000-8000-00000000f002"


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    branch = sample_answer(LIST_OFFICES)["items"][0] | {"id": OFFICE, "level": "branch", "code": "101"}
    backends.script(LIST_OFFICES, {"items": [branch], "next": None})
    person = sample_answer(LIST_COLLEAGUES)["items"][0]
    backends.script(LIST_COLLEAGUES, {"items": [person | {"id": OTHER, "role": "branch_manager"}]})
    staff = sample_answer(LIST_STAFF)["items"][0]
    officer = staff | {"id": OTHER, "role": "field_officer", "status": "active"}
    backends.script(LIST_STAFF, {"items": [officer], "next": None})
    offered = sample_answer(LIST_PRODUCTS)["items"][0]
    offered |= {"code": "JAG", "kind": "loan", "in_force": True, "offered": True, "version": 1}
    backends.script(LIST_PRODUCTS, {"items": [offered]})
    backends.script(GET_PRODUCT, product())


def product() -> dict[str, Any]:
    """A loan product whose second version begins later, with another rate."""
    found = sample_answer(GET_PRODUCT)
    version = found["versions"][0] | {"version": 1, "effective_on": "2026-01-01"}
    plan = version["loan"]["plans"][0] | {"code": "W46", "frequency": "WEEKLY", "annual_rate_percent": "24"}
    now = version | {"loan": version["loan"] | {"plans": [plan]}}
    dearer = version["loan"] | {"plans": [plan | {"annual_rate_percent": "22"}]}
    return found | {
        "code": "JAG",
        "kind": "loan",
        "versions": [version | {"version": 2, "effective_on": "2027-01-01", "loan": dearer}, now],
    }


@pytest.fixture
def manager(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.BRANCH_MANAGER)


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


@pytest.mark.rule("L2")
class TestAnOverride:
    FOR = f"/overrides/new?subject_id={LOAN}&breach=yearly_rate&figure=24.512"

    def test_is_filled_in_from_the_refusal(self, manager: Visitor, backends: FakeBackends) -> None:
        fields = manager.look(self.FOR).fields
        assert (fields["subject_id"], fields["breach"], fields["figure"]) == (LOAN, "yearly_rate", "24.512")

        assert manager.send(self.FOR, reason="a flood loan").status_code == 303
        (asked,) = backends.of(PROPOSE_OVERRIDE)
        said = {"subject_id": LOAN, "breach": "yearly_rate", "figure": "24.512", "reason": "a flood loan"}
        assert asked.payload == said | {"id": asked.payload["id"]}

    def test_is_asked_for_by_the_address_that_a_refused_wish_shows(
        self, app: Flask, backends: FakeBackends
    ) -> None:
        facts = {"apr_percent": "24.51", "cap_percent": "24", "breach": "yearly_rate", "figure": "24.512"}
        backends.script(PROPOSE_LOAN, YearlyRateOverCap(**facts))
        wish = {"plan": "JAG/W46", "principal": "20000", "purpose": "a cow", "planned_on": "01-12-2026"}

        answer = Visitor(app, backends, Role.FIELD_OFFICER).send(f"/loans/new/{AN_ID}", **wish)

        after = Page(answer.text)
        query = f"subject_id={after.fields['id']}&breach=yearly_rate&figure=24.512"
        assert f"/overrides/new?{query}" in after.text

    def test_of_a_loan_that_came_back_is_asked_for_from_its_file(
        self, manager: Visitor, backends: FakeBackends
    ) -> None:
        facts = {"breach": "first_due", "figure": "9", "days": 9, "least": 15}
        loan = sample_answer(GET_LOAN) | {"id": LOAN, "state": "approved", "ended_as": None, "payout": None}
        people = [loan["people"][0] | {"role": "guarantor"}]
        refused = {"refusal": {"code": "FIRST_DUE_TOO_EARLY", "facts": facts}, "people": people}
        backends.script(GET_LOAN, loan | refused)

        links = manager.look(f"/loans/{LOAN}").links

        assert f"/overrides/new?subject_id={LOAN}&breach=first_due&figure=9" in links

    def test_stands_in_a_register(self, app: Flask, backends: FakeBackends) -> None:
        one = sample_answer(LIST_OVERRIDES)["items"][0]
        one |= {"breach": "first_due", "state": "approved", "figure": "9"}
        backends.script(LIST_OVERRIDES, {"items": [one], "next": None})
        page = Visitor(app, backends, Role.AUDITOR).look("/overrides?from_on=1-11-2026")

        assert backends.of(LIST_OVERRIDES)[0].payload["from_on"] == "2026-11-01"
        assert "First instalment too early" in page.text
        assert "/overrides/new" not in page.links


class TestAQuote:
    PAGE = "/loan-quotes"

    def test_is_by_the_terms_that_hold_on_the_day(self, accountant: Visitor, backends: FakeBackends) -> None:
        quote = sample_answer(QUOTE_LOAN) | {"within_cap": True, "apr_percent": "23.87"}
        backends.script(QUOTE_LOAN, quote | {"service_charge": "2180.00"})

        answer = accountant.send(
            self.PAGE, plan="JAG/W46", principal="২০,০০০", disbursed_on="01-12-2026", first_due_on=""
        )

        text = Page(answer.text).text
        assert "Service charge ৳2,180" in text
        assert "23.87" in text
        (asked,) = backends.of(QUOTE_LOAN)
        said = ("principal", "annual_rate_percent", "frequency", "disbursed_on", "first_due_on")
        assert [asked.payload[name] for name in said] == ["20000.00", "24", "WEEKLY", "2026-12-01", None]

    def test_of_a_later_day_is_by_the_later_terms(self, accountant: Visitor, backends: FakeBackends) -> None:
        accountant.send(self.PAGE, plan="JAG/W46", principal="20000", disbursed_on="05-01-2027")

        assert backends.of(QUOTE_LOAN)[0].payload["annual_rate_percent"] == "22"

    def test_of_a_day_before_the_product_keeps_what_was_typed(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        answer = accountant.send(self.PAGE, plan="JAG/W46", principal="20000", disbursed_on="31-12-2025")

        after = Page(answer.text)
        assert (answer.status_code, after.fields["principal"]) == (422, "20000")
        assert "not lent on these terms" in after.text
        assert backends.of(QUOTE_LOAN) == []

    def test_over_the_cap_says_so(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(QUOTE_LOAN, sample_answer(QUOTE_LOAN) | {"within_cap": False})
        answer = accountant.send(self.PAGE, plan="JAG/W46", principal="20000", disbursed_on="01-12-2026")

        assert "over the cap" in Page(answer.text).text


@pytest.mark.rule("L1")
class TestAReschedule:
    PAGE = f"/loans/{LOAN}/reschedule"

    @pytest.mark.parametrize(
        ("typed", "instalments", "instalment"),
        [({"instalments": "২৪"}, 24, None), ({"instalment": "৩০০"}, None, "300.00")],
    )
    def test_is_by_number_or_by_amount(
        self,
        manager: Visitor,
        backends: FakeBackends,
        typed: dict[str, str],
        instalments: int | None,
        instalment: str | None,
    ) -> None:
        backends.script(READ_LOAN, sample_answer(READ_LOAN) | {"outstanding": "6400.00"})
        assert "৳6,400" in manager.look(self.PAGE).text
        said = {"reason": "the flood", "mark": "thumb", "witness": "Amena"}

        assert manager.send(self.PAGE, **said, **typed, first_due_on="07-12-2026").status_code == 303

        (asked,) = backends.of(PROPOSE_RESCHEDULE)
        known = {"id": asked.payload["id"], "loan_id": LOAN, "first_due_on": "2026-12-07"}
        assert asked.payload == said | known | {"instalments": instalments, "instalment": instalment}

    def test_stands_on_a_list_with_what_became_of_it(self, manager: Visitor, backends: FakeBackends) -> None:
        one = sample_answer(LIST_RESCHEDULES)["items"][0]
        one |= {"state": "dropped", "mark": "thumb", "refusal": "NOT_FOUND", "loan_id": LOAN}
        backends.script(LIST_RESCHEDULES, {"items": [one], "next": None})
        page = manager.look("/reschedules?to_on=30-11-2026")

        assert "could not be done" in page.text
        assert f"/loans/{LOAN}" in page.links
        period = backends.of(LIST_RESCHEDULES)[0].payload
        assert (period["from_on"], period["to_on"]) == ("2026-09-01", "2026-11-30")


@pytest.mark.rule("L5")
class TestADeath:
    CLAIM = f"/claims/{LOAN}"

    def claim(self, backends: FakeBackends, state: str, **share: Any) -> None:
        """Let the claim stand so."""
        told = sample_answer(GET_CLAIM)
        known = {"number": 2, "name": "Salma", "guardian": "Amena", "amount": "2100.50", "entry_id": None}
        shares = [told["shares"][0] | known | share]
        backends.script(GET_CLAIM, told | {"id": LOAN, "state": state, "shares": shares})

    def test_leads_each_case_to_what_is_next(self, accountant: Visitor, backends: FakeBackends) -> None:
        case = sample_answer(LIST_DEATH_CASES)["items"][0] | {"id": LOAN, "state": "approved"}
        cases = [case | {"whose": "member"}, case | {"id": OTHER, "whose": "spouse", "overdue": True}]
        backends.script(LIST_DEATH_CASES, {"items": cases, "next": None})
        links = accountant.look("/death-cases").links

        assert self.CLAIM in links
        assert f"/death-cases/{OTHER}/spouse/{AN_ID}" in links

    def test_of_a_spouse_ends_with_the_loan_that_was_waived(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        loan = sample_answer(LIST_LOANS)["items"][0] | {"id": OTHER, "code": "JAG-7", "state": "ended"}
        backends.script(LIST_LOANS, {"items": [loan], "next": None})

        assert accountant.send(f"/death-cases/{LOAN}/spouse/{AN_ID}", loan_id=OTHER).status_code == 303
        assert backends.of(SETTLE_SPOUSE_CASE)[0].payload == {"id": LOAN, "loan_id": OTHER}

    def test_closes_her_accounts_before_a_nominee_is_paid(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        self.claim(backends, "agreed", amount=None)
        page = accountant.look(self.CLAIM)
        assert f"{self.CLAIM}/nominees/2" not in page.links

        assert accountant.send(f"{self.CLAIM}/closing", form=self.CLAIM).status_code == 303
        assert backends.of(CLOSE_ESTATE)[0].payload == {"id": LOAN}

    def test_pays_a_share_to_the_guardian_before_a_witness(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        self.claim(backends, "closed")
        page = f"{self.CLAIM}/nominees/2"
        assert page in accountant.look(self.CLAIM).links
        assert "Amena · ৳2,100.50" in accountant.look(page).text
        told = sample_answer(PAY_NOMINEE)
        paid = [told["shares"][0] | {"number": 2, "entry_id": OTHER}]
        backends.script(PAY_NOMINEE, told | {"shares": paid})
        proved = {"mark": "signature", "witness_id": OTHER}

        answer = accountant.send(page, **proved)

        assert answer.headers["Location"] == f"/receipts/{OTHER}"
        (asked,) = backends.of(PAY_NOMINEE)
        said = {"claim_id": LOAN, "number": 2, "evidence": proved}
        assert asked.payload == said | {"id": asked.payload["id"]}

    def test_pays_nobody_whom_the_claim_does_not_name(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        self.claim(backends, "closed")

        assert accountant.client.get(f"{self.CLAIM}/nominees/3").status_code == 404


@pytest.mark.rule("P8")
class TestASamity:
    @pytest.fixture(autouse=True)
    def samity(self, backends: FakeBackends) -> None:
        one = sample_answer(LIST_SAMITIES)["items"][0] | {"id": LOAN, "name_en": "Shapla"}
        backends.script(LIST_SAMITIES, {"items": [one], "next": None})

    def test_has_another_officer_from_a_day_on(self, manager: Visitor, backends: FakeBackends) -> None:
        page = f"/samities/{LOAN}/officer"
        assert "Shapla" in manager.look(page).text

        assert manager.send(page, officer_id=OTHER, from_on="01-12-2026").status_code == 303
        (asked,) = backends.of(ASSIGN_SAMITY_OFFICER)
        said = {"samity_id": LOAN, "officer_id": OTHER, "from_on": "2026-12-01"}
        assert asked.payload == said | {"id": asked.payload["id"]}

    def test_meets_on_another_weekday_from_a_day_on(self, manager: Visitor, backends: FakeBackends) -> None:
        page = f"/samities/{LOAN}/meeting"

        assert manager.send(page, meeting_weekday="3", from_on="01-12-2026").status_code == 303
        (asked,) = backends.of(MOVE_SAMITY_MEETING)
        said = {"samity_id": LOAN, "meeting_weekday": 3, "from_on": "2026-12-01"}
        assert asked.payload == said | {"id": asked.payload["id"]}

    def test_has_a_substitute_for_one_sheet(self, manager: Visitor, backends: FakeBackends) -> None:
        page = f"/sheets/{LOAN}/officer"

        assert manager.send(page, officer_id=OTHER, reason="he is ill").status_code == 303
        said = {"sheet_id": LOAN, "officer_id": OTHER, "reason": "he is ill"}
        assert backends.of(ASSIGN_SHEET)[0].payload == said

    @pytest.mark.rule("L6")
    def test_who_moved_is_found_by_the_old_code(self, manager: Visitor, backends: FakeBackends) -> None:
        one = sample_answer(LIST_TRANSFERS)["items"][0] | {"state": "moved", "old_code": "101.0002.00014"}
        backends.script(LIST_TRANSFERS, {"items": [one], "next": None})
        page = manager.look("/transfers")

        assert "101.0002.00014" in page.text
        assert f"/members/{AN_ID}" in page.links


@pytest.mark.parametrize(
    "address",
    [TestAnOverride.FOR, TestAReschedule.PAGE, f"{TestADeath.CLAIM}/nominees/2", f"/samities/{LOAN}/officer"],
)
def test_who_only_reads_does_none_of_it(app: Flask, backends: FakeBackends, address: str) -> None:
    assert Visitor(app, backends, Role.AUDITOR).client.get(address).status_code == 403
