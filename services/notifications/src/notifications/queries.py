"""What members and the staff ask about messages."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from contracts.actor import Actor
from contracts.permissions import permits
from contracts.wordings import AGREE, FIRST_OWN, SEE, TEMPLATE
from notifications.domain import wordings
from notifications.domain.samples import SAMPLES
from notifications.domain.wordings import Wording
from notifications.repository import Books, Preference, Proposal, Question, Scope
from notifications.templates import templates

PAGE = 100


def list_own_messages(books: Books, before: str | None) -> dict[str, Any]:
    """Return a page of the member's own messages, the newest first, whether or not they could be sent."""
    items = books.messages.list_own(Scope.own(books.work.actor), before)
    return {"items": items, "next": items[-1].id if len(items) == PAGE else None}


def get_preferences(books: Books) -> Preference:
    """Return how the member wants to be written to.

    Raises:
        Forbidden: the actor is no member.
    """
    Scope.own(books.work.actor)
    return books.people.get_preference(books.work.actor.person_id)


def list_messages(books: Books, command: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the messages to members of the actor's offices, the newest first."""
    question = Question(command["office_id"], command["member_id"], command["status"], command["after"])
    found = books.messages.list_shown(Scope.of_staff(books.work.actor), question)
    items = [
        asdict(shown.message)
        | {"member_code": shown.code, "member_name_bn": shown.name_bn, "member_name_en": shown.name_en}
        for shown in found
    ]
    return {"items": items, "next": items[-1]["id"] if len(items) == PAGE else None}


def list_templates(books: Books) -> dict[str, Any]:
    """Return how each kind of message reads now."""
    counting = wordings.current(templates(), books.wordings.own(), templates())
    waits = {one.kind for one in books.wordings.list_waiting()}
    items = [
        {
            "kind": kind,
            "version": template.version,
            "is_own": template.version >= FIRST_OWN,
            "waits": kind in waits,
            "title_bn": template.title["bn"],
            "title_en": template.title["en"],
        }
        for kind, template in counting.items()
    ]
    return {"items": items, "next": None}


def get_template(books: Books, kind: str) -> dict[str, Any]:
    """Return how one kind of message reads now, and every wording proposed for it."""
    template = wordings.current(templates(), books.wordings.own([kind]), [kind])[kind]
    proposals = [asdict(one) | {"wordings": _shown(one.wordings)} for one in books.wordings.list_of(kind)]
    return {
        "kind": kind,
        "version": template.version,
        "is_own": template.version >= FIRST_OWN,
        "wordings": _shown(wordings.wordings_of(template)),
        "proposals": proposals,
    }


def preview_template(command: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a wording would read with sample facts.

    Raises:
        InvalidPayload: as `wordings.read`.
    """
    given = wordings.read(templates()[command["kind"]], command["wordings"])
    return {"items": list(wordings.previews(given, SAMPLES))}


def list_approvals(books: Books) -> dict[str, Any]:
    """Return the wordings that wait for a second person; none for whom they are not."""
    actor = books.work.actor
    if not permits(actor.role or "", SEE):
        return {"items": [], "next": None}
    return {"items": [pending(one, actor) for one in books.wordings.list_waiting()], "next": None}


def pending(proposal: Proposal, actor: Actor) -> dict[str, Any]:
    """Return a proposal in the one shape of all that waits for a second person (mechanics B3).

    Its checker reads every sentence of it with sample facts, in both languages.
    """
    is_another = actor.person_id != proposal.maker_id and not actor.is_new
    (title, *_) = proposal.wordings
    spoken = wordings.previews(proposal.wordings, SAMPLES)
    return {
        "id": proposal.id,
        "service": "notifications",
        "kind": TEMPLATE,
        "permission": AGREE,
        "subject_id": proposal.id,
        "subject_bn": title.bn[:200],
        "subject_en": title.en[:200],
        "office_id": None,
        "maker_id": proposal.maker_id,
        "maker_bn": None,
        "maker_en": None,
        "proposed_at": proposal.proposed_at,
        "state": proposal.state,
        "may_decide": is_another and proposal.state == "waiting" and permits(actor.role or "", AGREE),
        "facts": {
            "message_kind": proposal.kind,
            "sentences": [one.text for one in spoken],
            "reason": proposal.reason,
        },
    }


def _shown(said: Sequence[Wording]) -> list[dict[str, Any]]:
    return [asdict(one) | {"placeholders": sorted(wordings.placeholders(one.bn))} for one in said]
