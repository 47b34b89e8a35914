"""What other services told of offices, members and their numbers, and what members prefer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.errors import NotFound
from notifications.domain.recipients import Recipient
from notifications.models import contacts, members, offices, preferences


@dataclass(frozen=True, slots=True)
class Preference:
    """How a member wants to be written to."""

    detail: str
    confirmations: bool
    language: str


class PeopleRows:
    """Offices, members, numbers and preferences in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remember_office(self, state: Mapping[str, Any]) -> None:
        """Remember an office, unless something newer is known."""
        self._remember(offices, state)

    def remember_member(self, state: Mapping[str, Any]) -> None:
        """Remember a member, unless something newer is known."""
        self._remember(members, state)

    def remember_contact(self, state: Mapping[str, Any]) -> None:
        """Remember a member's number, encrypted, and her consent, unless something newer is known."""
        self._remember(contacts, state)

    def get_recipients(self, member_ids: Collection[str]) -> dict[str, Recipient]:
        """Return members as messages know them, by id.

        Raises:
            NotFound: accounts has not told of one of them yet; the event is tried again.
        """
        found = self._session.execute(_recipients().where(members.c.id.in_(member_ids)))
        recipients = {row.member_id: _recipient(row) for row in found}
        if missing := set(member_ids) - recipients.keys():
            raise NotFound(kind="member", count=len(missing))
        return recipients

    def get_preference(self, member_id: str) -> Preference:
        """Return how a member wants to be written to; what she never chose is as the admission says.

        Raises:
            NotFound: accounts has not told of her yet.
        """
        recipient = self.get_recipients([member_id])[member_id]
        return Preference(recipient.detail, recipient.confirmations, recipient.language)

    def set_preference(self, member_id: str, preference: Preference) -> None:
        """Write how a member wants to be written to."""
        values = {
            "detail": preference.detail,
            "confirmations": preference.confirmations,
            "language": preference.language,
        }
        self._session.execute(
            insert(preferences)
            .values(member_id=member_id, **values)
            .on_conflict_do_update(index_elements=[preferences.c.member_id], set_=values)
        )

    def _remember(self, table: sa.Table, state: Mapping[str, Any]) -> None:
        values = {column.name: state[column.name] for column in table.columns}
        key = next(iter(table.primary_key)).name
        told = insert(table).values(values)
        self._session.execute(
            told.on_conflict_do_update(
                index_elements=[table.c[key]],
                set_={name: told.excluded[name] for name in values if name != key},
                where=table.c.version <= told.excluded.version,
            )
        )


def _recipients() -> sa.Select[Any]:
    return (
        sa.select(
            members.c.id.label("member_id"),
            members.c.code,
            members.c.branch_id,
            contacts.c.mobile,
            contacts.c.messages_consent.label("consents"),
            sa.func.coalesce(preferences.c.detail, "full").label("detail"),
            sa.func.coalesce(preferences.c.confirmations, sa.true()).label("confirmations"),
            sa.func.coalesce(preferences.c.language, members.c.language).label("language"),
        )
        .select_from(members)
        .join(contacts, contacts.c.member_id == members.c.id)
        .join(preferences, preferences.c.member_id == members.c.id, isouter=True)
    )


def _recipient(row: sa.Row[Any]) -> Recipient:
    return Recipient(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
