"""Pages of the portal: each role finds its own places, every page can be drawn, and silence is said aloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import GET_MEMBER, LIST_APPROVALS, LIST_MEMBERS, LIST_SAMITIES
from contracts.accounts.laws import LIST_LAWS
from contracts.accounts.overrides import LIST_OVERRIDES
from contracts.errors import ServiceAway
from contracts.identity import DECIDE_APPROVAL as DECIDE_IN_IDENTITY
from contracts.identity import LIST_ACTING, LIST_LIMITS, LIST_OFFICES, LIST_STAFF
from contracts.identity import LIST_APPROVALS as LIST_IN_IDENTITY
from contracts.permissions import PERMISSIONS, Role
from contracts.transactions.classes import LIST_CLASSES
from contracts.transactions.excesses import LIST_EXCESSES
from contracts.transactions.ledger import DECIDE_APPROVAL, GET_DAY, LIST_ENTRIES
from contracts.transactions.ledger import LIST_APPROVALS as LIST_IN_LEDGER
from contracts.transactions.ledger_words import DayState
from gateway.keepers import KEEPERS
from gateway.portal.navigation import GROUPS
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from contracts.calls import Method
    from tests.support.gateway import FakeBackends

STAFF = [role for role in Role if role is not Role.MEMBER]
PLACES = [place for group in GROUPS for place in group.places]
UNFILLED = re.compile(r"[{}]|\b[a-z_]+\.[a-z_]+_[a-z_]+\b")
MEMBER = {"status": "active", "sex": "female", "login_status": "active"}
ADMISSION = {"warnings": ["same_name_and_birth"]}
WAITING = {
    "staff_creation": (
        LIST_IN_IDENTITY,
        {"username": "karim", "role": "accountant", "from_on": "2026-11-01"},
    ),
    "member_login": (LIST_IN_IDENTITY, {"member_code": "101.0001.00001", "is_new": True}),
    "acting": (
        LIST_IN_IDENTITY,
        {"role": "branch_manager", "away_bn": "করিম", "away_en": "Karim", "to_on": "2026-12-05"},
    ),
    "limit_change": (
        LIST_IN_IDENTITY,
        {
            "role": "branch_manager",
            "amount": "150000.00",
            "before": "100000.00",
            "effective_on": "2026-12-01",
        },
    ),
    "admission": (LIST_APPROVALS, {"samity_name_bn": "শাপলা", "samity_name_en": "Shapla"}),
    "number_change": (
        LIST_APPROVALS,
        {"mobile_masked": "•••••••••4444", "flags": ["mobile_on_many_members", "mobile_in_many_households"]},
    ),
    "product": (
        LIST_APPROVALS,
        {
            "product_code": "JAG",
            "is_offered": True,
            "rate_percent": "W46: 22.87",
            "terms": {
                "least": "5000.00",
                "several": False,
                "last_cycle": None,
                "plans": [{"instalments": 46, "code": "W46", "annual_rate_percent": "24"}],
            },
        },
    ),
    "savings_opening": (
        LIST_APPROVALS,
        {"account_code": "FDR.1", "months": 84, "maturity_value": "40000.00"},
    ),
    "law": (
        LIST_APPROVALS,
        {
            "cap_percent": "24",
            "first_due_days": 15,
            "least_percent": "6.00",
            "counted": ["fees"],
            "formula": "compounded_year",
            "nothing_deducted": True,
        },
    ),
    "holiday": (LIST_APPROVALS, {"set": "organisation", "on": "2026-12-16", "loans": 31}),
    "override": (LIST_APPROVALS, {"breach": "yearly_rate", "figure": "24.07", "reason": "Eid"}),
    "shortage": (LIST_IN_LEDGER, {"on": "2026-11-23", "number": 2, "expected": "220.00", "short": "20.00"}),
    "excess_return": (LIST_IN_LEDGER, {"on": "2026-11-23", "amount": "20.00", "member_code": "101.0001"}),
    "excess_income": (LIST_IN_LEDGER, {"on": "2026-11-23", "amount": "30.00", "reason": "nobody asked"}),
    "deferral": (LIST_IN_LEDGER, {"sheet_id": AN_ID, "cash_overnight": "320.00", "reason": "river"}),
    "month_in_transit": (LIST_IN_LEDGER, {"month_of": "2026-11", "things": 2, "in_transit": "70.00"}),
    "supplement": (LIST_IN_LEDGER, {"on": "2026-11-22", "reason": "a slip was found"}),
    "cash_limit": (LIST_IN_LEDGER, {"effective_on": "2026-12-01", "amount": "50000.00"}),
    "not_held": (LIST_IN_LEDGER, {"meeting_on": "2026-11-23", "reason": "flood"}),
    "withdrawal": (LIST_IN_LEDGER, {"account_code": "GS.1", "amount": "900.00", "balance": "1000.00"}),
    "closing": (LIST_IN_LEDGER, {"how": "premature", "interest": "12.50", "charge": "10.00"}),
    "correction": (LIST_IN_LEDGER, {"to_member_code": "101.0001.00002", "value_on": "2026-11-20"}),
    "reversal": (LIST_IN_LEDGER, {"kind": "wrong_account", "amount": "50.00", "evidence": "letter 7"}),
}
SAID = {
    "staff_creation": ("Accountant", "01-11-2026"),
    "member_login": ("101.0001.00001", "for the first time"),
    "acting": ("Branch manager", "Karim", "05-12-2026"),
    "limit_change": ("Branch manager", "৳1,50,000", "৳1,00,000", "01-12-2026"),
    "admission": ("Shapla", "Somebody has the same name and birth date"),
    "number_change": ("•••••••••4444", "The mobile number is in several households"),
    "product": ("JAG", "Offered on these terms", "W46: 22.87", "৳5,000", "code W46, instalments 46"),
    "savings_opening": ("FDR.1", "84", "৳40,000"),
    "law": ("24", "15", "6.00", "What counts as a cost Fees", "Compounded", "kept from a loan yes"),
    "holiday": ("The institution", "16-12-2026", "31"),
    "override": ("Yearly rate over the cap", "24.07", "Eid"),
    "shortage": ("23-11-2026", "৳220", "৳20"),
    "excess_return": ("23-11-2026", "৳20", "101.0001"),
    "excess_income": ("23-11-2026", "৳30", "nobody asked"),
    "deferral": ("৳320", "river"),
    "month_in_transit": ("2026-11", "৳70"),
    "supplement": ("22-11-2026", "a slip was found"),
    "cash_limit": ("01-12-2026", "৳50,000"),
    "not_held": ("23-11-2026", "flood"),
    "withdrawal": ("GS.1", "৳900", "৳1,000"),
    "closing": ("Before maturity", "৳12.50", "৳10"),
    "correction": ("101.0001.00002", "20-11-2026"),
    "reversal": ("Wrong account", "৳50", "letter 7"),
}


def items(method: Method, **facts: Any) -> dict[str, Any]:
    """A page with one item, some of whose facts are given."""
    page = sample_answer(method)
    return page | {"items": [page["items"][0] | facts], "next": None}


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    """Samples are valid, but a plain text in them is no word of a closed list."""
    backends.script(LIST_OFFICES, items(LIST_OFFICES, id=OFFICE, level="branch", path="/HO/A01/B001/"))
    backends.script(LIST_MEMBERS, items(LIST_MEMBERS, **MEMBER))
    backends.script(LIST_SAMITIES, items(LIST_SAMITIES, meeting_weekday=3))
    backends.script(LIST_STAFF, items(LIST_STAFF, role="accountant"))
    backends.script(LIST_ENTRIES, items(LIST_ENTRIES, kind="collection"))
    backends.script(LIST_EXCESSES, items(LIST_EXCESSES, kind="hand_over"))
    consents = [sample_answer(GET_MEMBER)["consents"][0] | {"purpose": "messages", "mark": "thumb"}]
    member = sample_answer(GET_MEMBER) | MEMBER | {"admission": ADMISSION, "consents": consents}
    backends.script(GET_MEMBER, member)
    backends.script(LIST_ACTING, items(LIST_ACTING, role="branch_manager"))
    backends.script(LIST_LIMITS, items(LIST_LIMITS, role="branch_manager"))
    backends.script(LIST_OVERRIDES, items(LIST_OVERRIDES, state="approved"))
    classes = sample_answer(LIST_CLASSES)
    backends.script(LIST_CLASSES, classes | {"items": [classes["items"][0] | {"sex": "female"}]})
    laws = items(
        LIST_LAWS, state="approved", formula="compounded_year", counted=["fees"], allowed_fees=["form"]
    )
    backends.script(LIST_LAWS, laws)
    for method in (keeper.waiting for keeper in KEEPERS.values()):
        backends.script(method, {"items": [], "next": None})


def waits(backends: FakeBackends, kind: str, **facts: Any) -> str:
    """Let one thing wait for its second person; answers its address."""
    method, told = WAITING[kind]
    page = items(method, kind=kind, service=method.service, facts=told, may_decide=True, **facts)
    backends.script(method, page)
    return f"/approvals/{method.service}/{page['items'][0]['id']}"


class TestNavigation:
    @pytest.mark.parametrize("role", STAFF)
    def test_shows_a_role_what_it_may_do_and_nothing_else(
        self, app: Flask, backends: FakeBackends, role: Role
    ) -> None:
        links = set(Visitor(app, backends, role).look("/").links)

        with app.test_request_context():
            mine = {place.address for place in PLACES if place.permission in PERMISSIONS[role]}
            others = {place.address for place in PLACES} - mine
        assert mine <= links
        assert not others & links

    @pytest.mark.parametrize("language", ["bn", "en"])
    @pytest.mark.parametrize("role", STAFF)
    def test_leads_to_pages_that_can_be_drawn(
        self, app: Flask, backends: FakeBackends, role: Role, language: str
    ) -> None:
        visitor = Visitor(app, backends, role, language)

        with app.test_request_context():
            addresses = [place.address for place in PLACES if place.permission in PERMISSIONS[role]]
        for address in addresses:
            answer = visitor.client.get(address, follow_redirects=True)
            assert answer.status_code == 200, address
            assert UNFILLED.findall(Page(answer.text).text) == []

    def test_keeps_a_page_from_whom_it_is_not_for(self, app: Flask, backends: FakeBackends) -> None:
        visitor = Visitor(app, backends, Role.FIELD_OFFICER)

        assert visitor.client.get("/staff").status_code == 403
        assert visitor.client.get("/trial-balance").status_code == 403

    def test_leads_a_stranger_to_the_door_and_back(self, app: Flask, backends: FakeBackends) -> None:
        answer = Visitor(app, backends).client.get("/sheets?on=2026-11-23")

        assert answer.status_code == 303
        assert answer.headers["Location"] == "/sign-in?next=%2Fsheets%3Fon%3D2026-11-23"


class TestApprovals:
    @pytest.mark.parametrize("kind", WAITING)
    def test_say_every_fact_in_words(self, app: Flask, backends: FakeBackends, kind: str) -> None:
        address = waits(backends, kind)

        text = Visitor(app, backends, Role.BRANCH_MANAGER).look(address).text

        assert [words for words in SAID[kind] if words not in text] == []

    def test_a_shortage_can_only_be_accepted(self, app: Flask, backends: FakeBackends) -> None:
        visitor = Visitor(app, backends, Role.BRANCH_MANAGER)
        address = waits(backends, "shortage")

        page = visitor.look(address)
        assert "Accept" in page.text
        assert "Decline" not in page.text

        backends.script(DECIDE_APPROVAL, {"id": AN_ID, "state": "approved", "secret": None})
        assert visitor.send(address, deed="approve").status_code == 303
        assert backends.of(DECIDE_APPROVAL)[0].payload["approve"] is True

    @pytest.mark.rule("P1")
    def test_a_secret_is_shown_once_on_its_slip(self, app: Flask, backends: FakeBackends) -> None:
        visitor = Visitor(app, backends, Role.BRANCH_MANAGER)
        address = waits(backends, "member_login")
        decided = {"id": AN_ID, "state": "approved", "secret": "4821-7730"}
        backends.script(DECIDE_IN_IDENTITY, decided)

        answer = visitor.send(address, deed="approve")

        assert "4821-7730" in answer.text
        assert "101.0001.00001" in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert "4821-7730" not in visitor.client.get("/approvals").text

    def test_are_not_called_gone_while_their_keeper_is_silent(
        self, app: Flask, backends: FakeBackends
    ) -> None:
        visitor = Visitor(app, backends, Role.BRANCH_MANAGER)
        address = waits(backends, "not_held")
        backends.script(LIST_IN_LEDGER, ServiceAway(retry_after=5))

        answer = visitor.client.get(address, follow_redirects=True)

        assert "the transactions service does not answer just now" in answer.text
        assert "does not wait any more" not in answer.text

    def test_of_a_silent_service_are_missed_aloud(self, app: Flask, backends: FakeBackends) -> None:
        waits(backends, "reversal")
        backends.script(LIST_IN_IDENTITY, ServiceAway(retry_after=5))

        text = Visitor(app, backends, Role.BRANCH_MANAGER).look("/approvals").text

        assert "the identity service does not answer just now" in text
        assert "Reversal" in text


class TestTheFirstPage:
    def test_stands_while_a_service_is_away(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(GET_DAY, ServiceAway(retry_after=5))

        text = Visitor(app, backends, Role.BRANCH_MANAGER).look("/").text

        assert "not everything is shown" in text
        assert "Waiting for your approval" in text


class TestTheDay:
    def test_is_drawn_anew_when_its_closing_is_done(self, app: Flask, backends: FakeBackends) -> None:
        visitor = Visitor(app, backends, Role.BRANCH_MANAGER)
        path = f"/day/{OFFICE}/progress"

        backends.script(GET_DAY, sample_answer(GET_DAY) | {"status": DayState.CLOSING})
        going_on = visitor.client.get(path)
        assert 'hx-trigger="every 1s"' in going_on.text
        assert "HX-Refresh" not in going_on.headers

        backends.script(GET_DAY, sample_answer(GET_DAY) | {"status": DayState.OPEN})
        assert visitor.client.get(path).headers["HX-Refresh"] == "true"

    def test_lists_in_words_what_is_missing(self, app: Flask, backends: FakeBackends) -> None:
        facts = {"officer_name_bn": "নাদিরা", "officer_name_en": "Nadira", "amount": "220.00"}
        missing = [{"code": "OFFICER_CASH_NOT_ZERO", "facts": facts}]
        backends.script(GET_DAY, sample_answer(GET_DAY) | {"status": DayState.OPEN, "checklist": missing})

        assert "Nadira still holds ৳220" in Visitor(app, backends, Role.BRANCH_MANAGER).look("/day").text
        assert "নাদিরা: হাতে ৳২২০ আছে" in Visitor(app, backends, Role.AUDITOR, "bn").look("/day").text


class TestMembers:
    def test_have_their_file_and_passbook_on_one_page(self, app: Flask, backends: FakeBackends) -> None:
        page = Visitor(app, backends, Role.ACCOUNTANT).look(f"/members/{AN_ID}")

        assert f"/members/{AN_ID}/login/suspend" in page.links
        assert "Passbook lines" in page.text
        assert UNFILLED.findall(page.text) == []
