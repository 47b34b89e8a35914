"""Questions about payments in the field: settings, and floats with what they are for (rule M9)."""

from collections.abc import Mapping
from typing import Any

from contracts.transactions.float_words import FloatState
from transactions.domain.savings.withdrawals import Withdrawal
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 100


def list_field_payments(books: Books, office_id: str) -> dict[str, Any]:
    """Return an office's own settings, and whether it pays in the field today.

    Raises:
        NotFound: it is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    allowed = books.floats.allowed(office.id, books.work.today)
    return {"allowed": allowed, "items": books.floats.settings.all_of(office.id)}


def get_float(books: Books, float_id: str) -> dict[str, Any]:
    """Return one float.

    Raises:
        FloatNotFound: there is none, or not for this caller.
    """
    return _with_withdrawals(books, [books.floats.item(float_id, Scope.of(books.work.actor))])[0]


def list_floats(books: Books, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of an office's floats, the newest first.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(asked["office_id"], scope)
    found = books.floats.items(
        scope, office_id=office.id, finished=asked["finished"], after=asked["after"], limit=PAGE + 1
    )
    page = _with_withdrawals(books, found[:PAGE])
    return {"items": page, "next": page[-1]["id"] if len(found) > PAGE else None}


def _with_withdrawals(books: Books, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out = [item["id"] for item in items if FloatState(item["state"]) is not FloatState.SETTLED]
    carried = books.withdrawals.carried(out) if out else ()
    accounts = books.ledger.find_accounts({each.account_id for each in carried})
    members = books.people.members_of({each.member_id for each in carried})

    def shown(each: Withdrawal) -> dict[str, Any]:
        member = members.get(each.member_id)
        return {
            "withdrawal_id": each.id,
            "account_id": each.account_id,
            "account_code": accounts[each.account_id].code,
            "member_id": each.member_id,
            "member_code": member.code if member else None,
            "member_bn": member.name_bn if member else "",
            "member_en": member.name_en if member else "",
            "amount": each.amount,
            "lapses_on": each.lapses_on,
        }

    return [
        {**item, "withdrawals": [shown(each) for each in carried if each.float_id == item["id"]]}
        for item in items
    ]
