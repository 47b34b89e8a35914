"""A hand-over: sheets whose cash is counted once and posted together (rules M1, M7). Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid5

from contracts.errors import PersonExcluded
from contracts.money import NOTHING, Paisa
from contracts.transactions.collection_errors import (
    CountOutdated,
    HandoverAuthorised,
    NotOneCollector,
    SheetHandedOver,
    SheetNotSubmitted,
    SheetWaits,
)
from contracts.transactions.collection_words import HandoverStatus, RowCode, SheetStatus
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, PendingDelta, Posting
from transactions.domain.rows import StandingRow
from transactions.domain.sheets import Sheet, require_not_collector, waits

NO_LOANS: Mapping[str, tuple[Posting, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Cash of one officer's sheets, on one business day (rule M7)."""

    id: str
    officer_id: str
    office_id: str
    on: date
    number: int
    status: HandoverStatus
    declared_total: Paisa


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What somebody counted, and what was expected at that moment, in paisa; it stays as it is (M7)."""

    id: str
    handover_id: str
    counted_by: str
    total: Paisa
    expected: Paisa

    @property
    def difference(self) -> Paisa:
        """Counted less expected: negative is short."""
        return Paisa(self.total - self.expected)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """One sheet with its rows, and the float that its officer took along, in paisa (rule M9)."""

    sheet: Sheet
    rows: tuple[StandingRow, ...]
    float_amount: Paisa = NOTHING

    @property
    def collected(self) -> tuple[StandingRow, ...]:
        """The rows of its own entry: fees and withdrawals are entries of their own."""
        return tuple(row for row in self.rows if row.is_collected)

    @property
    def total(self) -> Paisa:
        """All money that was received, with an account or without, in paisa."""
        return Paisa(sum(row.row.received for row in self.rows))

    @property
    def paid_out(self) -> Paisa:
        """What members were paid, in paisa."""
        return Paisa(sum(row.row.paid_out for row in self.rows))

    @property
    def by_telephone(self) -> Paisa:
        """Of it, what the members sent as mobile money, in paisa: nobody holds it (rules M10, M14)."""
        return money_of(row for row in self.rows if row.row.by_telephone)

    @property
    def cash(self) -> Paisa:
        """What the officer has in his hands: his float and what he received, less what he paid, in paisa."""
        return Paisa(self.float_amount + self.total - self.by_telephone - self.paid_out)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who stands behind a posting: the officer, and the one who authorises it on his open day."""

    handover: Handover
    day: OpenDay
    authorised_by: str


def require_one_collector(sheets: Sequence[Sheet], officer_id: str, handover_id: str, open_on: date) -> None:
    """Let an officer hand over complete sheets of his own, of one branch, whose day is open.

    Raises:
        NotOneCollector: somebody else collected one, or they are of two branches.
        SheetHandedOver: one is in another hand-over.
        SheetNotSubmitted: one is not complete, or has a returned row.
        SheetWaits: the branch has not opened its day yet (rule M4).
    """
    if len({sheet.office_id for sheet in sheets}) != 1:
        raise NotOneCollector
    for sheet in sheets:
        if sheet.handover_id not in (None, handover_id):
            raise SheetHandedOver(sheet_id=sheet.id)
        if sheet.status is not SheetStatus.SUBMITTED:
            raise SheetNotSubmitted(sheet_id=sheet.id, status=sheet.status.value)
        if sheet.collected_by != officer_id:
            raise NotOneCollector
        if waits(sheet.meeting_on, open_on):
            raise SheetWaits(meeting_on=sheet.meeting_on.isoformat())


def require_open(handover: Handover) -> None:
    """Let nothing happen to a hand-over that is in the book.

    Raises:
        HandoverAuthorised: it is.
    """
    if handover.status is HandoverStatus.AUTHORISED:
        raise HandoverAuthorised


def require_authorisable(handover: Handover, count: Count | None, sheets: Sequence[SheetRows]) -> Count:
    """Return the count by which a hand-over may be posted.

    Raises:
        HandoverAuthorised: it is in the book.
        CountOutdated: there is no such count, or the sheets' money changed since.
        SheetNotSubmitted: a row of a sheet was returned.
    """
    require_open(handover)
    if count is None or count.handover_id != handover.id or count.expected != expected_of(sheets):
        raise CountOutdated
    for each in sheets:
        if each.sheet.status is not SheetStatus.HANDED_OVER:
            raise SheetNotSubmitted(sheet_id=each.sheet.id, status=each.sheet.status.value)
    return count


