"""The ends of months: how far they have come, and what stands in their way (rule M15)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.money import Paisa, format_taka
from contracts.transactions.month_words import MonthStage, MonthState
from transactions.domain.days import Missing, first_of_month
from transactions.domain.month_ends import InTransit, MonthEnd, end_of, month_end_id
from transactions.models.collection import unallocated_receipts
from transactions.models.days import days
from transactions.models.months import month_ends, month_signatures
from transactions.models.projections import members, offices

_MONTH = tuple(month_ends.c[name] for name in MonthEnd.__dataclass_fields__)


class MonthStore:
    """One end a branch and month, and the area's signatures."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def branches(self, path: str, month: date) -> tuple[str, ...]:
        """Return the offices of a subtree that had a business day by the month's end, by their place."""
        worked = select(days.c.office_id).where(days.c.office_id == offices.c.id, days.c.on <= end_of(month))
        query = select(offices.c.id).where(offices.c.path.startswith(path, autoescape=True), worked.exists())
        return tuple(self._session.execute(query.order_by(offices.c.path)).scalars())

    def ask(self, office_ids: Iterable[str], month: date) -> tuple[str, ...]:
        """Write that months shall end, in one statement; what runs or is closed stays as it is.

        Returns:
            The ids of those that begin now, or go on after something was missing.
        """
        rows = [
            {
                "id": month_end_id(office_id, month),
                "office_id": office_id,
                "month": month,
                "state": MonthState.RUNNING.value,
                "stage": MonthStage.ASKED.value,
                "asked_by": self._work.actor.person_id,
                "asked_at": self._work.now,
            }
            for office_id in office_ids
        ]
        fresh = insert(month_ends).values(rows)
        again = fresh.on_conflict_do_update(
            index_elements=[month_ends.c.office_id, month_ends.c.month],
            set_={"state": fresh.excluded.state, "asked_by": fresh.excluded.asked_by},
            where=month_ends.c.state == MonthState.MISSING.value,
        )
        return tuple(self._session.execute(again.returning(month_ends.c.id)).scalars())

    def find(self, month_end: str) -> MonthEnd | None:
        """Return a month-end, whoever asks."""
        row = self._session.execute(select(*_MONTH).where(month_ends.c.id == month_end)).mappings().first()
        return _month(row) if row else None

    def lock(self, month_end: str) -> MonthEnd | None:
        """Return a month-end that nobody else carries on until this transaction ends."""
        query = select(*_MONTH).where(month_ends.c.id == month_end).with_for_update()
        row = self._session.execute(query).mappings().first()
        return _month(row) if row else None

    def reach(self, month: MonthEnd, stage: MonthStage) -> None:
        """Write how far a month-end has come."""
        self._change(month, stage=stage.value)

    def wait(self, month: MonthEnd) -> None:
        """Write that something is missing: it goes on when it is asked for again."""
        self._change(month, state=MonthState.MISSING.value)

    def close(self, month: MonthEnd, in_transit: int) -> None:
        """Write that a month is closed, and what of it is in transit."""
        closed = {"state": MonthState.CLOSED.value, "closed_at": self._work.now}
        self._change(month, stage=MonthStage.CLOSED.value, in_transit=in_transit, **closed)

    def closed_of(self, wanted: Iterable[tuple[str, date]]) -> tuple[date, ...]:
        """Return which months of some offices are closed, the earliest first."""
        query = select(month_ends.c.month).where(
            month_ends.c.state == MonthState.CLOSED.value,
            tuple_(month_ends.c.office_id, month_ends.c.month).in_(list(wanted)),
        )
        return tuple(self._session.execute(query.order_by(month_ends.c.month)).scalars())

    def before_is_closed(self, office_id: str, month: date) -> bool:
        """Tell whether the month before is closed; one before its first day counts as closed."""
        before = first_of_month(month, -1)
        worked = select(days.c.on).where(days.c.office_id == office_id, days.c.on < month).limit(1)
        if self._session.execute(worked).first() is None:
            return True
        return bool(self.closed_of([(office_id, before)]))

    def states(self, path: str, month: date, after: str | None, limit: int) -> list[dict[str, Any]]:
        """Return the branches of a subtree that worked by a month's end, with their month, by their place."""
        worked = select(days.c.office_id).where(days.c.office_id == offices.c.id, days.c.on <= end_of(month))
        query = (
            select(
                offices.c.id.label("office_id"),
                offices.c.code.label("office_code"),
                offices.c.name_bn.label("office_name_bn"),
                offices.c.name_en.label("office_name_en"),
                *(month_ends.c[name] for name in ("state", "stage", "asked_at", "closed_at", "in_transit")),
            )
            .join(
                month_ends,
                and_(month_ends.c.office_id == offices.c.id, month_ends.c.month == month),
                isouter=True,
            )
            .where(offices.c.path.startswith(path, autoescape=True), worked.exists())
        )
        if after is not None:
            last = select(offices.c.path).where(offices.c.id == after).scalar_subquery()
            query = query.where(offices.c.path > last)
        found = self._session.execute(query.order_by(offices.c.path).limit(limit)).mappings()
        return [dict(row) for row in found]

    def counts(self, office_ids: Iterable[str], month: date) -> dict[str, int]:
        """Return how many of some branches' months stand in each state."""
        query = (
            select(month_ends.c.state, func.count())
            .where(month_ends.c.office_id.in_(list(office_ids)), month_ends.c.month == month)
            .group_by(month_ends.c.state)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def receipts_open(self, office_id: str, through: date) -> tuple[InTransit, ...]:
        """Return the receipts up to a day that have no account yet (rule M5)."""
        receipt = unallocated_receipts
        query = (
            select(receipt.c.row_id, receipt.c.amount, receipt.c.value_on, receipt.c.member_id)
            .add_columns(members.c.name_bn, members.c.name_en)
            .join(members, members.c.id == receipt.c.member_id, isouter=True)
            .where(receipt.c.office_id == office_id, receipt.c.state == "open", receipt.c.value_on <= through)
            .order_by(receipt.c.value_on, receipt.c.row_id)
        )
        return tuple(_receipt(row) for row in self._session.execute(query))

    def signed_for(self, office_id: str, month: date) -> frozenset[str]:
        """Return the ids of what the area signed for in a month."""
        query = select(month_signatures.c.signed_for).where(
            month_signatures.c.office_id == office_id, month_signatures.c.month == month
        )
        return frozenset(one for signed in self._session.execute(query).scalars() for one in signed)

    def sign(self, signature: Mapping[str, Any]) -> None:
        """Keep the area's signature."""
        self._session.execute(insert(month_signatures).values(**signature, signed_at=self._work.now))

    def _change(self, month: MonthEnd, **values: Any) -> None:
        self._session.execute(update(month_ends).where(month_ends.c.id == month.id).values(**values))


def _month(row: Mapping[Any, Any]) -> MonthEnd:
    return MonthEnd(**{**row, "state": MonthState(row["state"]), "stage": MonthStage(row["stage"])})


def _receipt(row: Any) -> InTransit:
    facts = {
        "row_id": row.row_id,
        "member_id": row.member_id,
        "member_name_bn": row.name_bn or "",
        "member_name_en": row.name_en or "",
        "amount": format_taka(Paisa(row.amount)),
        "value_on": row.value_on.isoformat(),
    }
    return InTransit(row.row_id, Paisa(row.amount), Missing("RECEIPT_NOT_ALLOCATED", facts))
