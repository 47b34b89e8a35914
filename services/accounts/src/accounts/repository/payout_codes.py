"""Codes before payouts in the database; whoever asks holds the loan."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from accounts.domain.lending.payout_codes import PayoutCode
from accounts.models import payout_codes
from accounts.repository.rows import find_one
from chassis.work import Work


class PayoutCodeStore:
    """Codes of loans that the caller has found in his scope and holds."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def add(self, code: PayoutCode) -> None:
        """Write a code that goes out."""
        self._session.execute(sa.insert(payout_codes).values(asdict(code)))

    def last_of(self, loan_id: str) -> PayoutCode | None:
        """Return the code that was sent last for a payout."""
        query = sa.select(payout_codes).where(payout_codes.c.loan_id == loan_id)
        row = find_one(self._session, query.order_by(payout_codes.c.send.desc()).limit(1))
        return None if row is None else PayoutCode(**row)

    def count_since(self, loan_id: str, moment: datetime) -> int:
        """Return how many codes went out for a payout after a moment."""
        counted = sa.select(sa.func.count()).where(
            payout_codes.c.loan_id == loan_id, payout_codes.c.sent_at > moment
        )
        return self._session.execute(counted).scalar_one()

    def change(self, code: PayoutCode, **values: object) -> None:
        """Write what became of a code."""
        one = (payout_codes.c.loan_id == code.loan_id) & (payout_codes.c.send == code.send)
        self._session.execute(sa.update(payout_codes).where(one).values(values))
