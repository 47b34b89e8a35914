"""What a month was to a branch: made in pieces, read as a whole."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.engine import RowMapping

from chassis.work import Work
from transactions.domain.chart import SAVINGS_LEDGERS, Ledgers
from transactions.domain.ledger import EntryKind
from transactions.domain.snapshots import (
    VALUED_BY_MONTH,
    LoanMoved,
    Promised,
    Snapshot,
    SnapshotStage,
)
from transactions.models.classes import class_totals
from transactions.models.projections import offices
from transactions.models.snapshots import (
    DUES,
    MONEY,
    SAVED,
    loan_months,
    loan_snapshots,
    member_snapshots,
    savings_snapshots,
    snapshots,
)
from transactions.repository.snapshot_questions import (
    LOAN_TOTALS,
    LOANS,
    MEMBERS,
    NEXT,
    SAVINGS_TOTALS,
)

_COMING = [EntryKind.TRANSFER_IN.value, EntryKind.OPENING.value]
_CHANGING_PLACE = [EntryKind.DISBURSEMENT.value, EntryKind.TRANSFER_OUT.value, *_COMING]
_ENDING = [EntryKind.WAIVER.value, EntryKind.WRITE_OFF.value]
_NOT_PAID = [EntryKind.OPENING.value, *_ENDING]
"""By which kinds a loan's charge is no income of the month: given up, or paid into the old books (P13)."""
_PROMISED = {"promised_before": "before", "promised_before_now": "before_now", "promised_until": "until"}
_SNAPSHOT = tuple(snapshots.c[field.name] for field in fields(Snapshot))
_CLASS_SUMS = ("loans", "outstanding", "overdue", "at_risk", "provision")


