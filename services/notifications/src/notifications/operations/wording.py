"""Wordings of the institution's own: one person proposes, another agrees. Rules P2, P7."""

from dataclasses import replace
from typing import Any

from contracts.errors import (
    AlreadyDecided,
    ApproverTooNew,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    ReasonMissing,
)
from contracts.permissions import permits
from contracts.wordings import AGREE, FIRST_OWN
from notifications.domain.wordings import faults, read
from notifications.repository import Books, Proposal
from notifications.templates import templates

WAITING, APPROVED, DECLINED = "waiting", "approved", "declined"


def propose_template(books: Books, command: dict[str, Any]) -> Proposal:
    """Propose a wording; members go on reading the old one. The same again changes nothing.

    Raises:
        InvalidPayload: as `wordings.read`.
        AlreadyDecided: another wording of the kind waits.
        IdConflict: the id is known with another body.
    """
    work = books.work
    proposal = Proposal(
        id=command["id"],
        kind=command["kind"],
        wordings=read(templates()[command["kind"]], command["wordings"]),
        reason=command["reason"],
        maker_id=work.actor.person_id,
        proposed_at=work.now,
    )
    if not books.wordings.add(proposal):
        return _known(books, proposal)
    work.audit("propose_template", "template", proposal.id, {"kind": proposal.kind})
    return proposal


def decide_approval(books: Books, command: dict[str, Any]) -> str:
    """Agree to a wording, which counts from now on, or decline it; the same again changes nothing.

    Raises:
        NotFound: there is none.
        Forbidden: the actor's role does not decide it.
        MakerIsChecker: the actor proposed it, in whatever role (M8).
        ReasonMissing: declined without a reason.
        ApproverTooNew: he has not been an administrator for a day (P7).
        AlreadyDecided: somebody decided it otherwise.
        InvalidPayload: a newer release needs other placeholders than when it was proposed.
    """
    work = books.work
    if not permits(work.actor.role or "", AGREE):
        raise Forbidden(permission=AGREE)
    proposal = books.wordings.lock(command["id"])
    if proposal.maker_id == work.actor.person_id:
        raise MakerIsChecker
    state = APPROVED if command["approve"] else DECLINED
    if proposal.state != WAITING:
        if (proposal.state, proposal.checker_id) != (state, work.actor.person_id):
            raise AlreadyDecided(state=proposal.state)
        return state
    _check(books, command, proposal)
    decided = replace(
        proposal,
        state=state,
        checker_id=work.actor.person_id,
        decided_at=work.now,
        version=_next_version(books, proposal.kind) if command["approve"] else None,
        decline_reason=None if command["approve"] else command["reason"],
    )
    books.wordings.decide(decided)
    facts = {"kind": proposal.kind, "state": state, "version": decided.version}
    work.audit("decide_template", "template", proposal.id, facts)
    return state


def _check(books: Books, command: dict[str, Any], proposal: Proposal) -> None:
    if not command["approve"]:
        if not command["reason"]:
            raise ReasonMissing(field="reason")
        return
    if books.work.actor.is_new:
        raise ApproverTooNew
    wrong = faults(templates()[proposal.kind], proposal.wordings)
    if wrong:
        raise InvalidPayload(wrong)


def _next_version(books: Books, kind: str) -> int:
    highest = books.wordings.highest(kind)
    return FIRST_OWN if highest is None else highest + 1


def _known(books: Books, wanted: Proposal) -> Proposal:
    known = books.wordings.find(wanted.id)
    if known is None:
        raise AlreadyDecided(state=WAITING)
    body = (wanted.kind, wanted.wordings, wanted.reason, wanted.maker_id)
    if (known.kind, known.wordings, known.reason, known.maker_id) != body:
        raise IdConflict
    return known
