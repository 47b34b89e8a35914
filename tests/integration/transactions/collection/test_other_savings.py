"""Voluntary and monthly term savings at a meeting: asked for when due, taken always (domain §5, rule M5)."""

from contracts.transactions.ledger import OPEN_ACCOUNT
from tests.support.field import TERMS, Saver, new_id, outcomes


def open_savings(meeting, saver, ledger, **terms):
    """Another account of a saver, opened on the day of the meeting: the first month is due on it."""
    account = {
        "id": new_id(),
        "member_id": saver.id,
        "office_id": meeting.branch.office_id,
        "code": f"{ledger[:2].upper()}.{saver.code}",
        "ledger": ledger,
        "terms": TERMS | terms,
    }
    meeting.branch.harness.ask(OPEN_ACCOUNT, account, issuer="accounts")
    return Saver(saver.id, account["id"], account["code"])


def shown(meeting, saver):
    """The saver's accounts on the sheet, by kind."""
    sheet = meeting.branch.sheet(meeting.sheet)
    (hers,) = [row for row in sheet["rows"] if row["member_id"] == saver.id]
    return {account["kind"]: account for account in hers["accounts"]}


def post_all(meeting, taka):
    handover = meeting.phone.hand_over([meeting.sheet], taka)
    return meeting.branch.authorise(handover["id"], meeting.branch.count(handover["id"], taka))


def test_a_monthly_account_is_asked_for_what_is_due(meeting):
    saver = meeting.savers[0]
    open_savings(meeting, saver, "term_savings", amount="500.00", months=12, late_penalty="10.00")
    term = shown(meeting, saver)["term_savings"]
    assert term["expected"]
    due = {"opening_due": "0.00", "opening_advance": "0.00", "recoverable": "500.00", "due": "500.00"}
    assert term["term"] == {"number": 1, "instalments": 12, "penalty": "0.00"} | due


def test_the_sheet_waits_for_a_monthly_account_and_never_for_voluntary_savings(meeting):
    first, second, third = meeting.savers
    monthly = open_savings(meeting, first, "term_savings", amount="500.00", months=12)
    open_savings(meeting, second, "voluntary_savings")
    rows = [meeting.phone.paid(first, 90), meeting.phone.nothing(second), meeting.phone.nothing(third)]
    answer = meeting.phone.submit(meeting.sheet, rows)
    assert [one["account_id"] for one in answer["missing"]] == [monthly.account_id]
    assert not shown(meeting, second)["voluntary_savings"]["expected"]
    answer = meeting.phone.submit(meeting.sheet, [meeting.phone.nothing(monthly)])
    assert answer["missing"] == []


def test_what_a_meeting_brings_is_on_each_account(meeting):
    first, second, third = meeting.savers
    monthly = open_savings(meeting, first, "term_savings", amount="500.00", months=12)
    voluntary = open_savings(meeting, second, "voluntary_savings")
    rows = [
        meeting.phone.paid(first, 90),
        meeting.phone.paid(monthly, 1200),
        meeting.phone.nothing(second),
        meeting.phone.paid(voluntary, 700),
        meeting.phone.nothing(third),
    ]
    answer = meeting.phone.submit(meeting.sheet, rows)
    assert outcomes(answer) == [("pending", None)] * 5
    assert shown(meeting, first)["term_savings"]["pending"] == "1200.00"
    post_all(meeting, 1990)
    balances = meeting.branch.balances()
    assert (balances["2110"], balances["2130"], balances["2120"]) == ("90.00", "1200.00", "700.00")
    paid = shown(meeting, first)["term_savings"]
    assert not paid["expected"]
    assert (paid["term"]["due"], paid["term"]["opening_advance"]) == ("0.00", "1200.00")
    assert paid["balance"] == "1200.00"


def test_money_for_a_lump_deposit_is_taken_and_waits_for_an_account(meeting):
    first, second, third = meeting.savers
    lump = open_savings(meeting, first, "lump_savings")
    rows = [meeting.phone.paid(lump, 5000), *map(meeting.phone.nothing, (first, second, third))]
    answer = meeting.phone.submit(meeting.sheet, rows)
    assert outcomes(answer)[0] == ("unallocated", "ACCOUNT_UNKNOWN")
    assert "lump_savings" not in shown(meeting, first)
