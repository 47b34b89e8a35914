"""Notifications on a database of its own, with a branch and members of whom it has heard."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from chassis.injection import CallContext
from chassis.testing import ServiceHarness, harness_of
from contracts.accounts import MEMBER_CHANGED, MEMBER_CONTACT_CHANGED
from contracts.actor import Actor
from contracts.identity import OFFICE_CHANGED
from contracts.notifications import LIST_MESSAGES, LIST_OWN_MESSAGES, SET_PREFERENCES
from contracts.sealed import seal
from contracts.transactions.collection import SHEET_AUTHORISED
from notifications.batch.duties import NotificationsBatch
from notifications.senders import NotSent, SenderOf
from notifications.service import NotificationsService
from tests.support.services import fresh_database

NUMBER = "+8801712345678"


@dataclass
class Postbox:
    """A sender that remembers, and refuses as long as it is told to."""

    name: str = "postbox"
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    refusals: int = 0

    def send(self, number: str, text: str, kind: Any) -> None:
        if self.refusals > 0:
            self.refusals -= 1
            raise NotSent("not_taken")
        self.sent.append((number, text, kind.purpose))


POSTBOX = Postbox()


class PostboxOf(SenderOf):
    def give(self, process, call):
        return POSTBOX


class Batch(NotificationsBatch):
    """The batch process with the postbox for a sender."""

    call = CallContext()
    sender = PostboxOf()


@dataclass
class Branch:
    """What a test says to notifications, and sees of it."""

    harness: ServiceHarness[NotificationsService]
    ids: dict[str, str] = field(default_factory=dict)

    def open_office(self, code: str) -> None:
        self.ids[code] = str(uuid4())
        state = {
            "id": self.ids[code],
            "code": code,
            "level": "branch",
            "parent_id": str(uuid4()),
            "path": f"/HO/A01/{code}/",
            "name_bn": "শাখা",
            "name_en": "Branch",
            "version": 1,
        }
        self.harness.hear(OFFICE_CHANGED, state)

    def admit(
        self, office: str = "001", *, mobile: str | None = NUMBER, consent: bool = True, language: str = "en"
    ) -> str:
        member_id = str(uuid4())
        member = {
            "id": member_id,
            "code": f"{office}-0001.00012",
            "name_bn": "আমেনা বেগম",
            "name_en": "Amena Begum",
            "samity_id": str(uuid4()),
            "branch_id": self.ids[office],
            "status": "active",
            "language": language,
            "admitted_on": "2026-01-05",
            "version": 1,
        }
        self.harness.hear(MEMBER_CHANGED, member)
        self.tell_contact(member_id, mobile=mobile, consent=consent, language=language)
        return member_id

    def tell_contact(
        self,
        member_id: str,
        *,
        mobile: str | None = NUMBER,
        consent: bool = True,
        language: str = "en",
        version=1,
    ) -> None:
        key = self.harness.process.keys.sealing("notifications")
        contact = {
            "member_id": member_id,
            "mobile": seal(mobile, key) if mobile else None,
            "messages_consent": consent,
            "language": language,
            "version": version,
        }
        self.harness.hear(MEMBER_CONTACT_CHANGED, contact)

    def sheet(self, *lines: dict[str, Any]) -> dict[str, Any]:
        return {
            "sheet_id": str(uuid4()),
            "office_id": self.ids["001"],
            "samity_id": str(uuid4()),
            "business_on": "2026-11-23",
            "value_on": "2026-11-23",
            "lines": list(lines),
        }

    def line(self, member_id: str, **given: Any) -> dict[str, Any]:
        return {
            "row_id": str(uuid4()),
            "member_id": member_id,
            "account_code": "GS.001-0001.00012.1",
            "product_name_bn": "সাধারণ সঞ্চয়",
            "product_name_en": "General savings",
            "amount": "50.00",
            "nothing_received": None,
            "balance": "1250.00",
            "receipt_number": "D7-000123",
        } | given

    def post(self, *lines: dict[str, Any]) -> dict[str, Any]:
        sheet = self.sheet(*lines)
        self.harness.hear(SHEET_AUTHORISED, sheet)
        return sheet

    def prefer(self, member_id: str, **wish: Any) -> dict[str, Any]:
        body = {"detail": "full", "confirmations": True, "language": "en"} | wish
        return self.harness.ask(SET_PREFERENCES, body, actor=self.member(member_id))

    def deliver(self) -> None:
        self.harness.tick("deliver", by=Batch)

    def member(self, member_id: str) -> Actor:
        return Actor(person_id=member_id, kind="member", role="member", office_path="/HO/A01/001/")

    def staff(self, path: str = "/HO/A01/001/", role: str = "branch_manager") -> Actor:
        return Actor(person_id=str(uuid4()), kind="staff", role=role, office_path=path)

    def messages(self, **asked: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.harness.ask(LIST_MESSAGES, asked, actor=self.staff("/HO/"))[
            "items"
        ]
        return items

    def own(self, member_id: str) -> list[dict[str, Any]]:
        page = self.harness.ask(LIST_OWN_MESSAGES, {}, actor=self.member(member_id))
        items: list[dict[str, Any]] = page["items"]
        return items


@pytest.fixture
def postbox() -> Postbox:
    POSTBOX.sent.clear()
    POSTBOX.refusals = 0
    return POSTBOX


@pytest.fixture
def branch(postgres_server, keys_folder: Path, postbox: Postbox) -> Iterator[Branch]:
    with (
        fresh_database(postgres_server, "notifications") as urls,
        harness_of(NotificationsService, urls.runtime, keys=keys_folder) as harness,
    ):
        made = Branch(harness)
        made.open_office("001")
        made.open_office("002")
        yield made
