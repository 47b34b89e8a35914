"""Hand-overs: the accountant counts the officer's cash and puts the sheets into the book. M7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for

from contracts.transactions.collection import (
    AUTHORISE_HANDOVER,
    COUNT_HANDOVER,
    GET_HANDOVER,
)
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.deeds import attempt
from gateway.portal.lists import HANDOVERS
from gateway.portal.slips import FACES, SlipForm
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@requires("handover:read")
def handovers() -> ResponseReturnValue:
    """The hand-overs of a branch, the newest first."""
    return branch_page("handovers.html", branch_of_page(), page=HANDOVERS.page())


@requires("handover:read")
def handovers_one(handover_id: UUID) -> ResponseReturnValue:
    """One hand-over with its sheets and counts."""
    return show(SlipForm(), handover_id)


@requires("handover:count")
def handovers_count(handover_id: UUID) -> ResponseReturnValue:
    """Save a count; a saved count stays, and another one may follow."""
    form = SlipForm()
    if form.validate_on_submit() and form.readable():
        counted = form.send(
            COUNT_HANDOVER,
            {
                "handover_id": str(handover_id),
                "count_id": form.id.data,
                "denominations": form.denominations(),
            },
        )
        if counted:
            flash(t("handover.counted"), "success")
            return redirect(url_for("portal.handovers_one", handover_id=handover_id), 303)
    return show(form, handover_id)


@requires("handover:authorise")
def handovers_authorise(handover_id: UUID, count_id: UUID) -> ResponseReturnValue:
    """Put the sheets of the hand-over into the book by this count."""
    attempt(
        AUTHORISE_HANDOVER,
        {"handover_id": str(handover_id), "count_id": str(count_id)},
        "handover.authorised",
    )
    return redirect(url_for("portal.handovers_one", handover_id=handover_id), 303)


def show(form: SlipForm, handover_id: UUID) -> ResponseReturnValue:
    """The page of one hand-over."""
    handover = ask(GET_HANDOVER, {"id": str(handover_id)})
    return form.page("handover.html", handover=handover, faces=FACES)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/hand-overs", view_func=handovers)
    blueprint.add_url_rule("/hand-overs/<uuid:handover_id>", view_func=handovers_one)
    blueprint.add_url_rule(
        "/hand-overs/<uuid:handover_id>/counts", view_func=handovers_count, methods=["POST"]
    )
    blueprint.add_url_rule(
        "/hand-overs/<uuid:handover_id>/counts/<uuid:count_id>/authorisation",
        view_func=handovers_authorise,
        methods=["POST"],
    )
