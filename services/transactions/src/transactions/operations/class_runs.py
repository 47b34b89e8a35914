"""A branch's month-end run over its loans: asked for by staff, carried out chunk by chunk (rules L1, M15)."""

from datetime import date

from contracts.money import NOTHING, Paisa
from contracts.transactions.classes_errors import ClassRunAsked, InterestNotFinished, LaterMonthClassed
from contracts.transactions.classes_words import ClassRunState
from transactions.domain.class_runs import (
    ClassRun,
    Held,
    advance_accounts,
    advance_entries,
    change_of,
    entry_of,
    month_end,
    provision_accounts,
    require_running,
    run_fingerprint,
)
from transactions.domain.classes import ClassRules, freeze_over, rules_in_force
from transactions.domain.days import OpenDay, first_of_month
from transactions.domain.ledger import Entry, EntryKind
from transactions.domain.requests import require_same
from transactions.domain.savings.runs import require_month_over, require_settled
from transactions.repository import Books
from transactions.repository.scope import Scope

RUN_CLASSES_STEP = "run_classes"
"""The step that the batch process takes."""
CHUNK = 2_000
"""How many loans one transaction classes."""


def run_classes(books: Books, run_id: str, office_id: str, month: date) -> ClassRun:
    """Take on the run of a branch and month; the batch process does the rest.

    Args:
        books: One open database transaction.
        run_id: The client's.
        office_id: Which branch.
        month: Any day of the month.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen, DayIsClosing: its branch posts nothing now.
        MonthNotOver, MonthNotSettled: as `require_month_over`, `require_settled` (rule M15).
        InterestNotFinished: the month's interest is still being counted (rule M15).
        LaterMonthClassed: a later month was asked for before.
        ClassRunAsked: another run of the month was asked for.
        IdConflict: the id was used for another request.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    first, asked_by = first_of_month(month), books.work.actor.person_id
    known = books.classes.find(run_id)
    if known is not None:
        require_same(known.fingerprint, run_fingerprint(office.id, first, asked_by))
        return known
    day = books.days.hold_open(office.id)
    _require_its_turn(books, first, day)
    run = new_run(books, run_id, office.id, first, asked_by)
    if not books.classes.ask(run):
        raise _asked(books, run)
    books.work.plan(RUN_CLASSES_STEP, run.id, {"office_id": office.id, "month": first.isoformat()})
    books.work.audit("run_classes", "office", office.id, {"month": first.isoformat()})
    return run


def _require_its_turn(books: Books, month: date, day: OpenDay) -> None:
    require_month_over(month, day)
    newest = books.classes.newest_month(day.office_id)
    if newest is not None and newest > month:
        raise LaterMonthClassed(month=f"{newest:%Y-%m}")
    require_settled(books.interest.unallocated(day.office_id, month_end(month)))
    if books.interest.is_running(day.office_id, month):
        raise InterestNotFinished(month=f"{month:%Y-%m}")


def new_run(books: Books, run_id: str, office_id: str, month: date, asked_by: str) -> ClassRun:
    """Return the run of a branch and month; after a cancelled one it goes on from there."""
    on = month_end(month)
    kept = {one.rules.effective_on: one.id for one in books.classes.rules()}
    rules = rules_in_force((one.rules for one in books.classes.rules()), on)
    freeze = freeze_over((one.freeze for one in books.classes.freezes()), on)
    before = books.classes.cancelled(office_id, month)
    return ClassRun(
        id=run_id,
        office_id=office_id,
        month=month,
        rules_id=kept[rules.effective_on],
        frozen_from=freeze.from_on if freeze else None,
        total=books.ageing.count(office_id, on),
        asked_by=asked_by,
        asked_at=books.work.now,
        fingerprint=run_fingerprint(office_id, month, asked_by),
        done=before.done if before else 0,
        after_id=before.after_id if before else None,
    )


def cancel_class_run(books: Books, run_id: str) -> None:
    """Let a run go no further; what it classed stays, and another run of the month goes on from there.

    Raises:
        ClassRunNotFound: there is none for this caller.
        ClassRunEnded: it is finished or cancelled.
    """
    seen = books.classes.run(run_id, Scope.of(books.work.actor))
    require_running(books.classes.lock(seen.id))
    books.classes.cancel(seen)
    books.work.audit("cancel_class_run", "office", seen.office_id, {"month": seen.month.isoformat()})


def _asked(books: Books, run: ClassRun) -> ClassRunAsked:
    other = books.classes.of_month(run.office_id, run.month)
    assert other is not None
    return ClassRunAsked(run_id=other.id, state=other.state.value)


def advance(books: Books, run_id: str, *, limit: int = CHUNK) -> bool:
    """Class the next loans of a run, or book what all of them ask for; after a crash it goes on where it was.

    The branch's day is held, then the run, then accounts by id (mechanics D4): two processes take turns.

    Returns:
        Whether there is more to do.

    Raises:
        DayNotOpen, DayIsClosing: nothing can be booked just now; it is tried again.
    """
    found = books.classes.find(run_id)
    if found is None:
        return False
    day = books.days.hold_open(found.office_id)
    run = books.classes.lock(run_id)
    if run.state is not ClassRunState.RUNNING:
        return False
    rules = next(one.rules for one in books.classes.rules() if one.id == run.rules_id)
    loan_ids = books.ageing.next_loans(run, limit)
    if loan_ids:
        books.ageing.write_classes(run, rules, loan_ids)
        books.classes.went_on(run, len(loan_ids), loan_ids[-1])
        return True
    _finish(books, run, rules, day)
    return False


def _finish(books: Books, run: ClassRun, rules: ClassRules, day: OpenDay) -> None:
    books.ageing.write_totals(run, rules)
    needed = Paisa(sum(total.provision for total in books.ageing.totals_of_branch(run)))
    provision, booked = _provision(books, run, rules, day.on, needed)
    advances, moved = _advances(books, run, day.on)
    entries = [*provision, *advances]
    if entries:
        books.ledger.post(entries)
    books.classes.finish(run, needed=needed, booked=booked, advance=moved)
    facts = {"month": run.month.isoformat(), "provision_booked": booked, "advance_booked": moved}
    books.work.audit("finish_class_run", "office", run.office_id, facts)


def _provision(
    books: Books, run: ClassRun, rules: ClassRules, business_on: date, needed: Paisa
) -> tuple[list[Entry], Paisa]:
    """Put aside what the classes ask for beyond what stands, where this is a month that books it."""
    if run.month.month not in rules.provision_months:
        return [], NOTHING
    accounts = provision_accounts(run.office_id)
    books.ledger.ensure(accounts)
    change = change_of(needed, books.classes.held(accounts, run.value_on)[accounts[1].id])
    entry = entry_of(run, business_on, EntryKind.LOAN_LOSS, accounts, change)
    return [entry] if entry else [], change


def _advances(books: Books, run: ClassRun, business_on: date) -> tuple[tuple[Entry, ...], Paisa]:
    """Move charge that is paid before it is due out of income, and back once it is due."""
    needed = books.ageing.advances(run)
    pairs = {product: advance_accounts(run.office_id, product) for product in books.ageing.products(run)}
    wanted = tuple(account for pair in pairs.values() for account in pair)
    books.ledger.ensure(wanted)
    standing = books.classes.held(wanted, run.value_on)
    held = {product: standing.get(liability.id, Held()) for product, (_, liability) in pairs.items()}
    entries = advance_entries(run, business_on, needed, held)
    moved = sum(change_of(needed.get(product, NOTHING), held[product]) for product in held)
    return entries, Paisa(moved)
