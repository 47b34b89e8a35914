"""How a request proves whose it is: a bearer token for programs, the cookie for the portal's pages."""

from flask import Flask, Response, g, request

from contracts.errors import Kind, ServiceError, Unauthenticated
from contracts.identity import FIND_SESSION, REFRESH
from gateway.asking import ask, parts
from gateway.auth.cookies import Tokens, token_cookie
from gateway.auth.session import Session
from gateway.auth.sessions import hash_of
from gateway.edge import now

API = "/api/"
BEARER = "bearer"


def register_credentials(app: Flask) -> None:
    """Look for credentials when a view asks who it is, not before."""
    app.before_request(_prepare)
    app.after_request(_keep_renewed)


def _prepare() -> None:
    g.find_session = of_bearer if request.path.startswith(API) else of_cookie


def of_bearer() -> Session | None:
    """Return the session of the bearer token; a cookie never opens the API, so no other site can use it.

    Raises:
        Unauthenticated: there is a token, and it is nobody's.
    """
    authorization = request.authorization
    if authorization is None or authorization.type != BEARER or not authorization.token:
        return None
    return _session_of(authorization.token)


def of_cookie() -> Session | None:
    """Return the session of the browser, its tokens renewed if need be; none where it has ended."""
    tokens = token_cookie().find()
    if tokens is None:
        return None
    try:
        if tokens.is_over(now()):
            tokens = _renew(tokens)
        return _session_of(tokens.access_token)
    except ServiceError as error:
        if error.kind is not Kind.UNAUTHENTICATED:
            raise
        g.forget_browser = True
        return None


def _session_of(token: str) -> Session:
    try:
        return parts().sessions.of_token(
            token, now=now(), find=lambda token_hash: ask(FIND_SESSION, {"access_hash": token_hash})
        )
    except ServiceError as error:
        if error.kind in {Kind.NOT_FOUND, Kind.INVALID}:
            raise Unauthenticated from None
        raise


def _renew(tokens: Tokens) -> Tokens:
    answer = ask(REFRESH, {"refresh_hash": hash_of(tokens.refresh_token), "device_id": None})
    renewed = Tokens.of(answer, now())
    g.renewed_tokens = renewed
    return renewed


def _keep_renewed(response: Response) -> Response:
    """Hand renewed tokens to the browser, unless the view has just changed them itself."""
    cookie = token_cookie()
    if any(value.startswith(f"{cookie.name}=") for value in response.headers.getlist("Set-Cookie")):
        return response
    if "renewed_tokens" in g:
        cookie.write(response, g.renewed_tokens)
    elif "forget_browser" in g:
        cookie.delete(response)
    return response
