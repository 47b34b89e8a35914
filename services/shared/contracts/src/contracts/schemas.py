"""The bases of every schema on a wire, and the shapes that several services share."""

from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, fields, validate

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
    "Range": "RANGE:{min}:{max}",
    "OneOf": "CHOICE:{choices}",
    "Regexp": "INVALID",
}


def _code_of(validator: Any, field: fields.Field[Any]) -> str | None:
    """Return the code of a validator that was given none: a list has entries, a text characters."""
    if not isinstance(validator, validate.Length):
        return _VALIDATOR_CODES.get(type(validator).__name__)
    counted = "COUNT" if isinstance(field, fields.List) else "LENGTH"
    return f"{counted}:{validator.min or 0}:{{max}}"


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
            code = _code_of(validator, field_obj)
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
