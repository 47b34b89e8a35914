"""Counting by surprise: the vault, or what an officer has with him; who keeps it signs. M7, P12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for

from contracts.accounts import LIST_SAMITIES
from contracts.transactions.surprise_counts import (
    LIST_SURPRISE_COUNTS,
    RECORD_SURPRISE_COUNT,
    SEE_SURPRISE_COUNT,
)
from gateway.asking import ask
from gateway.auth import current_session, may, requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.deeds import attempt
from gateway.portal.pages import every_item
from gateway.portal.slips import FACES, SlipForm
from gateway.words import t

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

VAULT = "vault"


@requires("surprise_count:read")
def surprisecounts() -> ResponseReturnValue:
    """What was found by surprise in a branch, the newest first."""
    branch = branch_of_page()
    after = request.args.get("after") or None
    said = {"office_id": branch["id"], "after": after} if branch else None
    page = ask(LIST_SURPRISE_COUNTS, said) if said else {"items": [], "next": None}
    return branch_page("surprise_counts.html", branch, page=page, waits_for_me=waits_for_me)


def waits_for_me(count: dict[str, Any]) -> bool:
    """Whether the reader keeps the cash that was counted, and has not said yet that he saw it."""
    me, officer = current_session().person_id, count["officer_id"]
    mine = officer == me if officer else may("cash:count") or may("cash:confirm")
    return may("surprise_count:see") and mine and not count["seen_by"] and count["counted_by"] != me


@requires("surprise_count:record")
def surprisecounts_new(office_id: UUID) -> ResponseReturnValue:
    """Count the vault, or the cash of one officer of the branch."""
    form = SlipForm()
    back = url_for("portal.surprisecounts", office=office_id)
    if form.validate_on_submit() and form.readable():
        whose = request.form.get("whose", VAULT)
        count = {"id": form.id.data, "office_id": str(office_id), "denominations": form.denominations()}
        more = {
            "officer_id": None if whose == VAULT else whose,
            "remark": request.form.get("remark", "").strip() or None,
        }
        if form.send(RECORD_SURPRISE_COUNT, {**count, **more}):
            flash(t("surprise.recorded"), "success")
            return redirect(back, 303)
    return form.page(
        "surprise_count.html",
        office_id=office_id,
        officers=officers_of(str(office_id)),
        faces=FACES,
        back=back,
    )


def officers_of(office_id: str) -> dict[str, dict[str, Any]]:
    """The officers who hold samities of a branch, by id."""
    samities = every_item(LIST_SAMITIES, branch_id=office_id)
    return {one["officer_id"]: one for one in samities if one["officer_id"]}


@requires("surprise_count:see")
def surprisecounts_seen(office_id: UUID, count_id: UUID) -> ResponseReturnValue:
    """Who keeps the cash saw the same notes, and says why they are what they are."""
    reply = request.form.get("reply", "").strip() or None
    attempt(SEE_SURPRISE_COUNT, {"id": str(count_id), "reply": reply}, "surprise.seen")
    return redirect(url_for("portal.surprisecounts", office=office_id), 303)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/surprise-counts", view_func=surprisecounts)
    blueprint.add_url_rule(
        "/surprise-counts/new/<uuid:office_id>", view_func=surprisecounts_new, methods=["GET", "POST"]
    )
    blueprint.add_url_rule(
        "/surprise-counts/<uuid:office_id>/<uuid:count_id>/seen",
        view_func=surprisecounts_seen,
        methods=["POST"],
    )
