"""The fields of schemas: what a value looks like on the wire, and what it is inside.

Messages are codes (`NOT_MONEY`, `LENGTH:1:60`): the sentences that people read are the gateway's.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from marshmallow import ValidationError, fields

from contracts.digits import to_latin
from contracts.money import NotMoney, Paisa, format_taka, parse_taka
from contracts.sealed import LONGEST, Malformed, addressee_of

LANGUAGES = ("bn", "en")
NID_LENGTHS = (10, 13, 17)
PAISA_LIMIT = Paisa(10**13)
_MOBILE = re.compile(r"(?:\+?880|0)?(?P<number>1[3-9][0-9]{8})", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Inside = TypeVar("Inside")


class WireField(fields.Field[Inside]):
    """A field that is read by `read` and written by `write`, which subclasses say."""

    def write(self, value: Inside) -> Any:
        """Return the wire form of a value; most values are their own."""
        return value

    def read(self, value: Any) -> Inside:
        """Return the value that the wire form says.

        Raises:
            ValidationError: it says none; its message is a code.
        """
        raise NotImplementedError

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string"}

    def _serialize(self, value: Inside | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        del attr, obj, kwargs
        return None if value is None else self.write(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Inside:
        del attr, data, kwargs
        return self.read(value)


def refusal(code: str) -> ValidationError:
    """Return what a field raises: a message that is a code."""
    return ValidationError(code)


class TakaField(WireField[Paisa]):
    """Money: a decimal string of taka on the wire, integer paisa inside."""

    def __init__(
        self, *, minimum: int | None = None, maximum: int = PAISA_LIMIT, whole: bool = False, **options: Any
    ) -> None:
        """Bound the amount.

        Args:
            minimum: The least amount taken, in paisa; None leaves it open below.
            maximum: The greatest amount taken, in paisa.
            whole: Only whole taka (rule M11).
            options: What every field takes.
        """
        super().__init__(**options)
        self.minimum, self.maximum, self.whole = minimum, maximum, whole

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"}

    def write(self, value: Paisa) -> str:
        """Write its canonical form."""
        return format_taka(value)

    def read(self, value: Any) -> Paisa:
        """Read it, or refuse it by a code."""
        try:
            amount = parse_taka(value)
        except NotMoney:
            raise refusal("NOT_MONEY") from None
        if self.minimum is not None and amount < self.minimum:
            raise refusal(f"AMOUNT_TOO_SMALL:{format_taka(Paisa(self.minimum))}")
        if amount > self.maximum:
            raise refusal(f"AMOUNT_TOO_LARGE:{format_taka(Paisa(self.maximum))}")
        if self.whole and amount % 100:
            raise refusal("WHOLE_TAKA_ONLY")
        return amount


class UuidField(WireField[str]):
    """An id: a UUID in its canonical lower-case form, a string on both sides."""

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "format": "uuid"}

    def write(self, value: Any) -> str:
        """Write its canonical form."""
        return str(value)

    def read(self, value: Any) -> str:
        """Read it, or refuse it by a code."""
        text = str(value).lower() if isinstance(value, str) else ""
        if not _UUID.fullmatch(text):
            raise refusal("NOT_AN_ID")
        return text


class DateField(WireField[date]):
    """A calendar date, `2026-11-23`."""

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "format": "date"}

    def write(self, value: date) -> str:
        """Write its canonical form."""
        return value.isoformat()

    def read(self, value: Any) -> date:
        """Read it, or refuse it by a code."""
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            raise refusal("NOT_A_DATE")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refusal("NOT_A_DATE") from None


class InstantField(WireField[datetime]):
    """An instant in UTC, `2026-11-23T05:00:00.000000Z`; any offset is taken, a time without one is not."""

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "format": "date-time"}

    def write(self, value: datetime) -> str:
        """Write its canonical form."""
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def read(self, value: Any) -> datetime:
        """Read it, or refuse it by a code."""
        try:
            instant = datetime.fromisoformat(value) if isinstance(value, str) else None
            if instant is not None and instant.tzinfo is not None:
                return instant.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise refusal("NOT_AN_INSTANT")


class TextField(WireField[str]):
    """A line of text without control characters; blanks around it are dropped."""

    def __init__(self, longest: int, *, shortest: int = 1, **options: Any) -> None:
        """Bound the length, counted in characters after trimming."""
        super().__init__(**options)
        self.longest, self.shortest = longest, shortest

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "minLength": self.shortest, "maxLength": self.longest}

    def read(self, value: Any) -> str:
        """Read it, or refuse it by a code."""
        if not isinstance(value, str):
            raise refusal("NOT_TEXT")
        text = value.strip()
        if not self.shortest <= len(text) <= self.longest:
            raise refusal(f"LENGTH:{self.shortest}:{self.longest}")
        if _CONTROL.search(text):
            raise refusal("CONTROL_CHARACTERS")
        return text


class NameField(TextField):
    """A person's, an office's or a thing's name, in Bangla or English."""

    def __init__(self, longest: int = 120, **options: Any) -> None:
        """Bound the length."""
        super().__init__(longest, **options)


