"""How messages to members read: another wording is typed, seen with sample facts, and agreed to. P2, P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.errors import ServiceError
from contracts.wordings import GET_TEMPLATE, LIST_TEMPLATES, PREVIEW_TEMPLATE, PROPOSE_TEMPLATE
from gateway.asking import ask
from gateway.auth import requires
from gateway.errors import problem_of
from gateway.portal.forms import Form, label, text
from gateway.words import t

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

LANGUAGES = ("bn", "en")


class WordingForm(Form):
    """The sentences of one kind of message, read from the request, because they are one table; and why."""

    reason = text("form.reason", needed=False, description=label("wording.reason_hint"))

    def typed(self, index: int, language: str, now: str) -> str:
        """What stands in a line: as it was typed, else as it reads now."""
        return request.form.get(f"{language}-{index}", now)

    def wordings(self, now: list[dict[str, Any]]) -> list[dict[str, str]]:
        """The sentences of the command, in the order of the page."""
        return [
            {"part": one["part"], "variant": one["variant"]}
            | {language: self.typed(index, language, one[language]) for language in LANGUAGES}
            for index, one in enumerate(now)
        ]

    def wrong(self, index: int, language: str) -> list[str]:
        """What is wrong with a line."""
        return list(self.problem.fields.get(f"wordings.{index}.{language}", ())) if self.problem else []

    def preview(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """The sentences with sample facts; none where something is wrong, which then stands at its line."""
        try:
            items: list[dict[str, Any]] = ask(PREVIEW_TEMPLATE, asked)["items"]
        except ServiceError as error:
            self.refuse(problem_of(error))
            return []
        return items


@requires("template:read")
def wordings() -> ResponseReturnValue:
    """Every kind of message and whose wording counts."""
    return render_template("portal/wordings.html", kinds=ask(LIST_TEMPLATES, {})["items"])


@requires("template:read")
def wordings_one(kind: str) -> ResponseReturnValue:
    """How one kind reads now, and what was proposed for it."""
    return render_template("portal/wording.html", file=ask(GET_TEMPLATE, {"kind": kind}))


@requires("template:propose")
def wordings_new(kind: str) -> ResponseReturnValue:
    """Type another wording; see it with sample facts as often as one likes; ask for it."""
    form, file = WordingForm(), ask(GET_TEMPLATE, {"kind": kind})
    asked = {"kind": kind, "wordings": form.wordings(file["wordings"])}
    seen: list[dict[str, Any]] = []
    if form.validate_on_submit():
        if request.form.get("deed") == "ask":
            body = {"id": form.id.data, **asked, "reason": form.reason.data}
            if form.send(PROPOSE_TEMPLATE, body):
                flash(t("form.waits_for_administrator"), "success")
                return redirect(url_for("portal.wordings_one", kind=kind), 303)
        else:
            seen = form.preview(asked)
    return form.page("wording_form.html", file=file, seen=seen)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/wordings", view_func=wordings)
    blueprint.add_url_rule("/wordings/<kind>", view_func=wordings_one)
    blueprint.add_url_rule("/wordings/<kind>/new", view_func=wordings_new, methods=["GET", "POST"])
