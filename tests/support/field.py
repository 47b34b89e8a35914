"""A branch in the field: its people, a samity with savings, and what an officer's phone sends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from contracts.actor import Actor
from contracts.permissions import Role
from contracts.transactions import collection as promised
from contracts.transactions.ledger import DECIDE_APPROVAL, OPEN_ACCOUNT, OPEN_DAY, TRIAL_BALANCE
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.sheets import weekday_number
from transactions.models.projections import members, offices, samities, staff

if TYPE_CHECKING:
    from chassis.testing import ServiceHarness
    from contracts.calls import Method
    from transactions.service import TransactionsService

MONDAY = date(2026, 11, 23)
PATH = "/HO/B001/"
TERMS = {
    "version": 1,
    "product_code": "GS",
    "product_name_bn": "সাধারণ সঞ্চয়",
    "product_name_en": "General savings",
    "floor": "0.00",
    "annual_rate_bps": 600,
    "sex": "female",
}


def new_id() -> str:
    return str(uuid4())


def notes(taka: int) -> dict[str, int]:
    """The fewest notes that make an amount."""
    slip = {}
    for face in (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1):
        slip[str(face)], taka = divmod(taka, face)
    return {face: count for face, count in slip.items() if count}


@dataclass(slots=True)
class Saver:
    """A member with her savings account."""

    id: str
    account_id: str
    code: str


@dataclass(slots=True)
class Phone:
    """An officer's device: it holds sheets, numbers its receipts and keeps its rows."""

    branch: Branch
    actor: Actor
    series: str = "D0"
    serial: int = 1
    epoch: int = 0

    def hold(self, sheet_id: str, **options: Any) -> dict[str, Any]:
        held = self.ask(promised.HOLD_SHEET, {"id": sheet_id, **options})
        self.series, self.epoch = held["receipt_series"], held["epoch"]
        self.serial = max(self.serial, held["receipt_next"])
        return held

    def ask(self, method: Method, payload: dict[str, Any]) -> dict[str, Any]:
        return self.branch.ask(method, payload, self.actor)

    def paid(self, saver: Saver, taka: int, **changes: Any) -> dict[str, Any]:
        """A row of money with the device's next receipt."""
        receipt = f"{self.series}-{self.serial:06d}"
        self.serial += 1
        return self._row(saver, amount=f"{taka}.00", receipt_number=receipt, **changes)

    def fee(self, saver: Saver, kind: str, taka: int, **changes: Any) -> dict[str, Any]:
        """A row of a fee, on the account that a sheet gives for it."""
        ledger = Ledgers.RISK_FUND if kind == "risk_premium" else Ledgers.FEES
        account = OfficeAccount(ledger, self.branch.office_id, saver.id)
        return self.paid(saver, taka, **{"kind": kind, "account_id": account.id, **changes})

    def payout(self, saver: Saver, withdrawal_id: str, taka: int, **changes: Any) -> dict[str, Any]:
        """A withdrawal that was paid to her, against her thumb on the device's next slip. Rule M9."""
        said = {"kind": "withdrawal", "withdrawal_id": withdrawal_id, "mark": "thumb"}
        return self.paid(saver, taka, **{**said, **changes})

    def unpaid(
        self, saver: Saver, withdrawal_id: str, reason: str = "absent", **changes: Any
    ) -> dict[str, Any]:
        """A withdrawal that was not paid, and why."""
        said = {"kind": "withdrawal", "withdrawal_id": withdrawal_id}
        return self.nothing(saver, reason, **{**said, **changes})

    def nothing(self, saver: Saver, reason: str = "absent", **changes: Any) -> dict[str, Any]:
        """A row that says why there was no money. Rule M10."""
        attendance = "absent" if reason == "absent" else "present"
        return self._row(saver, nothing_received=reason, **{"attendance": attendance, **changes})

    def submission(self, sheet_id: str, rows: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
        taka = sum(int(row["amount"].split(".")[0]) for row in rows if row["amount"])
        return {
            "sheet_id": sheet_id,
            "submission_id": new_id(),
            "epoch": self.epoch,
            "total": f"{taka}.00",
            "rows": rows,
            **changes,
        }

    def submit(self, sheet_id: str, rows: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
        return self.ask(promised.SUBMIT_SHEET, self.submission(sheet_id, rows, **changes))

    def ask_submission(self, submission: dict[str, Any]) -> dict[str, Any]:
        return self.ask(promised.SUBMIT_SHEET, submission)

    def hand_over(self, sheet_ids: list[str], taka: int, handover_id: str | None = None) -> dict[str, Any]:
        declared = {"id": handover_id or new_id(), "sheet_ids": sheet_ids, "declared_total": f"{taka}.00"}
        return self.ask(promised.DECLARE_HANDOVER, declared)

    def _row(self, saver: Saver, **said: Any) -> dict[str, Any]:
        return {
            "row_id": new_id(),
            "version": 1,
            "member_id": saver.id,
            "account_id": saver.account_id,
            "kind": "collected",
            "attendance": "present",
            "amount": None,
            "nothing_received": None,
            "note": None,
            "paid_by": "self",
            "second_payment": False,
            "receipt_number": None,
            "recorded_at": "2026-11-23T05:00:00.000000Z",
            "change_reason": None,
            "withdrawal_id": None,
            "mark": None,
            **said,
        }


def again(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The next version of a row. Rule M6."""
    return {**row, "version": row["version"] + 1, **changes}


def emptied(row: dict[str, Any], why: str, reason: str = "no_money") -> dict[str, Any]:
    """The next version of a row, from which the money was taken away."""
    gone = {"amount": None, "receipt_number": None, "nothing_received": reason}
    return again(row, change_reason=why, **gone)


def outcomes(answer: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(row["outcome"], row["code"]) for row in answer["rows"]]


@dataclass
class Branch:
    """One branch with its staff on its open day, written as events of other services would."""

    harness: ServiceHarness[TransactionsService]
    office_id: str = field(default_factory=new_id)
    path: str = PATH
    on: date = MONDAY
    manager: Actor = field(init=False)
    accountant: Actor = field(init=False)
    officer: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.project(
            offices, id=self.office_id, code=self.path.split("/")[-2], level="branch", path=self.path
        )
        self.manager = self.hire(Role.BRANCH_MANAGER)
        self.accountant = self.hire(Role.ACCOUNTANT)
        self.officer = self.hire(Role.FIELD_OFFICER)

    def project(self, table: Any, **state: Any) -> None:
        """What an event of identity or accounts would have told."""
        names = {"name_bn": "শাপলা", "name_en": "Shapla", "version": 1}
        empty = {column.name: None for column in table.c}
        with self.harness.service().books() as books:
            books.people.project(table, empty | names | state)

    def hire(self, role: Role, *, excluded: tuple[str, ...] = ()) -> Actor:
        person = new_id()
        self.project(
            staff, id=person, role=role.value, office_id=self.office_id, active=True, from_on=date(2025, 1, 1)
        )
        return Actor(
            person_id=person,
            kind="staff",
            role=role.value,
            office_id=self.office_id,
            office_path=self.path,
            session_id=new_id(),
            device_id=new_id(),
            excluded_members=excluded,
        )

    def ask(self, method: Method, payload: dict[str, Any], actor: Actor) -> dict[str, Any]:
        return self.harness.ask(method, payload, actor=actor)

    def open_day(self) -> None:
        self.ask(OPEN_DAY, {"office_id": self.office_id, "on": self.on.isoformat()}, self.manager)

    def open_samity(self, officer: Actor | None = None, code: str = "0001", **changes: Any) -> str:
        samity = changes.pop("id", new_id())
        told = {
            "id": samity,
            "code": f"B001-{code}",
            "branch_id": self.office_id,
            "meeting_weekday": weekday_number(self.on),
            "officer_id": (officer or self.officer).person_id,
            "active": True,
        }
        self.project(samities, **{**told, **changes})
        return samity

    def admit(self, samity: str, number: int, **changes: Any) -> Saver:
        """A member whose savings account is open."""
        saver = Saver(new_id(), new_id(), f"M{number:05d}-{samity[:6]}")
        self.tell_member(saver, samity, **changes)
        account = {
            "id": saver.account_id,
            "member_id": saver.id,
            "office_id": self.office_id,
            "code": f"GS.{saver.code}",
            "ledger": "general_savings",
            "terms": TERMS,
        }
        self.harness.ask(OPEN_ACCOUNT, account, issuer="accounts")
        return saver

    def tell_member(self, saver: Saver, samity: str, **changes: Any) -> None:
        told = {
            "id": saver.id,
            "code": saver.code,
            "samity_id": samity,
            "branch_id": self.office_id,
            "status": "active",
            "language": "bn",
            "admitted_on": self.on,
        }
        self.project(members, **{**told, **changes})

    def phone(self, actor: Actor | None = None) -> Phone:
        """A device of its own in an officer's hands."""
        return Phone(self, replace(actor or self.officer, device_id=new_id()))

    def sheet_of(self, samity: str, actor: Actor | None = None) -> str:
        """Today's regular sheet of a samity."""
        asked = {"on": self.on.isoformat(), "office_id": self.office_id}
        listed = self.ask(promised.LIST_SHEETS, asked, actor or self.manager)["items"]
        return next(
            item["id"] for item in listed if item["samity_id"] == samity and item["kind"] == "regular"
        )

    def sheet(self, sheet_id: str) -> dict[str, Any]:
        return self.ask(promised.GET_SHEET, {"id": sheet_id}, self.manager)

    def count(
        self, handover_id: str, taka: int, actor: Actor | None = None, count_id: str | None = None
    ) -> str:
        counted = {
            "handover_id": handover_id,
            "count_id": count_id or new_id(),
            "denominations": notes(taka),
        }
        self.ask(promised.COUNT_HANDOVER, counted, actor or self.accountant)
        return str(counted["count_id"])

    def authorise(self, handover_id: str, count_id: str, actor: Actor | None = None) -> dict[str, Any]:
        asked = {"handover_id": handover_id, "count_id": count_id}
        return self.ask(promised.AUTHORISE_HANDOVER, asked, actor or self.accountant)

    def decide(self, approval_id: str, actor: Actor | None = None, **decision: Any) -> dict[str, Any]:
        asked = {"id": approval_id, "approve": True, **decision}
        return self.ask(DECIDE_APPROVAL, asked, actor or self.manager)

    def balances(self) -> dict[str, str]:
        """What each ledger of the office holds, by its code, as the trial balance says; it balances."""
        answer = self.ask(TRIAL_BALANCE, {"office_id": self.office_id}, self.manager)
        assert answer["debit_total"] == answer["credit_total"]
        return {row["code"]: _larger(row["debit"], row["credit"]) for row in answer["rows"]}


def _larger(debit: str, credit: str) -> str:
    return max(debit, credit, key=lambda text: int(text.replace(".", "")))
