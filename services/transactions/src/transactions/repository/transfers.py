"""Members who moved to another branch's book, and their accounts there."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import insert, select

from chassis.work import Work
from contracts.errors import IdConflict
from transactions.domain.transfers import Legs, Moved, Transfer
from transactions.models.ledger import account_terms, accounts
from transactions.models.transfers import transferred_accounts, transfers

_COPIED = (
    *("ledger", "booked_under", "grows_on", "floor"),
    *("member_id", "terms_version", "opened_on", "dormant_since"),
)
"""What an account is, wherever it is."""


class TransferStore:
    """Transfers of one database transaction."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def fingerprint_of(self, transfer_id: str) -> str | None:
        """Return by what a transfer is known that was made before; None if there is none."""
        query = select(transfers.c.fingerprint).where(transfers.c.id == transfer_id)
        return self._session.execute(query).scalar()

    def add(self, transfer: Transfer, legs: Legs, fingerprint: str) -> None:
        """Write a transfer between two branches whose days are held; by the fingerprint it is known."""
        row = {
            "id": transfer.id,
            "member_id": transfer.member_id,
            "from_office_id": transfer.from_office_id,
            "to_office_id": transfer.to_office_id,
            "from_on": legs.origin.on,
            "to_on": legs.target.on,
            "value_on": legs.value_on,
            "fingerprint": fingerprint,
            "asked_by": self._work.actor.person_id,
            "recorded_at": self._work.now,
        }
        self._session.execute(insert(transfers).values(row))

    def open_in_new_book(self, transfer: Transfer, moved: Collection[Moved]) -> None:
        """Open what accounts become: same terms, same age, another code; the old ones are their past.

        Raises:
            IdConflict: a new code belongs to another account.
        """
        for one in moved:
            query = select(*(accounts.c[name] for name in _COPIED)).where(accounts.c.id == one.old.id)
            old = dict(self._session.execute(query).mappings().one())
            if self._is_taken(one.code):
                raise IdConflict
            fresh = {"id": one.new_id, "office_id": transfer.to_office_id, "code": one.code}
            self._session.execute(insert(accounts).values(old | fresh | {"opened_at": self._work.now}))
            self._session.execute(insert(account_terms).values(self._terms(one, old["terms_version"])))
            self._session.execute(
                insert(transferred_accounts).values(
                    new_account_id=one.new_id,
                    transfer_id=transfer.id,
                    account_id=one.old.id,
                    loan_id=one.loan_id,
                    amount=one.amount,
                    provisioned=one.provisioned,
                )
            )

    def _terms(self, one: Moved, version: int) -> dict[str, Any]:
        """Return the snapshot that goes along, with her own payments so far where a plan counts them."""
        of_old = (account_terms.c.account_id == one.old.id) & (account_terms.c.version == version)
        terms = dict(self._session.execute(select(account_terms.c.terms).where(of_old)).scalar_one())
        if one.paid:
            terms["carried"] = [{"on": paid.on.isoformat(), "amount": paid.amount} for paid in one.paid]
        recorded = {"account_id": one.new_id, "version": version, "recorded_at": self._work.now}
        return recorded | {"terms": terms}

    def _is_taken(self, code: str) -> bool:
        return self._session.execute(select(accounts.c.id).where(accounts.c.code == code)).first() is not None

    def answer(self, transfer_id: str) -> dict[str, Any]:
        """Return a transfer with its accounts, as the one who asked for it is answered."""
        head = self._session.execute(select(transfers).where(transfers.c.id == transfer_id)).mappings().one()
        query = (
            select(transferred_accounts, accounts.c.code)
            .join(accounts, accounts.c.id == transferred_accounts.c.new_account_id)
            .where(transferred_accounts.c.transfer_id == transfer_id)
            .order_by(transferred_accounts.c.account_id)
        )
        items = [
            {**row, "kind": "savings" if row["loan_id"] is None else "loan"}
            for row in self._session.execute(query).mappings()
        ]
        return {**head, "accounts": items}
