"""What a branch and its field officers are to reach in a month: set from above, each for those below him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for

from contracts.errors import NotFound
from contracts.identity import LIST_STAFF
from contracts.permissions import Role
from contracts.transactions.targets import LIST_TARGETS, SET_TARGETS
from gateway.asking import ask
from gateway.auth import current_session, may, requires
from gateway.edge import today
from gateway.portal.branch import branch_of_page, branch_page, branches_seen
from gateway.portal.dates import iso_or_none
from gateway.portal.forms import Form, digits
from gateway.portal.money import typed_taka
from gateway.portal.of_month import facts_of_month, last_day, month_of_page
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

SET = "target:set"
MONEY = ("savings", "disbursement", "recovery")


class TargetsForm(Form):
    """What is to be reached."""

    members = digits("target.members")
    savings = digits("target.savings")
    disbursement = digits("target.disbursement")
    recovery = digits("target.recovery")


@requires("book:read")
def targets() -> ResponseReturnValue:
    """The targets of a branch and of its officers for a month; which of them one may set."""
    branch, month = branch_of_page(), month_of_page()
    asked = {"office_id": branch["id"], "month": month.isoformat()} if branch else None
    items = ask(LIST_TARGETS, asked)["items"] if asked else []
    return branch_page(
        "targets.html",
        branch,
        lines=lines_of(branch, items) if branch else [],
        older=older_of(items),
        **facts_of_month(month),
        until=min(today(), last_day(month)).isoformat(),
    )


def lines_of(branch: dict[str, Any], items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The branch and each officer with the newest targets, and whether one may set them."""
    newest: dict[str | None, dict[str, Any]] = {}
    for item in items:
        newest.setdefault(item["officer_id"], item)
    known = {one["officer_id"]: one for one in officers_of(branch["id"])}
    told = {key: item for key, item in newest.items() if key is not None and key not in known}
    above, here = may_set(branch)
    return [
        {"officer_id": None, "targets": newest.get(None), "may_set": above},
        *(
            {**one, "targets": newest.get(key), "may_set": here and key in known}
            for key, one in {**known, **told}.items()
        ),
    ]


def older_of(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was set before the newest, for whom and by whom."""
    seen: set[str | None] = set()
    older = []
    for item in items:
        if item["officer_id"] in seen:
            older.append(item)
        seen.add(item["officer_id"])
    return older


def officers_of(office_id: str) -> list[dict[str, Any]]:
    """The active field officers of a branch, as far as one may read the staff."""
    if not may("staff:read"):
        return []
    return [
        {"officer_id": one["id"], "officer_bn": one["name_bn"], "officer_en": one["name_en"]}
        for one in every_item(LIST_STAFF, office_id=office_id)
        if one["role"] == Role.FIELD_OFFICER and one["office_id"] == office_id and one["status"] == "active"
    ]


def may_set(branch: dict[str, Any]) -> tuple[bool, bool]:
    """Whether one may set the branch's targets (from above it), and its officers' (in it)."""
    paths = {post.office_path for post in current_session().posts if SET in post.permissions}
    return bool(paths - {branch["path"]}), branch["path"] in paths


@requires(SET)
def targets_set(office_id: UUID, month: str) -> ResponseReturnValue:
    """Set targets of a branch, or of one of its officers; they begin with those that count now."""
    line = line_of(str(office_id), month, request.args.get("officer") or None)
    form = TargetsForm(data=typed_of(line["targets"]))
    back = url_for("portal.targets", office=office_id, month=month)
    if form.validate_on_submit() and form.send(SET_TARGETS, targets_of(form, str(office_id), month, line)):
        flash(t("target.set"), "success")
        return redirect(back, 303)
    whose = pick(line, "officer") if line["officer_id"] else pick(line["branch"], "name")
    lead = f"{whose} · {shown_digits(month[:7])}"
    return form.page("form.html", title=t("target.act"), lead=lead, act=t("target.act"), back=back)


def line_of(office_id: str, month: str, officer_id: str | None) -> dict[str, Any]:
    """Return whose targets are to be set, with those that count now.

    Raises:
        NotFound: there is no such branch or officer for this person.
    """
    branch = next((one for one in branches_seen() if one["id"] == office_id), None)
    if branch is None or iso_or_none(month) is None:
        raise NotFound
    items = ask(LIST_TARGETS, {"office_id": office_id, "month": month})["items"]
    line = next((one for one in lines_of(branch, items) if one["officer_id"] == officer_id), None)
    if line is None:
        raise NotFound
    return {**line, "branch": branch}


def typed_of(now: dict[str, Any] | None) -> dict[str, str]:
    """Targets as they would be typed again."""
    return {name: str(now[name]).removesuffix(".00") for name in ("members", *MONEY)} if now else {}


def targets_of(form: TargetsForm, office_id: str, month: str, line: dict[str, Any]) -> dict[str, Any]:
    """The form as the command it means."""
    members = form.members.data or ""
    return {
        "id": form.id.data,
        "office_id": office_id,
        "officer_id": line["officer_id"],
        "month": month,
        "members": int(members) if members.isdecimal() else members,
        **{name: typed_taka(form[name].data) for name in MONEY},
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/targets", view_func=targets)
    blueprint.add_url_rule(
        "/targets/<uuid:office_id>/<month>", view_func=targets_set, methods=["GET", "POST"]
    )
