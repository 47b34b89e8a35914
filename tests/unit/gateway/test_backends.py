"""Between the views and the broker: sealing, signing, reading replies, keeping places."""

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from contracts import wire
from contracts.accounts import ADMIT_MEMBER, UNMASK_MEMBER
from contracts.actor import Actor, verify
from contracts.errors import ActorRefused, Forbidden, NotFound, ServiceAway, ServiceError, ServiceOverloaded
from contracts.identity import LIST_OFFICES, SIGN_IN_STAFF
from contracts.keys import Keyring
from contracts.sealed import seal, unseal
from gateway.backends import Asked, BrokerBackends, GatewayKeys, ServiceDefect
from gateway.backends.broker import answer_of
from gateway.backends.bulkhead import Bulkhead
from gateway.backends.client import Request
from gateway.backends.listener import retry_after
from gateway.backends.pending import PendingCalls
from gateway.backends.sealing import changed, sealed_paths
from gateway.edge import new_id, now

ACTOR = Actor(person_id="p", kind="staff", role="accountant", permission="office:read")


class OneAnswer:
    """A client that keeps the request and answers one thing."""

    def __init__(self, result: Any) -> None:
        self.result = result
        self.requests: list[Request] = []

    def call(self, request: Request) -> bytes:
        self.requests.append(request)
        return wire.dumps({"result": self.result, "error": None}).encode()


def backends(client: OneAnswer, keys: Path) -> BrokerBackends:
    return BrokerBackends(client, GatewayKeys(keys))  # type: ignore[arg-type]  # a client of one method


class TestSealing:
    def test_a_secret_leaves_sealed_to_its_service_and_nothing_else_is_touched(
        self, gateway_keys: Path
    ) -> None:
        client = OneAnswer({"tokens": seal("{}", Keyring(gateway_keys).sealing("gateway"))})
        payload = {"username": "rahima", "password": "a long password", "device_id": None}

        answer = backends(client, gateway_keys).ask(SIGN_IN_STAFF, payload, Asked(ACTOR, "c"))

        sent = client.requests[0].payload
        assert "a long password" not in wire.dumps(sent)
        assert unseal(sent["password"], Keyring(gateway_keys).unsealing("identity")) == "a long password"
        assert (sent["username"], sent["device_id"]) == ("rahima", None)
        assert payload["password"] == "a long password", "the caller's own mapping stays as it was"
        assert answer == {"tokens": "{}"}

    def test_a_secret_that_is_absent_or_null_stays_so(self, gateway_keys: Path) -> None:
        client = OneAnswer({"value": None})
        ask = backends(client, gateway_keys)

        assert ask.ask(UNMASK_MEMBER, {"id": "m"}, Asked(ACTOR, "c")) == {"value": None}
        ask.ask(ADMIT_MEMBER, {"mobile": None}, Asked(ACTOR, "c"))
        assert client.requests[1].payload == {"mobile": None}

    def test_the_contracts_say_what_is_secret(self) -> None:
        assert dict(sealed_paths(ADMIT_MEMBER.command)) == {("nid",): "accounts", ("mobile",): "accounts"}
        assert sealed_paths(LIST_OFFICES.command) == ()

    def test_secrets_inside_lists_are_found(self) -> None:
        value = {"items": [{"a": "x"}, {"b": 1}], "b": "y"}

        assert changed(value, ("items", "*", "a"), str.upper) == {"items": [{"a": "X"}, {"b": 1}], "b": "y"}


class TestSigning:
    def test_the_actor_is_good_for_this_very_call_only(self, gateway_keys: Path) -> None:
        client = OneAnswer({"items": [], "next": None})
        backends(client, gateway_keys).ask(LIST_OFFICES, {"after": "/HO/"}, Asked(ACTOR, "c-1"))
        request = client.requests[0]
        token = request.headers["nameko.actor"]
        public = Keyring(gateway_keys).issuer_keys("gateway")
        good = {"call": "identity.list_offices", "body_digest": wire.digest({"after": "/HO/"}), "now": now()}

        assert verify(token, public, **good).actor == ACTOR
        assert request.headers["nameko.correlation_id"] == "c-1"
        for other in ({"call": "identity.open_office"}, {"body_digest": wire.digest({})}):
            with pytest.raises(ActorRefused):
                verify(token, public, **(good | other))


