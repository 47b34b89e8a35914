"""What a branch becomes that two people agreed to bring over: balances for the book, then people (P13).

Codes and ids are counted from the rows, so that each part may be done again after a crash and is the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from accounts.domain.admission import Address, Consent, Guardian, Nominee
from accounts.domain.cut_over.branch import OldBranch, OldLoan, OldMember, OldSavings
from accounts.domain.cut_over.judging import Known, folded, plan_of, schedule_of
from accounts.domain.cut_over.plan import Plan, paid_so_far
from accounts.domain.cut_over.plan import plan_of as plan_of_branch
from accounts.domain.lending.agreements import split_of
from accounts.domain.lending.products import InstalmentPlan, LoanProduct
from accounts.domain.savings.accounts import PlannedAccount, Wanted, maturity_value
from accounts.operations import savings as savings_operations
from accounts.operations.cut_overs import judged, known_of
from accounts.repository import Register
from accounts.repository.rows import Row
from contracts.accounts.cut_over_errors import CutOverElsewhere
from contracts.accounts.cut_over_words import CutOverState
from contracts.accounts.product_words import SavingsState
from contracts.money import Paisa
from contracts.transactions.cut_over import ACCOUNTS_A_CHUNK
from contracts.transactions.lending_words import SurplusTo

FIRST = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A branch that is being brought over: its row, what the file says, what it becomes, and the products."""

    row: Row
    branch: OldBranch
    plan: Plan
    known: Known

    @property
    def members(self) -> Mapping[str, OldMember]:
        """Members by the source's own id."""
        return {one.source_id: one for one in self.branch.members}


def entry_of(register: Register, cut_over_id: str) -> Entry | None:
    """Return a branch that is being brought over; None where its people are written, or it was left.

    Raises:
        CutOverElsewhere: its rows have faults by now, because something else changed meanwhile.
    """
    row = register.cut_overs.get_held(cut_over_id)
    if row["state"] != CutOverState.ENTERING or register.cut_overs.is_brought(cut_over_id):
        return None
    branch, faults = judged(register, row)
    if faults:
        raise CutOverElsewhere(state=CutOverState.FAULTY.value)
    plan = plan_of_branch(
        branch,
        branch_id=row["branch_id"],
        branch_code=register.cut_overs.branch(row["branch_id"])["code"],
        first_serial=row["first_serial"],
    )
    return Entry(row, branch, plan, known_of(register, row, branch))


def begin_command(entry: Entry) -> dict[str, Any]:
    """Return by what transactions lets nobody open a day in the branch meanwhile."""
    branch, row = entry.branch, entry.row
    return {
        "id": row["id"],
        "office_id": row["branch_id"],
        "on": row["on"],
        "accounts": len(branch.savings) + len(branch.loans),
        "savings": Paisa(sum(one.balance for one in branch.savings)),
        "loans": Paisa(sum(one.outstanding for one in branch.loans)),
        "reference": row["reference"],
        "maker_id": row["maker_id"],
        "checker_id": row["checker_id"],
    }


def chunks(entry: Entry) -> Iterator[dict[str, Any]]:
    """Yield the balances, a chunk after the other, each with its number."""
    members = entry.members
    told = chain(
        (("savings", _savings(entry, one, members[one.member])) for one in entry.branch.savings),
        (("loans", _loan(entry, one, members[one.member])) for one in entry.branch.loans),
    )
    number = 0
    while part := list(islice(told, ACCOUNTS_A_CHUNK)):
        number += 1
        yield {
            "id": entry.row["id"],
            "number": number,
            "savings": [said for kind, said in part if kind == "savings"],
            "loans": [said for kind, said in part if kind == "loans"],
        }


def planned_savings(entry: Entry, one: OldSavings, sex: str) -> PlannedAccount:
    """Return a savings account as it is agreed under the version that is in force on the day."""
    named, product = entry.plan.savings[one.source_id], entry.known.savings[one.product]
    wanted = Wanted(amount=one.amount, months=one.months)
    return PlannedAccount(
        id=named.id,
        member_id=entry.plan.members[one.member].id,
        office_id=entry.row["branch_id"],
        code=named.code,
        status=SavingsState.OPENING,
        product=product,
        sex=sex,
        wanted=wanted,
        maturity_value=maturity_value(product, wanted),
    )


