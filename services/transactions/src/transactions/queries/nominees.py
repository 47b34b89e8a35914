"""What a member who died leaves, and who gets which part of it (rule L5)."""

from dataclasses import asdict
from typing import Any

from transactions.repository import Books
from transactions.repository.scope import Scope


def show_claim(books: Books, claim_id: str) -> dict[str, Any]:
    """Return a claim with its shares and their receipts.

    Raises:
        ClaimNotFound: there is none, or not for this caller.
    """
    claim = books.nominees.get(claim_id, Scope.of(books.work.actor))
    receipts = books.nominees.receipts_of(claim)
    shares = [
        {**asdict(share), "receipt_number": receipts.get(share.entry_id or "")} for share in claim.shares
    ]
    return {**asdict(claim), "shares": shares}
