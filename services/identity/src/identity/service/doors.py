"""The sign-in doors: count the try, compare the secret beside the database, then open."""

from collections.abc import Callable, Mapping
from typing import Any

from chassis.serving import serve
from contracts.identity import (
    ACTIVATE_MEMBER_LOGIN,
    CHANGE_PASSWORD,
    CHANGE_PIN,
    SIGN_IN_MEMBER,
    SIGN_IN_STAFF,
)
from contracts.identity.logins import ActivationRefused, WeakPin
from contracts.identity.sessions import PasswordChangeRequired, SignInRefused, WeakPassword
from identity.domain.passwords import (
    normalize_digits,
    normalize_password,
    weakness_of_password,
    weakness_of_pin,
)
from identity.operations import doors, logins
from identity.operations.doors import Claim
from identity.repository import Books
from identity.service.base import Room
from identity.vault import Vault, draw_pair

Answer = Mapping[str, Any]
Knock = Callable[[Books, dict[str, Any], Vault], Claim]


class DoorRoom(Room):
    """Where people come in."""

    @serve(SIGN_IN_STAFF)
    def sign_in_staff(self, command: dict[str, Any]) -> Answer:
        """Open a session with username and password."""
        password = normalize_password(self.vault.read(command["password"], "password"))
        claim = self._prove(doors.knock_staff, command, password)
        if claim.one_time:
            raise PasswordChangeRequired
        with self.books() as books:
            opened = doors.open_staff(books, claim, command, draw_pair())
        return self.tokens_of(opened)

    @serve(CHANGE_PASSWORD)
    def change_password(self, command: dict[str, Any]) -> Answer:
        """Replace the password, the one-time one included, and open a session."""
        password = normalize_password(self.vault.read(command["password"], "password"))
        new_password = normalize_password(self.vault.read(command["new_password"], "new_password"))
        claim = self._prove(doors.knock_staff, command, password)
        weakness = weakness_of_password(new_password, names=claim.names)
        if weakness is not None or new_password == password:
            raise WeakPassword(why=str(weakness or "same"))
        new_hash = self.vault.hasher.hash(new_password)
        with self.books() as books:
            opened = doors.open_staff(books, claim, command, draw_pair(), new_hash=new_hash)
        return self.tokens_of(opened)

    @serve(SIGN_IN_MEMBER)
    def sign_in_member(self, command: dict[str, Any]) -> Answer:
        """Open a session with member code and PIN."""
        pin = normalize_digits(self.vault.read(command["pin"], "pin"))
        claim = self._prove(doors.knock_member, command, pin)
        with self.books() as books:
            opened = doors.open_member(books, claim, command, draw_pair())
        return self.tokens_of(opened)

    @serve(ACTIVATE_MEMBER_LOGIN)
    def activate_member_login(self, command: dict[str, Any]) -> Answer:
        """Turn the code of the slip into a PIN and open a session."""
        code = normalize_digits(self.vault.read(command["code"], "code"))
        pin = self._read_new_pin(command["pin"], "pin", command["member_code"])
        try:
            claim = self._prove(doors.knock_activation, command, code)
        except SignInRefused:
            raise ActivationRefused from None
        pin_hash = self.vault.hasher.hash(pin)
        with self.books() as books:
            logins.set_pin(books, doors.claimed_code(books, claim), pin_hash, "activated")
            opened = doors.open_member(books, claim.with_kept(pin_hash), command, draw_pair())
        return self.tokens_of(opened)

    @serve(CHANGE_PIN)
    def change_pin(self, command: dict[str, Any]) -> Answer:
        """Replace the actor's own PIN; her other sessions end."""
        pin = normalize_digits(self.vault.read(command["pin"], "pin"))
        with self.books() as books:
            claim = doors.knock_own_pin(books, self.vault)
        if not self.vault.hasher.verify(claim.kept, pin):
            raise SignInRefused
        new_pin = self._read_new_pin(command["new_pin"], "new_pin", *claim.names)
        pin_hash = self.vault.hasher.hash(new_pin)
        with self.books() as books:
            login = doors.replace_pin(books, claim, pin_hash)
        return {"member_id": login.member_id, "status": str(login.status)}

    def _prove(self, knock: Knock, command: dict[str, Any], secret: str) -> Claim:
        """Count the try and compare the secret; it takes as long for a name that nobody has.

        Raises:
            TooManyAttempts: the door is still shut.
            SignInRefused: name or secret is wrong.
        """
        with self.books() as books:
            claim = knock(books, command, self.vault)
        if not self.vault.hasher.verify(claim.kept, secret):
            raise SignInRefused
        return claim

    def _read_new_pin(self, sealed: str, field: str, member_code: str) -> str:
        pin = normalize_digits(self.vault.read(sealed, field))
        weakness = weakness_of_pin(pin, member_code=member_code)
        if weakness is not None:
            raise WeakPin(why=str(weakness))
        return pin