def lent_under(entry: Entry, loan: OldLoan) -> tuple[LoanProduct, InstalmentPlan]:
    """Return the product and the plan of a running loan; a check found both."""
    product = entry.known.lending[loan.product]
    plan = plan_of(product, loan.plan)
    assert plan is not None  # rows with an unknown plan are faults
    return product, plan


def rows_of(entry: Entry, loan: OldLoan) -> list[dict[str, Any]]:
    """Return a running loan's schedule, what each instalment alone asks for."""
    product, plan = lent_under(entry, loan)
    return [
        {"due_on": row.due_on, "principal": row.principal, "service_charge": row.charge}
        for row in schedule_of(loan, product, plan)
    ]


def _savings(entry: Entry, one: OldSavings, owner: OldMember) -> dict[str, Any]:
    planned = planned_savings(entry, one, owner.said["sex"])
    asked = savings_operations.ledger_command(planned)
    paid = paid_so_far(one, planned.product.family, entry.row["on"])
    names = ("opened_on", "deposited", "withdrawn", "interest", "balance", "last_receipt")
    return {name: asked[name] for name in ("id", "member_id", "code", "ledger", "terms")} | {
        **{name: getattr(one, name) for name in names},
        "samity_id": entry.plan.samities[owner.samity].id,
        "carried": [{"on": on, "amount": amount} for on, amount in paid],
    }


def _loan(entry: Entry, one: OldLoan, owner: OldMember) -> dict[str, Any]:
    product, plan = lent_under(entry, one)
    named = entry.plan.loans[one.source_id]
    names = ("disbursed_on", "principal", "principal_paid", "charge_paid", "last_receipt")
    return {name: getattr(one, name) for name in names} | {
        "id": named.id,
        "member_id": entry.plan.members[one.member].id,
        "samity_id": entry.plan.samities[owner.samity].id,
        "code": named.code,
        "terms": {
            "version": FIRST,
            "product_code": product.code,
            "product_version": product.version,
            "product_name_bn": product.name_bn,
            "product_name_en": product.name_en,
            "category": product.category,
            "fund": product.fund,
            "sex": owner.said["sex"],
            "cycle": one.cycle,
            "split": split_of(product.terms(one.principal, plan)),
            "surplus_to": SurplusTo.SAVINGS,
            "prepayable_instalments": product.prepayable_instalments,
            "allows_rebate": product.allows_rebate,
        },
        "rows": rows_of(entry, one),
    }


def officer_of(entry: Entry, name: str) -> str:
    """Return whom a samity's officer is by his name; a check found exactly one."""
    return next(iter(entry.known.officers[folded(name)]))


def nominee_of(said: Mapping[str, Any]) -> Nominee:
    """Return the one nominee of the old books, who receives all of it."""
    guardian = said["guardian_name"] and Guardian(said["guardian_name"], said["guardian_relation"])
    return Nominee(
        name=said["nominee_name"],
        relation=said["nominee_relation"],
        birth_on=said["nominee_birth_on"],
        share_percent=100,
        guardian=guardian or None,
    )


def address_of(said: Mapping[str, Any]) -> Address:
    """Return where she lives."""
    return Address(**{name: said[name] for name in Address.__dataclass_fields__})


def consents_of(said: Mapping[str, Any], purposes: Sequence[str], at: Any) -> tuple[Consent, ...]:
    """Return her answers as her paper has them; a purpose without one is one she said no to (P10)."""
    return tuple(
        Consent(
            purpose=purpose,
            given=purpose == "membership" or bool(said.get(f"consent_{purpose}")),
            text_version=f"paper {said['consent_on'].isoformat()}",
            language=said["language"] or "bn",
            read_aloud_by=said["consent_witness"],
            mark=said["consent_mark"],
            witness=said["consent_witness"],
            at=at,
        )
        for purpose in purposes
    )