def require_may_handle(
    handover: Handover, sheets: Sequence[SheetRows], person_id: str, excluded: Iterable[str]
) -> None:
    """Keep people from counting what they collected, and from money of their own or kin's (rule M8).

    Raises:
        CollectorCounts: he collected it.
        PersonExcluded: a row is his own or of declared kin.
    """
    require_not_collector(handover.officer_id, person_id)
    require_no_kin((row.row.member_id for each in sheets for row in each.rows), excluded)


def require_no_kin(member_ids: Iterable[str], excluded: Iterable[str]) -> None:
    """Keep a person from money of his own and of declared kin (rule M8).

    Raises:
        PersonExcluded: some of it is.
    """
    if not frozenset(excluded).isdisjoint(member_ids):
        raise PersonExcluded


def expected_of(sheets: Iterable[SheetRows]) -> Paisa:
    """Return the cash that the sheets say the officer holds, in paisa."""
    return Paisa(sum(each.cash for each in sheets))


def collection_entry(
    each: SheetRows, signed: Signed, of_loans: Mapping[str, tuple[Posting, ...]] = NO_LOANS
) -> Entry | None:
    """Return the entry of one sheet: where its money is against every member; None where nothing was paid.

    Notes are the officer's cash; what was sent by telephone is with the provider (rule M14).

    Money without an account becomes her unallocated receipt (rule M5).

    Args:
        each: The sheet with its rows.
        signed: Who stands behind it.
        of_loans: How the rows on loans are told apart, by row (rule L1).
    """
    sheet, officer_id = each.sheet, signed.handover.officer_id
    if not money_of(each.collected):
        return None
    return Entry(
        id=entry_id_of_sheet(sheet.id),
        office_id=sheet.office_id,
        kind=EntryKind.COLLECTION,
        business_on=signed.day.on,
        value_on=sheet.meeting_on,
        postings=(*held_in(each.collected, sheet.office_id, officer_id), *_credits(each, of_loans)),
        maker_id=officer_id,
        checker_id=signed.authorised_by,
        officer_id=officer_id,
        samity_id=sheet.samity_id,
    )


def money_of(rows: Iterable[StandingRow]) -> Paisa:
    """Return the money of some rows, in paisa."""
    return Paisa(sum(row.row.money for row in rows))


def held_in(rows: Sequence[StandingRow], office_id: str, officer_id: str) -> Iterator[Posting]:
    """Return where the money of some rows is: in the officer's hands, or with the provider (rule M14)."""
    by_telephone = money_of(row for row in rows if row.row.by_telephone)
    holders = (
        (OfficeAccount(Ledgers.OFFICER_CASH, office_id, officer_id), money_of(rows) - by_telephone),
        (OfficeAccount(Ledgers.MOBILE_MONEY, office_id), by_telephone),
    )
    return (Posting(holder.id, Side.DEBIT, Paisa(amount)) for holder, amount in holders if amount)


def _credits(each: SheetRows, of_loans: Mapping[str, tuple[Posting, ...]]) -> Iterator[Posting]:
    for row in each.collected:
        if row.row.row_id in of_loans:
            yield from of_loans[row.row.row_id]
        elif row.row.money:
            account_id = credited_account(row, each.sheet.office_id)
            yield Posting(account_id, Side.CREDIT, row.row.money, row.row.row_id, row.row.receipt_number)


def cash_entry(count: Count, signed: Signed) -> Entry | None:
    """Return the entry of the counted cash, the vault against the officer's cash; None where there is none.

    What is short the officer owes; what is too much belongs to nobody known yet, and is no income (M7).
    """
    handover = signed.handover
    short, excess = max(-count.difference, 0), max(count.difference, 0)
    accounts = cash_accounts(handover)
    amounts = (
        (accounts.vault, Side.DEBIT, count.total),
        (accounts.receivable, Side.DEBIT, short),
        (accounts.officer_cash, Side.CREDIT, count.expected),
        (accounts.unidentified, Side.CREDIT, excess),
    )
    postings = tuple(Posting(account.id, side, Paisa(amount)) for account, side, amount in amounts if amount)
    if not postings:
        return None
    return Entry(
        id=entry_id_of_cash(handover.id),
        office_id=handover.office_id,
        kind=EntryKind.HAND_OVER,
        business_on=signed.day.on,
        value_on=signed.day.on,
        postings=postings,
        maker_id=handover.officer_id,
        checker_id=signed.authorised_by,
        officer_id=handover.officer_id,
    )


@dataclass(frozen=True, slots=True)
class CashAccounts:
    """The accounts between an officer's pocket and the vault."""

    vault: OfficeAccount
    officer_cash: OfficeAccount
    receivable: OfficeAccount
    unidentified: OfficeAccount


