"""Claims of nominees, within a scope (rule L5)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.money import Paisa
from contracts.transactions.nominee_errors import ClaimNotFound
from contracts.transactions.nominee_words import ClaimState
from transactions.domain.nominees import Claim, NomineePayment, Share
from transactions.models.ledger import receipts
from transactions.models.nominees import nominee_claims, nominee_shares
from transactions.models.projections import members
from transactions.repository.scope import Scope

_CLAIM = tuple(nominee_claims.c[name] for name in Claim.__dataclass_fields__ if name != "shares")


class NomineeStore:
    """What members who died leave."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def deceased_on(self, member_id: str) -> date | None:
        """Return the day on which a member died; None while she lives, or is not known."""
        query = select(members.c.deceased_on).where(members.c.id == member_id)
        on: date | None = self._session.execute(query).scalar()
        return on

    def add(self, claim: Claim) -> None:
        """Write a claim that the area has agreed to, with its nominees; known, do nothing."""
        row = {name: getattr(claim, name) for name in ("id", "member_id", "office_id", "died_on")}
        fresh = insert(nominee_claims).values(**row, state=claim.state.value, agreed_at=self._now)
        if (
            self._session.execute(fresh.on_conflict_do_nothing().returning(nominee_claims.c.id)).first()
            is None
        ):
            return
        names = ("number", "name", "relation", "share_percent", "guardian")
        rows = [
            {"claim_id": claim.id, **{name: getattr(share, name) for name in names}} for share in claim.shares
        ]
        self._session.execute(insert(nominee_shares), rows)

    def get(self, claim_id: str, scope: Scope) -> Claim:
        """Return a claim.

        Raises:
            ClaimNotFound: there is none, or not for this caller.
        """
        return self._one(_claims(scope).where(nominee_claims.c.id == claim_id))

    def of_payment(self, entry_id: str, scope: Scope) -> Claim | None:
        """Return the claim from which an entry paid a nominee; None where it is no such entry."""
        query = select(nominee_shares.c.claim_id).where(nominee_shares.c.entry_id == entry_id)
        claim_id = self._session.execute(query).scalar()
        return None if claim_id is None else self.get(claim_id, scope)

    def lock(self, claim_id: str, scope: Scope) -> Claim:
        """Return a claim and let nobody else pay from it until this transaction ends.

        Raises:
            ClaimNotFound: there is none, or not for this caller.
        """
        query = _claims(scope).where(nominee_claims.c.id == claim_id)
        return self._one(query.with_for_update(of=nominee_claims))

    def close(self, claim: Claim, total: Paisa, amounts: Mapping[int, Paisa], on: date) -> None:
        """Write what she leaves and each nominee's part of it."""
        self._change(claim.id, state=ClaimState.CLOSED.value, total=total, closed_on=on)
        for number, amount in amounts.items():
            share = update(nominee_shares).where(
                nominee_shares.c.claim_id == claim.id, nominee_shares.c.number == number
            )
            self._session.execute(share.values(amount=amount))

    def pay(self, payment: NomineePayment) -> None:
        """Write that a nominee has his share."""
        share = update(nominee_shares).where(
            nominee_shares.c.claim_id == payment.claim_id, nominee_shares.c.number == payment.number
        )
        self._session.execute(
            share.values(
                entry_id=payment.id,
                mark=payment.mark,
                witness_id=payment.witness_id,
                paid_by=payment.paid_by,
            )
        )

    def finish(self, claim_id: str) -> None:
        """Write that every nominee has his share."""
        self._change(claim_id, state=ClaimState.PAID.value)

    def receipts_of(self, claim: Claim) -> dict[str, str]:
        """Return the receipt of each payment, by entry."""
        entry_ids = [share.entry_id for share in claim.shares if share.entry_id is not None]
        query = select(receipts.c.entry_id, receipts.c.text).where(receipts.c.entry_id.in_(entry_ids))
        return {row.entry_id: row.text for row in self._session.execute(query)}

    def _change(self, claim_id: str, **values: Any) -> None:
        changed = update(nominee_claims).where(nominee_claims.c.id == claim_id)
        self._session.execute(changed.values(**values))

    def _one(self, query: Select[Any]) -> Claim:
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise ClaimNotFound
        return Claim(
            **{name: row[name] for name in Claim.__dataclass_fields__ if name not in ("shares", "state")},
            state=ClaimState(row["state"]),
            shares=self._shares(row["id"]),
        )

    def _shares(self, claim_id: str) -> Sequence[Share]:
        query = select(*(nominee_shares.c[name] for name in Share.__dataclass_fields__)).where(
            nominee_shares.c.claim_id == claim_id
        )
        rows = self._session.execute(query.order_by(nominee_shares.c.number)).mappings()
        return tuple(Share(**row) for row in rows)


def _claims(scope: Scope) -> Select[Any]:
    return (
        select(*_CLAIM)
        .join(members, members.c.id == nominee_claims.c.member_id)
        .where(scope.sees_member(members.c.id, members.c.samity_id))
    )
