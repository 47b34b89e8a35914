"""What is on its way between offices, and what was."""

from typing import Any

from transactions.domain.book.on_the_way import DAYS_ON_THE_WAY, days_on_the_way
from transactions.repository import Books
from transactions.repository.remittances import KeptRemittance
from transactions.repository.scope import Scope

PAGE = 50
OFFICES = 200


def list_remittances(books: Books, office_id: str, after: str | None, *, in_transit: bool) -> dict[str, Any]:
    """Return a page of what an office and all below it have sent or are to get, the newest first.

    Raises:
        NotFound: no such office for this caller.
        RemittanceNotFound: `after` is none.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    last = books.remittances.get(after, scope).remittance if after else None
    found = books.remittances.of_subtree(office.path, in_transit=in_transit, after=last, limit=PAGE + 1)
    page = found[:PAGE]
    return {
        "items": [_told(books, one) for one in page],
        "next": page[-1].remittance.id if len(found) > PAGE else None,
    }


def list_other_offices(books: Books, office_id: str, after: str | None) -> dict[str, Any]:
    """Return a page of the offices to which one may send, by code: no more of them than their names.

    Raises:
        NotFound: the office that sends is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    found = books.people.offices_but(office.id, after or "", OFFICES + 1)
    page = found[:OFFICES]
    return {
        "items": [
            {"id": one.id, "code": one.code, "name_bn": one.name_bn, "name_en": one.name_en} for one in page
        ],
        "next": page[-1].code if len(found) > OFFICES else None,
    }


def _told(books: Books, kept: KeptRemittance) -> dict[str, Any]:
    sent = kept.remittance
    waiting = days_on_the_way(kept.sent_on, kept.taken_on, books.work.today)
    return {
        "id": sent.id,
        "from_office_id": sent.from_office_id,
        "to_office_id": sent.to_office_id,
        **kept.names,
        "state": kept.state,
        "held_in": sent.place.held_in,
        "ledger": sent.place.ledger,
        "amount": sent.amount,
        "narration": sent.narration,
        "reference": sent.reference,
        "sent_on": kept.sent_on,
        "taken_on": kept.taken_on,
        "days": waiting,
        "overdue": waiting is not None and waiting > DAYS_ON_THE_WAY,
    }
