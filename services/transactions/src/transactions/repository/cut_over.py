"""Branches that are brought over: what was handed over, what old books said, who has confirmed it (P13)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from chassis.work import Work
from contracts.errors import IdConflict, NotFound
from contracts.transactions.cut_over_errors import CutOverNotFound
from transactions.domain.cut_over import BroughtLoan, BroughtSavings, Confirmation, CutOver, CutOverState
from transactions.models.cut_over import (
    brought_accounts,
    confirmed_members,
    cut_over_chunks,
    cut_overs,
    samity_confirmations,
)
from transactions.models.metadata import ID
from transactions.models.projections import members, samities
from transactions.repository.recordset import insert_rows
from transactions.repository.scope import Scope

_NAMES = tuple(CutOver.__dataclass_fields__)
_RUNNING = (CutOverState.WAITING.value, CutOverState.POSTING.value)
_HAS_WORKED = text(
    """
    SELECT EXISTS (SELECT FROM entries WHERE office_id = :office_id AND kind <> 'opening')
        OR EXISTS (SELECT FROM vault_counts WHERE office_id = :office_id)
        OR EXISTS (SELECT FROM month_ends WHERE office_id = :office_id)
        OR EXISTS (
            SELECT FROM sheet_rows JOIN sheets ON sheets.id = sheet_rows.sheet_id
             WHERE sheets.office_id = :office_id
        )
    """
)
_PRODUCTS = text(
    """
    SELECT CASE WHEN loan_id IS NULL THEN 'savings' ELSE 'loans' END AS kind, product_code,
           count(*)::int AS accounts, sum(amount)::bigint AS amount
      FROM brought_accounts WHERE cut_over_id = :id
     GROUP BY 1, 2 ORDER BY 1, 2
    """
)
_UNCONFIRMED = """
    SELECT samities.id AS samity_id, samities.branch_id AS office_id, samities.code,
           samities.name_bn, samities.name_en, min(cut_overs."on") AS cut_over_on,
           count(DISTINCT brought_accounts.member_id)::int AS members,
           coalesce(sum(amount) FILTER (WHERE loan_id IS NULL), 0)::bigint AS savings,
           coalesce(sum(amount) FILTER (WHERE loan_id IS NOT NULL), 0)::bigint AS loans
      FROM brought_accounts
      JOIN cut_overs ON cut_overs.id = brought_accounts.cut_over_id
      JOIN members ON members.id = brought_accounts.member_id
      JOIN samities ON samities.id = members.samity_id
      JOIN offices ON offices.id = samities.branch_id
     WHERE NOT EXISTS (
               SELECT FROM confirmed_members
                WHERE confirmed_members.member_id = brought_accounts.member_id
           )
