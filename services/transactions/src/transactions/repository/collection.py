"""The collection as the rest of the books meet it: its stores, what a day still lacks, passbook lines."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select

from chassis.work import Work
from contracts.money import Paisa, format_taka
from contracts.transactions.collection_words import SheetKind, SheetStatus
from transactions.domain.chart import Ledgers
from transactions.domain.days import Missing
from transactions.domain.month_ends import InTransit
from transactions.domain.passbook import FieldLine
from transactions.domain.sheets import FINAL, Expected
from transactions.models.approvals import approvals
from transactions.models.collection import handovers, sheet_rows, sheets
from transactions.models.deferrals import deferrals
from transactions.models.projections import samities, staff
from transactions.repository.deferrals import DeferralStore
from transactions.repository.field_lines import field_lines
from transactions.repository.floats import FloatStore
from transactions.repository.handovers import HandoverStore
from transactions.repository.lending import LoanStore
from transactions.repository.mobile_money import MobileMoneyStore
from transactions.repository.row_changes import ChangeStore
from transactions.repository.rows import RowStore
from transactions.repository.sheets import SheetStore, money_of, received
from transactions.repository.term_savings import TermSavingsStore

_UNUSED = (SheetStatus.ISSUED, SheetStatus.COLLECTING)
_CODES_BY_STATUS: dict[Any, str] = {SheetStatus.NOT_HELD_CLAIMED: "NOT_HELD_NOT_APPROVED"}


class CollectionStore:
    """Sheets, rows and hand-overs of one database transaction."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self.sheets = SheetStore(work)
        self.rows = RowStore(work)
        self.handovers = HandoverStore(work)
        self.changes = ChangeStore(work)
        self.deferrals = DeferralStore(work)
        self._loans = LoanStore(work)
        self._floats = FloatStore(work)
        self.terms = TermSavingsStore(work)
        self.mobile_money = MobileMoneyStore(work)

    def expected(self, samity_id: str, on: date) -> tuple[Expected, ...]:
        """Return the accounts on which a sheet asks for a row: general savings, and what is due."""
        return (
            *self.rows.expected(samity_id),
            *self._due_terms(samity_id, on),
            *self._due_loans(samity_id, on),
        )

    def _due_terms(self, samity_id: str, on: date) -> Iterable[Expected]:
        for agreement, asked in self.terms.on_sheet(samity_id, on):
            if asked.due:
                yield Expected(
                    member_id=agreement.member_id,
                    account_id=agreement.account_id,
                    office_id=agreement.office_id,
                    ledger=agreement.ledger,
                    opened_on=agreement.opened_on,
                )

    def _due_loans(self, samity_id: str, on: date) -> Iterable[Expected]:
        for asked in self._loans.on_sheet(samity_id, on):
            if asked.due:
                yield Expected(
                    member_id=asked.loan.member_id,
                    account_id=asked.loan.account_id,
                    office_id=asked.loan.office_id,
                    ledger=Ledgers.LOANS.code,
                    opened_on=asked.loan.disbursed_on,
                )

    def passbook_lines(
        self,
        member_id: str,
        account_ids: Collection[str],
        after: datetime | None,
        until: datetime | None,
    ) -> tuple[FieldLine, ...]:
        """Return a member's lines that are not in the book, told after one instant and until another."""
        return field_lines(self._session, member_id, account_ids, (after, until))

    def missing(self, office_id: str, on: date) -> tuple[Missing, ...]:
        """Return what of the collection stands between a day and its closing (rules M7, M8, M10)."""
        return (
            *self._unfinished_sheets(office_id, on),
            *self._unchecked_sheets(office_id),
            *self._unfinished_handovers(office_id),
            *self._open_shortages(office_id),
            *self._floats_not_taken(office_id),
        )

    def _floats_not_taken(self, office_id: str) -> Iterable[Missing]:
        for one in self._floats.not_taken(office_id):
            yield Missing("FLOAT_NOT_TAKEN", one | {"amount": format_taka(Paisa(one["amount"]))})

    def late_sheets(self, office_id: str, through: date) -> tuple[InTransit, ...]:
        """Return the sheets up to a day that are not in the book, with what is on them (rules M3, M15)."""
        total = select(money_of(received)).where(sheet_rows.c.sheet_id == sheets.c.id)
        query = _sheet_facts().add_columns(total.scalar_subquery().label("total"))
        late = []
        for row in self._session.execute(query.where(*_unfinished(office_id, through))).mappings():
            facts = {name: _plain(value) for name, value in row.items()}
            amount = Paisa(facts["total"])
            missing = Missing("SHEET_NOT_IN_BOOK", {**facts, "total": format_taka(amount)})
            late.append(InTransit(facts["sheet_id"], amount, missing))
        return tuple(late)

    def _unfinished_sheets(self, office_id: str, on: date) -> Iterable[Missing]:
        query = _sheet_facts().where(
            *_unfinished(office_id, on),
            ~exists(select(deferrals.c.id).where(deferrals.c.sheet_id == sheets.c.id, deferrals.c.on == on)),
        )
        return self._missing(query, "SHEET_NOT_AUTHORISED")

    def _unchecked_sheets(self, office_id: str) -> Iterable[Missing]:
        query = _sheet_facts().where(
            sheets.c.office_id == office_id,
            sheets.c.status == SheetStatus.AUTHORISED,
            sheets.c.checked_by.is_(None),
        )
        return self._missing(query, "SHEET_NOT_CHECKED")

    def _unfinished_handovers(self, office_id: str) -> Iterable[Missing]:
        query = (
            select(
                handovers.c.id.label("handover_id"),
                handovers.c.number,
                handovers.c.status,
                handovers.c.officer_id,
                staff.c.name_bn.label("officer_name_bn"),
                staff.c.name_en.label("officer_name_en"),
            )
            .join(staff, staff.c.id == handovers.c.officer_id, isouter=True)
            .where(handovers.c.office_id == office_id, handovers.c.status != "authorised")
            .order_by(handovers.c.on, handovers.c.number)
        )
        return self._missing(query, "HANDOVER_NOT_AUTHORISED")

    def _open_shortages(self, office_id: str) -> Iterable[Missing]:
        query = select(
            approvals.c.id.label("approval_id"), approvals.c.subject_id.label("handover_id")
        ).where(
            approvals.c.office_id == office_id,
            approvals.c.kind == "shortage",
            approvals.c.state == "waiting",
        )
        return self._missing(query, "SHORTAGE_NOT_ACCEPTED")

    def _missing(self, query: Select[Any], code: str) -> Iterable[Missing]:
        for row in self._session.execute(query).mappings():
            facts = {name: _plain(value) for name, value in row.items()}
            yield Missing(_CODES_BY_STATUS.get(facts.get("status"), code), facts)


def _unfinished(office_id: str, through: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of sheets that are not in the book; a special one that nobody used is none."""
    untouched_special = and_(
        sheets.c.kind == SheetKind.SPECIAL,
        sheets.c.status.in_(_UNUSED),
        ~exists(select(sheet_rows.c.row_id).where(sheet_rows.c.sheet_id == sheets.c.id)),
    )
    return (
        sheets.c.office_id == office_id,
        sheets.c.meeting_on <= through,
        sheets.c.status.not_in(FINAL),
        ~untouched_special,
    )


def _sheet_facts() -> Select[Any]:
    """Ask for what the sentence about a sheet needs."""
    return (
        select(
            sheets.c.id.label("sheet_id"),
            sheets.c.meeting_on,
            sheets.c.status,
            samities.c.code.label("samity_code"),
            samities.c.name_bn.label("samity_name_bn"),
            samities.c.name_en.label("samity_name_en"),
        )
        .join(samities, samities.c.id == sheets.c.samity_id)
        .order_by(sheets.c.meeting_on, samities.c.code, sheets.c.id)
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
