"""Where payments in the field are allowed, and the floats for them (rule M9)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Select, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.transactions.float_errors import FloatNotFound
from contracts.transactions.float_words import FloatState
from transactions.domain.floats import OUT, Float
from transactions.models.collection import sheets
from transactions.models.floats import field_payment_settings, floats
from transactions.models.projections import samities, staff
from transactions.repository.office_settings import OfficeSettings
from transactions.repository.scope import Scope
from transactions.repository.sheets import sees_sheet

_FLOAT = tuple(floats.c[name] for name in Float.__dataclass_fields__)


class FloatStore:
    """Settings and floats."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now
        self.settings = OfficeSettings[bool](work, field_payment_settings, "allowed")

    def allowed(self, office_id: str, on: date) -> bool:
        """Tell whether an office pays in the field on a day: no, where nobody above it says so."""
        return bool(self.settings.of(office_id, on))

    def add(self, one: Float) -> bool:
        """Keep a float; False where its id is known."""
        values = asdict(one) | {"issued_at": self._now}
        statement = insert(floats).values(**values).on_conflict_do_nothing()
        return self._session.execute(statement.returning(floats.c.id)).first() is not None

    def fingerprint_of(self, float_id: str) -> str | None:
        """Return the fingerprint of the request that issued a float, whoever asks."""
        return self._session.execute(select(floats.c.fingerprint).where(floats.c.id == float_id)).scalar()

    def find(self, float_id: str, scope: Scope) -> Float:
        """Return a float as it is, without a lock.

        Raises:
            FloatNotFound: there is none, or not for this caller.
        """
        return self._one(select(*_FLOAT), float_id, scope)

    def lock(self, float_id: str, scope: Scope) -> Float:
        """Return a float that nobody else changes until this transaction ends; its sheet is locked before it.

        Raises:
            FloatNotFound: there is none, or not for this caller.
        """
        return self._one(select(*_FLOAT).with_for_update(of=floats), float_id, scope)

    def take(self, one: Float) -> None:
        """Keep that the officer took the cash."""
        self._move([one.id], state=one.state, accepted_at=self._now)

    def finish(self, float_ids: Collection[str], state: FloatState, by: str, why: str | None = None) -> None:
        """Keep that floats are back, or were told apart by their sheets."""
        ended = {"finished_by": by, "finished_at": self._now, "finish_reason": why}
        self._move(float_ids, state=state, **ended)

    def of_sheets(self, sheet_ids: Collection[str]) -> tuple[Float, ...]:
        """Return all floats of some sheets, in the order of their ids."""
        query = select(*_FLOAT).where(floats.c.sheet_id.in_(sheet_ids)).order_by(floats.c.id)
        return tuple(_float(row) for row in self._session.execute(query).mappings())

    def items(
        self, scope: Scope, *, office_id: str, finished: bool, after: str | None, limit: int
    ) -> list[dict[str, Any]]:
        """Return floats of an office, the newest first: those that are out, or the others."""
        out = floats.c.state.in_(OUT)
        query = _items(scope).where(floats.c.office_id == office_id, ~out if finished else out)
        if after is not None:
            last = select(floats.c.issued_at, floats.c.id).where(floats.c.id == after).subquery()
            query = query.where(
                tuple_(floats.c.issued_at, floats.c.id)
                < select(last.c.issued_at, last.c.id).scalar_subquery()
            )
        ordered = query.order_by(floats.c.issued_at.desc(), floats.c.id.desc()).limit(limit)
        return [dict(row) for row in self._session.execute(ordered).mappings()]

    def item(self, float_id: str, scope: Scope) -> dict[str, Any]:
        """Return one float as lists show it.

        Raises:
            FloatNotFound: there is none, or not for this caller.
        """
        row = self._session.execute(_items(scope).where(floats.c.id == float_id)).mappings().first()
        if row is None:
            raise FloatNotFound
        return dict(row)

    def not_taken(self, office_id: str) -> list[dict[str, Any]]:
        """Return the floats of an office that nobody has taken or withdrawn, for whoever closes its day."""
        query = (
            select(
                floats.c.id.label("float_id"),
                floats.c.sheet_id,
                floats.c.officer_id,
                floats.c.amount,
                staff.c.name_bn.label("officer_name_bn"),
                staff.c.name_en.label("officer_name_en"),
            )
            .join(staff, staff.c.id == floats.c.officer_id, isouter=True)
            .where(floats.c.office_id == office_id, floats.c.state == FloatState.ISSUED)
            .order_by(floats.c.issued_at, floats.c.id)
        )
        return [dict(row) for row in self._session.execute(query).mappings()]

    def _one(self, query: Select[Any], float_id: str, scope: Scope) -> Float:
        seen = query.join(sheets, sheets.c.id == floats.c.sheet_id).where(
            floats.c.id == float_id, sees_sheet(scope)
        )
        row = self._session.execute(seen).mappings().first()
        if row is None:
            raise FloatNotFound
        return _float(row)

    def _move(self, float_ids: Iterable[str], **values: Any) -> None:
        self._session.execute(update(floats).where(floats.c.id.in_(float_ids)).values(**values))


def _items(scope: Scope) -> Select[Any]:
    names = ("id", "sheet_id", "office_id", "officer_id", "on", "amount", "state", "issued_by", "issued_at")
    return (
        select(
            *(floats.c[name] for name in names),
            sheets.c.meeting_on,
            samities.c.name_bn.label("samity_name_bn"),
            samities.c.name_en.label("samity_name_en"),
            staff.c.name_bn.label("officer_name_bn"),
            staff.c.name_en.label("officer_name_en"),
        )
        .join(sheets, sheets.c.id == floats.c.sheet_id)
        .join(samities, samities.c.id == sheets.c.samity_id)
        .join(staff, staff.c.id == floats.c.officer_id, isouter=True)
        .where(sees_sheet(scope))
    )


def _float(row: Mapping[Any, Any]) -> Float:
    return Float(**{**row, "state": FloatState(row["state"])})
