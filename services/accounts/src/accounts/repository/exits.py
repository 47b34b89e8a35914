"""Leavings of members, and what is open with a member in this service (rule L7)."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from accounts.domain.approvals import Stage
from accounts.domain.exits import Exit, ExitWish, InHand
from accounts.domain.passbooks import OPEN
from accounts.models import approvals, exits, passbooks, savings_accounts
from accounts.repository.borrowers import Borrowers
from accounts.repository.deaths import DeathStore
from accounts.repository.rows import add, find_one
from chassis.work import Work
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.errors import ExitUnderWay
from contracts.accounts.exit_words import ExitState
from contracts.accounts.product_words import SavingsState
from contracts.errors import IdConflict

_EXIT = tuple(exits.c[name] for name in Exit.__dataclass_fields__)
_COUNTED_APART = (ApprovalKind.EXIT, ApprovalKind.EXIT_UNDO, ApprovalKind.LOAN, ApprovalKind.SAVINGS_OPENING)


class ExitStore:
    """Leavings of members who were found in scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work
        self._borrowers = Borrowers(work)

    def find(self, exit_id: str) -> Exit | None:
        """Return a leaving, whoever asks: for a request that is repeated."""
        return self._find(exits.c.id == exit_id)

    def latest_of(self, member_id: str) -> Exit | None:
        """Return the latest leaving of a member; None where there was none."""
        query = sa.select(*_EXIT).where(exits.c.member_id == member_id)
        row = find_one(self._session, query.order_by(exits.c.asked_at.desc(), exits.c.id).limit(1))
        return None if row is None else _exit(row)

    def hold(self, exit_id: str) -> Exit:
        """Return a leaving and keep it to oneself until the end of the work."""
        return _exit(self._one(sa.select(*_EXIT).where(exits.c.id == exit_id).with_for_update()))

    def hold_by_undo(self, undo_id: str) -> Exit:
        """Return the leaving that a request undoes, and keep it to oneself."""
        return _exit(self._one(sa.select(*_EXIT).where(exits.c.undo_id == undo_id).with_for_update()))

    def add(self, wish: ExitWish, checklist: Sequence[Mapping[str, Any]], fingerprint: str) -> None:
        """Write that a member wants to leave.

        Raises:
            IdConflict: another request was written under the id.
            ExitUnderWay: another one of hers was.
        """
        row = {name: getattr(wish, name) for name in ExitWish.__dataclass_fields__} | {
            "state": ExitState.PROPOSED,
            "checklist": list(checklist),
            "asked_by": self._work.actor.person_id,
            "asked_at": self._work.now,
            "fingerprint": fingerprint,
        }
        refusals = {
            "exits_pkey": IdConflict(),
            "exits_one_under_way": ExitUnderWay(state=str(ExitState.PROPOSED)),
        }
        add(self._session, sa.insert(exits).values(row), refusals)

    def change(self, exit_id: str, state: ExitState, **values: Any) -> None:
        """Write where a leaving stands now."""
        changed = sa.update(exits).where(exits.c.id == exit_id)
        self._session.execute(changed.values(state=state, **values))

    def in_hand(self, member_id: str) -> InHand:
        """Return what is open with a member in this service."""
        requests = sa.select(sa.func.count()).where(
            approvals.c.member_id == member_id,
            approvals.c.state.in_((Stage.WAITING, Stage.OPENING)),
            approvals.c.kind.not_in(_COUNTED_APART),
        )
        agreed_savings = sa.select(sa.func.count()).where(
            savings_accounts.c.member_id == member_id,
            savings_accounts.c.status.in_((SavingsState.WAITING, SavingsState.OPENING)),
        )
        book = sa.select(passbooks.c.number).where(
            passbooks.c.member_id == member_id, passbooks.c.status == OPEN
        )
        return InHand(
            requests=self._count(requests.select_from(approvals))
            + self._count(agreed_savings.select_from(savings_accounts)),
            cases=DeathStore(self._work).count_open(member_id),
            agreed_loans=len(self._borrowers.open_loans_of(member_id)),
            guarantees=self._borrowers.guarantees_of(member_id),
            passbook=self._session.execute(book).scalar(),
        )

    def _count(self, query: sa.Select[Any]) -> int:
        return int(self._session.execute(query).scalar_one())

    def _find(self, condition: sa.ColumnElement[bool]) -> Exit | None:
        row = find_one(self._session, sa.select(*_EXIT).where(condition))
        return None if row is None else _exit(row)

    def _one(self, query: sa.Select[Any]) -> Mapping[str, Any]:
        return dict(self._session.execute(query).mappings().one())


def _exit(row: Mapping[str, Any]) -> Exit:
    return Exit(**dict(row) | {"state": ExitState(row["state"])})
