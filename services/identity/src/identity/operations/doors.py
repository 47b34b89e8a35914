"""The sign-in doors: counting tries, then opening a session. Which of name and secret was wrong is not told.

A door is passed in two transactions with the slow hashing between them: `knock_…` counts the try and
returns what the secret is compared with; `open_…` checks again what may have changed, and lets in.
"""

from dataclasses import dataclass, replace
from typing import Any

from contracts.errors import TooManyAttempts
from contracts.identity.devices import DeviceOff
from contracts.identity.sessions import AccessOff, SignInRefused
from identity.domain.access import may_work
from identity.domain.delays import ACCOUNT, ADDRESS, Tries, count_try, take_back, wait_left
from identity.domain.logins import Login, MemberLogin, may_be_tried
from identity.domain.sessions import Session, lifetime_of
from identity.operations.logins import set_pin
from identity.operations.staff import end_sessions
from identity.repository import Books, Password, Scope
from identity.vault import Pair, Vault


@dataclass(frozen=True, slots=True)
class Doors:
    """The two doors of one try: of the account (or of the person's known device), and of the address."""

    account: str
    address: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says to be: nobody, where the name is unknown; `kept` is compared with the secret."""

    doors: Doors
    person_id: str | None = None
    kept: str | None = None
    names: tuple[str, ...] = ()
    one_time: bool = False

    def with_kept(self, kept: str) -> "Claim":
        """Return the claim to what has taken the place of a secret that was right."""
        return replace(self, kept=kept)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was opened, or refreshed, with its new tokens."""

    session: Session
    pair: Pair

    @property
    def expires_in(self) -> int:
        """The life of the access token, in seconds."""
        return int(lifetime_of(self.session.role).access.total_seconds())


def knock_staff(books: Books, command: dict[str, Any], vault: Vault) -> Claim:
    """Count a try at a staff username, and return whose password is claimed.

    Raises:
        TooManyAttempts: the door is still shut after earlier tries.
    """
    username = command["username"].strip().casefold()
    person = books.staff.find_by_username(username)
    doors = _count(books, command, vault, ("staff", username, person.id if person else None))
    password = books.staff.find_password(person.id) if person else None
    if person is None or password is None or _is_over(password, books):
        return Claim(doors)
    names = (person.username, person.name_en, person.name_bn)
    return Claim(doors, person.id, password.hash, names, password.one_time)


def knock_member(books: Books, command: dict[str, Any], vault: Vault) -> Claim:
    """Count a try at a member's code, and return whose PIN is claimed.

    Raises:
        TooManyAttempts: the door is still shut after earlier tries.
    """
    member_code = command["member_code"].strip()
    member = books.logins.find_member_by_code(member_code)
    doors = _count(books, command, vault, ("member", member_code, member.id if member else None))
    login = books.logins.find(member.id) if member else None
    if login is None or login.status not in {Login.ACTIVE, Login.TEMP_OFF}:
        return Claim(doors)
    return Claim(doors, login.member_id, login.pin_hash, (member_code,))


def knock_activation(books: Books, command: dict[str, Any], vault: Vault) -> Claim:
    """Count a try at the code of a slip, and return which code is claimed. Rule P1.

    Raises:
        TooManyAttempts: the door is still shut after earlier tries.
    """
    member_code = command["member_code"].strip()
    member = books.logins.find_member_by_code(member_code)
    login = books.logins.lock(member.id) if member and books.logins.find(member.id) else None
    doors = _count(books, command, vault, ("activation", member_code, member.id if member else None))
    if login is None or login.status is not Login.ISSUED or not may_be_tried(login.code, now=books.work.now):
        return Claim(doors)
    assert login.code is not None
    books.logins.change(replace(login, code=replace(login.code, tries_left=login.code.tries_left - 1)))
    return Claim(doors, login.member_id, login.code.hash, (member_code,))


def knock_own_pin(books: Books, vault: Vault) -> Claim:
    """Count a try of the actor at her own PIN, and return what it is compared with.

    Raises:
        TooManyAttempts: the door is still shut after earlier tries.
    """
    member = books.logins.get_member(books.work.actor.person_id, Scope.everything())
    login = books.logins.find(member.id)
    who = ("member", member.code or member.id, member.id)
    command = {"device_id": books.work.actor.device_id, "address": member.id}
    doors = _count(books, command, vault, who)
    return Claim(doors, member.id, login.pin_hash if login else None, (member.code or "",))


def open_staff(
    books: Books, claim: Claim, command: dict[str, Any], pair: Pair, *, new_hash: str | None = None
) -> Opened:
    """Open a session for a person whose password was right, and replace the password where told to.

    Raises:
        SignInRefused: the password was changed meanwhile.
        AccessOff: the access is off, held, or the posting has not begun or is over.
        DeviceOff: this device was switched off for him (P9).
    """
    assert claim.person_id is not None
    person = books.staff.get(claim.person_id, Scope.everything(), lock=True)
    password = books.staff.find_password(person.id)
    if password is None or password.hash != claim.kept:
        raise SignInRefused
    if not may_work(person, now=books.work.now, today=books.work.today):
        raise AccessOff
    if command["device_id"] is not None and books.sessions.is_device_off(person.id, command["device_id"]):
        raise DeviceOff
    if new_hash is not None:
        _replace_password(books, person.id, new_hash)
    return _open(books, claim, command, ("staff", person.role), pair)