class CodeField(WireField[str]):
    """A word of a closed list, such as `present` or `absent`."""

    def __init__(self, *choices: str, **options: Any) -> None:
        """List the words."""
        super().__init__(**options)
        self.choices = choices

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "enum": list(self.choices)}

    def write(self, value: str) -> str:
        """Write its canonical form."""
        return str(value)

    def read(self, value: Any) -> str:
        """Read it, or refuse it by a code."""
        if not isinstance(value, str) or value not in self.choices:
            raise refusal("CHOICE:" + ",".join(self.choices))
        return value


class LanguageField(CodeField):
    """Bangla or English."""

    def __init__(self, **options: Any) -> None:
        """`bn` or `en`."""
        super().__init__(*LANGUAGES, **options)


class CountField(WireField[int]):
    """A whole number; a boolean, a float and a text are refused."""

    def __init__(self, *, minimum: int = 0, maximum: int = 2**31 - 1, **options: Any) -> None:
        """Bound the number."""
        super().__init__(**options)
        self.minimum, self.maximum = minimum, maximum

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def read(self, value: Any) -> int:
        """Read it, or refuse it by a code."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise refusal("NOT_A_NUMBER")
        if not self.minimum <= value <= self.maximum:
            raise refusal(f"RANGE:{self.minimum}:{self.maximum}")
        return value


class MobileField(WireField[str]):
    """A Bangladeshi mobile number; `01…`, `8801…`, `+8801…` and Bangla digits become `+8801XXXXXXXXX`."""

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "maxLength": 20}

    def read(self, value: Any) -> str:
        """Read it, or refuse it by a code."""
        text = re.sub(r"[\s\-]", "", to_latin(value)) if isinstance(value, str) else ""
        match = _MOBILE.fullmatch(text)
        if match is None:
            raise refusal("NOT_A_MOBILE")
        return f"+880{match['number']}"


class NidField(WireField[str]):
    """A national identity number: 10, 13 or 17 digits, Bangla digits taken."""

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "maxLength": 40}

    def read(self, value: Any) -> str:
        """Read it, or refuse it by a code."""
        text = re.sub(r"[\s\-]", "", to_latin(value)) if isinstance(value, str) else ""
        if not text.isascii() or not text.isdigit() or len(text) not in NID_LENGTHS:
            raise refusal("NOT_AN_NID")
        return text


class SealedField(WireField[str]):
    """Text that only its addressee can read (mechanics T1); it stays sealed until the operation needs it."""

    def __init__(self, *, to: str, longest: int = LONGEST, **options: Any) -> None:
        """Name the addressee.

        Args:
            to: Who can read it.
            longest: The most characters of the sealed text.
            options: What every field takes.
        """
        super().__init__(**options)
        self.to, self.longest = to, longest

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": "string", "description": f"sealed to {self.to}"}

    def read(self, value: Any) -> str:
        """Read it, or refuse it by a code."""
        try:
            sealed_to = addressee_of(value, self.longest)
        except Malformed:
            raise refusal("NOT_SEALED") from None
        if sealed_to != self.to:
            raise refusal("SEALED_TO_ANOTHER")
        return str(value)
