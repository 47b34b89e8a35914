"""The rows of messages and of the attempts to deliver them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from contracts.errors import NotFound
from notifications.models import contacts, deliveries, members, messages
from notifications.repository.scope import Scope

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it is kept.

    Attributes:
        to_mobile: Encrypted: the number it goes to, where that is not hers at the moment of sending.
        secret: Encrypted, until it is sent: what the sender puts in the place of `texts.HIDDEN`.
    """

    id: str
    key: str
    member_id: str
    kind: str
    purpose: str
    language: str
    title: str
    text: str
    parts: int
    template_version: int
    status: str
    recipient_masked: str | None
    attempts: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None = None
    read_at: datetime | None = None
    to_mobile: str | None = None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with its member's code and names."""

    message: Message
    code: str | None
    name_bn: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Due:
    """A message that a sender has taken, with what is known of its recipient at this moment."""

    message: Message
    mobile: str | None
    consents: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Which messages the branch asks for."""

    office_id: str | None
    member_id: str | None
    status: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One attempt."""

    message_id: str
    attempt: int
    at: datetime
    provider: str
    recipient_masked: str
    fault: str | None


class MessageRows:
    """Messages in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, new: Sequence[Message]) -> None:
        """Insert messages; one whose key is known was told before."""
        if new:
            rows = [asdict(message) for message in new]
            self._session.execute(insert(messages).on_conflict_do_nothing(), rows)

    def list_own(self, scope: Scope, before: str | None) -> tuple[Message, ...]:
        """Return up to a page of messages, the newest first."""
        query = sa.select(messages).where(scope.covers(messages.c.member_id))
        if before is not None:
            query = query.where(messages.c.id < before)
        found = self._session.execute(query.order_by(messages.c.id.desc()).limit(PAGE))
        return tuple(map(_message, found))

    def list_shown(self, scope: Scope, question: Question) -> tuple[Shown, ...]:
        """Return up to a page of messages with their members' names, the newest first."""
        query = (
            sa.select(messages, members.c.code, members.c.name_bn, members.c.name_en)
            .join(members, members.c.id == messages.c.member_id)
            .where(scope.covers(messages.c.member_id))
        )
        given = {
            members.c.branch_id: question.office_id,
            messages.c.member_id: question.member_id,
            messages.c.status: question.status,
        }
        for column, value in given.items():
            if value is not None:
                query = query.where(column == value)
        if question.after is not None:
            query = query.where(messages.c.id < question.after)
        found = self._session.execute(query.order_by(messages.c.id.desc()).limit(PAGE))
        return tuple(Shown(_message(row), row.code, row.name_bn, row.name_en) for row in found)

    def note_read(self, message_id: str, scope: Scope, *, now: datetime) -> Message:
        """Note that a message was read; the first time counts.

        Raises:
            NotFound: there is none, or it is another's.
        """
        query = (
            sa.update(messages)
            .where(messages.c.id == message_id, scope.covers(messages.c.member_id))
            .values(read_at=sa.func.coalesce(messages.c.read_at, now))
            .returning(messages)
        )
        row = self._session.execute(query).first()
        if row is None:
            raise NotFound(kind="message")
        return _message(row)

    def take_due(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Due, ...]:
        """Take messages that are due, for one sender alone until the lease ends."""
        due = (
            sa.select(messages.c.id)
            .where(messages.c.status == "waiting", messages.c.due_at <= now)
            .order_by(messages.c.due_at, messages.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        taken = (
            sa.update(messages)
            .where(messages.c.id == due.c.id)
            .values(due_at=now + lease, attempts=messages.c.attempts + 1)
            .returning(messages)
            .cte("taken")
        )
        query = sa.select(taken, contacts.c.mobile, contacts.c.messages_consent).join(
            contacts, contacts.c.member_id == taken.c.member_id
        )
        found = self._session.execute(query.order_by(taken.c.id))
        return tuple(Due(_message(row), row.to_mobile or row.mobile, row.messages_consent) for row in found)

    def settle(self, message: Message) -> None:
        """Write what became of a message that was taken; a sender whose lease ended writes nothing."""
        names = ("status", "recipient_masked", "due_at", "sent_at", "secret")
        state = {name: getattr(message, name) for name in names}
        still_its = (messages.c.status == "waiting", messages.c.attempts == message.attempts)
        self._session.execute(
            sa.update(messages).where(messages.c.id == message.id, *still_its).values(state)
        )

    def note_delivery(self, delivery: Delivery) -> None:
        """Write an attempt; a second sender whose lease overlapped writes nothing."""
        self._session.execute(insert(deliveries).values(asdict(delivery)).on_conflict_do_nothing())


def _message(row: sa.Row[Any]) -> Message:
    return Message(**{column.name: getattr(row, column.name) for column in messages.columns})
