"""Samples: what the system draws for an auditor, and letters to the members who were drawn. Rule P12."""

from __future__ import annotations

from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, cast

from flask import redirect, request, send_file, url_for

from contracts.transactions.audit_sample_words import SampleOf
from contracts.transactions.audit_samples import (
    DRAW_SAMPLE,
    GET_SAMPLE,
    LARGEST,
    LIST_SAMPLES,
    PRINT_CONFIRMATIONS,
)
from gateway.asking import ask, parts
from gateway.auth import current_session, requires
from gateway.edge import now, today
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form, choice, day, digits
from gateway.portal.letters import letters_of
from gateway.rendering.files import IN_MEMORY, fonts_of
from gateway.rendering.letters import write_letters
from gateway.words import t

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

TYPICAL = "25"
"""How many are drawn unless the auditor says another number."""


class DrawForm(Form):
    """Of what a sample is drawn; which ones, nobody chooses."""

    of = choice("sample.of")
    from_on = day("sample.from_on")
    to_on = day("sample.to_on")
    size = digits("sample.size", default=TYPICAL)


def yesterday() -> date:
    """At whose end balances are told unless the auditor says another day: today's have not come to rest."""
    return today() - timedelta(days=1)


class LettersForm(Form):
    """At the end of which day the balances are told."""

    on = day("letter.on", default=yesterday)


@requires("sample:draw")
def samples() -> ResponseReturnValue:
    """What was drawn of a branch, the newest first."""
    branch = branch_of_page()
    asked = {"office_id": branch["id"], "after": request.args.get("after") or None} if branch else None
    page = ask(LIST_SAMPLES, asked) if asked else {"items": [], "next": None}
    return branch_page("samples.html", branch, page=page)


@requires("sample:draw")
def samples_new(office_id: UUID) -> ResponseReturnValue:
    """Let the system draw."""
    form = DrawForm()
    form.of.choices = [(one.value, t(f"sample_of.{one}")) for one in SampleOf]
    if form.validate_on_submit() and form.send(DRAW_SAMPLE, command_of(form, office_id)):
        return redirect(url_for("portal.samples_one", sample_id=form.id.data), 303)
    title, lead, back = t("sample.new"), t("sample.lead"), url_for("portal.samples", office=office_id)
    hints = {"size": t("sample.size_hint", most=LARGEST)}
    return form.page("form.html", title=title, lead=lead, act=t("sample.new"), back=back, hints=hints)


def command_of(form: DrawForm, office_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    size = form.size.data or ""
    days = {name: form[name].data.isoformat() for name in ("from_on", "to_on")}
    wanted = {"of": form.of.data, "size": int(size) if size.isdecimal() else size}
    return {"id": form.id.data, "office_id": str(office_id), **wanted, **days}


@requires("sample:draw")
def samples_one(sample_id: UUID) -> ResponseReturnValue:
    """What was drawn, with the way to each, and the letters."""
    return LettersForm().page("sample.html", sample=ask(GET_SAMPLE, {"id": str(sample_id)}))


@requires("sample:draw")
def samples_letters(sample_id: UUID) -> ResponseReturnValue:
    """The letters to the drawn members as one file, a page each."""
    form = LettersForm()
    if not form.validate_on_submit():
        return form.page("sample.html", sample=ask(GET_SAMPLE, {"id": str(sample_id)}))
    on = form.on.data.isoformat() if form.on.data else None
    asked = {"id": str(sample_id), "on": on}
    told = form.send(PRINT_CONFIRMATIONS, asked)
    if told is None:
        return form.page("sample.html", sample=ask(GET_SAMPLE, {"id": str(sample_id)}))
    out = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - sending closes it
    write_letters(letters_of(told, printed()), out, fonts_of(parts().config.frontend))
    out.seek(0)
    return send_file(out, "application/pdf", as_attachment=True, download_name=f"letters_{on}.pdf")


def printed() -> dict[str, Any]:
    """By whom and when letters are printed."""
    return {**current_session().person, "at": now().isoformat()}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    one, both = "/samples/<uuid:sample_id>", ["GET", "POST"]
    blueprint.add_url_rule("/samples", view_func=samples)
    blueprint.add_url_rule("/samples/new/<uuid:office_id>", view_func=samples_new, methods=both)
    blueprint.add_url_rule(one, view_func=samples_one)
    blueprint.add_url_rule(f"{one}/letters", view_func=samples_letters, methods=["POST"])
