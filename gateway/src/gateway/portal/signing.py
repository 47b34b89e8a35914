"""The portal's door: sign in, choose one's own password, sign out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, make_response, redirect, request, session, url_for
from wtforms import PasswordField

from contracts.errors import ServiceError
from contracts.identity import CHANGE_PASSWORD, SIGN_IN_STAFF, SIGN_OUT
from gateway.asking import ask
from gateway.auth import current_session, open_to_all, requires, safe_next
from gateway.auth.cookies import sign_in_cookie, sign_out_cookie
from gateway.portal.forms import Form, Needed, code, label
from gateway.words import t

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

CHANGE_FIRST = "PASSWORD_CHANGE_REQUIRED"


def secret(key: str, autocomplete: str) -> PasswordField:
    """A field whose letters nobody sees."""
    return PasswordField(label(key), [Needed()], render_kw={"autocomplete": autocomplete})


class SignInForm(Form):
    """User name and password."""

    username = code("sign_in.username", autocomplete="username", autofocus=True)
    password = secret("sign_in.password", "current-password")


class PasswordForm(Form):
    """The one-time password of the slip becomes one's own."""

    username = code("sign_in.username", autocomplete="username")
    password = secret("password.present", "current-password")
    new_password = secret("password.new", "new-password")
    again = secret("password.again", "new-password")

    def same_twice(self) -> bool:
        """Whether the new password was typed the same way twice."""
        if self.new_password.data == self.again.data:
            return True
        self.again.errors = [t("password.differs")]
        return False


def door() -> dict[str, Any]:
    """From where somebody knocks."""
    return {
        "device_id": None,
        "device_name": t("sign_in.browser"),
        "address": request.remote_addr or "unknown",
    }


@open_to_all("this is the door")
def sign_in() -> ResponseReturnValue:
    """Sign in with user name and password."""
    form = SignInForm()
    if form.validate_on_submit():
        tokens = form.send(
            SIGN_IN_STAFF, {"username": form.username.data, "password": form.password.data, **door()}
        )
        if tokens:
            return welcome(tokens)
        if form.problem and form.problem.code == CHANGE_FIRST:
            session["username"] = form.username.data
            return redirect(url_for("portal.first_password"))
    return form.page("sign_in.html")


@open_to_all("the one-time password is the key to this page")
def first_password() -> ResponseReturnValue:
    """Choose one's own password in place of the one-time one."""
    form = PasswordForm(username=session.get("username"))
    if form.validate_on_submit() and form.same_twice():
        secrets = {"password": form.password.data, "new_password": form.new_password.data}
        tokens = form.send(CHANGE_PASSWORD, {"username": form.username.data, **secrets, **door()})
        if tokens:
            response = welcome(tokens)
            flash(t("password.changed"), "success")
            return response
    return form.page("first_password.html")


def welcome(tokens: dict[str, Any]) -> ResponseReturnValue:
    """Let somebody in, to the page he wanted."""
    session.clear()
    response = make_response(redirect(safe_next(request.args.get("next")), 303))
    sign_in_cookie(response, tokens)
    return response


@requires()
def sign_out() -> ResponseReturnValue:
    """End the session; where identity is away, at least this browser forgets it."""
    try:
        ask(SIGN_OUT, {"session_id": current_session().session_id})
    except ServiceError:
        flash(t("sign_out.only_here"), "warning")
    response = make_response(redirect(url_for("portal.sign_in"), 303))
    sign_out_cookie(response)
    return response


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/sign-in", view_func=sign_in, methods=["GET", "POST"])
    blueprint.add_url_rule("/first-password", view_func=first_password, methods=["GET", "POST"])
    blueprint.add_url_rule("/sign-out", view_func=sign_out, methods=["POST"])
