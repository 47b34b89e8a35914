"""Passbooks: a member reads her own, staff those in their scope, page by page and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from chassis.rebuild import plan_rebuild
from contracts.accounts import EXPORT_APPLICANTS, EXPORT_CONTACTS, EXPORT_MEMBERS, EXPORT_SAMITIES
from contracts.accounts.events import MEMBER_CHANGED, MEMBER_CONTACT_CHANGED, SAMITY_CHANGED
from contracts.accounts.holidays import EXPORT_HOLIDAYS
from contracts.accounts.overrides import EXPORT_OVERRIDES
from contracts.calls import load
from contracts.errors import IdConflict, InvalidPayload, NotFound
from contracts.identity import EXPORT_OFFICES, EXPORT_STAFF
from contracts.transactions.ledger import (
    GET_DAY,
    LIST_ENTRIES,
    OPEN_ACCOUNT,
    READ_LINES,
    READ_OWN_LINES,
    READ_OWN_PASSBOOK,
    READ_PASSBOOK,
    TRIAL_BALANCE,
)
from tests.support.branch import Branch, id_of, new_id
from transactions.batch.duties import TransactionsBatch
from transactions.models.projections import members


def deposit_days(branch: Branch, name: str, count: int) -> None:
    """Bring 1, 2, 3 … taka, a minute after one another."""
    for taka in range(1, count + 1):
        branch.deposit(name, f"{taka}.00")
        branch.harness.watch.advance(timedelta(minutes=1))


class TestPassbook:
    def test_shows_balance_and_confirmed_lines_newest_first(self, branch: Branch) -> None:
        deposit_days(branch, "Rahima", 2)

        book = branch.ask(READ_OWN_PASSBOOK, branch.member("Rahima"))

        assert [(line["amount"], line["balance_after"], line["status"]) for line in book["lines"]] == [
            ("2.00", "3.00", "confirmed"),
            ("1.00", "1.00", "confirmed"),
        ]
        assert [(account["balance"], account["pending_in"]) for account in book["accounts"]] == [
            ("3.00", "0.00")
        ]

    @pytest.mark.rule("P3")
    def test_names_receipt_and_officer_of_each_line(self, branch: Branch) -> None:
        receipt = branch.deposit("Rahima", "1.00")["receipt_number"]

        (line,) = branch.passbook("Rahima")["lines"]

        assert (line["receipt_number"], line["receipt_final"]) == (receipt, True)
        assert line["officer_name_en"] == "Accountant"

    @pytest.mark.rule("M2")
    def test_shows_both_dates(self, branch: Branch) -> None:
        branch.deposit("Rahima", "1.00")

        (line,) = branch.passbook("Rahima")["lines"]

        assert (line["business_on"], line["value_on"]) == ("2026-11-23", "2026-11-23")

    def test_says_whose_it_is_and_where(self, branch: Branch) -> None:
        book = branch.ask(READ_OWN_PASSBOOK, branch.member("Rahima"))

        assert book["member"]["name_en"] == "Rahima"
        assert book["member"]["samity_name_en"] == "Jhumka"
        assert book["member"]["office_name_en"] == "Office B001"
        assert book["business_on"] == "2026-11-23"

    def test_ends_at_thirty_lines(self, branch: Branch) -> None:
        deposit_days(branch, "Rahima", 31)

        lines = branch.passbook("Rahima")["lines"]

        assert len(lines) == 30
        assert lines[-1]["amount"] == "2.00"


class TestLines:
    def test_come_page_by_page_without_gap_or_repetition(self, branch: Branch) -> None:
        deposit_days(branch, "Rahima", 65)
        amounts, before = [], None
        pages = 0
        while pages == 0 or before:
            page = branch.ask(
                READ_OWN_LINES,
                branch.member("Rahima"),
                account_id=id_of("savings of Rahima"),
                **({"before": before} if before else {}),
            )
            amounts += [int(line["amount"].removesuffix(".00")) for line in page["items"]]
            before, pages = page["next"], pages + 1

        assert amounts == list(range(65, 0, -1))
        assert pages == 3

    def test_have_no_next_page_at_the_very_end(self, branch: Branch) -> None:
        deposit_days(branch, "Rahima", 30)

        page = branch.ask(READ_LINES, branch.manager, account_id=id_of("savings of Rahima"))

        assert (len(page["items"]), page["next"]) == (30, None)

    @pytest.mark.parametrize("before", ["x", "12", "@", "5@2026-11-23", "5@2026-11-23T10:00:00"])
    def test_refuse_what_is_no_cursor(self, branch: Branch, before: str) -> None:
        with pytest.raises(InvalidPayload):
            branch.ask(READ_LINES, branch.manager, account_id=id_of("savings of Rahima"), before=before)


class TestScope:
    def test_a_member_reads_only_her_own(self, branch: Branch) -> None:
        branch.deposit("Salma", "5.00")

        with pytest.raises(NotFound):
            branch.ask(READ_OWN_LINES, branch.member("Rahima"), account_id=id_of("savings of Salma"))

    def test_staff_do_not_read_as_a_member(self, branch: Branch) -> None:
        with pytest.raises(NotFound):
            branch.ask(READ_PASSBOOK, branch.manager, member_id=branch.manager.person_id)

    def test_a_field_officer_reads_his_own_samities(self, branch: Branch) -> None:
        other = branch.person("field_officer", "Other officer")

        assert branch.ask(READ_PASSBOOK, branch.officer, member_id=id_of("Rahima"))
        with pytest.raises(NotFound):
            branch.ask(READ_PASSBOOK, other, member_id=id_of("Rahima"))

    def test_another_branch_finds_nothing(self, branch: Branch, branches: tuple[Branch, Branch]) -> None:
        there = branches[1].manager
        questions = (
            (READ_PASSBOOK, {"member_id": id_of("Rahima")}),
            (READ_LINES, {"account_id": id_of("savings of Rahima")}),
            (TRIAL_BALANCE, {"office_id": branch.id}),
            (LIST_ENTRIES, {"office_id": branch.id}),
            (GET_DAY, {"office_id": branch.id}),
        )

        for method, payload in questions:
            with pytest.raises(NotFound):
                branch.ask(method, there, **payload)

    def test_the_area_sees_both(self, branch: Branch, branches: tuple[Branch, Branch]) -> None:
        area = branches[0].person("area_manager")
        area = type(area)(**{**area.to_plain(), "office_path": "/HO/A01/", "excluded_members": ()})

        for one in branches:
            assert one.ask(GET_DAY, area, office_id=one.id)

    def test_a_path_is_no_pattern(self, branch: Branch) -> None:
        """A per cent sign or underscore in an office path stands for itself."""
        sly = type(branch.manager)(
            **{**branch.manager.to_plain(), "office_path": "/HO/A01/B___/", "excluded_members": ()}
        )

        with pytest.raises(NotFound):
            branch.ask(GET_DAY, sly, office_id=branch.id)


class TestOpenAccount:
    def test_answers_the_business_day(self, branch: Branch) -> None:
        branch.admit("Nasima", "Jhumka")

        assert _open(branch, new_id(), "GS.9")["business_on"] == "2026-11-23"

    def test_is_one_account_when_asked_twice(self, branch: Branch) -> None:
        account_id = new_id()

        assert _open(branch, account_id, "GS.9") == _open(branch, account_id, "GS.9")

    def test_refuses_another_one_under_the_same_id_or_code(self, branch: Branch) -> None:
        account_id = new_id()
        _open(branch, account_id, "GS.9")

        with pytest.raises(IdConflict):
            _open(branch, account_id, "GS.10")
        with pytest.raises(IdConflict):
            _open(branch, new_id(), "GS.9")

    def test_needs_no_open_day(self, branches: tuple[Branch, Branch]) -> None:
        assert _open(branches[0], new_id(), "GS.9")["business_on"] is None


class TestProjections:
    def test_keep_the_newer_state_in_whatever_order_it_comes(self, branch: Branch) -> None:
        branch.versions[id_of("Rahima")] = 5
        branch.admit("Rahima", "Jhumka", status="closed")
        branch.versions[id_of("Rahima")] = 2
        branch.admit("Rahima", "Jhumka", status="active")

        with branch.harness.service().books() as books:
            member = books.people.member_of_account(id_of("Rahima"))
        assert member is not None
        assert member.status == "closed"


class TestRebuild:
    def test_brings_back_what_was_lost(self, branch: Branch) -> None:
        harness = branch.harness
        member = {**branch.member_state("Rahima", "Jhumka"), "name_en": "Rahima of the feed"}
        contact = {
            "member_id": id_of("Rahima"),
            "mobile": None,
            "messages_consent": True,
            "language": "bn",
            "version": 2,
            "mobile_changed_on": "2026-11-20",
        }
        feeds = {
            EXPORT_OFFICES: [],
            EXPORT_STAFF: [],
            EXPORT_SAMITIES: [load(SAMITY_CHANGED.data, branch.samity_state("Jhumka"))],
            EXPORT_MEMBERS: [load(MEMBER_CHANGED.data, member)],
            EXPORT_APPLICANTS: [],
            EXPORT_CONTACTS: [load(MEMBER_CONTACT_CHANGED.data, contact)],
            EXPORT_HOLIDAYS: [],
            EXPORT_OVERRIDES: [],
        }
        for feed, items in feeds.items():
            harness.others.answers[feed] = lambda _, items=items: {"items": items, "next": None}
        with harness.process.database.transaction() as session:
            session.execute(delete(members))

        plan_rebuild(harness.process.database, "transactions", step_id=new_id(), now=harness.watch.now())
        harness.take_steps("rebuild", by=TransactionsBatch)

        assert branch.passbook("Rahima")["member"]["name_en"] == "Rahima of the feed"
        with harness.service().books() as books:
            agreement = books.withdrawals.agreement(id_of("savings of Rahima"))
        assert agreement.number_changed_on == date(2026, 11, 20)
        assert [method for method, _, _ in harness.others.asked] == list(feeds)


def _open(branch: Branch, account_id: str, code: str) -> dict[str, object]:
    return branch.ask(
        OPEN_ACCOUNT,
        None,
        id=account_id,
        member_id=id_of("Nasima"),
        office_id=branch.id,
        code=code,
        ledger="general_savings",
        terms={
            "version": 1,
            "product_code": "GS",
            "product_name_bn": "সাধারণ সঞ্চয়",
            "product_name_en": "General savings",
            "floor": "0.00",
            "annual_rate_bps": 600,
            "sex": "female",
        },
    )
