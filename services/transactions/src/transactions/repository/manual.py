"""Vouchers that are written by hand: as they were asked for, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, literal, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.transactions.manual_errors import VoucherNotFound
from contracts.transactions.manual_words import ManualKind, ManualState
from transactions.domain.approvals import ApprovalState
from transactions.domain.book.manual import Line, Voucher
from transactions.domain.vouchers import voucher_text
from transactions.models.approvals import approvals
from transactions.models.book import manual_vouchers
from transactions.models.days import vouchers
from transactions.models.ledger import entries
from transactions.repository.scope import Scope

_undoing = entries.alias("undoing")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVoucher:
    """A voucher with what became of it; `number` once its day is closed."""

    voucher: Voucher
    state: ManualState
    business_on: date | None
    checker_id: str | None
    number: str | None
    undone_by_id: str | None


class ManualStore:
    """What was written by hand."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def add(self, voucher: Voucher) -> None:
        """Keep a voucher as it was asked for."""
        self._session.execute(
            insert(manual_vouchers).values(
                id=voucher.id,
                office_id=voucher.office_id,
                kind=voucher.kind,
                lines=[line.plain for line in voucher.lines],
                amount=voucher.amount,
                narration=voucher.narration,
                reference=voucher.reference,
                undoes_id=voucher.undoes_id,
                maker_id=voucher.maker_id,
                made_at=voucher.made_at,
            )
        )

    def get(self, voucher_id: str, scope: Scope) -> KeptVoucher:
        """Return a voucher.

        Raises:
            VoucherNotFound: there is none, or not for this caller.
        """
        query = _kept().where(
            manual_vouchers.c.id == voucher_id, scope.sees_office(manual_vouchers.c.office_id)
        )
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise VoucherNotFound
        return _voucher(row)

    def of_office(self, office_id: str, after: Voucher | None, limit: int) -> tuple[KeptVoucher, ...]:
        """Return an office's vouchers, the newest first."""
        query = _kept().where(manual_vouchers.c.office_id == office_id)
        if after is not None:
            place = tuple_(literal(after.made_at), literal(after.id, manual_vouchers.c.id.type))
            query = query.where(tuple_(manual_vouchers.c.made_at, manual_vouchers.c.id) < place)
        ordered = query.order_by(manual_vouchers.c.made_at.desc(), manual_vouchers.c.id.desc()).limit(limit)
        return tuple(_voucher(row) for row in self._session.execute(ordered).mappings())


def _kept() -> Select[Any]:
    state = case(
        (_undoing.c.id.is_not(None), ManualState.UNDONE.value),
        (entries.c.id.is_not(None), ManualState.POSTED.value),
        (approvals.c.state == ApprovalState.WAITING, ManualState.WAITING.value),
        else_=ManualState.DECLINED.value,
    )
    return (
        select(
            manual_vouchers,
            state.label("state"),
            entries.c.business_on,
            entries.c.checker_id,
            vouchers.c.kind.label("voucher_kind"),
            vouchers.c.fiscal_year,
            vouchers.c.number,
            _undoing.c.id.label("undone_by_id"),
        )
        .join(approvals, approvals.c.id == manual_vouchers.c.id)
        .outerjoin(entries, entries.c.id == manual_vouchers.c.id)
        .outerjoin(vouchers, vouchers.c.entry_id == manual_vouchers.c.id)
        .outerjoin(_undoing, _undoing.c.reverses_entry_id == manual_vouchers.c.id)
    )


def _voucher(row: Mapping[Any, Any]) -> KeptVoucher:
    number = row["number"]
    return KeptVoucher(
        voucher=Voucher(
            id=row["id"],
            office_id=row["office_id"],
            kind=ManualKind(row["kind"]),
            lines=tuple(Line.of(line) for line in row["lines"]),
            narration=row["narration"],
            reference=row["reference"],
            maker_id=row["maker_id"],
            made_at=row["made_at"],
            undoes_id=row["undoes_id"],
        ),
        state=ManualState(row["state"]),
        business_on=row["business_on"],
        checker_id=row["checker_id"],
        number=voucher_text(row["voucher_kind"], row["fiscal_year"], number) if number else None,
        undone_by_id=row["undone_by_id"],
    )
