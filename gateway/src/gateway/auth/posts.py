"""In which of his posts a person asks, where he acts for somebody: in all of them, unless he chooses one."""

from flask import request

from contracts.errors import Forbidden
from gateway.auth.session import Session

HEADER = "Acting-Post"
COOKIE = "post"
API = "/api/"


def in_chosen_post(session: Session) -> Session:
    """Return the session in the post that the request names: programs by a header, browsers by a cookie.

    Without a choice all posts count together. One chooses for lists: they are of the widest post alone, and
    that is never a neighbour's.

    Raises:
        Forbidden: a program names a post that the person does not hold.
    """
    if not request.path.startswith(API):
        return session.narrowed(request.cookies.get(COOKIE, ""))
    wanted = request.headers.get(HEADER)
    if wanted is None:
        return session
    if wanted not in {post.key for post in session.posts}:
        raise Forbidden
    return session.narrowed(wanted)
