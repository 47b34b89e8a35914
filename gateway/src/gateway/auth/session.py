"""A person's session as identity tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from contracts.actor import Actor
from contracts.money import parse_taka
from contracts.permissions import Role

OWN = "own"
RANKS = (Role.AREA_MANAGER, Role.BRANCH_MANAGER, Role.ACCOUNTANT)
"""Posts that somebody may act in, the one that decides most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post that the person holds: his own, or one in which he acts while somebody is away."""

    role: str
    permissions: frozenset[str]
    office_id: str
    office_path: str
    limits: tuple[tuple[str, int], ...]
    acting_id: str | None = None

    @classmethod
    def of(cls, answer: Mapping[str, Any], acting_id: str | None = None) -> Self:
        """Read what identity says of a post."""
        return cls(
            role=answer["role"],
            permissions=frozenset(answer["permissions"]),
            office_id=answer["office_id"],
            office_path=answer["office_path"],
            limits=tuple(
                (limit["permission"], int(parse_taka(limit["amount"]))) for limit in answer.get("limits", ())
            ),
            acting_id=acting_id,
        )

    @property
    def key(self) -> str:
        """By what it is chosen: the id of the acting post, or `own`."""
        return self.acting_id or OWN

    @property
    def order(self) -> tuple[int, int, bool]:
        """By which posts are tried: the wider scope, then the one that decides more, then the own."""
        rank = RANKS.index(Role(self.role)) if self.role in RANKS else len(RANKS)
        return (self.office_path.count("/"), rank, self.acting_id is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Whose session it is and what it may do; names in both languages, as `pick` reads them.

    Role and office are those of the person's own posting; `permissions` are those of all posts together.
    """

    session_id: str
    person_id: str
    kind: str
    role: str
    permissions: frozenset[str]
    office_id: str
    office_path: str
    office: Mapping[str, str]
    person: Mapping[str, str]
    username: str | None
    member_code: str | None
    device_id: str | None
    excluded_members: tuple[str, ...]
    posts: tuple[Post, ...]
    acting: tuple[Mapping[str, Any], ...]
    is_new: bool
    expires_at: datetime

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """Read identity's answer."""
        acting = tuple(answer.get("acting", ()))
        posts = (Post.of(answer), *(Post.of(post, post["id"]) for post in acting))
        return cls(
            session_id=answer["session_id"],
            person_id=answer["person_id"],
            kind=answer["kind"],
            role=answer["role"],
            permissions=frozenset().union(*(post.permissions for post in posts)),
            office_id=answer["office_id"],
            office_path=answer["office_path"],
            office={"name_bn": answer["office_name_bn"], "name_en": answer["office_name_en"]},
            person={"name_bn": answer["name_bn"], "name_en": answer["name_en"]},
            username=answer["username"],
            member_code=answer["member_code"],
            device_id=answer["device_id"],
            excluded_members=tuple(answer["excluded_members"]),
            posts=posts,
            acting=acting,
            is_new=answer.get("is_new", False),
            expires_at=datetime.fromisoformat(answer["expires_at"]),
        )

    def narrowed(self, key: str) -> Self:
        """Return the session in one of its posts alone; as it is where its holder has no such post."""
        chosen = tuple(post for post in self.posts if post.key == key)
        if not chosen:
            return self
        return replace(self, posts=chosen, permissions=chosen[0].permissions)

    def actors(self, permission: str) -> tuple[Actor, ...]:
        """Return as whom the person may use a permission, in the order in which it is tried.

        Mostly one. Who acts for somebody may hold it in two posts: what the wider one refuses may be for the
        other one, such as an admission that the branch's manager decides and the area's does not.
        """
        holding = sorted(
            (post for post in self.posts if permission in post.permissions), key=lambda post: post.order
        )
        return tuple(self._actor(post, permission) for post in holding)

    def _actor(self, post: Post, permission: str) -> Actor:
        return Actor(
            person_id=self.person_id,
            kind=self.kind,
            role=post.role,
            permission=permission,
            office_id=post.office_id,
            office_path=post.office_path,
            session_id=self.session_id,
            device_id=self.device_id,
            excluded_members=self.excluded_members,
            limit=dict(post.limits).get(permission),
            limits=post.limits,
            is_new=self.is_new,
        )
