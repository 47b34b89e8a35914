"""Bringing a branch over, until a second person agrees: rows, their check, the request (rule P13)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from accounts.domain.approvals import Approval, Stage
from accounts.domain.cut_over.branch import OldBranch, branch_of
from accounts.domain.cut_over.faults import Fault
from accounts.domain.cut_over.judging import Known, judge
from accounts.domain.cut_over.reading import read_row
from accounts.domain.cut_over.totals import Key, compare, totals_of
from accounts.domain.lending.products import LoanProduct
from accounts.domain.samities import check_branch
from accounts.domain.savings.products import SavingsProduct
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.repository import Register
from accounts.repository.rows import Row
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.cut_over_errors import CutOverElsewhere, CutOverEmpty, CutOverTooLarge
from contracts.accounts.cut_over_words import ROWS_MOST, CutOverSheet, CutOverState
from contracts.errors import IdConflict, InvalidPayload, ServiceError
from contracts.money import Paisa, format_taka, parse_taka

CHECK_CUT_OVER = "check_cut_over"
ENTER_CUT_OVER = "enter_cut_over"
_PROPOSED = (
    *(CutOverState.PROPOSED, CutOverState.DECLINED),
    *(CutOverState.ENTERING, CutOverState.REFUSED, CutOverState.ENTERED),
)
"""Where one stands that was proposed once."""


def open_cut_over(
    register: Register, said: Mapping[str, Any], *, scope: Scope, today: date, fingerprint: str
) -> None:
    """Begin to bring a branch over; repeated, do nothing.

    Raises:
        NotFound: the branch is not in scope.
        NotABranch: it is another office.
        InvalidPayload: the day of the cut-over is not over.
        IdConflict: the id was used for another cut-over.
    """
    known = register.cut_overs.find_fingerprint(said["id"])
    if known is not None:
        if known != fingerprint:
            raise IdConflict
        return
    check_branch(register.people.hold_office(scope, said["branch_id"]))
    if said["on"] > today:
        raise InvalidPayload.of(on="IN_THE_FUTURE")
    names = ("id", "branch_id", "on", "reference")
    ledger = [line | {"amount": format_taka(line["amount"])} for line in said["ledger"]]
    register.cut_overs.add(
        {name: said[name] for name in names} | {"ledger": ledger, "fingerprint": fingerprint}
    )
    register.work.audit("open_cut_over", "office", said["branch_id"], {"on": said["on"].isoformat()})


def add_rows(
    register: Register, cut_over_id: str, rows: Sequence[Mapping[str, Any]], *, scope: Scope
) -> None:
    """Keep rows of the file; the same ones again change nothing.

    Raises:
        NotFound: there is no such cut-over in scope.
        CutOverElsewhere: its rows are being checked, or were, and these are not among them.
        CutOverTooLarge: so many rows are no branch's.
        IdConflict: a row was brought that says something else.
    """
    cut_over = register.cut_overs.hold(scope, cut_over_id)
    if cut_over["state"] != CutOverState.DRAFT and register.cut_overs.has_rows(cut_over_id, rows):
        return
    require_state(cut_over, CutOverState.DRAFT)
    register.cut_overs.add_rows(cut_over_id, rows)
    brought = register.cut_overs.count_rows(cut_over_id)
    if brought > ROWS_MOST:
        raise CutOverTooLarge(most=ROWS_MOST)
    register.cut_overs.change(cut_over_id, total=brought)


def ask_check(register: Register, cut_over_id: str, *, scope: Scope) -> None:
    """Let the rows be checked; asked again meanwhile, do nothing.

    Raises:
        NotFound: there is no such cut-over in scope.
        CutOverElsewhere: it was checked and is further on.
    """
    cut_over = register.cut_overs.hold(scope, cut_over_id)
    if cut_over["state"] == CutOverState.CHECKING:
        return
    require_state(cut_over, CutOverState.DRAFT, CutOverState.FAULTY, CutOverState.CHECKED)
    register.cut_overs.change(cut_over_id, state=CutOverState.CHECKING, done=0)
    register.work.plan(CHECK_CUT_OVER, register.work.new_id(), {"cut_over_id": cut_over_id})


def check(register: Register, cut_over_id: str) -> None:
    """Judge all rows and write every fault, or what the branch comes to; repeated, do nothing."""
    cut_over = register.cut_overs.get_held(cut_over_id)
    if cut_over["state"] != CutOverState.CHECKING:
        return
    branch, faults = judged(register, cut_over)
    register.cut_overs.write_faults(cut_over_id, faults)
    register.cut_overs.change(
        cut_over_id,
        state=CutOverState.FAULTY if faults else CutOverState.CHECKED,
        done=cut_over["total"],
        samities=len(branch.samities),
        members=len(branch.members),
        faults=len(faults),
        products=_products(cut_over, branch),
    )
    register.work.audit("check_cut_over", "office", cut_over["branch_id"], {"faults": len(faults)})


def judged(register: Register, cut_over: Row) -> tuple[OldBranch, tuple[Fault, ...]]:
    """Return the branch that the rows tell of, and every fault; rows with a wrong cell are not in it."""
    whole: list[tuple[CutOverSheet, int, Mapping[str, Any]]] = []
    wrong: list[Fault] = []
    for row in register.cut_overs.rows(cut_over["id"]):
        sheet = CutOverSheet(row["sheet"])
        said, faults = read_row(sheet, row["row"], row["cells"])
        faults = (*faults, *(Fault(sheet, row["row"], *told) for told in row["wrong"]))
        wrong.extend(faults)
        if not faults:
            numbers = {name: row[name] for name in ("nid", "nid_index", "mobile", "mobile_index")}
            whole.append((sheet, row["row"], said | numbers))
    branch = branch_of(whole)
    return branch, judge(branch, known_of(register, cut_over, branch), wrong)


def known_of(register: Register, cut_over: Row, branch: OldBranch) -> Known:
    """Return what the institution knows that rows are judged by."""
    on = cut_over["on"]
    return Known(
        on=on,
        officers=register.cut_overs.officers_of(cut_over["branch_id"]),
        savings=savings_on(register, on),
        lending=lending_on(register, on),
        nids=register.cut_overs.living_with([member.nid_index for member in branch.members]),
        staff_mobiles=register.cut_overs.staff_mobiles(),
    )


def savings_on(register: Register, on: date) -> dict[str, SavingsProduct]:
    """Return by which version of each savings product accounts are brought over, offered or not."""
    return _in_force(register.products.list_savings(), on)


def lending_on(register: Register, on: date) -> dict[str, LoanProduct]:
    """Return by which version of each loan product loans are brought over, offered or not."""
    return _in_force(register.products.list_loans(), on)


def propose(register: Register, cut_over_id: str, *, scope: Scope) -> None:
    """Let a second person look at a branch whose rows have no fault; repeated, do nothing.

    Raises:
        NotFound: there is no such cut-over in scope.
        CutOverElsewhere: it was not checked, or has faults.
        CutOverEmpty: it has no samity or no member.
    """
    cut_over = register.cut_overs.hold(scope, cut_over_id)
    if cut_over["state"] in _PROPOSED:
        return
    require_state(cut_over, CutOverState.CHECKED)
    for sheet in (CutOverSheet.SAMITIES, CutOverSheet.MEMBERS):
        if not cut_over[sheet.value]:
            raise CutOverEmpty(sheet=sheet.value)
    register.cut_overs.change(cut_over_id, state=CutOverState.PROPOSED)
    register.approvals.propose(_approval(register, cut_over))
    register.work.audit("propose_cut_over", "office", cut_over["branch_id"], {"cut_over_id": cut_over_id})


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Plan the step that brings the branch over, or leave it.

    Raises:
        CutOverElsewhere: it does not wait.
    """
    del desk
    cut_over = register.cut_overs.get_held(approval.subject_id)
    require_state(cut_over, CutOverState.PROPOSED)
    if not approve:
        register.cut_overs.change(cut_over["id"], state=CutOverState.DECLINED)
        return Stage.DECLINED
    register.cut_overs.change(
        cut_over["id"],
        state=CutOverState.ENTERING,
        done=0,
        checker_id=register.work.actor.person_id,
        first_serial=register.samities.last_serial(cut_over["branch_id"]) + 1,
    )
    register.work.plan(ENTER_CUT_OVER, cut_over["id"], {"cut_over_id": cut_over["id"]})
    return Stage.OPENING


