"""What waits for a second person, in every service and in every post that the person holds (mechanics B3)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contracts.calls import Method
from contracts.errors import ServiceError
from gateway.asking import Outcome, ask_in_every_post


def ask_inbox(questions: Sequence[tuple[Method, Mapping[str, Any]]]) -> list[Outcome]:
    """Ask services for a page of what waits; each place holds its page, or why there is none.

    Who acts for somebody sees what waits in both posts, and may decide what either of them may.
    """
    return [one_page(outcomes) for outcomes in ask_in_every_post(questions)]


def one_page(outcomes: Sequence[Outcome]) -> Outcome:
    """Put the pages of one service, asked in several posts, into one; a refusal is told where all refuse."""
    pages = [outcome for outcome in outcomes if not isinstance(outcome, ServiceError)]
    if len(pages) <= 1:
        return pages[0] if pages else outcomes[0]
    items = sorted(_each_once(pages).values(), key=_place)
    ends = [_place(page["items"][-1]) for page in pages if page["next"] and page["items"]]
    if not ends:
        return {"items": items, "next": None}
    shown = [item for item in items if _place(item) <= min(ends)]
    return {"items": shown, "next": shown[-1]["id"]}


def _each_once(pages: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    for item in (item for page in pages for item in page["items"]):
        seen = known.get(item["id"])
        known[item["id"]] = item | {"may_decide": item["may_decide"] or bool(seen and seen["may_decide"])}
    return known


def _place(item: Mapping[str, Any]) -> tuple[str, str]:
    return (item["proposed_at"], item["id"])