"""
_LISTED = text(
    f"""
    SELECT * FROM (
        {_UNCONFIRMED} AND starts_with(offices.path, :path)
         GROUP BY samities.id
    ) AS waiting
     WHERE CAST(:after AS uuid) IS NULL OR (cut_over_on, samity_id) > (
               SELECT min(cut_overs."on"), CAST(:after AS uuid)
                 FROM brought_accounts JOIN cut_overs ON cut_overs.id = brought_accounts.cut_over_id
                 JOIN members ON members.id = brought_accounts.member_id
                WHERE members.samity_id = CAST(:after AS uuid)
           )
     ORDER BY cut_over_on, samity_id LIMIT :limit
    """  # noqa: S608 - a text of our own
).columns(samity_id=ID, office_id=ID)


class CutOverStore:
    """Cut-overs of one database transaction."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def has_worked(self, office_id: str) -> bool:
        """Tell whether anything but opening balances was ever done in an office."""
        return bool(self._session.execute(_HAS_WORKED, {"office_id": office_id}).scalar_one())

    def runs(self, office_id: str) -> bool:
        """Tell whether a branch is being brought over, and keep that from beginning until the work ends."""
        together = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        self._session.execute(together, {"key": f"cut_over:{office_id}"})
        query = select(cut_overs.c.id).where(
            cut_overs.c.office_id == office_id, cut_overs.c.state.in_(_RUNNING)
        )
        return self._session.execute(query).first() is not None

    def find(self, cut_over_id: str) -> CutOver | None:
        """Return a cut-over that nobody else moves until the work ends; None where there is none."""
        query = select(*(cut_overs.c[name] for name in _NAMES)).where(cut_overs.c.id == cut_over_id)
        row = self._session.execute(query.with_for_update()).mappings().first()
        return None if row is None else CutOver(**{**row, "state": CutOverState(row["state"])})

    def get(self, cut_over_id: str) -> CutOver:
        """Return a cut-over that nobody else moves until the work ends.

        Raises:
            CutOverNotFound: there is none.
        """
        found = self.find(cut_over_id)
        if found is None:
            raise CutOverNotFound
        return found

    def show(self, cut_over_id: str, scope: Scope) -> CutOver:
        """Return a cut-over for a person.

        Raises:
            CutOverNotFound: there is none, or not for this caller.
        """
        query = select(*(cut_overs.c[name] for name in _NAMES)).where(
            cut_overs.c.id == cut_over_id, scope.sees_office(cut_overs.c.office_id)
        )
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise CutOverNotFound
        return CutOver(**{**row, "state": CutOverState(row["state"])})

    def begin(self, cut_over: CutOver) -> bool:
        """Write that a branch is brought over; False where another cut-over of it is there."""
        row = {**asdict(cut_over), "state": cut_over.state.value, "begun_at": self._work.now}
        added = insert_or(cut_overs).values(row).on_conflict_do_nothing().returning(cut_overs.c.id)
        return self._session.execute(added).first() is not None

    def reach(self, cut_over: CutOver, state: CutOverState) -> None:
        """Write where it stands now."""
        posted_at = self._work.now if state is CutOverState.POSTED else None
        changed = update(cut_overs).where(cut_overs.c.id == cut_over.id)
        self._session.execute(changed.values(state=state.value, posted_at=posted_at))

    def add_chunk(self, cut_over: CutOver, number: int, body: Mapping[str, Any]) -> None:
        """Keep a chunk in its wire form; the same again changes nothing.

        Raises:
            IdConflict: the number was used for another chunk.
        """
        row = {"cut_over_id": cut_over.id, "number": number, "body": dict(body)}
        added = insert_or(cut_over_chunks).values(row).on_conflict_do_nothing()
        if self._session.execute(added.returning(cut_over_chunks.c.number)).first() is not None:
            return
        query = select(cut_over_chunks.c.body).where(
            cut_over_chunks.c.cut_over_id == cut_over.id, cut_over_chunks.c.number == number
        )
        if self._session.execute(query).scalar_one() != body:
            raise IdConflict

    def chunks(self, cut_over: CutOver) -> Iterator[Mapping[str, Any]]:
        """Yield what was handed over, by number, one chunk in hand at a time."""
        chunk = cut_over_chunks.c
        numbers = select(chunk.number).where(chunk.cut_over_id == cut_over.id).order_by(chunk.number)
        for number in self._session.execute(numbers).scalars().all():
            query = select(chunk.body).where(chunk.cut_over_id == cut_over.id, chunk.number == number)
            yield self._session.execute(query).scalar_one()

    def add_savings(self, cut_over: CutOver, brought: Sequence[BroughtSavings]) -> None:
        """Keep what the old books said of savings."""
        rows = [
            {
                "account_id": one.account.id,
                "cut_over_id": cut_over.id,
                "member_id": one.account.member_id,
                "samity_id": one.samity_id,
                "loan_id": None,
                "product_code": str(one.account.terms["product_code"]),
                "amount": one.balance,
                "came": one.deposited,
                "went": one.withdrawn,
                "charge": one.interest,
                "last_receipt": one.last_receipt,
            }
            for one in brought
        ]
        insert_rows(self._session, brought_accounts, rows)

    def add_loans(self, cut_over: CutOver, brought: Sequence[BroughtLoan]) -> None:
        """Keep what the old books said of loans."""
        rows = [
            {
                "account_id": one.account.id,
                "cut_over_id": cut_over.id,
                "member_id": one.account.member_id,
                "samity_id": one.samity_id,
                "loan_id": one.loan.id,
                "product_code": one.loan.product_code,
                "amount": one.outstanding,
                "came": one.paid.principal,
                "went": one.loan.principal,
                "charge": one.paid.charge,
                "last_receipt": one.last_receipt,
            }
            for one in brought
        ]
        insert_rows(self._session, brought_accounts, rows)

    def products(self, cut_over_id: str) -> list[dict[str, Any]]:
        """Return what the book took in, by product."""
        rows = self._session.execute(_PRODUCTS, {"id": cut_over_id}).mappings()
        return [dict(row) for row in rows]

    def unchecked(self, account_ids: Collection[str]) -> frozenset[str]:
        """Return which accounts hold an opening balance that their owner has not confirmed (P13)."""
        brought, confirmed = brought_accounts.c, confirmed_members.c
        query = (
            select(brought.account_id)
            .outerjoin(confirmed_members, confirmed.member_id == brought.member_id)
            .where(brought.account_id.in_(list(account_ids)), confirmed.member_id.is_(None))
        )
        return frozenset(self._session.execute(query).scalars())

    def waiting_of_samity(self, samity_id: str) -> tuple[str, ...]:
        """Return which members of a samity have not confirmed, by id; their rows are held."""
        query = (
            select(members.c.id)
            .where(
                members.c.samity_id == samity_id,
                members.c.id.in_(select(brought_accounts.c.member_id)),
                members.c.id.not_in(select(confirmed_members.c.member_id)),
            )
            .order_by(members.c.id)
            .with_for_update(of=members)
        )
        return tuple(self._session.execute(query).scalars())

    def require_samity(self, samity_id: str, scope: Scope) -> None:
        """Let a samity be asked about that the caller sees.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = select(samities.c.id).where(samities.c.id == samity_id, scope.sees_samity(samities.c.id))
        if self._session.execute(query).first() is None:
            raise NotFound

    def officer_of(self, samity_id: str) -> str | None:
        """Return who keeps a samity."""
        return self._session.execute(select(samities.c.officer_id).where(samities.c.id == samity_id)).scalar()

    def known_confirmation(self, confirmation_id: str) -> str | None:
        """Return by what a confirmation is known; None where there is none."""
        query = select(samity_confirmations.c.fingerprint).where(samity_confirmations.c.id == confirmation_id)
        return self._session.execute(query).scalar()

    def confirm(self, one: Confirmation, confirmed: Sequence[str], fingerprint: str) -> None:
        """Write that members of a samity have confirmed what the book says."""
        row = {name: getattr(one, name) for name in ("id", "samity_id", "read_out_on", "mark", "witness")}
        self._session.execute(
            insert(samity_confirmations).values(
                **row,
                paper=one.paper,
                disputed=len(one.disputed),
                fingerprint=fingerprint,
                confirmed_by=self._work.actor.person_id,
                confirmed_at=self._work.now,
            )
        )
        rows = [{"member_id": member, "confirmation_id": one.id} for member in confirmed]
        insert_rows(self._session, confirmed_members, rows)

    def count_of(self, confirmation_id: str) -> int:
        """Return how many members a confirmation was of."""
        query = select(confirmed_members.c.member_id).where(
            confirmed_members.c.confirmation_id == confirmation_id
        )
        return len(self._session.execute(query).all())

    def unconfirmed(self, path: str, after: str | None, limit: int) -> list[dict[str, Any]]:
        """Return the samities of a subtree with members who have not confirmed, the oldest first."""
        asked = {"path": path, "after": after, "limit": limit}
        return [dict(row) for row in self._session.execute(_LISTED, asked).mappings()]