def cash_accounts(handover: Handover) -> CashAccounts:
    """Return the accounts between this officer's pocket and his branch's vault."""
    office, officer = handover.office_id, handover.officer_id
    return CashAccounts(
        vault=OfficeAccount(Ledgers.VAULT, office),
        officer_cash=OfficeAccount(Ledgers.OFFICER_CASH, office, officer),
        receivable=OfficeAccount(Ledgers.OFFICER_RECEIVABLE, office, officer),
        unidentified=OfficeAccount(Ledgers.UNIDENTIFIED_RECEIPTS, office),
    )


def office_accounts(handover: Handover, sheets: Sequence[SheetRows]) -> tuple[OfficeAccount, ...]:
    """Return every office account that posting may touch, so that they are there."""
    cash, wallet = cash_accounts(handover), OfficeAccount(Ledgers.MOBILE_MONEY, handover.office_id)
    unallocated = {
        row.row.member_id: OfficeAccount(Ledgers.UNALLOCATED_RECEIPTS, handover.office_id, row.row.member_id)
        for each in sheets
        for row in each.rows
        if row.code is not None
    }
    return (
        *(cash.vault, cash.officer_cash, cash.receivable, cash.unidentified),
        *([wallet] if any(each.by_telephone for each in sheets) else []),
        *unallocated.values(),
    )


def credited_account(row: StandingRow, office_id: str) -> str:
    """Return the account onto which a row's money goes: hers, or the liability for her (rule M5)."""
    if row.code is None:
        return row.row.account_id
    return OfficeAccount(Ledgers.UNALLOCATED_RECEIPTS, office_id, row.row.member_id).id


def released(sheets: Iterable[SheetRows]) -> tuple[PendingDelta, ...]:
    """Return what is no longer on its way once the sheets are in the book."""
    expected = (row.expects for each in sheets for row in each.rows)
    return tuple(PendingDelta(delta.account_id, incoming=-delta.incoming) for delta in expected if delta)


def entry_id_of_sheet(sheet_id: str) -> str:
    """Return the id of a sheet's entry, which follows from the sheet: it is posted once."""
    return str(uuid5(UUID(sheet_id), "collection"))


def entry_id_of_cash(handover_id: str) -> str:
    """Return the id of the entry of a hand-over's counted cash, which follows from the hand-over."""
    return str(uuid5(UUID(handover_id), "cash"))


OF_NO_ROW = (RowCode.LOAN_SURPLUS, RowCode.FOUND_IN_EXCESS)
"""Why money without an account is on no sheet: more than the rest of a loan, or found in an excess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnallocatedReceipt:
    """Money of hers in the book, without an account yet (rule M5).

    Attributes:
        account_id: For which it was brought; `sheet_id` is where it was written, None at the counter.
    """

    row_id: str
    member_id: str
    office_id: str
    amount: Paisa
    code: RowCode
    value_on: date
    account_id: str | None = None
    sheet_id: str | None = None
    receipt_number: str | None = None


def resolution_entry(
    receipt: UnallocatedReceipt, *, given: tuple[Posting, ...], day: OpenDay, by: str, reason: str
) -> Entry:
    """Return the entry that puts the money onto her account, or pays it back from the vault (rule M5).

    On her account it keeps the day on which it was really received; a refund is paid today (rule M2).

    Args:
        receipt: The money.
        given: What puts it onto her account; none pays it back.
        day: The branch's open day.
        by: The person who settles it.
        reason: Why so.
    """
    owed = OfficeAccount(Ledgers.UNALLOCATED_RECEIPTS, receipt.office_id, receipt.member_id)
    vault = OfficeAccount(Ledgers.VAULT, receipt.office_id)
    credited = given or (Posting(vault.id, Side.CREDIT, receipt.amount),)
    return Entry(
        id=str(uuid5(UUID(receipt.row_id), "resolution")),
        office_id=receipt.office_id,
        kind=EntryKind.UNALLOCATED,
        business_on=day.on,
        value_on=receipt.value_on if given else day.on,
        postings=(Posting(owed.id, Side.DEBIT, receipt.amount, receipt.row_id), *credited),
        maker_id=by,
        reason=reason,
    )


def unallocated_of(each: SheetRows) -> tuple[UnallocatedReceipt, ...]:
    """Return the receipts of a sheet that have no account yet."""
    return tuple(
        UnallocatedReceipt(
            row_id=row.row.row_id,
            member_id=row.row.member_id,
            office_id=each.sheet.office_id,
            amount=row.row.money,
            code=row.code,
            value_on=each.sheet.meeting_on,
            account_id=row.row.account_id,
            sheet_id=each.sheet.id,
            receipt_number=row.row.receipt_number,
        )
        for row in each.rows
        if row.code is not None and row.row.money
    )
