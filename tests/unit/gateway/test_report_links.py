"""From any figure of a book's report to what it is made of: by links that somebody who may follow gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from contracts.accounts import LIST_MEMBERS
from contracts.identity import LIST_OFFICES
from contracts.permissions import Role
from contracts.transactions.books import LIST_LEDGER_LINES, READ_CASH_BOOK, READ_LEDGER_BY_OFFICE
from contracts.transactions.reports import LIST_REPORTS, READ_REPORT
from gateway.portal.report_links import year_begins
from tests.support.gateway import OFFICE, sample_answer
from tests.support.report_pages import page
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

PERIOD = {"on": None, "from_on": "2026-11-01", "to_on": "2026-11-28"}
NAMED = {"bn": "ভল্টে নগদ", "en": "Cash in vault"}
BELOW = "01a20857-0000-7000-8000-00000000b002"


def report(backends: FakeBackends, name: str, *columns: tuple[str, str], **told: Any) -> None:
    """Let there be a report of one row and its total."""
    shown = [{"key": key, "kind": kind} for key, kind in columns]
    shape = {"report": name, "subject": "book", "columns": shown, "parameters": [], "required": []}
    backends.script(LIST_REPORTS, {"items": [shape]})
    lines = [
        {"kind": "row", "cells": told["cells"], "lead": told.get("lead")},
        {"kind": "total", "cells": told["cells"]},
    ]
    asked = page()["asked"] | told.get("asked", PERIOD)
    answer = page() | {"report": name, "subject": "book", "columns": shown, "asked": asked, "rows": lines}
    backends.script(READ_REPORT, answer)


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    offices(backends, (OFFICE, "/HO/A01/B001/"))


def offices(backends: FakeBackends, *places: tuple[str, str]) -> None:
    shape = sample_answer(LIST_OFFICES)["items"][0]
    items = [shape | {"id": one, "level": "branch", "path": path} for one, path in places]
    backends.script(LIST_OFFICES, {"items": items, "next": None})


def leads(app: Flask, backends: FakeBackends, name: str, role: Role = Role.AUDITOR) -> list[str]:
    """Return where the table of a report leads, each figure once."""
    links = Visitor(app, backends, role).look(f"/reports/{name}").links
    begun = ("/ledgers/", "/entries/", "/sheets/", "/cash-books/", "/reports/cash", "/reports/members/")
    return [link for link in links if link.startswith(begun) and "file." not in link]


def asked(link: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


class TestALedgersFigures:
    COLUMNS = (("ledger", "code"), ("ledger_name", "name"), ("debits", "money"), ("credits", "money"))

    def test_lead_to_its_entries_in_the_period(self, app: Flask, backends: FakeBackends) -> None:
        report(backends, "trial_balance", *self.COLUMNS, cells=["1110", NAMED, "50.00", "0.00"])
        name, figure = leads(app, backends, "trial_balance")

        assert name == figure
        assert urlsplit(figure).path == "/ledgers/1110"
        assert asked(figure) == {"office": OFFICE, "from_on": "2026-11-01", "on": "2026-11-28"}

    def test_of_several_offices_lead_to_whose_they_are(self, app: Flask, backends: FakeBackends) -> None:
        offices(backends, (OFFICE, "/HO/A01/"), (BELOW, "/HO/A01/B001/"))
        report(backends, "trial_balance", *self.COLUMNS, cells=["1110", NAMED, "50.00", "7.00"])
        *_, figure = leads(app, backends, "trial_balance")

        assert urlsplit(figure).path == "/ledgers/1110/offices"
        backends.script(
            READ_LEDGER_BY_OFFICE,
            sample_answer(READ_LEDGER_BY_OFFICE)
            | {"code": "1110", "from_on": "2026-11-01", "on": "2026-11-28", "next": None},
        )
        own = [
            link
            for link in Visitor(app, backends, Role.AUDITOR).look(figure).links
            if link.startswith("/ledgers/")
        ]
        assert [urlsplit(link).path for link in own] == ["/ledgers/1110"]
        assert asked(own[0]) == {"office": AN_ID, "from_on": "2026-11-01", "on": "2026-11-28"}

    def test_of_a_day_lead_to_that_day(self, app: Flask, backends: FakeBackends) -> None:
        columns = (*self.COLUMNS[:2], ("booked_on", "date"), ("debits", "money"))
        report(backends, "general_ledger", *columns, cells=["1110", NAMED, "2026-11-14", "50.00"])
        *_, figure = leads(app, backends, "general_ledger")

        assert asked(figure) == {"office": OFFICE, "from_on": "2026-11-14", "on": "2026-11-14"}

    @pytest.mark.parametrize("on", ["2026-06-30", "2025-07-01"])
    def test_a_balance_and_a_year_begin_in_july(self, app: Flask, backends: FakeBackends, on: str) -> None:
        assert year_begins(on) == "2025-07-01"
        day = {"on": on, "from_on": None, "to_on": None}
        columns = (("part", "word"), *self.COLUMNS[:2], ("amount", "money"))
        report(backends, "balance_sheet", *columns, cells=["assets", "1110", NAMED, "50.00"], asked=day)
        *_, figure = leads(app, backends, "balance_sheet")

        assert asked(figure) == {"office": OFFICE, "from_on": "2025-07-01", "on": on}

    def test_of_the_year_begin_with_it(self, app: Flask, backends: FakeBackends) -> None:
        columns = (("part", "word"), *self.COLUMNS[:2], ("amount", "money"), ("of_year", "money"))
        report(backends, "income_statement", *columns, cells=["income", "4110", NAMED, "5.00", "9.00"])
        _, month, year = leads(app, backends, "income_statement")

        assert (asked(month)["from_on"], asked(year)["from_on"]) == ("2026-11-01", "2026-07-01")

    def test_a_line_that_sums_up_leads_nowhere(self, app: Flask, backends: FakeBackends) -> None:
        columns = (("part", "word"), *self.COLUMNS[:2], ("amount", "money"))
        report(backends, "balance_sheet", *columns, cells=["owed", None, None, "50.00"])

        assert leads(app, backends, "balance_sheet") == []


class TestACashBook:
    COLUMNS = (("booked_on", "date"), ("received", "money"), ("paid", "money"), ("balance", "money"))

    @pytest.mark.parametrize(("name", "book"), [("cash_book", "cash"), ("bank_book", "bank")])
    def test_leads_to_the_entries_of_its_day(
        self, app: Flask, backends: FakeBackends, name: str, book: str
    ) -> None:
        report(backends, name, *self.COLUMNS, cells=["2026-11-14", "50.00", "0.00", "70.00"])
        day, received, balance = leads(app, backends, name)

        assert day == received == balance
        assert urlsplit(day).path == f"/cash-books/{book}"
        assert asked(day) == {"office": OFFICE, "from_on": "2026-11-14", "on": "2026-11-14"}

    def test_what_was_there_before_is_of_no_day(self, app: Flask, backends: FakeBackends) -> None:
        report(backends, "cash_book", *self.COLUMNS, cells=["2026-10-31", None, None, "20.00"])

        assert leads(app, backends, "cash_book") == []

    def test_of_several_offices_leads_to_who_holds_it(self, app: Flask, backends: FakeBackends) -> None:
        offices(backends, (OFFICE, "/HO/A01/"), (BELOW, "/HO/A01/B001/"))
        report(backends, "cash_book", *self.COLUMNS, cells=["2026-11-14", "50.00", "0.00", "70.00"])
        *_, figure = leads(app, backends, "cash_book")

        assert urlsplit(figure).path == "/reports/cash_position"
        assert asked(figure) == {"office": OFFICE, "on": "2026-11-14"}

    def test_of_an_office_leads_on_to_each_entry(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(READ_CASH_BOOK, sample_answer(READ_CASH_BOOK) | {"received": "50.00", "paid": "3.00"})
        lines = sample_answer(LIST_LEDGER_LINES)
        kinds = lines | {"items": [lines["items"][0] | {"kind": "collection"}], "next": None}
        backends.script(LIST_LEDGER_LINES, kinds)
        shown = Visitor(app, backends, Role.AUDITOR).look(f"/cash-books/cash?office={OFFICE}")

        assert f"/entries/{AN_ID}" in shown.links
        assert "৳50" in shown.text
        assert backends.of(LIST_LEDGER_LINES)[0].payload["book"] == "cash"


class TestWhatTheServiceKnows:
    VOUCHER = (("voucher", "code"), ("amount", "money"))

    def test_a_voucher_leads_to_its_entry(self, app: Flask, backends: FakeBackends) -> None:
        cells, lead = ["P-2026-27-000001", "50.00"], {"entry_id": AN_ID}
        report(backends, "voucher_register", *self.VOUCHER, cells=cells, lead=lead)

        assert leads(app, backends, "voucher_register") == [f"/entries/{AN_ID}"] * 2

    def test_cash_leads_to_the_ledger_of_who_holds_it_on_the_day(
        self, app: Flask, backends: FakeBackends
    ) -> None:
        report(
            backends,
            "cash_position",
            ("cash_kind", "word"),
            ("closing", "money"),
            cells=["1110", "50.00"],
            lead={"office_id": BELOW, "ledger": "1110"},
            asked={"on": "2026-11-28", "from_on": None, "to_on": None},
        )
        *_, figure = leads(app, backends, "cash_position")

        assert urlsplit(figure).path == "/ledgers/1110"
        assert asked(figure) == {"office": BELOW, "from_on": "2026-11-28", "on": "2026-11-28"}

    def test_money_that_waits_leads_to_its_sheet(self, app: Flask, backends: FakeBackends) -> None:
        columns, cells = (("samity", "name"), ("pending_amount", "money")), [NAMED, "40.00"]
        report(backends, "unauthorised", *columns, cells=cells, lead={"sheet_id": AN_ID})

        assert leads(app, backends, "unauthorised") == [f"/sheets/{AN_ID}"] * 2

    def test_who_may_not_go_there_is_not_led(self, app: Flask, backends: FakeBackends) -> None:
        cells, lead = ["P-2026-27-000001", "50.00"], {"entry_id": AN_ID}
        report(backends, "voucher_register", *self.VOUCHER, cells=cells, lead=lead)

        assert leads(app, backends, "voucher_register", Role.FIELD_OFFICER) == []


class TestAMembersFigures:
    def test_lead_to_her_page(self, app: Flask, backends: FakeBackends) -> None:
        code = "101.0001.00001"
        columns, cells = (("member_code", "code"), ("due", "money")), [code, "40.00"]
        report(backends, "dues", *columns, cells=cells)
        member = sample_answer(LIST_MEMBERS)["items"][0] | {"id": AN_ID, "code": code}
        backends.script(LIST_MEMBERS, {"items": [member], "next": None})

        assert leads(app, backends, "dues") == [f"/reports/members/{code}"] * 2
        answer = Visitor(app, backends, Role.AUDITOR).client.get(f"/reports/members/{code}")
        assert answer.location == f"/members/{AN_ID}"

    def test_of_nobody_are_said_so(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(LIST_MEMBERS, {"items": [], "next": None})

        assert Visitor(app, backends, Role.AUDITOR).client.get("/reports/members/0").status_code == 404
