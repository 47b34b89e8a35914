"""Reading a savings account's life: what waits to be paid, what closing would pay, what is due."""

from collections.abc import Sequence
from typing import Any

from contracts.errors import NotFound
from contracts.transactions.savings_errors import WithdrawalNotFound
from transactions.domain.chart import Ledgers
from transactions.domain.savings.dues import plan_of, standing_of
from transactions.domain.savings.withdrawals import Withdrawal
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 100


def get_withdrawal(books: Books, withdrawal_id: str) -> dict[str, Any]:
    """Return one withdrawal.

    Raises:
        WithdrawalNotFound: there is none, or not for this caller.
    """
    books.withdrawals.office_of(withdrawal_id, Scope.of(books.work.actor))
    found = books.withdrawals.find(withdrawal_id)
    if found is None:
        raise WithdrawalNotFound
    return _items(books, [found])[0]


def list_withdrawals(books: Books, office_id: str, after: str | None) -> dict[str, Any]:
    """Return a page of an office's unfinished withdrawals, the oldest first.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    last = books.withdrawals.find(after) if after else None
    found = books.withdrawals.unfinished(office.id, last, PAGE + 1)
    page = found[:PAGE]
    return {"items": _items(books, page), "next": page[-1].id if len(found) > PAGE else None}


def read_term_dues(books: Books, account_id: str) -> dict[str, Any]:
    """Return where a monthly term account stands on its branch's day.

    Raises:
        NotFound: there is none, or not for this caller.
    """
    account = books.passbooks.account(account_id, Scope.of(books.work.actor))
    plan = plan_of(books.withdrawals.agreement(account.id))
    if account.ledger != Ledgers.TERM_SAVINGS.code or plan is None:
        raise NotFound
    day = books.days.find_open(account.office_id)
    history = books.account_closings.histories([account.id])[account.id]
    standing = standing_of(plan, history.paid, day.on if day else books.work.today)
    names = ("on", "due", "advance", "missed", "limit_passed", "penalty")
    return {
        "account_id": account.id,
        **{name: getattr(standing, name) for name in names},
        "missing_limit": plan.missing_limit,
        "matures_on": plan.matures_on,
        "months": standing.instalments,
    }


def _items(books: Books, page: Sequence[Withdrawal]) -> list[dict[str, Any]]:
    accounts = books.ledger.find_accounts({withdrawal.account_id for withdrawal in page})
    makers = books.people.names_of({withdrawal.maker_id for withdrawal in page})
    items = []
    for withdrawal in page:
        member = books.people.member_of_account(withdrawal.member_id)
        maker = makers.get(withdrawal.maker_id)
        items.append(
            {
                **{name: getattr(withdrawal, name) for name in _SHOWN},
                "account_code": accounts[withdrawal.account_id].code,
                "member_code": member.code if member else None,
                "member_bn": member.name_bn if member else "",
                "member_en": member.name_en if member else "",
                "asked_by": withdrawal.maker_id,
                "asked_by_bn": maker.name_bn if maker else None,
                "asked_by_en": maker.name_en if maker else None,
                "asked_at": withdrawal.made_at,
            }
        )
    return items


_SHOWN = (
    "id",
    "account_id",
    "member_id",
    "office_id",
    "amount",
    "state",
    "reason",
    "caution",
    "approval_id",
    "asked_on",
    "lapses_on",
    "in_field",
)
