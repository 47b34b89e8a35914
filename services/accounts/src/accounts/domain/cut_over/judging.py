"""Judging all rows of a branch together: what each needs of the others, of products, of people (P13). Pure.

Every fault is told at once; nothing here asks a database.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.domain.admission import OF_AGE
from accounts.domain.calendar import age_on
from accounts.domain.cut_over.branch import OldBranch, OldLoan, OldMember, OldSamity, OldSavings, source_ids
from accounts.domain.cut_over.faults import Fault, in_order
from accounts.domain.cut_over.schedules import RunningRow, ScheduleUnfit, running_schedule
from accounts.domain.lending.agreements import split_of
from accounts.domain.lending.products import InstalmentPlan, LoanProduct
from accounts.domain.lending.schedule import make_schedule
from accounts.domain.savings.accounts import Wanted, check_wanted
from accounts.domain.savings.products import SavingsProduct
from contracts.accounts.cut_over_words import SOURCE_ID, CutOverSheet
from contracts.accounts.lending_errors import ScheduleImpossible
from contracts.accounts.product_errors import AmountNotOffered, TermNotOffered
from contracts.errors import InvalidPayload
from contracts.transactions.lending_words import Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the institution knows on the day on which a branch is brought over.

    Attributes:
        on: The day of the cut-over.
        officers: The branch's field officers by their names, each folded; a name may be that of several.
        savings: Savings products by code; `lending` loan products.
        nids: Blind indexes of identity numbers that members of the institution have already.
        staff_mobiles: Blind indexes of staff's telephone numbers.
    """

    on: date
    officers: Mapping[str, Collection[str]] = field(default_factory=dict)
    savings: Mapping[str, SavingsProduct] = field(default_factory=dict)
    lending: Mapping[str, LoanProduct] = field(default_factory=dict)
    nids: Collection[str] = ()
    staff_mobiles: Collection[str] = ()


def folded(name: str) -> str:
    """Return the form in which an officer's name is compared."""
    return " ".join(name.casefold().split())


def judge(branch: OldBranch, known: Known, wrong: Collection[Fault] = ()) -> tuple[Fault, ...]:
    """Return everything that is wrong with a branch's rows, as somebody mends it.

    Args:
        branch: The rows that could be read.
        known: What they are judged by.
        wrong: The cells that could not be read; then nobody can say which rows are missed by others.
    """
    found = (
        *_twice(branch),
        *_samities(branch, known),
        *_members(branch, known),
        *_savings(branch, known),
        *_loans(branch, known),
    )
    return in_order((*wrong, *(fault for fault in found if not wrong or not _misses_a_row(fault))))


def _misses_a_row(fault: Fault) -> bool:
    unknown = fault.code == "UNKNOWN" and fault.column in {"samity", "member"}
    return unknown or fault.code.startswith("COMPULSORY_SAVINGS")


def _twice(branch: OldBranch) -> Iterator[Fault]:
    rows = list(source_ids(branch))
    counted = Counter((sheet, source) for sheet, _, source in rows)
    for sheet, row, source in rows:
        if counted[sheet, source] > 1:
            yield Fault(sheet, row, SOURCE_ID, "TWICE")


def _samities(branch: OldBranch, known: Known) -> Iterator[Fault]:
    sizes = Counter(member.samity for member in branch.members)
    for samity in branch.samities:
        for column, code in _of_samity(samity, known, sizes[samity.source_id]):
            yield Fault(CutOverSheet.SAMITIES, samity.row, column, code)


def _of_samity(samity: OldSamity, known: Known, members: int) -> Iterator[tuple[str, str]]:
    officers = known.officers.get(folded(samity.officer), ())
    if not officers:
        yield "officer", "NOT_OF_BRANCH"
    if len(officers) > 1:
        yield "officer", "SEVERAL_OF_THIS_NAME"
    if samity.opened_on > known.on:
        yield "opened_on", f"NOT_AFTER:{known.on.isoformat()}"
    if members > samity.max_members:
        yield "max_members", f"HAS_MEMBERS:{members}"


def _members(branch: OldBranch, known: Known) -> Iterator[Fault]:
    samities = {samity.source_id for samity in branch.samities}
    nids = Counter(member.nid_index for member in branch.members)
    compulsory = {code for code, product in known.savings.items() if product.compulsory}
    saving = Counter(account.member for account in branch.savings if account.product in compulsory)
    for member in branch.members:
        found = [
            *_of_member(member, known),
            *(() if member.samity in samities else [("samity", "UNKNOWN")]),
            *([("nid", "TWICE")] if nids[member.nid_index] > 1 else ()),
            *([("nid", "ALREADY_A_MEMBER")] if member.nid_index in known.nids else ()),
        ]
        if saving[member.source_id] != 1:
            found.append((SOURCE_ID, f"COMPULSORY_SAVINGS:{saving[member.source_id]}"))
        for column, code in found:
            yield Fault(CutOverSheet.MEMBERS, member.row, column, code)


