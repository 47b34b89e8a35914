"""The bases of every schema on a wire, and the shapes that several services share."""

from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, fields

_FIELD_CODES = {
    "required": "REQUIRED",
    "null": "REQUIRED",
    "validator_failed": "INVALID",
    "invalid": "INVALID",
    "type": "INVALID",
    "too_large": "INVALID",
    "invalid_utf8": "INVALID",
    "special": "INVALID",
}
_VALIDATOR_CODES = {
    "Length": "LENGTH:{min}:{max}",
    "Range": "RANGE:{min}:{max}",
    "OneOf": "CHOICE:{choices}",
    "Regexp": "INVALID",
}


class Coded(Schema):
    """A schema whose messages are codes, because the sentences are the gateway's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages = self.error_messages | {"unknown": "UNKNOWN_FIELD", "type": "INVALID"}

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Let a field and its validators answer in codes."""
        field_obj.error_messages = field_obj.error_messages | {
            name: code for name, code in _FIELD_CODES.items() if name in field_obj.error_messages
        }
        for validator in field_obj.validators:
            code = _VALIDATOR_CODES.get(type(validator).__name__)
            has_own = str(getattr(validator, "error", None) or "").isupper()
            if code is not None and not has_own:
                vars(validator)["error"] = code
        super().on_bind_field(field_name, field_obj)


class Command(Coded):
    """What is asked; a field that nobody knows is refused."""

    class Meta:
        """Strict at the door."""

        unknown = RAISE


class Answer(Coded):
    """What is answered; an older reader passes over fields that it does not know (mechanics B5)."""

    class Meta:
        """Generous to the newer."""

        unknown = EXCLUDE


class EventData(Coded):
    """What an event says; an older reader passes over fields that it does not know (mechanics B5)."""

    class Meta:
        """Generous to the newer."""

        unknown = EXCLUDE


class Nothing(Command):
    """A command without fields."""


class Pong(Answer):
    """A service is there."""

    service = fields.String(required=True)


def page_of(item: type[Answer], name: str) -> type[Answer]:
    """Return the schema of one page of items: `{"items": […], "next": cursor or null}`, at most 100."""
    return type(
        name,
        (Answer,),
        {
            "__doc__": f"A page of {item.__name__}.",
            "items": fields.List(fields.Nested(item), required=True),
            "next": fields.String(required=True, allow_none=True),
        },
    )
