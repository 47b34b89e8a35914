"""Excesses as the ledger knows them: what was booked as nobody's, less what was settled of it (rule M7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, exists, func, or_, select, tuple_

from chassis.work import Work
from contracts.errors import NotFound
from contracts.money import Paisa
from contracts.transactions.passbook_check_words import PassbookCheckState
from transactions.domain.approvals import ApprovalState
from transactions.domain.chart import Ledgers, Side
from transactions.domain.complaints import Deed
from transactions.domain.excesses import Excess
from transactions.models.approvals import approvals
from transactions.models.complaints import complaint_acts, complaints
from transactions.models.ledger import accounts, entries, postings
from transactions.models.passbook_checks import passbook_checks
from transactions.models.projections import members, offices, staff
from transactions.repository.scope import Scope

_settling = postings.alias("settling")


class ExcessStore:
    """What stands under unidentified receipts, by the entry that brought it."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def find(self, excess_id: str, scope: Scope) -> Excess:
        """Return an excess as it stands; what an entry holds that brought none is not found.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = _items(scope).where(entries.c.id == excess_id)
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return excess_of(row)

    def listed(
        self, scope: Scope, *, path: str, settled: bool, after: tuple[date, str] | None, limit: int
    ) -> list[Mapping[Any, Any]]:
        """Return excesses below an office, the oldest first: those with something left, or the others.

        Args:
            scope: Of whom.
            path: Of which offices.
            settled: Which of the two.
            after: The day and id of the last one seen.
            limit: How many at most.
        """
        items = _items(scope).where(offices.c.path.startswith(path, autoescape=True)).subquery("excess")
        query = select(items).where(items.c.left == 0 if settled else items.c.left > 0)
        if after is not None:
            query = query.where(tuple_(items.c.on, items.c.id) > tuple_(*after))
        return list(self._session.execute(query.order_by(items.c.on, items.c.id).limit(limit)).mappings())


def excess_of(row: Mapping[Any, Any]) -> Excess:
    """Return the excess of a row."""
    named = {name: row[name] for name in ("id", "office_id", "on", "officer_id", "passbooks_open")}
    return Excess(**named, amount=Paisa(row["amount"]), left=Paisa(row["left"]))


def _items(scope: Scope) -> Select[Any]:
    waits = exists().where(approvals.c.subject_id == entries.c.id, approvals.c.state == ApprovalState.WAITING)
    return (
        select(
            entries.c.id,
            entries.c.office_id,
            offices.c.name_bn.label("office_name_bn"),
            offices.c.name_en.label("office_name_en"),
            entries.c.business_on.label("on"),
            entries.c.kind,
            entries.c.officer_id,
            staff.c.name_bn.label("officer_name_bn"),
            staff.c.name_en.label("officer_name_en"),
            postings.c.amount,
            (postings.c.amount - _given()).label("left"),
            _passbooks(passbook_checks.c.excess_id.is_not(None)).label("passbooks"),
            _passbooks(_holds_up()).label("passbooks_open"),
            waits.label("waits"),
        )
        .select_from(offices)
        .join(accounts, accounts.c.office_id == offices.c.id)
        .join(postings, postings.c.account_id == accounts.c.id)
        .join(
            entries,
            and_(entries.c.id == postings.c.entry_id, entries.c.business_on == postings.c.business_on),
        )
        .outerjoin(staff, staff.c.id == entries.c.officer_id)
        .where(
            accounts.c.ledger == Ledgers.UNIDENTIFIED_RECEIPTS.code,
            postings.c.side == Side.CREDIT,
            scope.sees_office(entries.c.office_id),
        )
    )


def _given() -> ColumnElement[int]:
    """Sum up what was settled of an excess: the debit names it as its row."""
    total = select(cast(func.coalesce(func.sum(_settling.c.amount), 0), BigInteger)).where(
        _settling.c.account_id == accounts.c.id,
        _settling.c.side == Side.DEBIT,
        _settling.c.row_id == entries.c.id,
    )
    return total.scalar_subquery()


def _passbooks(which: ColumnElement[bool]) -> ColumnElement[int]:
    """Count the passbooks that were drawn for an excess."""
    checks = passbook_checks.c
    count = select(func.count()).join_from(passbook_checks, members, members.c.id == checks.member_id)
    return count.where(checks.excess_id == entries.c.id, which).scalar_subquery()


def _holds_up() -> ColumnElement[bool]:
    """Tell whether a check is to be done, or its case to be answered; who left holds nothing up."""
    checks = passbook_checks.c
    answered = (
        select(complaints.c.id)
        .join(complaint_acts, complaint_acts.c.complaint_id == complaints.c.id)
        .where(complaints.c.check_id == checks.id, complaint_acts.c.deed == Deed.ANSWERED)
    )
    stays = and_(members.c.status == "active", members.c.branch_id == checks.office_id)
    waits = and_(checks.state == PassbookCheckState.WAITING, stays)
    return or_(and_(checks.state == PassbookCheckState.DIFFERS, ~exists(answered)), waits)
