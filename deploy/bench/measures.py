"""What is measured: sheets, hand-overs, deposits, passbooks, the day's end, and what it all weighs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from bench.books import Crowd, fill, member_of, unsent
from bench.figures import Figure, below, ratio
from bench.load import NotTaken, closed_loop, open_loop, timed, work_off
from demo.client import Person
from demo.days import notes
from demo.forms import receipt_number, submission_form
from demo.plan import meeting_weekday
from demo.town import PASSWORD, new_id, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.installation import Installation
    from demo.town import Branch, Town

CLIENTS = 8
LINES = 60
AMOUNT = "50.00"
DRAIN_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Desk:
    """One officer's phone and the accountant's desk beside it, each with a connection of its own."""

    officer: Person
    accountant: Person


@dataclass(slots=True)
class Stage:
    """A branch with a crowd, and its people at their desks."""

    branch: Branch
    desks: list[Desk]
    crowd: Crowd
    sheets: list[dict[str, Any]]


def set_stage(installation: Installation, town: Town, *, samities: int, each: int = LINES) -> Stage:
    """Open a branch with eight officers and fill it; one member comes through the door as everybody does."""
    branch = town.open_branch()
    names = [f"officer{number}" for number in range(CLIENTS)]
    for name in names:
        town.hire(branch, "field_officer", name)
    branch.admit(branch.open_samity(weekday=meeting_weekday(branch.on) % 6 + 1))
    branch.count_vault("opening")
    crowd = Crowd(
        f"B{branch.code}",
        branch.id,
        tuple(branch.ids[name] for name in names),
        meeting_weekday(branch.on),
        branch.on,
        samities,
        each,
    )
    fill(installation.database("transactions"), installation.database("notifications"), crowd)
    desks = [Desk(branch.people[name], again(branch, "accountant")) for name in names]
    return Stage(branch, desks, crowd, [])


def again(branch: Branch, role: str) -> Person:
    """The same person on another connection."""
    person = Person.arrive(branch.town.base_url, new_id())
    return person.sign_in_staff(branch.usernames[role], PASSWORD)


def prepare_sheets(stage: Stage) -> list[tuple[Desk, str, dict[str, Any]]]:
    """Every sheet taken into its officer's hand and filled in, ready to be sent.

    An officer's phone has one series of receipts: each sheet goes on where the one before it ended.
    """
    ready = []
    for desk in stage.desks:
        receipts = count()
        query: dict[str, Any] = {"on": stage.branch.on.isoformat()}
        while True:
            page = desk.officer.get("/sheets", **query)
            ready += [
                (desk, item["id"], filled_sheet(desk.officer, item["id"], receipts)) for item in page["items"]
            ]
            if not page["next"]:
                break
            query["after"] = page["next"]
    return ready


def filled_sheet(officer: Person, sheet_id: str, receipts: Iterator[int]) -> dict[str, Any]:
    """What the phone will send for one sheet."""
    holding = officer.post(f"/sheets/{sheet_id}/holding", {"take_over": False})
    lines = officer.get(f"/sheets/{sheet_id}")["rows"]
    rows = [row(line, receipt_number(holding, next(receipts)), AMOUNT) for line in lines]
    return submission_form(holding, rows)


def submit(desk: Desk, sheet_id: str, body: dict[str, Any]) -> None:
    """Send one sheet.

    Raises:
        NotTaken: a row did not become her pending money; then the work measured would be another one.
    """
    answer = desk.officer.put(f"/sheets/{sheet_id}/submissions/{new_id()}", body)
    if {one["outcome"] for one in answer["rows"]} != {"pending"}:
        raise NotTaken(sheet_id)


def declare(desk: Desk, sheet_ids: list[str], taka: int) -> tuple[str, str]:
    """Hand the cash of some sheets over and let it be counted; answers hand-over and count."""
    handover, counted = new_id(), new_id()
    desk.officer.put(f"/hand-overs/{handover}", {"sheet_ids": sheet_ids, "declared_total": f"{taka}.00"})
    desk.accountant.put(f"/hand-overs/{handover}/counts/{counted}", {"denominations": notes(taka)})
    return handover, counted


def authorise(desk: Desk, handover: str, count_id: str) -> None:
    """Post a counted hand-over."""
    desk.accountant.post(f"/hand-overs/{handover}/authorisation", {"count_id": count_id})


def taka_of(body: dict[str, Any]) -> int:
    """The sum of a sheet in whole taka."""
    return int(body["total"].split(".")[0])


def sheet_to_book(desk: Desk, sheet_id: str, body: dict[str, Any]) -> None:
    """One sheet all the way: sent, handed over, counted, in the book."""
    submit(desk, sheet_id, body)
    authorise(desk, *declare(desk, [sheet_id], taka_of(body)))


def sheets_to_book(stage: Stage, tps: float) -> Figure:
    """Lines submitted and authorised a second, by sheets of sixty lines, against pgbench."""
    ready = prepare_sheets(stage)
    run = work_off([partial(sheet_to_book, *one) for one in ready], CLIENTS)
    lines = run.per_second * stage.crowd.each
    said = f"{lines:,.0f} lines/s, {run.failed} failed, pgbench {tps:,.0f} tps"
    return ratio("lines submitted and authorised ÷ pgbench", lines, tps, 1.0, said)


def handovers_of_four(stage: Stage, tps: float) -> Figure:
    """Lines of hand-overs of four sheets authorised a second, against pgbench."""
    ready = prepare_sheets(stage)
    counted = []
    for desk in stage.desks:
        own = [(sheet, body) for owner, sheet, body in ready if owner is desk]
        for four in (own[place : place + 4] for place in range(0, len(own), 4)):
            for sheet, body in four:
                submit(desk, sheet, body)
            taka = sum(taka_of(body) for _, body in four)
            counted.append((desk, *declare(desk, [sheet for sheet, _ in four], taka)))
    run = work_off([partial(authorise, *one) for one in counted], CLIENTS)
    lines = stage.crowd.samities * stage.crowd.each / run.seconds
    said = f"{lines:,.0f} lines/s, {run.failed} failed"
    return ratio("lines of four-sheet hand-overs authorised ÷ pgbench", lines, tps, 2.5, said)


def deposits(stage: Stage, ledger: Any, seconds: float) -> list[Figure]:
    """Counter deposits a second against the gateway's empty call, eight clients each."""
    with ledger.cursor() as books:
        books.execute(
            "SELECT id::text FROM accounts WHERE code LIKE %s LIMIT 500", (f"GS.{stage.crowd.mark}%",)
        )
        accounts = [found[0] for found in books.fetchall()]
    turn = iter(range(10**9))

    def deposit(desk: Desk) -> None:
        account = accounts[next(turn) % len(accounts)]
        body = {"account_id": account, "amount": AMOUNT, "paid_by": "self", "note": None}
        desk.accountant.put(f"/deposits/{new_id()}", body)

    def empty(desk: Desk) -> None:
        url = f"{desk.accountant.base_url}/readyz?service=transactions"
        desk.accountant.web.get(url, timeout=30).raise_for_status()

    calls = closed_loop([partial(empty, desk) for desk in stage.desks], seconds)
    run = closed_loop([partial(deposit, desk) for desk in stage.desks], seconds)
    said = f"{run.per_second:,.0f}/s, p95 {run.percentile(95):,.0f} ms, {run.failed} failed"
    empty_said = f"{calls.per_second:,.0f}/s, p95 {calls.percentile(95):,.0f} ms"
    return [
        Figure("gateway → empty call, 8 clients", empty_said),
        ratio("counter deposits ÷ gateway → empty call", run.per_second, calls.per_second, 0.35, said),
    ]


