"""A person's session as identity tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from contracts.actor import Actor
from contracts.money import parse_taka


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Whose session it is and what it may do; names in both languages, as `pick` reads them."""

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
    limits: tuple[tuple[str, int], ...]
    expires_at: datetime

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """Read identity's answer."""
        return cls(
            session_id=answer["session_id"],
            person_id=answer["person_id"],
            kind=answer["kind"],
            role=answer["role"],
            permissions=frozenset(answer["permissions"]),
            office_id=answer["office_id"],
            office_path=answer["office_path"],
            office={"name_bn": answer["office_name_bn"], "name_en": answer["office_name_en"]},
            person={"name_bn": answer["name_bn"], "name_en": answer["name_en"]},
            username=answer["username"],
            member_code=answer["member_code"],
            device_id=answer["device_id"],
            excluded_members=tuple(answer["excluded_members"]),
            limits=tuple(
                (limit["permission"], int(parse_taka(limit["amount"]))) for limit in answer.get("limits", ())
            ),
            expires_at=datetime.fromisoformat(answer["expires_at"]),
        )

    def actor(self, permission: str | None) -> Actor:
        """Return the actor that uses one of the session's permissions."""
        return Actor(
            person_id=self.person_id,
            kind=self.kind,
            role=self.role,
            permission=permission,
            office_id=self.office_id,
            office_path=self.office_path,
            session_id=self.session_id,
            device_id=self.device_id,
            excluded_members=self.excluded_members,
            limit=dict(self.limits).get(permission or ""),
            limits=self.limits,
        )
