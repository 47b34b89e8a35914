"""One member's page: all that services know of her, said in words, and what may be done for her next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import GET_MEMBER
from contracts.accounts.histories import LIST_MEMBER_HISTORY
from contracts.accounts.loans import LIST_LOANS as LIST_AGREED_LOANS
from contracts.accounts.passbooks import LIST_PASSBOOKS
from contracts.errors import NotFound, ServiceAway
from contracts.notifications import LIST_MESSAGES
from contracts.permissions import Role
from contracts.transactions.ledger import READ_PASSBOOK
from contracts.transactions.lending import LIST_LOANS, READ_LOAN
from tests.support.gateway import sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from contracts.calls import Method
    from tests.support.gateway import FakeBackends

HER = f"/members/{AN_ID}"
UNFILLED = re.compile(r"[{}]|\b[a-z_]+\.[a-z_]+_[a-z_]+\b")
ACCOUNT = {"account_id": AN_ID, "code": "GS.1", "status": "open", "product_code": "GS", "opened_on": None}


def items(method: Method, **facts: Any) -> dict[str, Any]:
    """A page with one item, some of whose facts are given."""
    page = sample_answer(method)
    return page | {"items": [page["items"][0] | facts], "next": None}


def member(**changes: Any) -> dict[str, Any]:
    """A member's file whose words stand in the lists of words."""
    consent = sample_answer(GET_MEMBER)["consents"][0] | {"purpose": "messages", "mark": "thumb"}
    said = {"status": "active", "sex": "female", "login_status": "active", "savings": [ACCOUNT]}
    return sample_answer(GET_MEMBER) | said | {"admission": {"warnings": []}, "consents": [consent]} | changes


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    backends.script(GET_MEMBER, member())
    history = {"kind": "transfer", "state": "waiting", "facts": {"reason": "she married"}}
    backends.script(LIST_MEMBER_HISTORY, items(LIST_MEMBER_HISTORY, **history))
    loan = {"code": "JAG-7", "status": "running", "overdue": "150.00", "payoff": "9210.00"}
    backends.script(LIST_LOANS, items(LIST_LOANS, **loan))
    asked = {"state": "approved", "principal": "30000.00", "purpose": "a cow"}
    backends.script(LIST_AGREED_LOANS, items(LIST_AGREED_LOANS, **asked))
    backends.script(
        LIST_PASSBOOKS, {"items": [sample_answer(LIST_PASSBOOKS)["items"][0] | {"status": "lost"}]}
    )
    backends.script(LIST_MESSAGES, items(LIST_MESSAGES, text="Her deposit of 220"))


def with_lines(*lines: dict[str, Any], **account: Any) -> dict[str, Any]:
    """Her passbook with some lines and one account."""
    book = sample_answer(READ_PASSBOOK)
    whole = [book["lines"][0] | {"reason": None, "fee": None, "kind": None} | line for line in lines]
    return book | {"lines": whole, "accounts": [book["accounts"][0] | account]}