class TestReplies:
    def read(self, reply: Any) -> dict[str, Any]:
        return answer_of(LIST_OFFICES, wire.dumps(reply).encode())

    def test_a_refusal_is_rebuilt_by_its_code_whatever_its_class(self) -> None:
        wired = json.dumps({"code": "NOT_FOUND", "kind": "not_found", "facts": {"id": 7}})
        error = {"exc_type": "X", "exc_path": "os.system", "exc_args": [wired], "value": "boom"}

        with pytest.raises(NotFound) as caught:
            self.read({"result": None, "error": error})
        assert caught.value.facts == {"id": 7}

    @pytest.mark.parametrize(
        "reply",
        [
            {"result": None, "error": {"exc_type": "KeyError", "exc_args": ["secret"], "value": "secret"}},
            {"result": None, "error": {"exc_args": []}},
            {"result": None, "error": "boom"},
            {"result": None, "error": {"exc_args": ['{"code": "X", "kind": "unheard", "facts": {}}']}},
            {"result": [], "error": None},
            {"error": None},
            [],
            None,
        ],
    )
    def test_anything_else_is_a_defect_that_repeats_nothing(self, reply: Any) -> None:
        with pytest.raises(ServiceDefect) as caught:
            self.read(reply)
        assert "secret" not in str(caught.value)

    def test_bytes_that_are_no_json_are_a_defect(self) -> None:
        with pytest.raises(ServiceDefect):
            answer_of(LIST_OFFICES, b"\xff")


class TestPendingCalls:
    def test_a_reply_is_given_once_and_to_its_own_call(self) -> None:
        calls = PendingCalls()
        calls.open("q")
        first, _ = calls.expect("1", patience=0)
        second, _ = calls.expect("2", patience=0)

        calls.settle("2", b"two")
        calls.settle("2", b"again")
        calls.settle("3", b"nobody's")

        assert (second.result(0), first.done(), calls.late) == (b"two", False, 2)

    def test_losing_the_broker_fails_all_at_once_and_a_late_reply_finds_nobody(self) -> None:
        calls = PendingCalls()
        calls.open("q-1")
        future, _ = calls.expect("1", patience=0)

        calls.close()

        assert isinstance(future.exception(0), ServiceAway)
        with pytest.raises(ServiceAway):
            calls.expect("2", patience=0)
        calls.open("q-2")
        assert calls.expect("3", patience=0)[1] == "q-2"

    def test_a_call_waits_a_moment_for_the_listener(self) -> None:
        calls = PendingCalls()
        threading.Timer(0.05, calls.open, ["q"]).start()

        assert calls.expect("1", patience=5)[1] == "q"


class TestBulkhead:
    def test_places_are_counted_by_service(self) -> None:
        bulkhead = Bulkhead(1, 0.01)

        with (
            bulkhead.place("transactions"),
            bulkhead.place("identity"),
            pytest.raises(ServiceOverloaded),
            bulkhead.place("transactions"),
        ):
            pytest.fail("there was one place")
        with bulkhead.place("transactions"):
            pass

    def test_a_failing_call_gives_its_place_back(self) -> None:
        bulkhead = Bulkhead(1, 0.01)
        for _ in range(3):
            with pytest.raises(Forbidden), bulkhead.place("identity"):
                raise Forbidden

    def test_who_waits_longest_is_next_even_against_a_thread_that_never_rests(self) -> None:
        bulkhead, stopping = Bulkhead(1, 5), threading.Event()

        def greedy() -> None:
            while not stopping.is_set():
                with bulkhead.place("s"):
                    time.sleep(0.001)

        thread = threading.Thread(target=greedy)
        thread.start()
        try:
            began = time.monotonic()
            for _ in range(20):
                with bulkhead.place("s"):
                    pass
            assert time.monotonic() - began < 2
        finally:
            stopping.set()
            thread.join()


class TestEdge:
    def test_ids_are_of_version_seven_and_sort_by_time(self) -> None:
        first = new_id()
        time.sleep(0.002)
        second = new_id()

        assert (first[14], first[19] in "89ab") == ("7", True)
        assert first < second
        assert len({new_id() for _ in range(1000)}) == 1000

    def test_reconnection_slows_down_and_is_bounded(self) -> None:
        waits = [retry_after(failures, 1) for failures in range(1, 12)]

        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (0.25, 5)
        assert retry_after(3, 0) == retry_after(3, 1) / 2

    def test_every_refusal_survives_the_wire(self) -> None:
        for kind in ServiceError.known.values():
            error = ServiceError.from_wire({"code": kind.code, "kind": kind.kind, "facts": {"a": 1}})
            assert (type(error), error.facts) == (kind, {"a": 1})
