"""A member's photo and her papers: shown to who may read them, added for a second person. M8, P10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.accounts import GET_MEMBER
from contracts.accounts.picture_words import PictureKind
from contracts.accounts.pictures import ADD_PICTURE, READ_PHOTO, READ_PICTURE
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.forms import choice, text
from gateway.portal.members import UnmaskForm
from gateway.portal.picture_fields import PictureForm
from gateway.showing import picture_of
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class NewPictureForm(PictureForm):
    """What the picture shows, and the picture."""

    kind = choice("picture.kind")
    note = text("picture.note", needed=False)

    @property
    def shows(self) -> PictureKind:
        """What was chosen; of a face where nothing fitting was."""
        return PictureKind(self.kind.data) if self.kind.data in set(PictureKind) else PictureKind.PHOTO


@requires("member:read")
def members_photo(member_id: UUID) -> ResponseReturnValue:
    """Her photo; of an applicant the one that waits with her."""
    return picture_of(READ_PHOTO, {"member_id": str(member_id)})


@requires("document:read")
def members_pictures_one(picture_id: UUID) -> ResponseReturnValue:
    """A picture that says no number, or waits for a decision; that somebody looked is recorded."""
    return picture_of(READ_PICTURE, {"id": str(picture_id)})


@requires("document:read")
def members_pictures_look(member_id: UUID, picture_id: UUID) -> ResponseReturnValue:
    """Show one paper of a file once, after the reason was recorded."""
    form, back = UnmaskForm(), url_for("portal.members_one", member_id=member_id)
    if form.validate_on_submit():
        shown = form.send(READ_PICTURE, {"id": str(picture_id), "reason": form.reason.data})
        if shown:
            return render_template("portal/picture_shown.html", picture=shown, back=back)
    title, lead = t("picture.look_title"), t("picture.look_lead")
    return form.page("form.html", title=title, lead=lead, act=t("picture.look_act"), back=back)


@requires("picture:add")
def members_pictures_new(member_id: UUID) -> ResponseReturnValue:
    """Put a picture into her file; a second person agrees to it."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    form = NewPictureForm(kind=request.args.get("kind"))
    form.kind.choices = [("", "–"), *((str(one), t(f"picture_kind.{one}")) for one in PictureKind)]
    if form.validate_on_submit() and added(form, member):
        flash(t("picture.sent"), "success")
        return redirect(url_for("portal.members_one", member_id=member_id), 303)
    return form.page("picture_form.html", member=member, name=pick(member, "name"))


def added(form: NewPictureForm, member: dict[str, Any]) -> bool:
    """Send it; where none was chosen, that is said."""
    if form.small is None:
        form.content.errors = [t("picture.none")]
        return False
    said = {"id": form.id.data, "member_id": member["id"], "kind": form.kind.data, "note": form.note.data}
    return form.send(ADD_PICTURE, said | {"content": form.small}) is not None


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/members/<uuid:member_id>/photo", view_func=members_photo)
    blueprint.add_url_rule("/pictures/<uuid:picture_id>", view_func=members_pictures_one)
    blueprint.add_url_rule(
        "/members/<uuid:member_id>/pictures/<uuid:picture_id>",
        view_func=members_pictures_look,
        methods=["GET", "POST"],
    )
    blueprint.add_url_rule(
        "/members/<uuid:member_id>/pictures/new", view_func=members_pictures_new, methods=["GET", "POST"]
    )
