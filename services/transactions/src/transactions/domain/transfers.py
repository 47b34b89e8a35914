"""Moving a member's accounts from one branch's book to another's: two legs through in-transit (L6). Pure.

Both legs are posted together, each on its own branch's day, with one value date: none is ever missing.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from contracts.money import NOTHING, Paisa, format_taka
from contracts.transactions.savings_errors import MoneyOnItsWay
from contracts.transactions.transfer_errors import AccountLeftBehind, MoneyUnallocated, SameOffice
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import CHART, Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint
from transactions.domain.savings.dues import Movement

_PARTS = UUID("0f4c5b86-4a2e-5a6c-9d0f-6b7f3a1d2c55")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Whose accounts move from where to where; `codes` are the new ones, by account."""

    id: str
    member_id: str
    from_office_id: str
    to_office_id: str
    codes: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "transfer_accounts",
            member=self.member_id,
            origin=self.from_office_id,
            target=self.to_office_id,
            codes=",".join(f"{account}={self.codes[account]}" for account in sorted(self.codes)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One account that moves; in the new book it is another one.

    Attributes:
        amount: What stands on it, in paisa.
        loan_id: The loan whose principal it is; None for savings.
        paid: Her own payments so far by value date, where a plan counts them; else nothing.
        provisioned: What had been put aside for its interest in the old book, in paisa.
    """

    old: MemberAccount
    new_id: str
    code: str
    amount: Paisa
    loan_id: str | None = None
    paid: Sequence[Movement] = ()
    provisioned: Paisa = NOTHING

    @property
    def grows_on(self) -> Side:
        """On which side it grows: her savings on credit, her loan on debit."""
        return CHART[self.old.ledger].ledger_class.grows_on


@dataclass(frozen=True, slots=True)
class Legs:
    """The open days of both branches."""

    origin: OpenDay
    target: OpenDay

    @property
    def value_on(self) -> date:
        """The one value date: the earlier of the two days, for nothing is valued after its day (rule M2)."""
        return min(self.origin.on, self.target.on)


def with_accounts_of(transfer: Transfer, loans: Mapping[str, str]) -> Transfer:
    """Return a transfer whose codes are all by account: accounts calls a loan's by the loan."""
    return replace(transfer, codes={loans.get(key, key): code for key, code in transfer.codes.items()})


def new_account_id(transfer_id: str, account_id: str) -> str:
    """Return what an account becomes in the new book; asked again, it is the same."""
    return str(uuid5(_PARTS, f"{transfer_id}:{account_id}"))


def require_movable(transfer: Transfer, accounts: Collection[MemberAccount], unallocated: Paisa) -> None:
    """Let accounts move of which all is in the book, all of them together.

    Raises:
        SameOffice: they would stay where they are.
        AccountLeftBehind: one of hers has no new code, or a code is for one that is not hers.
        MoneyOnItsWay: something is pending or promised (rule M1).
        MoneyUnallocated: money of hers has no account yet (rule M5).
    """
    if transfer.from_office_id == transfer.to_office_id:
        raise SameOffice
    hers = {account.id for account in accounts}
    for account_id in sorted(hers.symmetric_difference(transfer.codes)):
        raise AccountLeftBehind(account_id=account_id)
    pending = sum(account.pending_in + account.pending_out for account in accounts)
    if pending:
        raise MoneyOnItsWay(pending=format_taka(Paisa(pending)))
    if unallocated:
        raise MoneyUnallocated(amount=format_taka(unallocated))


def entries_of_transfer(
    transfer: Transfer, moved: Collection[Moved], legs: Legs, *, maker_id: str
) -> Iterator[Entry]:
    """Yield both legs of every account on which something stands: out of the old book, into the new one."""
    for one in moved:
        if not one.amount:
            continue
        out_side = one.grows_on.other
        for leg, day, account_id, side, kind in (
            ("out", legs.origin, one.old.id, out_side, EntryKind.TRANSFER_OUT),
            ("in", legs.target, one.new_id, out_side.other, EntryKind.TRANSFER_IN),
        ):
            entry_id = str(uuid5(_PARTS, f"{transfer.id}:{one.old.id}:{leg}"))
            yield Entry(
                id=entry_id,
                office_id=day.office_id,
                kind=kind,
                business_on=day.on,
                value_on=legs.value_on,
                maker_id=maker_id,
                postings=(
                    Posting(account_id, side, one.amount, entry_id),
                    Posting(in_transit(day.office_id).id, side.other, one.amount),
                ),
            )


def in_transit(office_id: str) -> OfficeAccount:
    """Return where a branch's legs meet those of the others: all branches' together come to nothing."""
    return OfficeAccount(Ledgers.IN_TRANSIT, office_id)
