"""Samples for an auditor: drawn by the system, and letters to the members who were drawn (rule P12)."""

from datetime import date

from transactions.domain.audit_samples import (
    Sample,
    Wanted,
    draw,
    require_members,
    require_over,
    require_period,
)
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def draw_sample(books: Books, sample_id: str, wanted: Wanted, *, seed: str) -> None:
    """Draw a sample of an office's entries or members in a period, once.

    Args:
        books: One open database transaction.
        sample_id: Made by the caller; asked again it changes nothing.
        wanted: Of what, and how many.
        seed: What nobody could know before, as text.

    Raises:
        NotFound: the office is not in the caller's scope.
        InvalidPayload, NothingToDraw: as the rules.
        IdConflict: the id was used for another sample.
    """
    actor, scope = books.work.actor, Scope.of(books.work.actor)
    books.people.office(wanted.office_id, scope)
    require_period(wanted)
    asked = wanted.fingerprint(actor.person_id)
    known = books.audit_samples.find(sample_id, scope)
    if known is not None:
        require_same(known.fingerprint, asked)
        return
    population = books.audit_samples.population(wanted)
    drawn = draw(population, seed=seed, size=wanted.size)
    sample = Sample(
        id=sample_id,
        wanted=wanted,
        population=len(population),
        seed=seed,
        drawn_by=actor.person_id,
        drawn_at=books.work.now,
        fingerprint=asked,
    )
    if not books.audit_samples.add(sample, drawn):
        require_same(books.audit_samples.get(sample_id, scope).fingerprint, asked)
        return
    facts = {"of": wanted.of.value, "drawn": len(drawn), "population": len(population)}
    books.work.audit("draw_sample", "sample", sample_id, facts)


def print_confirmations(books: Books, sample_id: str, on: date) -> None:
    """Note that letters with the drawn members' balances leave the system.

    Raises:
        NotFound: there is no such sample for this caller.
        NotOfMembers: it was drawn of entries.
        InvalidPayload: the branch has not closed that day.
    """
    sample = books.audit_samples.get(sample_id, Scope.of(books.work.actor))
    require_members(sample.wanted)
    require_over(on, books.days.last_closed(sample.wanted.office_id))
    books.work.audit("print_confirmations", "sample", sample_id, {"on": on.isoformat()})