def _of_member(member: OldMember, known: Known) -> Iterator[tuple[str, str]]:
    if member.mobile_index is not None and member.mobile_index in known.staff_mobiles:
        yield "mobile", "NUMBER_OF_STAFF"
    for column, on in (("admitted_on", member.admitted_on), ("consent_on", member.consent_on)):
        if on > known.on:
            yield column, f"NOT_AFTER:{known.on.isoformat()}"
    if age_on(member.birth_on, member.admitted_on) < OF_AGE:
        yield "birth_on", f"YOUNGER_THAN:{OF_AGE}"
    if member.nominee_birth_on > known.on:
        yield "nominee_birth_on", f"NOT_AFTER:{known.on.isoformat()}"
    elif age_on(member.nominee_birth_on, known.on) < OF_AGE and member.guardian_name is None:
        yield "guardian_name", "REQUIRED"
    if (member.guardian_name is None) != (member.guardian_relation is None):
        yield "guardian_relation", "WITH_THE_NAME"


def _savings(branch: OldBranch, known: Known) -> Iterator[Fault]:
    admitted = {member.source_id: member.admitted_on for member in branch.members}
    for account in branch.savings:
        found = [*_of_account(account, known), *_of_owner(account, admitted, account.opened_on, "opened_on")]
        for column, code in found:
            yield Fault(CutOverSheet.SAVINGS, account.row, column, code)


def _of_owner(
    row: OldSavings | OldLoan, admitted: Mapping[str, date], on: date, column: str
) -> Iterator[tuple[str, str]]:
    if row.member not in admitted:
        yield "member", "UNKNOWN"
    elif on < admitted[row.member]:
        yield column, f"NOT_BEFORE:{admitted[row.member].isoformat()}"


def _of_account(account: OldSavings, known: Known) -> Iterator[tuple[str, str]]:
    product = known.savings.get(account.product)
    if product is None:
        yield "product", "UNKNOWN"
    else:
        yield from _of_term(account, product)
    if account.opened_on > known.on:
        yield "opened_on", f"NOT_AFTER:{known.on.isoformat()}"
    if account.deposited + account.interest - account.withdrawn != account.balance:
        yield "balance", "NOT_WHAT_CAME_AND_WENT"


def _of_term(account: OldSavings, product: SavingsProduct) -> Iterator[tuple[str, str]]:
    try:
        check_wanted(product, Wanted(amount=account.amount, months=account.months))
    except InvalidPayload as wrong:
        yield from ((column, code) for column, codes in wrong.facts["fields"].items() for code in codes)
    except TermNotOffered as wrong:
        yield "months", f"{wrong.code}:{wrong.facts['months']}"
    except AmountNotOffered as wrong:
        yield "amount", f"{wrong.code}:{wrong.facts['least']}:{wrong.facts['step']}"


def _loans(branch: OldBranch, known: Known) -> Iterator[Fault]:
    admitted = {member.source_id: member.admitted_on for member in branch.members}
    for loan in branch.loans:
        found = [*_of_loan(loan, known), *_of_owner(loan, admitted, loan.disbursed_on, "disbursed_on")]
        for column, code in found:
            yield Fault(CutOverSheet.LOANS, loan.row, column, code)


def _of_loan(loan: OldLoan, known: Known) -> Iterator[tuple[str, str]]:
    product = known.lending.get(loan.product)
    plan = plan_of(product, loan.plan)
    if product is None:
        yield "product", "UNKNOWN"
    elif plan is None:
        yield "plan", "UNKNOWN"
    wrong = [*_dates(loan, known.on), *_amounts(loan)]
    yield from wrong
    if product is None or plan is None or wrong:
        return
    try:
        schedule_of(loan, product, plan)
    except ScheduleUnfit as unfit:
        yield unfit.column, unfit.code
    except ScheduleImpossible:
        yield "instalments", "NO_SCHEDULE"


def _dates(loan: OldLoan, on: date) -> Iterator[tuple[str, str]]:
    if loan.disbursed_on > on:
        yield "disbursed_on", f"NOT_AFTER:{on.isoformat()}"
    if loan.first_due_on <= loan.disbursed_on:
        yield "first_due_on", "NOT_AFTER_DISBURSEMENT"


def _amounts(loan: OldLoan) -> Iterator[tuple[str, str]]:
    if not loan.principal:
        yield "principal", "AMOUNT_TOO_SMALL:0.01"
    elif loan.principal_paid >= loan.principal:
        yield "principal_paid", "NOTHING_UNPAID"
    if loan.charge_paid > loan.charge:
        yield "charge_paid", "MORE_THAN_THE_CHARGE"


def plan_of(product: LoanProduct | None, code: str) -> InstalmentPlan | None:
    """Return a product's way of repaying; None where it has none of this code."""
    plans: Iterable[InstalmentPlan] = () if product is None else product.plans
    return next((plan for plan in plans if plan.code == code), None)


def schedule_of(loan: OldLoan, product: LoanProduct, plan: InstalmentPlan) -> tuple[RunningRow, ...]:
    """Return a running loan's schedule under a plan of its product.

    Raises:
        ScheduleUnfit, ScheduleImpossible: its figures and the plan do not go together.
    """
    terms = product.terms(loan.principal, plan)
    if split_of(terms) is Split.PROPORTIONAL:
        return running_schedule(loan, plan, None)
    made = make_schedule(terms, disbursed_on=loan.disbursed_on, first_due_on=loan.first_due_on)
    return running_schedule(loan, plan, [(row.principal, row.charge) for row in made.rows])
