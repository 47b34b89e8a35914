"""Lists that come in pages: one page for a screen, all of them for a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for

from gateway.asking import ask

if TYPE_CHECKING:
    from contracts.calls import Method

PAGES_AT_MOST = 20
"""A choice of more than two thousand is no choice: there the person searches instead."""


def same_page(**changes: str) -> str:
    """The address of this page with some of its questions changed."""
    asked = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    return url_for(request.endpoint or "portal.home", **asked)


def every_item(method: Method, **filters: object) -> list[dict[str, Any]]:
    """All items of a list, page after page."""
    items: list[dict[str, Any]] = []
    after = None
    for _ in range(PAGES_AT_MOST):
        page = ask(method, {**filters, "after": after} if after else filters)
        items += page["items"]
        after = page["next"]
        if not after:
            break
    return items
