"""Notes on a member: read by whom they are for, and written once. Rule P4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from contracts.accounts import GET_MEMBER
from contracts.accounts.note_words import WRITTEN_BY_STAFF, NoteKind
from contracts.accounts.notes import LIST_NOTES, LONGEST_NOTE, WRITE_AUDIT_NOTE, WRITE_NOTE
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.portal.forms import Form, choice, paragraph
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class NoteForm(Form):
    """About what the note is, and what it says."""

    kind = choice("note.kind")
    text = paragraph("note.text", LONGEST_NOTE)


def kinds() -> list[NoteKind]:
    """About what the reader may write."""
    auditors = [NoteKind.AUDIT] if may("note:audit") else []
    return [*(WRITTEN_BY_STAFF if may("note:write") else ()), *auditors]


@requires("member:read")
def members_notes(member_id: UUID) -> ResponseReturnValue:
    """All notes on her that the reader may read, page by page."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    page = ask(LIST_NOTES, {"member_id": str(member_id), "after": request.args.get("after") or None})
    return render_template("portal/notes.html", member=member, page=page, writes=bool(kinds()))


@requires("member:read")
def members_notes_new(member_id: UUID) -> ResponseReturnValue:
    """Write a note; nothing is changed afterwards."""
    member, form = ask(GET_MEMBER, {"id": str(member_id)}), NoteForm()
    form.kind.choices = [(str(one), t(f"note_kind.{one}")) for one in kinds()]
    if form.validate_on_submit() and written(form, member["id"]):
        flash(t("note.written"), "success")
        return redirect(url_for("portal.members_one", member_id=member_id), 303)
    return form.page(
        "form.html",
        title=t("note.title", name=pick(member, "name")),
        lead=t("note.lead"),
        act=t("note.act"),
        back=url_for("portal.members_one", member_id=member_id),
        hints={"kind": t("note.kind_hint")},
    )


def written(form: NoteForm, member_id: str) -> bool:
    """Send the note; an auditor's goes its own way."""
    said = {"id": form.id.data, "member_id": member_id, "text": form.text.data}
    if form.kind.data == NoteKind.AUDIT:
        return form.send(WRITE_AUDIT_NOTE, said) is not None
    return form.send(WRITE_NOTE, said | {"kind": form.kind.data}) is not None


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/members/<uuid:member_id>/notes", view_func=members_notes)
    blueprint.add_url_rule(
        "/members/<uuid:member_id>/notes/new", view_func=members_notes_new, methods=["GET", "POST"]
    )