def refuse(register: Register, cut_over_id: str, refusal: ServiceError) -> None:
    """Write why a branch could not be brought over after all; nothing of it is anywhere."""
    cut_over = register.cut_overs.get_held(cut_over_id)
    if cut_over["state"] != CutOverState.ENTERING:
        return
    why = {"code": refusal.code, "facts": refusal.facts}
    register.cut_overs.change(cut_over_id, state=CutOverState.REFUSED, refusal=why)
    register.approvals.finish(ApprovalKind.CUT_OVER, cut_over_id)
    register.work.audit("refuse_cut_over", "office", cut_over["branch_id"], {"code": refusal.code})


def require_state(cut_over: Row, *states: CutOverState) -> None:
    """Let a cut-over be worked on that is in one of some states.

    Raises:
        CutOverElsewhere: it is in another one.
    """
    if cut_over["state"] not in states:
        raise CutOverElsewhere(state=cut_over["state"])


def _in_force(versions: Iterable[Any], on: date) -> dict[str, Any]:
    """Return each product's version on a day, else its first: where all is new, products come later."""
    in_turn = sorted(versions, key=lambda one: (one.effective_on, one.version))
    first = {one.code: one for one in reversed(in_turn)}
    return first | {one.code: one for one in in_turn if one.effective_on <= on}


