"""The sign-in doors, on a real database: what is told, what is not, and how long one waits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from contracts.errors import InvalidPayload, TooManyAttempts
from contracts.identity import CHANGE_PASSWORD, CHANGE_PIN, SIGN_IN_MEMBER, SIGN_IN_STAFF
from contracts.identity.logins import WeakPin
from contracts.identity.sessions import SessionEnded, SignInRefused, WeakPassword
from identity.domain.delays import ACCOUNT, ADDRESS
from identity.vault import vault_of
from tests.integration.identity.conftest import ADDRESS as HERE
from tests.integration.identity.conftest import PASSWORD, PIN

NEW_PASSWORD = "the ferry leaves at dawn"


def fail(town, times, username="accountant", **door):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            town.sign_in(username, "not the password", **door)


class TestSignInStaff:
    def test_opens_a_session_with_the_rights_of_the_role(self, town, accountant):
        session = town.session(town.sign_in("accountant"))

        assert (session["person_id"], session["role"], session["kind"]) == (
            accountant.person_id,
            "accountant",
            "staff",
        )
        assert session["office_path"] == "/HO/A01/001/"
        assert "deposit:post" in session["permissions"]
        assert "staff:propose" not in session["permissions"]

    def test_takes_the_username_in_any_letters(self, town):
        assert town.sign_in(" Accountant ")

    @pytest.mark.parametrize("username", ["accountant", "nobody"])
    def test_tells_a_wrong_password_and_an_unknown_name_alike(self, town, username):
        with pytest.raises(SignInRefused) as refusal:
            town.sign_in(username, "not the password")

        assert (refusal.value.code, refusal.value.facts) == ("SIGN_IN_REFUSED", {})

    def test_looks_as_hard_at_an_unknown_name(self, town, monkeypatch):
        hasher, looks = vault_of(town.harness.process.keys).hasher, []
        verify = type(hasher)._verify
        monkeypatch.setattr(type(hasher), "_verify", lambda *args: looks.append(args) or verify(*args))
        for username in ("accountant", "nobody"):
            with pytest.raises(SignInRefused):
                town.sign_in(username, "not the password")

        assert len(looks) == 2

    def test_a_password_sealed_to_somebody_else_is_no_password(self, town):
        from contracts.sealed import seal

        other = seal(PASSWORD, town.harness.process.keys.sealing("accounts"))
        with pytest.raises(InvalidPayload):
            town.ask(SIGN_IN_STAFF, {"username": "accountant", "password": other, "address": HERE})


class TestGrowingDelays:
    def test_the_door_shuts_longer_after_each_further_try(self, town):
        fail(town, ACCOUNT.free + 1)
        with pytest.raises(TooManyAttempts) as refusal:
            town.sign_in("accountant")
        assert refusal.value.facts == {"retry_after": 2}

        town.harness.watch.advance(timedelta(seconds=2))
        fail(town, 1)
        with pytest.raises(TooManyAttempts) as refusal:
            town.sign_in("accountant")
        assert refusal.value.facts == {"retry_after": 4}

    def test_the_right_password_after_the_wait_opens_and_forgets(self, town):
        fail(town, ACCOUNT.free + 1)
        town.harness.watch.advance(timedelta(seconds=2))

        assert town.sign_in("accountant")
        fail(town, ACCOUNT.free)
        assert town.sign_in("accountant")

    def test_nobody_is_locked_out_for_ever(self, town):
        fail(town, ACCOUNT.free + 1)
        for _ in range(20):
            town.harness.watch.advance(ACCOUNT.longest)
            fail(town, 1)
        town.harness.watch.advance(ACCOUNT.longest)

        assert town.sign_in("accountant")

    def test_an_unknown_name_waits_as_long(self, town):
        fail(town, ACCOUNT.free + 1, "nobody")

        with pytest.raises(TooManyAttempts):
            town.sign_in("nobody")

    def test_an_attacker_elsewhere_does_not_shut_out_a_known_phone(self, town):
        phone = str(uuid4())
        town.sign_in("officer", device_id=phone)
        fail(town, ACCOUNT.free + 1, "officer", address="198.51.100.9", device_id=str(uuid4()))

        with pytest.raises(TooManyAttempts):
            town.sign_in("officer", device_id=str(uuid4()))
        assert town.sign_in("officer", device_id=phone)

    def test_many_names_from_one_address_wait_too(self, town):
        vault = vault_of(town.harness.process.keys)
        door = vault.door("address", "198.51.100.9")
        with town.harness.service().books() as books:
            tries = books.tries.lock(door, now=books.work.now)
            books.tries.write(door, type(tries)(ADDRESS.free + 1, books.work.now))

        with pytest.raises(TooManyAttempts):
            town.sign_in("manager", address="198.51.100.9")
        assert town.sign_in("manager")

    def test_twenty_at_once_count_as_twenty(self, town):
        def knock(_):
            try:
                town.sign_in("accountant", "not the password")
            except (SignInRefused, TooManyAttempts) as refusal:
                return type(refusal)

        with ThreadPoolExecutor(8) as pool:
            refusals = list(pool.map(knock, range(20)))
        assert refusals.count(SignInRefused) == ACCOUNT.free + 1

    def test_what_was_typed_is_not_kept(self, town):
        with pytest.raises(SignInRefused):
            town.sign_in("my password typed here", "x")

        with town.harness.process.database.transaction() as session:
            kept = session.execute(sa.text("SELECT string_agg(door, ' ') FROM tries")).scalar_one()
        assert "typed" not in kept


class TestChangePassword:
    def test_ends_every_session_that_the_old_one_opened(self, town):
        old = town.sign_in("accountant")
        new = town.knock(CHANGE_PASSWORD, username="accountant", password=PASSWORD, new_password=NEW_PASSWORD)

        with pytest.raises(SessionEnded):
            town.session(old)
        assert town.session(new)["username"] == "accountant"
        fail(town, 1, "accountant")
        assert town.sign_in("accountant", NEW_PASSWORD)

    def test_takes_a_new_one_only(self, town):
        with pytest.raises(WeakPassword):
            town.knock(CHANGE_PASSWORD, username="accountant", password=PASSWORD, new_password=PASSWORD)

    def test_needs_the_old_one(self, town):
        with pytest.raises(SignInRefused):
            town.knock(
                CHANGE_PASSWORD, username="accountant", password="not this one", new_password=NEW_PASSWORD
            )


class TestSignInMember:
    def knock(self, town, member, pin=PIN, **door):
        return town.knock(SIGN_IN_MEMBER, member_code=member["code"], pin=pin, **door)

    def test_opens_her_own_session(self, town, member):
        session = town.session(self.knock(town, member))

        assert (session["person_id"], session["role"], session["member_code"]) == (
            member["id"],
            "member",
            member["code"],
        )
        assert session["permissions"] == [
            "complaint:own",
            "message:own",
            "passbook:own",
            "preference:own",
            "session:own",
        ]
        assert session["office_path"] == "/HO/A01/001/"

    def test_takes_bangla_digits(self, town, member):
        assert self.knock(town, member, pin="৪৯৩৮১৭")

    @pytest.mark.parametrize("code", ["001-0001.99999", "no code at all"])
    def test_tells_nothing_about_an_unknown_member(self, town, code):
        with pytest.raises(SignInRefused):
            self.knock(town, {"code": code})

    def test_guessing_a_pin_does_not_pay(self, town, member):
        for _ in range(ACCOUNT.free + 1):
            with pytest.raises(SignInRefused):
                self.knock(town, member, pin="000111")
        with pytest.raises(TooManyAttempts):
            self.knock(town, member)


class TestChangePin:
    def change(self, town, member, pin, new_pin):
        actor = town.actor(member["answer"])
        body = {"pin": town.sealed(pin), "new_pin": town.sealed(new_pin)}
        return town.ask(CHANGE_PIN, body, actor)

    def test_keeps_the_session_in_hand_and_ends_the_others(self, town, member):
        other = town.knock(SIGN_IN_MEMBER, member_code=member["code"], pin=PIN)
        self.change(town, member, PIN, "502846")

        assert town.session(member["answer"])
        with pytest.raises(SessionEnded):
            town.session(other)
        assert town.knock(SIGN_IN_MEMBER, member_code=member["code"], pin="502846")

    def test_needs_the_old_one(self, town, member):
        with pytest.raises(SignInRefused):
            self.change(town, member, "000111", "502846")

    @pytest.mark.parametrize("weak", ["123456", "111111", "12345", "121212", "abcdef"])
    def test_refuses_what_a_finder_tries_first(self, town, member, weak):
        with pytest.raises(WeakPin):
            self.change(town, member, PIN, weak)