class SnapshotStore:
    """Snapshots of months."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def hold(self, snapshot: Snapshot) -> Snapshot:
        """Write that a month's snapshot is begun, or take the one that is there; it is locked."""
        begun = {field.name: getattr(snapshot, field.name) for field in fields(Snapshot)}
        self._session.execute(upsert(snapshots).values(**begun, begun_at=self._now).on_conflict_do_nothing())
        query = select(*_SNAPSHOT).where(snapshots.c.id == snapshot.id).with_for_update()
        return _snapshot(self._session.execute(query).mappings().one())

    def went_on(self, snapshot: Snapshot, loans: int, last: str) -> None:
        """Write how many more loans are told, and the last of them."""
        done = snapshots.c.done + loans
        self._session.execute(
            update(snapshots).where(snapshots.c.id == snapshot.id).values(done=done, after_id=last)
        )

    def reach(self, snapshot: Snapshot, stage: SnapshotStage) -> None:
        """Write what is done next."""
        finished = self._now if stage is SnapshotStage.FINISHED else None
        self._session.execute(
            update(snapshots).where(snapshots.c.id == snapshot.id).values(stage=stage, finished_at=finished)
        )

    def next_loans(self, snapshot: Snapshot, limit: int) -> tuple[str, ...]:
        """Return the next loans that belong to a branch's month, by id."""
        asked = _of(snapshot) | {"after": snapshot.after_id, "limit": limit}
        return tuple(self._session.execute(NEXT, asked).scalars())

    def moved(self, snapshot: Snapshot, loan_ids: Sequence[str]) -> tuple[LoanMoved, ...]:
        """Return what loans moved in the month, and what their schedules asked for."""
        rows = self._session.execute(
            LOANS,
            _of(snapshot)
            | {
                "loan_ids": list(loan_ids),
                "eve": snapshot.month - timedelta(days=1),
                "charge_ledger": Ledgers.SERVICE_CHARGE.code,
                "coming": _COMING,
                "changing_place": _CHANGING_PLACE,
                "ending": _ENDING,
                "not_paid": _NOT_PAID,
            },
        )
        return tuple(_moved(row) for row in rows.mappings())

    def write_loans(self, snapshot: Snapshot, moved: Sequence[LoanMoved]) -> None:
        """Write what the month was to loans."""
        rows = [
            {
                "month": snapshot.month,
                "office_id": snapshot.office_id,
                "loan_id": loan.loan_id,
                **{name: getattr(loan, name) for name in MONEY},
                **{name: getattr(loan.dues, name) for name in DUES},
            }
            for loan in moved
        ]
        if rows:
            self._session.execute(insert(loan_months), rows)

    def write_loan_totals(self, snapshot: Snapshot) -> None:
        """Write the sums of loans by product, fund and sex."""
        self._session.execute(LOAN_TOTALS, _of(snapshot))

    def write_savings(self, snapshot: Snapshot) -> None:
        """Write the sums of savings by ledger, product, fund and sex."""
        self._session.execute(SAVINGS_TOTALS, _of_savings(snapshot))

    def write_members(self, snapshot: Snapshot) -> None:
        """Write how many members there are, how many owe and how many save, by sex."""
        self._session.execute(MEMBERS, _of_savings(snapshot))

    def finished(self, path: str, month: date) -> int:
        """Return how many branches below a path have a whole snapshot of a month."""
        query = (
            select(func.count())
            .select_from(snapshots.join(offices, offices.c.id == snapshots.c.office_id))
            .where(
                offices.c.path.startswith(path, autoescape=True),
                snapshots.c.month == month,
                snapshots.c.stage == SnapshotStage.FINISHED,
            )
        )
        return self._session.execute(query).scalar_one()

    def loans_of(self, path: str, month: date) -> Sequence[RowMapping]:
        """Return the sums of loans of all branches below a path."""
        names = ("loans", "borrowers", "lent", "ended", "late", *MONEY, *DUES)
        return self._sums(loan_snapshots, ("product_code", "fund", "sex"), names, path, month)

    def classes_of(self, path: str, month: date) -> Sequence[RowMapping]:
        """Return the loans of all branches below a path by class, by the value date of the month's end."""
        by = ("product_code", "fund", "sex", "loan_class")
        return self._sums(class_totals, by, _CLASS_SUMS, path, month)

    def savings_of(self, path: str, month: date) -> Sequence[RowMapping]:
        """Return the sums of savings of all branches below a path."""
        names = ("accounts", "savers", "opened", "closed", *SAVED)
        return self._sums(savings_snapshots, ("ledger", "product_code", "fund", "sex"), names, path, month)

    def members_of(self, path: str, month: date) -> Sequence[RowMapping]:
        """Return how many members the branches below a path have."""
        names = ("members", "admitted", "borrowers", "savers")
        return self._sums(member_snapshots, ("sex",), names, path, month)

    def _sums(
        self, table: Table, by: Sequence[str], names: Sequence[str], path: str, month: date
    ) -> Sequence[RowMapping]:
        keys: list[Any] = [table.c[name] for name in by]
        finished = select(snapshots.c.id).where(
            snapshots.c.office_id == table.c.office_id,
            snapshots.c.month == table.c.month,
            snapshots.c.stage == SnapshotStage.FINISHED,
        )
        query = (
            select(*keys, *(func.sum(table.c[name]).label(name) for name in names))
            .join(offices, offices.c.id == table.c.office_id)
            .where(
                offices.c.path.startswith(path, autoescape=True),
                table.c.month == month,
                finished.exists(),
            )
            .group_by(*keys)
            .order_by(*keys)
        )
        return self._session.execute(query).mappings().all()


def _of(snapshot: Snapshot) -> dict[str, Any]:
    return {"office_id": snapshot.office_id, "begin": snapshot.month, "until": snapshot.until}


def _of_savings(snapshot: Snapshot) -> dict[str, Any]:
    return _of(snapshot) | {
        "savings": sorted(SAVINGS_LEDGERS),
        "valued": sorted(kind.value for kind in VALUED_BY_MONTH),
    }


def _snapshot(row: RowMapping) -> Snapshot:
    return Snapshot(**{**row, "stage": SnapshotStage(row["stage"])})


def _moved(row: RowMapping) -> LoanMoved:
    promised = Promised(**{name: int(row[column]) for column, name in _PROMISED.items()})
    said = {name: value for name, value in row.items() if name not in _PROMISED}
    return LoanMoved(**{str(name): _plain(value) for name, value in said.items()}, promised=promised)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool) else int(value)
