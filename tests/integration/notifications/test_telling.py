"""From an event to a message, on a real database. Rules P2 and P10."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis.migrate import differences
from contracts.accounts import SAVINGS_OPENED
from contracts.errors import NotFound
from contracts.identity import MEMBER_LOGIN_CHANGED
from contracts.transactions.collection import ROW_CHANGED, SHEET_AUTHORISED
from contracts.transactions.complaints import COMPLAINT_ACKNOWLEDGED, COMPLAINT_ANSWERED
from contracts.transactions.ledger import DEPOSIT_POSTED, ENTRY_REVERSED
from tests.integration.notifications.conftest import NUMBER
from tests.support.services import fresh_database, migrated


class TestPostedSheet:
    @pytest.mark.rule("P2")
    def test_is_told_to_each_member_once(self, branch):
        paid, absent = branch.admit(), branch.admit()
        empty = branch.line(absent, amount=None, balance=None, account_code=None, nothing_received="absent")
        branch.post(branch.line(paid), empty)

        assert [message["kind"] for message in branch.own(paid)] == ["deposit_confirmed"]
        assert [message["kind"] for message in branch.own(absent)] == ["nothing_received"]

    def test_under_another_event_id_is_not_told_again(self, branch):
        member = branch.admit()
        sheet = branch.post(branch.line(member))
        branch.harness.hear(SHEET_AUTHORISED, sheet, event_id=str(uuid4()))

        assert len(branch.own(member)) == 1

    def test_waits_until_every_member_is_known(self, branch):
        known, unknown = branch.admit(), str(uuid4())

        with pytest.raises(NotFound):
            branch.post(branch.line(known), branch.line(unknown))
        assert branch.own(known) == []

    def test_is_told_in_her_language(self, branch):
        member = branch.admit(language="bn")
        branch.post(branch.line(member))

        (message,) = branch.own(member)
        assert (message["language"], "৳৫০ জমা" in message["text"]) == ("bn", True)


class TestOtherEvents:
    def test_a_counter_deposit_is_confirmed(self, branch):
        member = branch.admit()
        deposit = {
            "entry_id": str(uuid4()),
            "office_id": branch.ids["001"],
            "account_id": str(uuid4()),
            "business_on": "2026-11-23",
            "value_on": "2026-11-23",
        }
        line = {
            name: value
            for name, value in branch.line(member).items()
            if name not in {"row_id", "nothing_received"}
        }
        branch.harness.hear(DEPOSIT_POSTED, line | deposit)

        assert "Tk 50 received, balance Tk 1,250" in branch.own(member)[0]["text"]

    @pytest.mark.rule("P4")
    def test_who_complains_is_heard_and_answered_though_she_lets_nothing_be_sent(self, branch):
        member = branch.admit(consent=False)
        case = {
            "complaint_id": str(uuid4()),
            "member_id": member,
            "office_id": branch.ids["001"],
            "taken_on": "2026-11-23",
        }
        branch.harness.hear(COMPLAINT_ACKNOWLEDGED, case | {"answer_by": "2026-11-30", "found": False})
        branch.harness.hear(COMPLAINT_ANSWERED, case | {"answered_on": "2026-11-25", "outcome": "unclear"})

        assert {(one["kind"], one["status"]) for one in branch.messages(member_id=member)} == {
            ("complaint_acknowledged", "waiting"),
            ("complaint_answered", "waiting"),
        }
        assert {one["purpose"] for one in branch.messages(member_id=member)} == {"answer_to_complaint"}

    @pytest.mark.rule("M6")
    def test_a_lowered_row_is_told(self, branch):
        member = branch.admit()
        change = {
            "row_id": str(uuid4()),
            "version": 2,
            "sheet_id": str(uuid4()),
            "office_id": branch.ids["001"],
            "member_id": member,
            "kind": "lowered",
            "before": "500.00",
            "after": "300.00",
            "reason": "typed wrongly",
            "meeting_on": "2026-11-23",
            "receipt_number": "D7-000123",
        }
        branch.harness.hear(ROW_CHANGED, change)

        (message,) = branch.own(member)
        assert "D7-000123 was changed from Tk 500 to Tk 300" in message["text"]

    @pytest.mark.rule("M12")
    def test_a_correction_is_told_to_both(self, branch):
        wrong, right = branch.admit(), branch.admit()
        lines = [
            {
                "member_id": member,
                "account_id": str(uuid4()),
                "account_code": "GS.1",
                "product_name_bn": "সাধারণ সঞ্চয়",
                "product_name_en": "General savings",
                "amount": "50.00",
                "direction": direction,
                "balance": "100.00",
            }
            for member, direction in ((wrong, "withdrawal"), (right, "deposit"))
        ]
        reversal = {
            "entry_id": str(uuid4()),
            "reversed_id": str(uuid4()),
            "row_id": str(uuid4()),
            "office_id": branch.ids["001"],
            "kind": "wrong_account",
            "lines": lines,
            "business_on": "2026-11-23",
            "value_on": "2026-11-23",
            "first_receipt": "D7-000123",
            "reason": "wrong member",
        }
        branch.harness.hear(ENTRY_REVERSED, reversal)

        assert "taken out" in branch.own(wrong)[0]["text"]
        assert "added" in branch.own(right)[0]["text"]

    @pytest.mark.rule("P2")
    def test_every_change_of_her_login_is_told(self, branch):
        member = branch.admit()
        deeds = ("issued", "activated", "pin_changed", "suspended", "reactivated", "revoked")
        for version, deed in enumerate(deeds, 1):
            state = {"member_id": member, "status": "active", "deed": deed, "version": version}
            branch.harness.hear(MEMBER_LOGIN_CHANGED, state)

        assert len({message["text"] for message in branch.own(member)}) == len(deeds)

    def test_a_new_account_is_welcomed(self, branch):
        member = branch.admit()
        opened = {"account_id": str(uuid4()), "member_id": member, "code": "GS.1", "opened_on": None}
        branch.harness.hear(SAVINGS_OPENED, opened)

        assert "GS.1" in branch.own(member)[0]["text"]


class TestConsentAndNumber:
    @pytest.mark.rule("P10")
    def test_without_consent_a_confirmation_is_left_out_and_counted(self, branch, postbox):
        member = branch.admit(consent=False)
        branch.post(branch.line(member))
        branch.deliver()

        assert [message["status"] for message in branch.messages()] == ["no_consent"]
        assert postbox.sent == []

    @pytest.mark.rule("P2")
    def test_without_consent_an_absence_is_told_all_the_same(self, branch, postbox):
        member = branch.admit(consent=False)
        branch.post(branch.line(member, amount=None, balance=None, nothing_received="absent"))
        branch.deliver()

        assert [(number, purpose) for number, _, purpose in postbox.sent] == [
            (NUMBER, "protection_of_savings")
        ]

    @pytest.mark.rule("P2")
    def test_switching_confirmations_off_does_not_hide_an_absence(self, branch):
        member = branch.admit()
        branch.prefer(member, confirmations=False)
        branch.post(branch.line(member))
        branch.post(branch.line(member, amount=None, balance=None, nothing_received="absent"))

        assert [message["kind"] for message in branch.own(member)] == ["nothing_received"]

    @pytest.mark.rule("P2")
    def test_see_your_book_tells_no_amount(self, branch):
        member = branch.admit()
        branch.prefer(member, detail="see_book")
        branch.post(branch.line(member))

        assert "50" not in branch.own(member)[0]["text"]

    def test_without_a_number_she_reads_it_in_the_app(self, branch):
        member = branch.admit(mobile=None)
        branch.post(branch.line(member))

        assert [message["status"] for message in branch.messages()] == ["no_number"]
        assert len(branch.own(member)) == 1

    def test_an_older_contact_does_not_overwrite_a_newer(self, branch, postbox):
        member = branch.admit()
        branch.tell_contact(member, mobile="+8801999999999", version=3)
        branch.tell_contact(member, mobile="+8801888888888", version=2)
        branch.post(branch.line(member))
        branch.deliver()

        assert [number for number, _, _ in postbox.sent] == ["+8801999999999"]

    def test_the_number_is_not_readable_in_the_database(self, branch):
        member = branch.admit()
        branch.post(branch.line(member))
        branch.deliver()
        tables = ("contacts", "messages", "deliveries", "outbox", "inbox", "audit", "parked")
        union = " UNION ALL ".join(f"SELECT r::text FROM {table} r" for table in tables)
        with branch.harness.process.database.transaction() as session:
            rows = session.execute(sa.text(union)).scalars().all()

        assert rows
        assert not [row for row in rows if NUMBER[4:] in row]


def test_models_equal_migrations(postgres_server):
    assert differences("notifications", migrated(postgres_server, "notifications").owner) == []


def test_the_runtime_role_cannot_rewrite_an_attempt(postgres_server):
    with fresh_database(postgres_server, "notifications") as urls:
        engine = sa.create_engine(urls.runtime)
        for statement in ("UPDATE deliveries SET fault = ''", "DELETE FROM deliveries"):
            with engine.connect() as connection, pytest.raises(sa.exc.ProgrammingError, match="denied"):
                connection.execute(sa.text(statement))
        engine.dispose()
