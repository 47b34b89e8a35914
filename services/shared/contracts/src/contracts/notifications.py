"""What notifications promises: messages to people, and whether they arrived."""

from marshmallow import fields

from contracts.calls import Event, Method
from contracts.fields import CodeField, CountField, InstantField, LanguageField, UuidField
from contracts.schemas import Answer, Command, EventData, Nothing, Pong, page_of

KINDS = (
    "deposit_confirmed",
    "nothing_received",
    "row_changed",
    "entry_reversed",
    "savings_opened",
    "login_changed",
    "withdrawal_requested",
    "withdrawal_approved",
    "withdrawal_paid",
    "account_closed",
    "correction_posted",
    "loan_paid_out",
    "loan_closed",
    "number_change_asked",
    "number_code",
    "number_changed",
    "payout_code",
    "membership_ended",
    "savings_moved",
    "counter_money",
    "accounts_moved",
    "loan_rescheduled",
    "complaint_acknowledged",
    "complaint_answered",
)
STATES = ("waiting", "sent", "failed", "no_number", "no_consent")
DETAILS = ("full", "no_balances", "see_book")


class ListOwnMessages(Command):
    """Ask for the member's own messages, the newest first."""

    before = UuidField(load_default=None, allow_none=True)


class OwnMessage(Answer):
    """A message as she reads it; the title stands on a lock screen and names neither amount nor person."""

    id = UuidField(required=True)
    kind = CodeField(*KINDS, required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    language = LanguageField(required=True)
    created_at = InstantField(required=True)
    read_at = InstantField(required=True, allow_none=True)


class MarkRead(Command):
    """Note that she has read one of her messages."""

    id = UuidField(required=True)


class Preferences(Answer):
    """How she wants to be written to. The kinds of rule P2 come whatever `confirmations` says."""

    detail = CodeField(*DETAILS, required=True)
    confirmations = fields.Boolean(required=True)
    language = LanguageField(required=True)


class SetPreferences(Command):
    """Change how she is written to: how much is told, whether deposits are confirmed, in which language."""

    detail = CodeField(*DETAILS, required=True)
    confirmations = fields.Boolean(required=True, truthy={True}, falsy={False})
    language = LanguageField(required=True)


class ListMessages(Command):
    """Ask for the messages to members of the actor's offices, the newest first."""

    office_id = UuidField(load_default=None, allow_none=True)
    member_id = UuidField(load_default=None, allow_none=True)
    status = CodeField(*STATES, load_default=None, allow_none=True)
    after = UuidField(load_default=None, allow_none=True)


class Message(Answer):
    """A message as the branch sees it: to whom, what for, and what became of it (P10)."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    member_code = fields.String(required=True, allow_none=True)
    member_name_bn = fields.String(required=True)
    member_name_en = fields.String(required=True)
    kind = CodeField(*KINDS, required=True)
    text = fields.String(required=True)
    language = LanguageField(required=True)
    status = CodeField(*STATES, required=True)
    purpose = fields.String(required=True)
    recipient_masked = fields.String(required=True, allow_none=True)
    attempts = CountField(required=True)
    created_at = InstantField(required=True)
    sent_at = InstantField(required=True, allow_none=True)


OwnMessages = page_of(OwnMessage, "OwnMessages")
Messages = page_of(Message, "Messages")


class MessageFailed(EventData):
    """A message that was given up after its last attempt."""

    message_id = UuidField(required=True)
    member_id = UuidField(required=True)
    kind = fields.String(required=True)
    attempts = CountField(required=True)


PING = Method(service="notifications", name="ping", command=Nothing, answer=Pong)
LIST_OWN_MESSAGES = Method(
    service="notifications",
    name="list_own_messages",
    command=ListOwnMessages,
    answer=OwnMessages,
    permission="message:own",
)
MARK_READ = Method(
    service="notifications",
    name="mark_read",
    command=MarkRead,
    answer=OwnMessage,
    permission="message:own",
    changes=True,
)
GET_PREFERENCES = Method(
    service="notifications",
    name="get_preferences",
    command=Nothing,
    answer=Preferences,
    permission="preference:own",
)
SET_PREFERENCES = Method(
    service="notifications",
    name="set_preferences",
    command=SetPreferences,
    answer=Preferences,
    permission="preference:own",
    changes=True,
)
LIST_MESSAGES = Method(
    service="notifications",
    name="list_messages",
    command=ListMessages,
    answer=Messages,
    permission="message:read",
)

MESSAGE_FAILED = Event(service="notifications", name="message_failed", data=MessageFailed, broadcast=True)

METHODS: tuple[Method, ...] = (
    PING,
    LIST_OWN_MESSAGES,
    MARK_READ,
    GET_PREFERENCES,
    SET_PREFERENCES,
    LIST_MESSAGES,
)
EVENTS: tuple[Event, ...] = (MESSAGE_FAILED,)
