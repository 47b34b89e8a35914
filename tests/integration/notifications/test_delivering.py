"""Carrying messages away, on a real database: attempts, pauses, giving up, two senders at once."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa

from contracts.notifications import MESSAGE_FAILED
from notifications.domain.attempts import LEASE, MOST, PAUSES
from notifications.domain.kinds import DEPOSIT_CONFIRMED
from notifications.operations import delivering
from notifications.senders import AppriseSender, LocalSender, NotSent, sender
from tests.integration.notifications.conftest import NUMBER


def deliveries(branch):
    with branch.harness.process.database.transaction() as session:
        return session.execute(sa.text("SELECT * FROM deliveries ORDER BY at, attempt")).mappings().all()


class TestDeliver:
    def test_sends_each_message_once(self, branch, postbox):
        members = [branch.admit() for _ in range(25)]
        branch.post(*(branch.line(member) for member in members))
        branch.deliver()
        branch.deliver()

        assert len(postbox.sent) == 25
        assert {message["status"] for message in branch.messages()} == {"sent"}

    @pytest.mark.rule("P10")
    def test_keeps_who_sent_what_for_to_whom(self, branch, postbox):
        branch.post(branch.line(branch.admit()))
        branch.deliver()

        (message,) = branch.messages()
        assert (message["purpose"], message["recipient_masked"]) == (
            "deposit_confirmation",
            "+880•••••••678",
        )
        assert message["sent_at"] is not None
        (delivery,) = deliveries(branch)
        assert (delivery["provider"], delivery["recipient_masked"]) == ("postbox", "+880•••••••678")

    def test_tries_again_after_growing_pauses(self, branch, postbox):
        branch.post(branch.line(branch.admit()))
        postbox.refusals = 2
        branch.deliver()
        branch.deliver()
        assert len(deliveries(branch)) == 1

        branch.harness.watch.advance(PAUSES[0])
        branch.deliver()
        branch.harness.watch.advance(PAUSES[1])
        branch.deliver()
        assert [delivery["fault"] for delivery in deliveries(branch)] == ["not_taken", "not_taken", None]
        assert branch.messages()[0]["attempts"] == 3

    def test_gives_up_in_the_end_and_tells_it(self, branch, postbox):
        member = branch.admit()
        branch.post(branch.line(member))
        postbox.refusals = MOST
        for _ in range(MOST + 2):
            branch.deliver()
            branch.harness.watch.advance(timedelta(hours=3))

        assert [message["status"] for message in branch.messages(status="failed")] == ["failed"]
        (told,) = branch.harness.told(MESSAGE_FAILED)
        assert (told["member_id"], told["attempts"]) == (member, MOST)
        assert postbox.sent == []

    @pytest.mark.rule("P10")
    def test_consent_counts_when_it_is_sent(self, branch, postbox):
        member = branch.admit()
        branch.post(branch.line(member))
        branch.tell_contact(member, consent=False, version=2)
        branch.deliver()

        assert postbox.sent == []
        assert branch.messages()[0]["status"] == "no_consent"

    def test_two_senders_share_the_work(self, branch, postbox):
        members = [branch.admit() for _ in range(30)]
        branch.post(*(branch.line(member) for member in members))
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: branch.deliver(), range(4)))

        assert len(postbox.sent) == 30

    def test_what_a_dead_sender_had_taken_goes_out_when_its_lease_ends(self, branch, postbox):
        branch.post(branch.line(branch.admit()))
        with branch.harness.service().books() as books:
            assert len(delivering.take_due(books)) == 1

        branch.deliver()
        assert postbox.sent == []
        branch.harness.watch.advance(LEASE)
        branch.deliver()
        assert len(postbox.sent) == 1

    def test_a_late_sender_does_not_undo_what_another_has_settled(self, branch, postbox):
        branch.post(branch.line(branch.admit()))
        service = branch.harness.service()
        with service.books() as books:
            (late,) = delivering.take_due(books)
        branch.harness.watch.advance(LEASE)
        branch.deliver()
        postbox.refusals = 1
        outcome = delivering.send(late, postbox, service.vault, now=branch.harness.watch.now())
        with service.books() as books:
            delivering.settle(books, outcome, postbox)

        assert branch.messages()[0]["status"] == "sent"


class TestSenders:
    @pytest.mark.rule("L4")
    def test_the_local_one_keeps_the_text_for_its_owner_alone_and_out_of_every_log(self, tmp_path, capsys):
        kept = tmp_path / "postbox.jsonl"
        for text in ("Mikrof: 583917", "Mikrof 23-11-26: Tk 50"):
            LocalSender(kept).send(NUMBER, text, DEPOSIT_CONFIRMED)

        logged = capsys.readouterr().out
        assert logged.count("deposit_confirmation") == 2
        assert "583917" not in logged
        written = kept.read_text(encoding="utf-8")
        assert [json.loads(line)["text"] for line in written.splitlines()] == [
            "Mikrof: 583917",
            "Mikrof 23-11-26: Tk 50",
        ]
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert NUMBER[-8:] not in logged + written

    def test_the_local_one_without_a_postbox_keeps_nothing(self, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        LocalSender().send(NUMBER, "Mikrof: 583917", DEPOSIT_CONFIRMED)

        assert "583917" not in capsys.readouterr().out
        assert list(tmp_path.iterdir()) == []

    def test_the_local_one_is_the_default(self, monkeypatch):
        monkeypatch.delenv("MIKROF_SENDER", raising=False)
        monkeypatch.setenv("MIKROF_POSTBOX", "/some/postbox")
        sender.cache_clear()

        assert sender() == LocalSender(Path("/some/postbox"))
        sender.cache_clear()

    def test_apprise_is_named_with_its_address(self, monkeypatch):
        monkeypatch.setenv("MIKROF_SENDER", "apprise")
        monkeypatch.setenv("MIKROF_APPRISE_URL", "json://localhost/{number}")
        sender.cache_clear()

        assert sender() == AppriseSender("json://localhost/{number}")
        sender.cache_clear()


@pytest.fixture
def gateway_of_a_telephone_company():
    """A web service that takes messages, and refuses those that say so."""
    taken = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            taken.append((self.path, json.loads(body)["message"]))
            self.send_response(500 if "refuse" in body else 200)
            self.end_headers()

        def log_message(self, *args):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"json://127.0.0.1:{server.server_port}/{{number}}", taken
        server.shutdown()


# apprise probes for a module that Python 3.13 removes
@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
class TestApprise:
    def test_carries_the_text_to_the_number(self, gateway_of_a_telephone_company):
        address, taken = gateway_of_a_telephone_company
        AppriseSender(address).send(NUMBER, "মাইক্রফ: জমা", DEPOSIT_CONFIRMED)

        assert taken == [(f"/{NUMBER}", "মাইক্রফ: জমা")]

    def test_tells_when_the_company_does_not_take_it(self, gateway_of_a_telephone_company):
        address, _ = gateway_of_a_telephone_company

        with pytest.raises(NotSent, match="not_taken"):
            AppriseSender(address).send(NUMBER, "refuse this", DEPOSIT_CONFIRMED)

    def test_tells_when_it_does_not_know_the_address(self):
        with pytest.raises(NotSent, match="address_refused"):
            AppriseSender("nothing://{number}").send(NUMBER, "text", DEPOSIT_CONFIRMED)