def open_member(books: Books, claim: Claim, command: dict[str, Any], pair: Pair) -> Opened:
    """Open a session for a member whose PIN was right.

    Raises:
        SignInRefused: the PIN was changed meanwhile.
        AccessOff: her login is suspended.
    """
    login = _claimed(books, claim)
    if login.pin_hash != claim.kept:
        raise SignInRefused
    if login.status is not Login.ACTIVE:
        raise AccessOff
    return _open(books, claim, command, ("member", "member"), pair)


def claimed_code(books: Books, claim: Claim) -> MemberLogin:
    """Return the login, locked, whose code was right.

    Raises:
        SignInRefused: the code was used or replaced meanwhile.
    """
    login = _claimed(books, claim)
    if login.status is not Login.ISSUED or login.code is None or login.code.hash != claim.kept:
        raise SignInRefused
    return login


def replace_pin(books: Books, claim: Claim, pin_hash: str) -> MemberLogin:
    """Write a member's own new PIN; her sessions but the one in hand end.

    Raises:
        SignInRefused: the PIN was changed, or the login switched off, meanwhile.
    """
    login = _claimed(books, claim)
    if login.status is not Login.ACTIVE or login.pin_hash != claim.kept:
        raise SignInRefused
    _forgive(books, claim.doors)
    end_sessions(books, login.member_id, but=books.work.actor.session_id)
    return set_pin(books, login, pin_hash, "pin_changed")


def _replace_password(books: Books, staff_id: str, new_hash: str) -> None:
    """Write a person's own new password; every session opened with the old one ends."""
    kept = Password(staff_id, new_hash, one_time=False, expires_at=None)
    books.staff.set_password(kept, now=books.work.now)
    end_sessions(books, staff_id)
    books.work.audit("change_password", "staff", staff_id)


def _claimed(books: Books, claim: Claim) -> MemberLogin:
    assert claim.person_id is not None
    return books.logins.lock(claim.person_id)


def _is_over(password: Password, books: Books) -> bool:
    return password.expires_at is not None and password.expires_at <= books.work.now


def _count(books: Books, command: dict[str, Any], vault: Vault, who: tuple[str, str, str | None]) -> Doors:
    """Count one more try at both doors, the rows locked in one order."""
    kind, name, person_id = who
    device_id = command["device_id"]
    known = person_id and device_id and books.sessions.is_known_device(person_id, device_id)
    account = vault.door(kind, name, device_id) if known else vault.door(kind, name)
    doors = Doors(account, vault.door("address", command["address"]))
    patience = {doors.account: ACCOUNT, doors.address: ADDRESS}
    now = books.work.now
    tries = {door: books.tries.lock(door, now=now) for door in sorted(patience)}
    wait = max(wait_left(tries[door], patience[door], now=now) for door in tries)
    if wait > 0:
        raise TooManyAttempts(retry_after=wait)
    for door, counted in tries.items():
        books.tries.write(door, count_try(counted, now=now))
    return doors


def _forgive(books: Books, doors: Doors) -> None:
    """Forget the tries of an account that turned out to be right; an address gives one back."""
    now = books.work.now
    for door in sorted((doors.account, doors.address)):
        tries = books.tries.lock(door, now=now)
        books.tries.write(door, Tries(0, now) if door == doors.account else take_back(tries))


def _open(books: Books, claim: Claim, command: dict[str, Any], who: tuple[str, str], pair: Pair) -> Opened:
    assert claim.person_id is not None
    kind, role = who
    now = books.work.now
    session = Session(
        id=books.work.new_id(),
        person_id=claim.person_id,
        kind=kind,
        role=role,
        device_id=command["device_id"],
        device_name=command["device_name"],
        generation=1,
        rotated_at=None,
        created_at=now,
        last_seen_at=now,
        expires_at=now + lifetime_of(role).absolute,
    )
    books.sessions.add(session)
    add_tokens(books, session, pair)
    _forgive(books, claim.doors)
    if session.device_id is not None:
        books.sessions.note_device(claim.person_id, session.device_id, now=now)
    books.work.audit("open_session", kind, claim.person_id, {"session_id": session.id})
    return Opened(session, pair)


def add_tokens(books: Books, session: Session, pair: Pair) -> None:
    """Keep the hashes of a session's new tokens; no token outlives its session."""
    ends_at = min(books.work.now + lifetime_of(session.role).access, session.expires_at)
    books.sessions.add_tokens(
        session, access=pair.access_hash, refresh=pair.refresh_hash, access_ends_at=ends_at
    )
