"""Transfers of members, and what changes with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from accounts.domain.scope import Scope
from accounts.models import former_codes, loans, members, offices, savings_accounts, transfers
from accounts.repository.rows import Row, add, every, find_one, get_one
from accounts.repository.scope import office_in
from chassis.work import Work
from contracts.accounts.transfers import TransferRuns, TransferState
from contracts.errors import IdConflict

_SHOWN = tuple(
    transfers.c[name]
    for name in ("id", "member_id", "from_samity_id", "to_samity_id", "state", "reason", "old_code")
) + tuple(transfers.c[name] for name in ("new_code", "value_on", "refusal", "proposed_at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTransfer:
    """A transfer as it is proposed."""

    id: str
    member_id: str
    from_samity_id: str
    to_samity_id: str
    from_branch_id: str
    to_branch_id: str
    reason: str
    old_code: str
    fingerprint: str


class TransferStore:
    """Transfers of members who were found in scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find_fingerprint(self, transfer_id: str) -> str | None:
        """Return by what a transfer is known; None where there is none."""
        query = sa.select(transfers.c.fingerprint).where(transfers.c.id == transfer_id)
        return self._session.execute(query).scalar_one_or_none()

    def add(self, new: NewTransfer) -> None:
        """Write a transfer that waits for a second person.

        Raises:
            IdConflict: another one was written under the id.
            TransferRuns: another one of hers waits, or is under way.
        """
        row = {name: getattr(new, name) for name in NewTransfer.__dataclass_fields__} | {
            "state": TransferState.PROPOSED,
            "maker_id": self._work.actor.person_id,
            "proposed_at": self._work.now,
        }
        refusals = {"transfers_pkey": IdConflict(), "transfers_one_under_way": TransferRuns()}
        add(self._session, sa.insert(transfers).values(row), refusals)

    def hold(self, transfer_id: str) -> Row:
        """Return a transfer and keep it to oneself until the end of the work."""
        return get_one(
            self._session, sa.select(transfers).where(transfers.c.id == transfer_id).with_for_update()
        )

    def show(self, transfer_id: str) -> Row:
        """Return what staff see of a transfer that was found in scope."""
        return get_one(self._session, sa.select(*_SHOWN).where(transfers.c.id == transfer_id))

    def change(self, transfer_id: str, state: TransferState, **values: Any) -> None:
        """Write where a transfer stands now."""
        changed = sa.update(transfers).where(transfers.c.id == transfer_id)
        self._session.execute(changed.values(state=state, **values))

    def list_page(self, scope: Scope, office_id: str, *, after: str | None, limit: int) -> list[Row]:
        """Return the next transfers from or to an office of the scope, the newest first."""
        here = sa.or_(transfers.c.from_branch_id == offices.c.id, transfers.c.to_branch_id == offices.c.id)
        query = (
            sa.select(*_SHOWN)
            .join(offices, here)
            .where(offices.c.id == office_id, office_in(scope))
            .order_by(transfers.c.proposed_at.desc(), transfers.c.id.desc())
            .limit(limit)
        )
        if after is not None:
            last = sa.select(transfers.c.proposed_at, transfers.c.id).where(transfers.c.id == after)
            key = sa.tuple_(transfers.c.proposed_at, transfers.c.id)
            query = query.where(key < last.scalar_subquery())
        return every(self._session, query)

    def running_loans(self, member_id: str) -> list[str]:
        """Return the loans of a member that are paid out and have not ended."""
        query = sa.select(loans.c.id).where(loans.c.member_id == member_id, loans.c.state == "disbursed")
        return list(self._session.execute(query.order_by(loans.c.id)).scalars())

    def undecided_loan(self, member_id: str) -> str | None:
        """Return a loan of hers that is neither decided nor paid out; None where she has none."""
        undecided = loans.c.state.in_(["proposed", "recommended", "approved", "disbursing"])
        row = find_one(
            self._session, sa.select(loans.c.id).where(loans.c.member_id == member_id, undecided).limit(1)
        )
        return None if row is None else str(row["id"])

    def settle_in(self, member_id: str, samity_id: str, *, old_code: str, code: str, on: date) -> None:
        """Write that a member meets with another samity from now on, under another code."""
        self._session.execute(sa.insert(former_codes).values(code=old_code, member_id=member_id, until_on=on))
        changed = sa.update(members).where(members.c.id == member_id)
        self._session.execute(changed.values(samity_id=samity_id, code=code, version=members.c.version + 1))

    def rename_accounts(self, moved: Mapping[str, Mapping[str, Any]]) -> None:
        """Let accounts and loans be called as they are in the new book, by their old ids there."""
        for account_id, became in moved.items():
            if became["loan_id"] is None:
                changed = sa.update(savings_accounts).where(savings_accounts.c.id == account_id)
                self._session.execute(changed.values(id=became["new_account_id"], code=became["code"]))
            else:
                of_loan = sa.update(loans).where(loans.c.id == became["loan_id"])
                self._session.execute(of_loan.values(code=became["code"]))
