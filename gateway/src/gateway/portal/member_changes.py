"""What changes in a member's life: she moves to another samity, dies, or leaves for good. L5, L6, L7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from wtforms import BooleanField

from contracts.accounts import GET_MEMBER, LIST_SAMITIES
from contracts.accounts.death_words import Whose
from contracts.accounts.deaths import REPORT_DEATH
from contracts.accounts.exits import PROPOSE_EXIT, READ_EXIT_CHECKLIST, UNDO_EXIT
from contracts.accounts.members import MARKS
from contracts.accounts.samities import LIST_OTHER_SAMITIES
from contracts.accounts.transfers import PROPOSE_TRANSFER
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.forms import DayField, Form, Needed, choice, label, text
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.catalogue import filled
from gateway.words.formats import digits, pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method

SHORTEST_QUERY = 2
FACT = {"bn": "{fact}", "en": "{fact}"}


class TransferForm(Form):
    """To which samity she moves, and why."""

    to_samity_id = choice("change.to_samity")
    reason = text("form.reason")


class DeathForm(Form):
    """Who died and when, who says so, and by which paper."""

    whose = choice("change.whose")
    died_on = DayField(
        label("change.died_on"), validators=[Needed()], render_kw={"placeholder": label("form.day_shape")}
    )
    reported_by = text("change.reported_by")
    certificate = text("change.certificate")


class ExitForm(Form):
    """Why she leaves, her mark, who saw it, and whether she may ever join again."""

    reason = text("form.reason")
    mark = choice("change.mark")
    witness = text("member.witness")
    blacklist = BooleanField(label("change.blacklist"))


class StayForm(Form):
    """Why she stays after all."""

    reason = text("form.reason")


@requires("member:propose_change")
def members_transfer(member_id: UUID) -> ResponseReturnValue:
    """Ask for her to move; whoever receives her agrees, then her accounts go along. Rule L6."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    form = TransferForm()
    query = (request.args.get("query") or "").strip()
    found = elsewhere(member["id"], query) if len(query) >= SHORTEST_QUERY else None
    named = others(member["samity_id"]) if found is None else choices_of(found)
    form.to_samity_id.choices = [("", "–"), *named]
    said = {"to_samity_id": form.to_samity_id.data, "reason": form.reason.data}
    if form.validate_on_submit() and proposed(form, PROPOSE_TRANSFER, member, said):
        return done(member)
    asked = {"query": query, "found": found and found["items"], "more": bool(found and found["more"])}
    return change_page(form, member, "transfer", "transfer.html", **asked)


def elsewhere(member_id: str, query: str) -> dict[str, Any]:
    """The samities of the whole institution by code or name, wherever they are."""
    return ask(LIST_OTHER_SAMITIES, {"member_id": member_id, "query": query})


def choices_of(found: dict[str, Any]) -> list[tuple[str, str]]:
    """What was found, as a choice: each with its branch."""
    return [
        (one["id"], f"{pick(one, 'name')} ({digits(one['code'])}) · {pick(one, 'branch_name')}")
        for one in found["items"]
    ]


def others(samity_id: str) -> list[tuple[str, str]]:
    """The samities of one's scope but hers, as a choice."""
    return [
        (one["id"], f"{pick(one, 'name')} ({digits(one['code'])})")
        for one in every_item(LIST_SAMITIES)
        if one["id"] != samity_id
    ]


@requires("member:propose_change")
def members_death(member_id: UUID) -> ResponseReturnValue:
    """Write down a death: hers freezes everything from its date, a spouse's is a case of its own. Rule L5."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    form = DeathForm()
    form.whose.choices = [("", "–"), *((str(one), t(f"whose.{one}")) for one in Whose)]
    if form.validate_on_submit() and form.died_on.data:
        said = {name: form[name].data for name in ("whose", "reported_by", "certificate")}
        if proposed(form, REPORT_DEATH, member, said | {"died_on": form.died_on.data.isoformat()}):
            return done(member)
    return change_page(form, member, "death")


@requires("member:propose_change")
def members_exit(member_id: UUID) -> ResponseReturnValue:
    """What stands in the way of her leaving for good; when nothing does, ask for it. Rule L7."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    checklist = ask(READ_EXIT_CHECKLIST, {"member_id": str(member_id)})
    form = ExitForm()
    form.mark.choices = [(one, t(f"mark.{one}")) for one in reversed(MARKS)]
    said = {name: form[name].data for name in ("reason", "mark", "witness", "blacklist")}
    if form.validate_on_submit() and proposed(form, PROPOSE_EXIT, member, said):
        return done(member)
    return form.page("exit.html", member=member, checklist=checklist, facts_in_words=facts_in_words)


@requires("member:propose_change")
def members_stay(member_id: UUID) -> ResponseReturnValue:
    """Ask for a leaving to be undone, on the day on which she left. Rule L7."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    form = StayForm()
    if form.validate_on_submit() and proposed(form, UNDO_EXIT, member, {"reason": form.reason.data}):
        return done(member)
    return change_page(form, member, "stay")


def facts_in_words(facts: dict[str, Any]) -> str:
    """What a line of the checklist says beside its sentence: codes, counts and amounts."""
    values = (one for fact in facts.values() for one in (fact if isinstance(fact, list) else [fact]))
    return ", ".join(digits(filled(FACT, {"fact": one})) for one in values if one not in (None, 0, "0.00"))


def proposed(form: Form, method: Method, member: dict[str, Any], said: dict[str, Any]) -> bool:
    """Ask for it; a refusal stays on the form."""
    return form.send(method, {"id": form.id.data, "member_id": member["id"], **said}) is not None


def done(member: dict[str, Any]) -> ResponseReturnValue:
    """Say that it waits for a second person, and go back to her page."""
    flash(t("change.proposed"), "success")
    return redirect(url_for("portal.members_one", member_id=member["id"]), 303)


def change_page(
    form: Form, member: dict[str, Any], change: str, template: str = "form.html", **facts: Any
) -> ResponseReturnValue:
    """The page of one change."""
    return form.page(
        template,
        title=t(f"change.title_{change}", name=pick(member, "name")),
        lead=t(f"change.lead_{change}"),
        act=t("form.ask"),
        back=url_for("portal.members_one", member_id=member["id"]),
        **facts,
    )


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    changes = {
        "transfer": members_transfer,
        "death": members_death,
        "exit": members_exit,
        "stay": members_stay,
    }
    for change, view in changes.items():
        address = f"/members/<uuid:member_id>/{change}"
        blueprint.add_url_rule(address, view_func=view, methods=["GET", "POST"])
