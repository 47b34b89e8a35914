"""A branch for tests of transactions: two branches of one area, with staff, samities and members."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4, uuid5

from contracts.accounts.events import MEMBER_CHANGED, SAMITY_CHANGED
from contracts.actor import Actor
from contracts.identity.offices import OFFICE_CHANGED
from contracts.identity.staff import STAFF_POSTING_CHANGED
from contracts.sealed import seal
from contracts.transactions.ledger import (
    CLOSE_DAY,
    CONFIRM_VAULT_COUNT,
    DECIDE_APPROVAL,
    GET_DAY,
    OPEN_ACCOUNT,
    OPEN_DAY,
    POST_DEPOSIT,
    PROPOSE_REVERSAL,
    READ_PASSBOOK,
    RECORD_VAULT_COUNT,
    TRIAL_BALANCE,
)
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from chassis.testing import ServiceHarness
    from transactions.service import TransactionsService

MONDAY = date(2026, 11, 23)
"""The business day on which tests begin; the harness's clock shows its noon in Dhaka."""
_HERE = UUID("00000000-0000-4000-8000-000000000000")


def id_of(name: str) -> str:
    """Return the id of a thing that is called so in a test."""
    return str(uuid5(_HERE, name))


def new_id() -> str:
    return str(uuid4())


