"""Reports in the portal and over HTTP: found by subject, read, taken along, made in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload
from contracts.permissions import Role
from contracts.transactions.reports import (
    ASK_REPORT_RUN,
    CANCEL_REPORT_RUN,
    GET_REPORT_RUN,
    LIST_REPORT_RUNS,
    LIST_REPORTS,
    READ_REPORT,
    READ_REPORT_RUN,
)
from contracts.transactions.reports_errors import ReportTooLong, ReportTooWide
from tests.support.gateway import OFFICE, Caller
from tests.support.report_pages import COLUMNS, CONJUNCTS, page
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

SAID = "purpose=own_work&recipient=own_office"
RUN = "01a20857-0000-7000-8000-00000000e001"
SHAPE = {
    "report": "daily_collection",
    "subject": "collection",
    "columns": [{"key": key, "kind": kind} for key, kind in COLUMNS],
    "parameters": ["on", "officer", "samity"],
    "required": [],
}


def run(state: str = "running", progress: int = 40) -> dict[str, Any]:
    asked = page()
    return {
        **{name: asked[name] for name in ("report", "subject", "asked")},
        "id": RUN,
        "state": state,
        "progress": progress,
        "rows": 1200,
        "asked_by_bn": "রহিমা",
        "asked_by_en": "Rahima",
        "asked_at": "2026-12-10T12:34:00.000000Z",
        "finished_at": None,
        "kept_until": "2026-12-17T12:34:00.000000Z",
    }


@pytest.fixture
def manager(app: Flask, backends: FakeBackends) -> Visitor:
    backends.script(LIST_REPORTS, {"items": [SHAPE]})
    backends.script(READ_REPORT, lambda said, _: page(2, after=None if said.get("after") else "bmV4dA=="))
    backends.script(GET_REPORT_RUN, run())
    backends.script(LIST_REPORT_RUNS, {"items": [run(), run("finished", 100)], "next": None})
    backends.script(READ_REPORT_RUN, page(2))
    backends.script(ASK_REPORT_RUN, run())
    backends.script(CANCEL_REPORT_RUN, run("cancelled"))
    return Visitor(app, backends, Role.BRANCH_MANAGER, "bn")


class TestPortal:
    def test_lists_reports_by_subject(self, manager: Visitor) -> None:
        text = manager.client.get("/reports").text

        assert "আদায়" in text
        assert "/reports/daily_collection" in text

    def test_shows_a_report_with_its_figures_as_they_are_written_here(self, manager: Visitor) -> None:
        text = manager.client.get("/reports/daily_collection").text

        for said in ("১২,৩৪,৫৬৭.৫০", "৯৮.৪৬", "২৩-১১-২০২৬", CONJUNCTS, "মহিলা", "১০-১২-২০২৬"):
            assert said in text
        assert "after=bmV4dA" in text

    def test_keeps_what_was_asked_for_in_the_address_of_every_file(
        self, manager: Visitor, backends: FakeBackends
    ) -> None:
        text = manager.client.get("/reports/daily_collection?on=১০-১২-২০২৬&after=bmV4dA==").text

        assert backends.of(READ_REPORT)[0].payload["on"] == "2026-12-10"
        for kind in ("csv", "xlsx", "pdf"):
            assert f'formaction="/reports/daily_collection/file.{kind}"' in text
        assert '<input type="hidden" name="on" value="১০-১২-২০২৬">' in text
        assert "after" not in Page(text).fields

    def test_asks_for_what_and_for_whom_a_file_is_and_keeps_what_was_said(
        self, manager: Visitor, backends: FakeBackends
    ) -> None:
        text = manager.client.get("/reports/daily_collection").text
        for said in ("নিয়ন্ত্রক সংস্থার প্রতিবেদন", "আদালত বা কর্তৃপক্ষ", "প্রাপকের নাম"):
            assert said in text

        backends.script(READ_REPORT, InvalidPayload({"recipient_words": ["REQUIRED"]}))
        answer = manager.client.get("/reports/daily_collection/file.csv?on=2026-12-10&purpose=audit")
        assert answer.status_code == 303
        backends.script(READ_REPORT, page(2))
        back = manager.client.get(answer.headers["Location"]).text
        assert "প্রাপকের নাম: এই ঘরটি পূরণ করুন।" in back
        assert '<option value="audit" selected>' in back

    def test_says_beside_the_field_which_day_is_none(self, manager: Visitor, backends: FakeBackends) -> None:
        answer = manager.client.get("/reports/daily_collection?on=31-02-2026")

        assert answer.status_code == 400
        assert "31-02-2026" in answer.text
        assert backends.of(READ_REPORT) == []

    def test_offers_to_make_in_the_background_what_is_too_wide_to_wait_for(
        self, manager: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(READ_REPORT, ReportTooWide(branches=900, at_most=20))
        refused = manager.client.get(f"/reports/daily_collection?office={OFFICE}")

        assert refused.status_code == 422
        assert "৯০০" in refused.text
        fields = Page(refused.text).fields
        answer = manager.client.post(f"/reports/daily_collection/runs?office={OFFICE}", data=fields)
        assert answer.headers["Location"] == "/report-runs"
        (asked,) = backends.of(ASK_REPORT_RUN)
        assert (asked.payload["office_id"], asked.payload["id"]) == (OFFICE, fields["id"])

    def test_does_not_know_a_report_of_another_role(self, manager: Visitor) -> None:
        assert manager.client.get("/reports/secrets").status_code == 404

    def test_shows_progress_until_a_run_has_ended(self, manager: Visitor, backends: FakeBackends) -> None:
        assert 'value="40"' in manager.client.get("/report-runs").text
        assert "every 1s" in manager.client.get(f"/report-runs/{RUN}/progress").text

        backends.script(GET_REPORT_RUN, run("finished", 100))
        ended = manager.client.get(f"/report-runs/{RUN}/progress").text
        assert "every 1s" not in ended
        assert f'href="/report-runs/{RUN}"' in ended

    def test_shows_what_a_run_has_made_and_asks_what_its_file_is_for(self, manager: Visitor) -> None:
        text = manager.client.get(f"/report-runs/{RUN}").text

        assert CONJUNCTS in text
        assert f'formaction="/report-runs/{RUN}/file.pdf"' in text
        assert Page(text).fields["purpose"] == ""

    def test_files_are_taken_along(self, manager: Visitor, backends: FakeBackends) -> None:
        said = "purpose=audit&purpose_words=&recipient=auditor&recipient_words=করিম"
        answer = manager.client.get(f"/reports/daily_collection/file.csv?on=2026-12-10&{said}")

        assert answer.headers["Content-Disposition"].endswith("daily_collection_2026-12-10.csv")
        assert answer.data.startswith(b"\xef\xbb\xbf")
        assert [one.payload["export"] for one in backends.of(READ_REPORT)] == ["csv", "csv"]
        assert manager.client.get(f"/report-runs/{RUN}/file.xlsx?{said}").data.startswith(b"PK")
        for asked in (*backends.of(READ_REPORT), *backends.of(READ_REPORT_RUN)):
            assert (asked.payload["purpose"], asked.payload["recipient"]) == ("audit", "auditor")
            assert asked.payload["recipient_words"] == "করিম"
            assert asked.payload.get("purpose_words") is None


class TestApi:
    def test_a_file_has_its_type_and_its_name(
        self, manager: Visitor, app: Flask, backends: FakeBackends
    ) -> None:
        caller = Caller(app.test_client(), backends.sign_in(Role.AUDITOR))
        answer = caller.send("GET", f"/reports/daily_collection/file?office_id={OFFICE}&export=csv&{SAID}")

        assert answer.status_code == 200
        assert answer.mimetype == "text/csv"
        assert len(answer.text.splitlines()) == 1 + 4

    def test_a_refusal_is_a_problem_and_no_file(
        self, manager: Visitor, app: Flask, backends: FakeBackends
    ) -> None:
        backends.script(READ_REPORT, ReportTooLong(rows=5000, at_most=1000))
        caller = Caller(app.test_client(), backends.sign_in(Role.AUDITOR))
        answer = caller.send("GET", f"/reports/daily_collection/file?office_id={OFFICE}&export=pdf&{SAID}")

        assert answer.status_code == 422
        assert answer.json["code"] == "REPORT_TOO_LONG"

    def test_a_kind_of_file_that_nobody_makes_is_refused(
        self, manager: Visitor, app: Flask, backends: FakeBackends
    ) -> None:
        caller = Caller(app.test_client(), backends.sign_in(Role.AUDITOR))

        assert (
            caller.send(
                "GET", f"/reports/daily_collection/file?office_id={OFFICE}&export=exe&{SAID}"
            ).status_code
            == 400
        )

    @pytest.mark.rule("P12")
    def test_no_file_without_what_for_and_to_whom(
        self, manager: Visitor, app: Flask, backends: FakeBackends
    ) -> None:
        caller = Caller(app.test_client(), backends.sign_in(Role.AUDITOR))
        for path in (
            f"/reports/daily_collection/file?office_id={OFFICE}&export=csv",
            f"/report-runs/{RUN}/file?export=pdf",
        ):
            answer = caller.send("GET", path)
            assert answer.status_code == 400
            assert {"purpose", "recipient"} <= set(answer.json["fields"])
        assert backends.of(READ_REPORT) == backends.of(READ_REPORT_RUN) == []

    def test_a_member_reads_no_report(self, manager: Visitor, app: Flask, backends: FakeBackends) -> None:
        caller = Caller(app.test_client(), backends.sign_in(Role.MEMBER))

        for path in (
            "/reports",
            "/report-runs",
            f"/reports/daily_collection/file?office_id={OFFICE}&export=csv&{SAID}",
        ):
            assert caller.send("GET", path).status_code == 403
