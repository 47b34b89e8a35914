"""Carrying messages away: taken in one transaction, sent in none, settled in another.

A sender that dies between sending and settling sends again when its lease ends: at least once.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from contracts.notifications import MESSAGE_FAILED
from notifications.domain.attempts import LEASE, pause_after
from notifications.domain.kinds import KINDS
from notifications.domain.recipients import NO_NUMBER, WAITING, mask, standing
from notifications.domain.texts import HIDDEN
from notifications.repository import Books, Delivery, Due, Message
from notifications.senders import NotSent, Sender
from notifications.vault import Vault

AT_ONCE = 10
"""So few that even a slow sender is through with them before the lease ends."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt; `sent_to` is the masked number, None where nothing was sent."""

    message: Message
    sent_to: str | None = None
    fault: str | None = None


def take_due(books: Books) -> tuple[Due, ...]:
    """Take messages that are due, for this sender alone until the lease ends."""
    return books.messages.take_due(now=books.work.now, lease=LEASE, limit=AT_ONCE)


def send(due: Due, sender: Sender, vault: Vault, *, now: datetime) -> Outcome:
    """Send one message, if her number and her consent still allow it. Rule P10."""
    message, kind = due.message, KINDS[due.message.kind]
    status = standing(kind, has_number=due.mobile is not None, consents=due.consents)
    if status != WAITING or due.mobile is None:
        masked = None if status == NO_NUMBER else message.recipient_masked
        return Outcome(replace(message, status=status, recipient_masked=masked, secret=None))
    number = vault.show(due.mobile, message.member_id)
    message = replace(message, recipient_masked=mask(number))
    try:
        sender.send(number, _spoken(message, vault), kind)
    except NotSent as refusal:
        return Outcome(_tried_in_vain(message, now), message.recipient_masked, refusal.reason)
    return Outcome(replace(message, status="sent", sent_at=now, secret=None), message.recipient_masked)


def settle(books: Books, outcome: Outcome, sender: Sender) -> None:
    """Write what became of an attempt; one that was the last is told."""
    message = outcome.message
    if outcome.sent_to is not None:
        books.messages.note_delivery(
            Delivery(
                message_id=message.id,
                attempt=message.attempts,
                at=books.work.now,
                provider=sender.name,
                recipient_masked=outcome.sent_to,
                fault=outcome.fault,
            )
        )
    books.messages.settle(message)
    if message.status == "failed":
        books.work.tell(
            MESSAGE_FAILED,
            {
                "message_id": message.id,
                "member_id": message.member_id,
                "kind": message.kind,
                "attempts": message.attempts,
            },
        )


def _spoken(message: Message, vault: Vault) -> str:
    """Put a code into its message at the last moment: nobody reads it in the database or in the branch."""
    if message.secret is None:
        return message.text
    return message.text.replace(HIDDEN, vault.show(message.secret, message.member_id))


def _tried_in_vain(message: Message, now: datetime) -> Message:
    pause = pause_after(message.attempts)
    return (
        replace(message, status="failed", secret=None)
        if pause is None
        else replace(message, due_at=now + pause)
    )
