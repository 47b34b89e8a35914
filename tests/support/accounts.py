"""An accounts service with one branch and its people, and complete admission forms to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from accounts.batch.duties import AccountsBatch
from contracts.accounts import ADMIT_MEMBER, DECIDE_APPROVAL, GET_MEMBER, OPEN_SAMITY, PURPOSES
from contracts.actor import Actor
from contracts.identity import OFFICE_CHANGED, STAFF_POSTING_CHANGED
from contracts.permissions import Role
from contracts.sealed import seal
from contracts.transactions.ledger import OPEN_ACCOUNT

if TYPE_CHECKING:
    from accounts.service import AccountsService
    from chassis.testing import ServiceHarness

TODAY = date(2026, 11, 23)
"""The calendar day in Bangladesh at the harness's midday: a Monday, which is weekday 3."""


def an_id(number: int) -> str:
    """A readable id, always the same for the same number."""
    return str(UUID(int=0x7000_8000_0000_0000_0000 + number))


@dataclass(slots=True)
class Branch:
    """One branch, what its people may do, and the samities opened in it."""

    harness: ServiceHarness[AccountsService]
    code: str = "B001"
    number: int = 1
    serial: int = 0

    def __post_init__(self) -> None:
        self.harness.hear(OFFICE_CHANGED, self.office())
        for role in ("branch_manager", "accountant", "field_officer"):
            self.harness.hear(STAFF_POSTING_CHANGED, self.posting(role))
        self.harness.others.answers[OPEN_ACCOUNT] = lambda command: {
            "account_id": command["id"],
            "business_on": TODAY,
        }

    @property
    def id(self) -> str:
        return an_id(self.number * 1000)

    @property
    def path(self) -> str:
        return f"/HO/A01/{self.code}/"

    def office(self, **changes: Any) -> dict[str, Any]:
        return {
            "id": self.id,
            "code": self.code,
            "level": "branch",
            "parent_id": an_id(1),
            "path": self.path,
            "name_bn": "গোকুল শাখা",
            "name_en": "Gokul Branch",
            "version": 1,
        } | changes

    def person_id(self, role: str) -> str:
        roles = (*Role, "second_officer")
        return an_id(self.number * 1000 + 1 + roles.index(role))

    def posting(self, role: str, /, **changes: Any) -> dict[str, Any]:
        return {
            "staff_id": self.person_id(role),
            "name_bn": "মোঃ রফিকুল ইসলাম",
            "name_en": f"Rafiqul {role}",
            "role": role,
            "office_id": self.id,
            "office_path": self.path,
            "active": True,
            "from_on": "2026-01-01",
            "to_on": None,
            "mobile": self.sealed(f"+88017{self.number:04d}{len(role):04d}"),
            "version": 1,
        } | changes

    def actor(self, role: str, /, **changes: Any) -> Actor:
        known = {
            "person_id": self.person_id(role),
            "kind": "staff",
            "role": role,
            "office_id": self.id,
            "office_path": self.path,
        }
        return Actor(**known | changes)

    @property
    def manager(self) -> Actor:
        return self.actor("branch_manager")

    @property
    def officer(self) -> Actor:
        return self.actor("field_officer")

    def sealed(self, plain: str, to: str = "accounts") -> str:
        return seal(plain, self.harness.process.keys.sealing(to))

    def samity(self, **changes: Any) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "branch_id": self.id,
            "code": None,
            "name_bn": "শাপলা মহিলা সমিতি",
            "name_en": "Shapla Mohila Samity",
            "kind": "female",
            "village": "গোকুল",
            "meeting_weekday": 3,
            "meeting_time": "09:30",
            "officer_id": self.person_id("field_officer"),
            "opened_on": "2026-08-01",
            "max_members": 30,
        } | changes

    def open_samity(self, **changes: Any) -> dict[str, Any]:
        return self.harness.ask(OPEN_SAMITY, self.samity(**changes), actor=self.manager)

    def form(self, samity_id: str, *, nid: str | None = None, mobile: str | None = "", **changes: Any) -> Any:
        self.serial += 1
        serial = self.serial
        number = f"+88018{self.number:04d}{serial:04d}" if mobile == "" else mobile
        return {
            "id": str(uuid4()),
            "samity_id": samity_id,
            "name_bn": "আয়েশা খাতুন",
            "name_en": "Ayesha Khatun",
            "father_or_spouse_bn": "করিম শেখ",
            "father_or_spouse_en": "Karim Sheikh",
            "sex": "female",
            "birth_on": "1990-02-03",
            "nid": self.sealed(nid or f"{self.number:04d}{serial:06d}"),
            "mobile": None if number is None else self.sealed(number),
            "address": {
                "village": "গোকুল",
                "post": "গোকুল",
                "upazila": "বগুড়া সদর",
                "district": "বগুড়া",
                "line": f"বাড়ি {serial}",
            },
            "nominees": [nominee("করিম শেখ", 100)],
            "consents": [consent(purpose) for purpose in PURPOSES],
            "language": "bn",
            "passbook_number": f"PB-{serial:05d}",
            "warnings_seen": [],
        } | changes

    def admit(self, samity_id: str, **changes: Any) -> dict[str, Any]:
        return self.harness.ask(ADMIT_MEMBER, self.form(samity_id, **changes), actor=self.officer)

    def decide(self, applicant: dict[str, Any], *, approve: bool = True, **said: Any) -> dict[str, Any]:
        command = {"id": applicant["approval_id"], "approve": approve} | said
        return self.harness.ask(DECIDE_APPROVAL, command, actor=self.manager)

    def member(self, samity_id: str, **changes: Any) -> dict[str, Any]:
        """A member whose admission is approved and whose savings are in the ledger."""
        applicant = self.admit(samity_id, **changes)
        self.decide(applicant)
        self.harness.take_steps("open_savings", by=AccountsBatch)
        return self.harness.ask(GET_MEMBER, {"id": applicant["member_id"]}, actor=self.manager)


def nominee(name: str, share: int, *, birth_on: str = "1988-05-01", **changes: Any) -> dict[str, Any]:
    return {
        "name": name,
        "relation": "স্বামী",
        "birth_on": birth_on,
        "share_percent": share,
        "guardian": None,
    } | changes


def consent(purpose: str, *, given: bool = True, **changes: Any) -> dict[str, Any]:
    return {
        "purpose": purpose,
        "given": given,
        "text_version": "2026-07",
        "language": "bn",
        "read_aloud_by": "Rafiqul",
        "mark": "thumb",
        "witness": "করিম শেখ",
        "at": "2026-11-23T04:30:00Z",
    } | changes
