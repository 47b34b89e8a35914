"""The tree of offices, and opening one below another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for

from contracts.identity import LIST_OFFICES, OPEN_OFFICE
from contracts.identity.offices import LEVELS
from gateway.auth import requires
from gateway.portal.forms import Form, choice, day, text
from gateway.portal.forms import code as short_code
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class OfficeForm(Form):
    """What must be known of a new office."""

    parent_id = choice("office.parent")
    level = choice("office.level")
    code = short_code("office.code")
    name_bn = text("name.bn")
    name_en = text("name.en")
    opened_on = day("office.opened_on")


@requires("office:read")
def offices() -> ResponseReturnValue:
    """The offices that one sees, as a tree."""
    return render_template("portal/offices.html", offices=all_offices())


@requires("office:open")
def offices_new() -> ResponseReturnValue:
    """Open an office."""
    form = OfficeForm()
    form.parent_id.choices = [(one["id"], label_of(one)) for one in all_offices() if one["level"] != "branch"]
    form.level.choices = [(level, t(f"level.{level}")) for level in reversed(LEVELS[1:])]
    if form.validate_on_submit():
        opened = form.send(OPEN_OFFICE, office_of(form))
        if opened:
            flash(t("office.opened", name=pick(opened, "name")), "success")
            return redirect(url_for("portal.offices"), 303)
    return form.page(
        "form.html",
        title=t("office.new"),
        act=t("office.act"),
        back=url_for("portal.offices"),
        hints={"code": t("office.code_hint")},
    )


def office_of(form: OfficeForm) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "code": (form.code.data or "").upper(),
        "level": form.level.data,
        "parent_id": form.parent_id.data,
        "name_bn": form.name_bn.data,
        "name_en": form.name_en.data,
        "opened_on": form.opened_on.data.isoformat() if form.opened_on.data else None,
    }


def all_offices() -> list[dict[str, Any]]:
    """Every office of one's subtree, in the order of the tree."""
    return every_item(LIST_OFFICES)


def branches() -> list[tuple[str, str]]:
    """The branches of one's subtree as choices."""
    return [(one["id"], label_of(one)) for one in all_offices() if one["level"] == "branch"]


def label_of(office: dict[str, Any]) -> str:
    """An office as a choice shows it."""
    return f"{pick(office, 'name')} ({shown_digits(office['code'])})"


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/offices", view_func=offices)
    blueprint.add_url_rule("/offices/new", view_func=offices_new, methods=["GET", "POST"])
