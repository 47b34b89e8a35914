"""Going on with the last closed day: the branch asks, the area lets it, nothing is unsealed. Rule M16."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for

from contracts.transactions.supplements import PROPOSE_SUPPLEMENT
from gateway.auth import requires
from gateway.portal.forms import Form, text
from gateway.words import t
from gateway.words.formats import day

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class SupplementForm(Form):
    """What was left out of the day."""

    reason = text("form.reason")


@requires("day:propose_supplement")
def day_supplement(office_id: UUID, on: str) -> ResponseReturnValue:
    """Ask the area to let a closed day be gone on with."""
    form = SupplementForm()
    back = url_for("portal.day", office=office_id)
    said = {"id": form.id.data, "office_id": str(office_id), "on": on, "reason": form.reason.data}
    if form.validate_on_submit() and form.send(PROPOSE_SUPPLEMENT, said):
        flash(t("supplement.proposed"), "success")
        return redirect(back, 303)
    title = t("supplement.title", on=day(on))
    return form.page("form.html", title=title, lead=t("supplement.lead"), act=t("form.ask"), back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the page into the portal."""
    blueprint.add_url_rule(
        "/day/<uuid:office_id>/<on>/supplement", view_func=day_supplement, methods=["GET", "POST"]
    )