def steady_sheets(stage: Stage, per_second: float) -> Figure:
    """How long a sheet of sixty lines takes to be sent at a steady ten a second."""
    ready = prepare_sheets(stage)
    run = open_loop([partial(submit, *one) for one in ready], per_second)
    said = f"p50 {run.percentile(50):,.0f}, p99 {run.percentile(99):,.0f} ms, {run.failed} failed"
    return below("60-line sheet submitted, open loop at 10/s, p95", run.percentile(95), 300, "ms", said)


def passbooks(stage: Stage, ledger: Any, crowd: Crowd, per_second: float, seconds: float) -> Figure:
    """How long a passbook page takes at a steady fifty a second, beside a large book."""
    members = [
        member_of(ledger, crowd, 1 + number * 97 % (crowd.samities * crowd.each)) for number in range(200)
    ]
    readers = [again(stage.branch, "branch_manager") for _ in range(CLIENTS)]
    acts: list[Callable[[], object]] = [
        partial(readers[n % CLIENTS].get, f"/members/{members[n % len(members)]}/passbook")
        for n in range(int(per_second * seconds))
    ]
    run = open_loop(acts, per_second)
    said = f"p50 {run.percentile(50):,.0f}, p99 {run.percentile(99):,.0f} ms, {run.failed} failed"
    return below("passbook page at 50/s, p95", run.percentile(95), 150, "ms", said)


def drain(installation: Installation) -> Figure:
    """How long after the load the last event is told."""
    ledger = installation.database("transactions")
    began = time.perf_counter()
    waiting = unsent(ledger)
    while unsent(ledger) and time.perf_counter() - began < DRAIN_SECONDS:
        time.sleep(0.05)
    return Figure(
        "outbox empty after the load", f"{time.perf_counter() - began:,.1f} s ({waiting} events waited)"
    )


def day_end(stage: Stage) -> Figure:
    """How long the closing of a branch takes: 3,500 accounts, 550 lines."""
    for desk, sheet_id, body in prepare_sheets(stage):
        sheet_to_book(desk, sheet_id, body)
        stage.branch.manager.post(f"/sheets/{sheet_id}/check")
    branch = stage.branch
    vault = branch.manager.get(f"/offices/{branch.id}/day")["vault"]
    branch.count_vault("closing", int(vault.split(".")[0]))
    seconds = timed(partial(close_and_wait, branch))
    return below("branch day-end, 3,500 accounts, 550 lines", seconds or float("inf"), 1.5, "s")


def close_and_wait(branch: Branch) -> None:
    """Close the day and wait until the next one is open."""
    branch.manager.post(f"/offices/{branch.id}/days/{branch.on.isoformat()}/closing")
    while branch.manager.get(f"/offices/{branch.id}/day")["on"] == branch.on.isoformat():
        time.sleep(0.02)
