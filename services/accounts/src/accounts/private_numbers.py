"""What is private of people on its way through the service: numbers, pictures and notes.

Identity and telephone numbers are read, kept, found, shown, passed on.

They come sealed, are kept encrypted with a blind index beside, and leave masked or sealed (mechanics T1).
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from marshmallow import ValidationError

from accounts.domain.numbers import canonical_nids, masked
from chassis.privacy import Place, Privacy
from contracts.accounts.picture_errors import NotAPicture
from contracts.errors import InvalidPayload
from contracts.fields import MobileField, NidField, WireField
from contracts.keys import Keyring
from contracts.sealed import CannotUnseal, Malformed, SealingKey, UnsealingKey, seal, unseal

SERVICE = "accounts"
NID = "nid"
MOBILE = "mobile"
CODE_DIGITS = 6
_FIELDS: Mapping[str, WireField[str]] = {NID: NidField(), MOBILE: MobileField()}


@dataclass(frozen=True, slots=True, repr=False)
class PrivateNumbers:
    """What the service may do with people's numbers."""

    privacy: Privacy
    keys: Keyring
    unsealing: tuple[UnsealingKey, ...]

    @classmethod
    @cache
    def of(cls, keys: Keyring) -> Self:
        """Take what is needed from the process's keyring; the files are read once."""
        return cls(Privacy.of(SERVICE, keys), keys, keys.unsealing(SERVICE))

    def unsealed(self, field: str, sealed: str) -> str:
        """Return a sealed text as it was typed.

        Raises:
            InvalidPayload: it was sealed to another key, or altered.
        """
        try:
            return unseal(sealed, self.unsealing)
        except (CannotUnseal, Malformed):
            raise InvalidPayload({field: ["CANNOT_BE_OPENED"]}) from None

    def read(self, field: str, sealed: str) -> str:
        """Return a sealed `nid` or `mobile` in its normal form.

        Raises:
            InvalidPayload: it cannot be opened, or is no such number.
        """
        try:
            return _FIELDS[field].read(self.unsealed(field, sealed))
        except ValidationError as error:
            raise InvalidPayload({field: [str(message) for message in error.messages]}) from None

    def read_typed(self, field: str, text: str) -> str:
        """Return a `nid` or `mobile` that was unsealed with others in its normal form.

        Raises:
            InvalidPayload: it is no such number.
        """
        try:
            return _FIELDS[field].read(text)
        except ValidationError as error:
            raise InvalidPayload({field: [str(message) for message in error.messages]}) from None

    def read_each(self, field: str, named: str, sealed: str) -> tuple[str, ...]:
        """Return each of several sealed numbers, separated by blanks, in its normal form.

        Raises:
            InvalidPayload: they cannot be opened, or one is no such number; by the name of where they stood.
        """
        try:
            return tuple(_FIELDS[field].read(one) for one in self.unsealed(named, sealed).split())
        except ValidationError as error:
            raise InvalidPayload({named: [str(message) for message in error.messages]}) from None

    def searched(self, sealed: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the blind indexes, of identity and of telephone numbers, that a searched number may have.

        Raises:
            InvalidPayload: it cannot be opened, or is neither sort of number.
        """
        typed = self.unsealed("number", sealed)
        nid, mobile = _number(NID, typed), _number(MOBILE, typed)
        if nid is None and mobile is None:
            raise InvalidPayload.of(number="NOT_A_NUMBER_OF_HERS")
        nids = canonical_nids(nid) if nid else ()
        return (
            frozenset(self.index(NID, form) for form in nids),
            frozenset({self.index(MOBILE, mobile)} if mobile else ()),
        )

    def index(self, field: str, normalised: str) -> str:
        """Return the blind index of a number in the form in which it is compared."""
        return self.privacy.index(field, normalised)

    def fingerprint(self, body: str) -> str:
        """Return the keyed digest by which the same request is known again, without keeping what it says."""
        return self.privacy.index("fingerprint", body)

    def hide(self, field: str, member_id: str, number: str) -> str:
        """Encrypt a member's number for its row."""
        return self.privacy.hide(number, _place(field, member_id))

    def hide_new(self, change_id: str, number: str) -> str:
        """Encrypt a number that is not hers yet for the row of its change."""
        return self.privacy.hide(number, Place("number_changes", MOBILE, change_id))

    def show_new(self, change_id: str, hidden: str) -> str:
        """Return the whole number of a change."""
        return self.privacy.show(hidden, Place("number_changes", MOBILE, change_id))

    def code_index(self, change_id: str, code: str) -> str:
        """Return the keyed digest of the code that proves a number, so that it is nowhere kept."""
        return self.privacy.index("number_code", f"{change_id} {code}")

    def hide_of_loan(self, column: str, loan_id: str, number: str) -> str:
        """Encrypt a number that stands in a loan's papers for its place there."""
        return self.privacy.hide(number, Place("loans", column, loan_id))

    def show_of_loan(self, column: str, loan_id: str, hidden: str) -> str:
        """Return a whole number of a loan's papers."""
        return self.privacy.show(hidden, Place("loans", column, loan_id))

    def read_picture(self, sealed: str) -> bytes:
        """Return what a sealed picture shows.

        Raises:
            InvalidPayload: it cannot be opened.
            NotAPicture: what was sealed is no base64.
        """
        try:
            return base64.b64decode(self.unsealed("content", sealed), validate=True)
        except (binascii.Error, ValueError):
            raise NotAPicture(field="content") from None

    def hide_picture(self, picture_id: str, content: bytes) -> bytes:
        """Encrypt what a picture shows for its row."""
        return self.privacy.hide_bytes(content, Place("pictures", "content", picture_id))

    def sealed_picture(self, addressee: str, picture_id: str, hidden: bytes) -> str | None:
        """Return what a picture shows, sealed to who shows it."""
        content = self.privacy.show_bytes(hidden, Place("pictures", "content", picture_id))
        return self.sealed_for(addressee, base64.b64encode(content).decode())

    def hide_text(self, table: str, row_id: str, text: str) -> str:
        """Encrypt what somebody wrote of a person for its row."""
        return self.privacy.hide(text, Place(table, "text", row_id))

    def show_text(self, table: str, row_id: str, hidden: str) -> str:
        """Return what somebody wrote of a person."""
        return self.privacy.show(hidden, Place(table, "text", row_id))

    def call_back_key(self, loan_id: str) -> str:
        """Return by what a payout is drawn for a call-back: nobody who chooses the id foresees it."""
        return self.privacy.index("call_back", loan_id)

    def show(self, member: Mapping[str, Any], field: str) -> str | None:
        """Return a member's whole number; None where she has none."""
        hidden = member[field]
        return None if hidden is None else self.privacy.show(hidden, _place(field, str(member["id"])))

    def show_masked(self, member: Mapping[str, Any], field: str) -> str | None:
        """Return a member's number with its last four characters readable."""
        number = self.show(member, field)
        return None if number is None else masked(number)

    def sealed_for(self, addressee: str, number: str | None) -> str | None:
        """Seal a number to who needs it."""
        return None if number is None else seal(number, self._sealing(addressee))

    def contact(self, member: Mapping[str, Any]) -> dict[str, Any]:
        """Return where messages reach a member, her number sealed to notifications."""
        mobile = self.sealed_for("notifications", self.show(member, MOBILE))
        return dict(member) | {"member_id": member["id"], "mobile": mobile}

    def _sealing(self, addressee: str) -> SealingKey:
        return _sealing_key(self.keys, addressee)


def draw_code() -> str:
    """Draw the six digits that go to a new number."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def _number(field: str, typed: str) -> str | None:
    try:
        return _FIELDS[field].read(typed)
    except ValidationError:
        return None


def _place(field: str, member_id: str) -> Place:
    return Place("members", field, member_id)


@cache
def _sealing_key(keys: Keyring, addressee: str) -> SealingKey:
    return keys.sealing(addressee)