@dataclass
class Branch:
    """One branch, spoken to as its own staff would."""

    harness: ServiceHarness[TransactionsService]
    code: str
    path: str
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return id_of(self.code)

    def person(self, role: str, name: str | None = None, *, excluded: tuple[str, ...] = ()) -> Actor:
        """Return somebody of the branch's staff; his id follows from his name."""
        return Actor(
            person_id=id_of(f"{self.code} {name or role}"),
            kind="staff",
            role=role,
            office_id=self.id,
            office_path=self.path,
            session_id=id_of(f"session of {name or role}"),
            device_id=id_of(f"phone of {name or role}"),
            excluded_members=excluded,
        )

    @property
    def manager(self) -> Actor:
        return self.person("branch_manager")

    @property
    def accountant(self) -> Actor:
        return self.person("accountant")

    @property
    def officer(self) -> Actor:
        return self.person("field_officer")

    def member(self, name: str) -> Actor:
        """Return a member as she signs in herself."""
        return Actor(person_id=id_of(name), kind="member", role="member", session_id=id_of(f"her {name}"))

    def ask(self, method: Any, actor: Actor | None, **payload: Any) -> dict[str, Any]:
        return self.harness.ask(method, payload, actor=actor)

    def post_staff(self, actor: Actor, name: str) -> None:
        """Let the service hear of a staff person's posting."""
        self.harness.hear(
            STAFF_POSTING_CHANGED,
            {
                "staff_id": actor.person_id,
                "name_bn": f"{name} সাহেব",
                "name_en": name,
                "role": actor.role,
                "office_id": self.id,
                "office_path": self.path,
                "active": True,
                "from_on": "2026-01-01",
                "to_on": None,
                "mobile": seal("+8801711000000", self.harness.process.keys.sealing("accounts")),
                "version": 1,
            },
        )

    def open_samity(
        self, name: str, *, officer: Actor | None = None, weekday: int = 3, active: bool = True
    ) -> str:
        """Let the service hear of a samity; weekday 3 is Monday."""
        state = self.samity_state(name, officer=officer, weekday=weekday, active=active)
        self.harness.hear(SAMITY_CHANGED, state)
        return str(state["id"])

    def samity_state(
        self, name: str, *, officer: Actor | None = None, weekday: int = 3, active: bool = True
    ) -> dict[str, Any]:
        """Return what accounts tells of a samity."""
        samity_id = id_of(name)
        return {
            "id": samity_id,
            "code": f"{self.code}-{name[-4:]}",
            "name_bn": f"{name} সমিতি",
            "name_en": name,
            "branch_id": self.id,
            "meeting_weekday": weekday,
            "officer_id": (officer or self.officer).person_id,
            "active": active,
            "version": self._next_version(samity_id),
        }

    def admit(self, name: str, samity: str, *, status: str = "active") -> str:
        """Let the service hear of a member, who is called as she is named."""
        state = self.member_state(name, samity, status=status)
        self.harness.hear(MEMBER_CHANGED, state)
        return str(state["id"])

    def member_state(self, name: str, samity: str, *, status: str = "active") -> dict[str, Any]:
        """Return what accounts tells of a member."""
        member_id = id_of(name)
        return {
            "id": member_id,
            "code": f"{self.code}.{name}",
            "name_bn": f"{name} বেগম",
            "name_en": name,
            "samity_id": id_of(samity),
            "branch_id": self.id,
            "status": status,
            "language": "bn",
            "admitted_on": "2026-11-01",
            "version": self._next_version(member_id),
        }

    def open_savings(self, name: str, *, floor: str = "0.00", sex: str = "female") -> str:
        """Open a member's general savings account, as accounts asks for it."""
        account_id = id_of(f"savings of {name}")
        self.ask(
            OPEN_ACCOUNT,
            None,
            id=account_id,
            member_id=id_of(name),
            office_id=self.id,
            code=f"GS.{self.code}.{name}.01",
            ledger="general_savings",
            terms={
                "version": 1,
                "product_code": "GS",
                "product_name_bn": "সাধারণ সঞ্চয়",
                "product_name_en": "General savings",
                "floor": floor,
                "annual_rate_bps": 600,
                "sex": sex,
                "fund": None,
            },
        )
        return account_id

    def open_day(self, on: date = MONDAY) -> dict[str, Any]:
        """Open the first day, with an empty vault counted."""
        opened = self.ask(OPEN_DAY, self.manager, office_id=self.id, on=on.isoformat())
        self.count_vault("opening", {})
        return opened

    def deposit(
        self, name: str, amount: str, *, entry_id: str | None = None, paid_by: str = "self"
    ) -> dict[str, Any]:
        """Bring cash to the counter for a member's savings."""
        return self.ask(
            POST_DEPOSIT,
            self.accountant,
            entry_id=entry_id or new_id(),
            account_id=id_of(f"savings of {name}"),
            amount=amount,
            paid_by=paid_by,
        )

    def propose_reversal(self, entry_id: str, kind: str, **more: Any) -> str:
        request = {"reason": "ভুল হিসাব", "evidence": "her thumb", **more}
        answer = self.ask(
            PROPOSE_REVERSAL,
            self.accountant,
            **{"id": new_id(), "entry_id": entry_id, "kind": kind, **request},
        )
        return str(answer["id"])

    def approve(self, approval_id: str) -> dict[str, Any]:
        return self.ask(DECIDE_APPROVAL, self.manager, id=approval_id, approve=True)

    def decline(self, approval_id: str) -> dict[str, Any]:
        return self.ask(DECIDE_APPROVAL, self.manager, id=approval_id, approve=False, reason="not so")

    def balance_of(self, name: str) -> str:
        """Return what a member's first account holds, as her passbook says it."""
        return str(self.passbook(name)["accounts"][0]["balance"])

    def passbook(self, name: str) -> dict[str, Any]:
        return self.ask(READ_PASSBOOK, self.manager, member_id=id_of(name))

    def trial_balance(self) -> dict[str, tuple[str, str]]:
        """Return each ledger's debit and credit, after making sure that the sides are equal."""
        answer = self.ask(TRIAL_BALANCE, self.manager, office_id=self.id)
        assert answer["balanced"]
        assert answer["debit_total"] == answer["credit_total"]
        return {row["code"]: (row["debit"], row["credit"]) for row in answer["rows"]}

    def count_vault(
        self,
        moment: str,
        denominations: dict[str, int],
        *,
        on: date | None = None,
        book_difference: bool = False,
    ) -> str:
        """Count the vault with two people, a second after whatever was before."""
        self.harness.watch.advance(timedelta(seconds=1))
        count_id = new_id()
        day = self.day()
        self.ask(
            RECORD_VAULT_COUNT,
            self.accountant,
            id=count_id,
            office_id=self.id,
            on=on.isoformat() if on else day["on"],
            moment=moment,
            denominations=denominations,
        )
        self.ask(CONFIRM_VAULT_COUNT, self.manager, id=count_id, book_difference=book_difference)
        return count_id

    def day(self) -> dict[str, Any]:
        return self.ask(GET_DAY, self.manager, office_id=self.id)

    def close_day(self) -> dict[str, Any]:
        """Close the open day to its end and return the day that follows, with its vault counted."""
        self.ask(CLOSE_DAY, self.manager, office_id=self.id, on=self.day()["on"])
        self.harness.take_steps("close_day", by=TransactionsBatch)
        self.count_vault("opening", {"1": int(self.day()["vault"].removesuffix(".00"))})
        return self.day()

    def _next_version(self, thing: str) -> int:
        self.versions[thing] = self.versions.get(thing, 0) + 1
        return self.versions[thing]


def found_branches(harness: ServiceHarness[TransactionsService]) -> tuple[Branch, Branch]:
    """Let the service hear of a head office, an area and two branches with their staff."""
    tree = (("HO", "head_office", None, "/HO/"), ("A01", "area", "HO", "/HO/A01/"))
    here = Branch(harness, "B001", "/HO/A01/B001/")
    there = Branch(harness, "B002", "/HO/A01/B002/")
    offices = (*tree, *((branch.code, "branch", "A01", branch.path) for branch in (here, there)))
    for code, level, parent, path in offices:
        harness.hear(
            OFFICE_CHANGED,
            {
                "id": id_of(code),
                "code": code,
                "level": level,
                "parent_id": id_of(parent) if parent else None,
                "path": path,
                "name_bn": f"{code} শাখা",
                "name_en": f"Office {code}",
                "version": 1,
            },
        )
    for branch in (here, there):
        branch.post_staff(branch.manager, "Manager")
        branch.post_staff(branch.accountant, "Accountant")
        branch.post_staff(branch.officer, "Officer")
    return here, there