def ledger_of(cut_over: Row) -> dict[Key, Paisa]:
    """Return what the old general ledger says of each product, in paisa."""
    return {
        (CutOverSheet(line["sheet"]), line["product_code"]): parse_taka(line["amount"])
        for line in cut_over["ledger"]
    }


def _products(cut_over: Row, branch: OldBranch) -> list[dict[str, Any]]:
    return [
        {
            "sheet": one.sheet,
            "product_code": one.product,
            "accounts": one.accounts,
            "file": format_taka(one.file),
            "ledger": None if one.ledger is None else format_taka(one.ledger),
            "difference": None if one.difference is None else format_taka(one.difference),
        }
        for one in compare(totals_of(branch), ledger_of(cut_over), None)
    ]


def _approval(register: Register, cut_over: Row) -> Approval:
    branch = register.cut_overs.branch(cut_over["branch_id"])
    products: Collection[Mapping[str, Any]] = cut_over["products"]
    return Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.CUT_OVER,
        subject_id=cut_over["id"],
        office_id=cut_over["branch_id"],
        fingerprint=cut_over["fingerprint"],
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": branch["name_bn"],
            "subject_en": branch["name_en"],
            "on": cut_over["on"].isoformat(),
            "brought_samities": cut_over["samities"],
            "brought_members": cut_over["members"],
            "brought_savings": _sum_of(products, CutOverSheet.SAVINGS),
            "brought_loans": _sum_of(products, CutOverSheet.LOANS),
            "suspense": format_taka(_suspense(products)),
            "evidence": cut_over["reference"],
        },
    )


def _sum_of(products: Iterable[Mapping[str, Any]], sheet: CutOverSheet) -> str:
    return format_taka(Paisa(sum(parse_taka(one["file"]) for one in products if one["sheet"] == sheet)))


def _suspense(products: Iterable[Mapping[str, Any]]) -> Paisa:
    signed = (
        parse_taka(one["difference"]) * (1 if one["sheet"] == CutOverSheet.LOANS else -1)
        for one in products
        if one["difference"] is not None
    )
    return Paisa(sum(signed))
