"""Money between offices: what was sent, where it is, and who took it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.money import Paisa
from contracts.transactions.book_errors import RemittanceNotFound
from contracts.transactions.remittance_words import HeldIn, RemittanceState
from transactions.domain.approvals import ApprovalState
from transactions.domain.book.on_the_way import OnTheWay
from transactions.domain.book.remittances import Place, Remittance, Taking
from transactions.models.approvals import approvals
from transactions.models.ledger import entries
from transactions.models.projections import offices
from transactions.models.remittances import remittance_takings, remittances
from transactions.repository.scope import Scope

_LATE = text(
    """
    WITH ours AS (
        SELECT id FROM offices WHERE starts_with(path, :path)
    ), sent AS (
        SELECT remittances.id, amount FROM ours JOIN remittances ON remittances.from_office_id = ours.id
         UNION
        SELECT remittances.id, amount FROM ours JOIN remittances ON remittances.to_office_id = ours.id
    )
    SELECT count(*) AS sent, coalesce(sum(amount), 0)::bigint AS amount, min(entries.business_on) AS since
      FROM sent JOIN entries ON entries.id = sent.id AND entries.business_on < :before
     WHERE NOT EXISTS (
        SELECT FROM remittance_takings JOIN entries AS taken ON taken.id = remittance_takings.id
         WHERE remittance_takings.remittance_id = sent.id
     )
    """
)
_taken = entries.alias("taken")
_from = offices.alias("origin")
_to = offices.alias("target")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRemittance:
    """A remittance with where it is; the names of both offices are for who reads it."""

    remittance: Remittance
    state: RemittanceState
    sent_on: date | None
    taken_on: date | None
    names: Mapping[str, str]


class RemittanceStore:
    """What offices send each other."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def add(self, remittance: Remittance) -> None:
        """Keep what is to be sent."""
        self._session.execute(
            insert(remittances).values(
                id=remittance.id,
                from_office_id=remittance.from_office_id,
                to_office_id=remittance.to_office_id,
                held_in=remittance.place.held_in,
                bank_account_id=remittance.place.bank_account_id,
                ledger=remittance.place.ledger,
                amount=remittance.amount,
                narration=remittance.narration,
                reference=remittance.reference,
                maker_id=remittance.maker_id,
                made_at=remittance.made_at,
            )
        )

    def add_taking(self, taking: Taking) -> None:
        """Keep that it is to be taken in."""
        self._session.execute(
            insert(remittance_takings).values(
                id=taking.id,
                remittance_id=taking.remittance_id,
                office_id=taking.place.office_id,
                held_in=taking.place.held_in,
                bank_account_id=taking.place.bank_account_id,
                ledger=taking.place.ledger,
                reference=taking.reference,
                maker_id=taking.maker_id,
                made_at=taking.made_at,
            )
        )

    def taking(self, taking_id: str) -> Taking:
        """Return what is to be taken in, whoever asks."""
        query = select(remittance_takings).where(remittance_takings.c.id == taking_id)
        row = self._session.execute(query).mappings().one()
        return Taking(
            id=row["id"],
            remittance_id=row["remittance_id"],
            place=_place(row["office_id"], row),
            reference=row["reference"],
            maker_id=row["maker_id"],
            made_at=row["made_at"],
        )

    def get(self, remittance_id: str, scope: Scope) -> KeptRemittance:
        """Return a remittance of an office in scope, be it the sender or the other one.

        Raises:
            RemittanceNotFound: there is none, or not for this caller.
        """
        query = _kept().where(remittances.c.id == remittance_id, _seen(scope))
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise RemittanceNotFound
        return _remittance(row)

    def of_subtree(
        self, path: str, *, in_transit: bool, after: Remittance | None, limit: int
    ) -> tuple[KeptRemittance, ...]:
        """Return what offices below a place have sent or are to get, the newest first."""
        query = _kept().where(
            _from.c.path.startswith(path, autoescape=True) | _to.c.path.startswith(path, autoescape=True)
        )
        if in_transit:
            query = query.where(entries.c.id.is_not(None), _taken.c.id.is_(None))
        if after is not None:
            place = tuple_(literal(after.made_at), literal(after.id, remittances.c.id.type))
            query = query.where(tuple_(remittances.c.made_at, remittances.c.id) < place)
        ordered = query.order_by(remittances.c.made_at.desc(), remittances.c.id.desc()).limit(limit)
        return tuple(_remittance(row) for row in self._session.execute(ordered).mappings())

    def late(self, path: str, before: date) -> OnTheWay:
        """Return what offices below a place have sent or are to get since before a day."""
        row = self._session.execute(_LATE, {"path": path, "before": before}).one()
        return OnTheWay(row.sent, Paisa(row.amount), row.since)


def _seen(scope: Scope) -> ColumnElement[bool]:
    return scope.sees_office(remittances.c.from_office_id) | scope.sees_office(remittances.c.to_office_id)


def _kept() -> Select[Any]:
    back = _taken.c.office_id == remittances.c.from_office_id
    state = case(
        (_taken.c.id.is_not(None) & back, RemittanceState.RETURNED.value),
        (_taken.c.id.is_not(None), RemittanceState.RECEIVED.value),
        (entries.c.id.is_not(None), RemittanceState.IN_TRANSIT.value),
        (approvals.c.state == ApprovalState.WAITING, RemittanceState.WAITING.value),
        else_=RemittanceState.DECLINED.value,
    )
    taking = (
        select(remittance_takings.c.remittance_id, remittance_takings.c.id)
        .join(entries, entries.c.id == remittance_takings.c.id)
        .subquery("taking")
    )
    return (
        select(
            remittances,
            state.label("state"),
            entries.c.business_on.label("sent_on"),
            _taken.c.business_on.label("taken_on"),
            _from.c.name_bn.label("from_office_bn"),
            _from.c.name_en.label("from_office_en"),
            _to.c.name_bn.label("to_office_bn"),
            _to.c.name_en.label("to_office_en"),
        )
        .join(approvals, approvals.c.id == remittances.c.id)
        .join(_from, _from.c.id == remittances.c.from_office_id)
        .join(_to, _to.c.id == remittances.c.to_office_id)
        .outerjoin(entries, entries.c.id == remittances.c.id)
        .outerjoin(taking, taking.c.remittance_id == remittances.c.id)
        .outerjoin(_taken, _taken.c.id == taking.c.id)
    )


def _place(office_id: str, row: Mapping[Any, Any]) -> Place:
    return Place(office_id, HeldIn(row["held_in"]), row["bank_account_id"], row["ledger"])


_NAMES = ("from_office_bn", "from_office_en", "to_office_bn", "to_office_en")


def _remittance(row: Mapping[Any, Any]) -> KeptRemittance:
    return KeptRemittance(
        remittance=Remittance(
            id=row["id"],
            place=_place(row["from_office_id"], row),
            to_office_id=row["to_office_id"],
            amount=Paisa(row["amount"]),
            narration=row["narration"],
            reference=row["reference"],
            maker_id=row["maker_id"],
            made_at=row["made_at"],
        ),
        state=RemittanceState(row["state"]),
        sent_on=row["sent_on"],
        taken_on=row["taken_on"],
        names={name: row[name] for name in _NAMES},
    )