class TestHerPage:
    @pytest.mark.parametrize("language", ["bn", "en"])
    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.MEMBER])
    def test_can_be_drawn_for_whoever_may_see_members(
        self, app: Flask, backends: FakeBackends, role: Role, language: str
    ) -> None:
        page = Visitor(app, backends, role, language).look(HER)

        assert UNFILLED.findall(page.text) == []

    def test_says_all_that_is_known_of_her(self, app: Flask, backends: FakeBackends) -> None:
        text = Visitor(app, backends, Role.BRANCH_MANAGER).look(HER).text

        for words in ("JAG-7", "overdue", "৳150", "৳9,210", "a cow", "৳30,000", "lost", "Her deposit of 220"):
            assert words in text
        assert "she married" in text
        assert "Transfer of a member · waiting for approval" in text

    @pytest.mark.rule("M1")
    def test_shows_pending_money_apart_from_her_balance(self, app: Flask, backends: FakeBackends) -> None:
        pending = {"status": "pending", "amount": "77.00", "direction": "deposit"}
        booked = {"status": "confirmed", "amount": "55.00", "direction": "deposit"}
        book = with_lines(pending, booked, balance="500.00", pending_in="77.00", kind="savings")
        backends.script(READ_PASSBOOK, book)

        text = Visitor(app, backends, Role.ACCOUNTANT).look(HER).text

        on_its_way, in_the_book = text.split("Passbook lines")
        assert "On its way into the book" in on_its_way
        assert "৳500" in on_its_way
        assert on_its_way.count("৳77") == 2
        assert "৳77" not in in_the_book
        assert "৳55" in in_the_book

    def test_asks_nobody_for_what_the_reader_may_not_see(self, app: Flask, backends: FakeBackends) -> None:
        Visitor(app, backends, Role.ADMINISTRATOR).look(HER)

        assert backends.of(READ_PASSBOOK) == []
        assert len(backends.of(GET_MEMBER)) == 1

    def test_stands_while_a_service_is_away_and_says_so(self, app: Flask, backends: FakeBackends) -> None:
        for method in (READ_PASSBOOK, LIST_LOANS):
            backends.script(method, ServiceAway(retry_after=5))

        text = Visitor(app, backends, Role.BRANCH_MANAGER).look(HER).text

        assert "Paper passbooks" in text
        assert "JAG-7" not in text
        assert text.count("The service does not answer just now.") == 1

    def test_of_an_applicant_blames_nobody_for_an_empty_book(
        self, app: Flask, backends: FakeBackends
    ) -> None:
        backends.script(GET_MEMBER, member(code=None, status="applicant", savings=[]))
        backends.script(READ_PASSBOOK, NotFound(field="member_id"))

        page = Visitor(app, backends, Role.ACCOUNTANT).look(HER)

        assert "No member code yet" in page.text
        assert "was not found" not in page.text
        assert f"/applicants-money/{AN_ID}/receipt" in page.links
        assert not [link for link in page.links if link.startswith((f"{HER}/login", f"{HER}/savings"))]

    def test_of_another_branch_is_not_found(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(GET_MEMBER, NotFound(field="member_id"))

        assert Visitor(app, backends, Role.BRANCH_MANAGER).client.get(HER).status_code == 404


class TestWhatMayBeDoneNext:
    def test_follows_the_readers_permissions(self, app: Flask, backends: FakeBackends) -> None:
        accountant = Visitor(app, backends, Role.ACCOUNTANT).look(HER).links
        auditor = Visitor(app, backends, Role.AUDITOR).look(HER).links

        assert f"/deposits?account={AN_ID}&member={AN_ID}" in accountant
        assert f"{HER}/login/suspend" in accountant
        assert not [link for link in auditor if "deposits?" in link or "/login/" in link]

    def test_follows_her_state(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(
            GET_MEMBER, member(login_status="temp_off", savings=[ACCOUNT | {"status": "opening"}])
        )

        manager = Visitor(app, backends, Role.BRANCH_MANAGER).look(HER).links
        accountant = Visitor(app, backends, Role.ACCOUNTANT).look(HER).links

        assert f"{HER}/login/reactivate" in manager
        offered = [link for link in accountant if "deposits?" in link or "/login/" in link]
        assert offered == [f"{HER}/login/close"]

    @pytest.mark.rule("L7")
    @pytest.mark.parametrize(("status", "told"), [("active", False), ("closing", True), ("closed", True)])
    def test_her_final_statement_is_hers_once_she_leaves(
        self, app: Flask, backends: FakeBackends, status: str, *, told: bool
    ) -> None:
        backends.script(GET_MEMBER, member(status=status))

        links = Visitor(app, backends, Role.ACCOUNTANT).look(HER).links

        assert (f"{HER}/final-statement" in links) is told

    @pytest.mark.rule("M9")
    @pytest.mark.parametrize(
        ("kind", "closed", "deeds"),
        [
            ("general_savings", False, {"withdrawal", "closing"}),
            ("term_savings", False, {"dues", "closing"}),
            ("lump_savings", False, {"closing"}),
            ("general_savings", True, set()),
        ],
    )
    def test_follows_each_account(
        self, app: Flask, backends: FakeBackends, kind: str, closed: bool, deeds: set[str]
    ) -> None:
        book = sample_answer(READ_PASSBOOK)
        account = book["accounts"][0] | {"account_id": AN_ID, "kind": kind, "closed": closed}
        backends.script(READ_PASSBOOK, book | {"accounts": [account], "lines": []})

        links = Visitor(app, backends, Role.ACCOUNTANT).look(HER).links

        begun = f"{HER}/savings/{AN_ID}/"
        assert {link.removeprefix(begun) for link in links if link.startswith(begun)} == deeds

    @pytest.mark.rule("M13")
    @pytest.mark.parametrize(
        ("line", "page"),
        [
            ({"kind": "collection"}, "corrections"),
            ({"kind": "fee", "fee": "form", "account_id": None}, "fee-corrections"),
            ({"kind": "interest"}, None),
            ({"kind": "withdrawal", "direction": "withdrawal"}, None),
            ({"kind": "collection", "business_on": "2026-11-23"}, None),
        ],
    )
    def test_money_of_an_earlier_day_can_be_put_right(
        self, app: Flask, backends: FakeBackends, line: dict[str, Any], page: str | None
    ) -> None:
        book = sample_answer(READ_PASSBOOK) | {"business_on": "2026-11-23"}
        known = {"status": "confirmed", "direction": "deposit", "business_on": "2026-11-20", "fee": None}
        lines = [book["lines"][0] | {"reason": None, "entry_id": AN_ID, "row_id": AN_ID} | known | line]
        backends.script(READ_PASSBOOK, book | {"lines": lines})

        links = Visitor(app, backends, Role.ACCOUNTANT).look(HER).links

        there = [link for link in links if "corrections/" in link]
        assert there == ([f"{HER}/{page}/{AN_ID}?row={AN_ID}"] if page else [])


class TestPartsOfHerPage:
    @pytest.mark.parametrize("part", ["messages", "history"])
    def test_are_read_at_full_length_page_by_page(
        self, app: Flask, backends: FakeBackends, part: str
    ) -> None:
        method = LIST_MESSAGES if part == "messages" else LIST_MEMBER_HISTORY
        backends.script(method, backends.answers[method.key] | {"next": AN_ID})

        page = Visitor(app, backends, Role.BRANCH_MANAGER).look(f"{HER}/{part}?after={AN_ID}")

        assert backends.of(method)[-1].payload["after"] == AN_ID
        assert f"{HER}/{part}?after={AN_ID}" in page.links

    def test_a_loan_shows_every_instalment(self, app: Flask, backends: FakeBackends) -> None:
        card = sample_answer(READ_LOAN)
        rows = [
            card["rows"][0] | {"number": number, "total": f"{number}00.00", "state": state}
            for number, state in enumerate(("paid", "partly", "overdue", "coming"), start=1)
        ]
        backends.script(READ_LOAN, card | {"member_id": AN_ID, "status": "running", "rows": rows})

        page = Visitor(app, backends, Role.BRANCH_MANAGER).look(f"{HER}/loans/{AN_ID}")

        for words in ("৳100", "partly paid", "৳300", "overdue", "৳400", "coming"):
            assert words in page.text
        assert UNFILLED.findall(page.text) == []

    def test_another_members_loan_is_not_on_her_page(self, app: Flask, backends: FakeBackends) -> None:
        card = sample_answer(READ_LOAN) | {"member_id": "01a20857-0000-7000-8000-00000000d009"}
        backends.script(READ_LOAN, card)

        answer = Visitor(app, backends, Role.BRANCH_MANAGER).client.get(f"{HER}/loans/{AN_ID}")

        assert answer.status_code == 404
        assert "Instalments" not in Page(answer.text).text
