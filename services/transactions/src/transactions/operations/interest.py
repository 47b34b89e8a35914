"""Runs of interest over a branch's savings: asked for by staff, carried out in chunks (rules M2, M15)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from contracts.errors import IdConflict
from contracts.money import Paisa
from contracts.transactions.interest_errors import InterestRunAsked
from contracts.transactions.interest_words import InterestRunKind, InterestRunState
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry
from transactions.domain.requests import require_same
from transactions.domain.savings import runs as rules
from transactions.domain.savings.earning import Earner
from transactions.domain.savings.runs import InterestRun, Share
from transactions.repository import Books
from transactions.repository.interest import InterestStore
from transactions.repository.scope import Scope

RUN_INTEREST = "run_interest"
"""The step that the batch process takes."""
CHUNK = 2_000
"""How many accounts one transaction looks at."""


def run_interest(books: Books, run: InterestRun) -> None:
    """Take a run on; the batch process does the rest. It is computed, so nobody needs to agree to it.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen, DayIsClosing: its branch posts nothing now.
        MonthNotOver: the month's last working day is not closed (rule M15).
        MonthNotSettled: receipts of the month have no account yet (rules M5, M15).
        InterestRunAsked: there is one of this kind and month.
        IdConflict: the id was used for another run.
    """
    office = books.people.office(run.office_id, Scope.of(books.work.actor))
    day = books.days.hold_open(office.id)
    known = books.interest.find(run.id, Scope.everything())
    if known is not None:
        require_same(known.fingerprint, run.fingerprint)
        return
    rules.require_month_over(run.month, day)
    rules.require_settled(books.interest.unallocated(office.id, run.through))
    if not books.interest.ask(run):
        _answer_for_the_faster(books, run)
        return
    books.work.plan(RUN_INTEREST, run.id, {"office_id": office.id})
    books.work.audit("run_interest", "office", office.id, _facts(run))


def _answer_for_the_faster(books: Books, run: InterestRun) -> None:
    """Somebody asked before us: with the same id it is our own request, with another it is in the way."""
    known = books.interest.standing(run.office_id, run.kind, run.month)
    if known is None:
        raise IdConflict
    if known.id != run.id:
        raise InterestRunAsked(run_id=known.id, state=known.state.value)


def cancel_interest_run(books: Books, run_id: str) -> None:
    """Let a run go no further; what it booked stays, and another run of the month goes on from there.

    Raises:
        InterestRunNotFound: there is none for this caller.
        InterestRunEnded: it is finished or cancelled.
    """
    run = books.interest.lock(run_id, Scope.of(books.work.actor))
    rules.require_running(run)
    books.interest.write(replace(run, state=InterestRunState.CANCELLED))
    books.work.audit("cancel_interest_run", "office", run.office_id, _facts(run))


def advance(books: Books, run_id: str, *, limit: int = CHUNK) -> bool:
    """Count the next accounts of a run in one transaction; after a crash it goes on where it was.

    The branch's day is held, then the run, then the accounts by id (mechanics D4): nobody posts on an
    account between the look at it and its interest, and two processes take turns.

    Returns:
        Whether there are more to look at.

    Raises:
        DayNotOpen, DayIsClosing: its branch posts nothing now; it is tried again later.
    """
    found = books.interest.find(run_id, Scope.everything())
    if found is None:
        return False
    day = books.days.hold_open(found.office_id)
    run = books.interest.lock(run_id, Scope.everything())
    if run.state is not InterestRunState.RUNNING:
        return False
    ids = books.interest.next_accounts(run, limit)
    shares = _count(books, run, ids, day) if ids else ()
    more = len(ids) == limit
    done = replace(
        run,
        after_account=ids[-1] if ids else run.after_account,
        looked_at=run.looked_at + len(ids),
        moved=run.moved + sum(1 for share in shares if share.amount),
        amount=Paisa(run.amount + sum(share.amount for share in shares)),
        state=InterestRunState.RUNNING if more else InterestRunState.FINISHED,
    )
    books.interest.write(done)
    if not more:
        books.work.audit("finish_interest_run", "office", run.office_id, _facts(done))
    return more


def _count(books: Books, run: InterestRun, ids: Sequence[str], day: OpenDay) -> tuple[Share, ...]:
    way = _WAYS[run.kind]
    of_office = [
        OfficeAccount(ledger, run.office_id)
        for ledger in (Ledgers.INTEREST_EXPENSE, Ledgers.INTEREST_PROVISION)
    ]
    books.ledger.ensure(of_office)
    standings = books.ledger.hold({*ids, *(each.id for each in of_office)})
    balances = {each: standings[each].balance for each in ids if not standings[each].closed}
    shares = way.shares(run, books.interest.earners(run, balances))
    entries = tuple(way.entries(run, shares, day))
    if entries:
        books.ledger.post(entries)
    way.keep(books.interest, run, shares)
    return shares


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of run counts, books and remembers."""

    shares: Callable[[InterestRun, Iterable[Earner]], tuple[Share, ...]]
    entries: Callable[[InterestRun, Sequence[Share], OpenDay], Iterator[Entry]]
    keep: Callable[[InterestStore, InterestRun, Sequence[Share]], None]


_WAYS: Mapping[InterestRunKind, Way] = {
    InterestRunKind.PROVISION: Way(rules.accruals, rules.entries_of_accruals, InterestStore.keep_accruals),
    InterestRunKind.POSTING: Way(rules.credited, rules.entries_of_credits, InterestStore.keep_postings),
}


def _facts(run: InterestRun) -> dict[str, object]:
    return {
        "run_id": run.id,
        "kind": run.kind.value,
        "month": f"{run.month:%Y-%m}",
        "looked_at": run.looked_at,
        "amount": run.amount,
    }
