"""`python -m bench`: measure everything once, print it, and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import ageing, interest, large, measures, schedules
from bench.books import Crowd, fill
from bench.figures import Figure, below
from bench.installation import Installation, running
from bench.report import machine, table, write
from demo.town import Town

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
MEMORY_GOAL_MIB = 1536
DAY_END_SAMITIES, DAY_END_EACH = 10, 55
DAY_END_MORE_ACCOUNTS = 3500 - DAY_END_SAMITIES * DAY_END_EACH


def main() -> None:
    """Measure."""
    wanted = arguments()
    figures: list[Figure] = []
    many: list[Figure] = []
    how = ""
    with running() as installation:
        town = Town.found(installation.base_url, installation.places.founding)
        if not wanted.only_books:
            figures = measure_wanted(installation, town, wanted)
        if not (wanted.only_interest or wanted.only_loans):
            say(f"books of many branches, {wanted.postings:,} postings")
            many, how = large.books_of_many(installation, town, wanted.postings, say)
    sys.stdout.write(f"\n{machine()}\n\n{table(figures + many)}\n\n{how}\n")
    if not (wanted.no_page or wanted.only_interest or wanted.only_loans):
        write(PAGE, figures, many, how)


def measure_wanted(installation: Installation, town: Town, wanted: argparse.Namespace) -> list[Figure]:
    """Everything, or only the runs that were asked for."""
    if wanted.only_interest:
        return savings(installation, wanted)
    return lending(installation, wanted) if wanted.only_loans else measure(installation, town, wanted)


def arguments() -> argparse.Namespace:
    """What the benchmark is told."""
    parser = argparse.ArgumentParser(prog="mikrof bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=30, help="of pgbench; other loads last a third of it")
    parser.add_argument("--sheets", type=int, default=96, help="sheets of sixty lines in each measure")
    parser.add_argument(
        "--members", type=int, default=1_000_000, help="members stored beside the measured ones"
    )
    parser.add_argument(
        "--accounts", type=int, default=1_000_000, help="savings accounts that earn at a month's end"
    )
    parser.add_argument(
        "--only-interest", action="store_true", help="measure the runs over savings alone, for no page"
    )
    parser.add_argument(
        "--loans", type=int, default=1_000_000, help="loans that are classed at a month's end"
    )
    parser.add_argument(
        "--only-loans", action="store_true", help="measure the month-end run alone, for no page"
    )
    parser.add_argument(
        "--postings", type=int, default=20_000_000, help="postings stored in many branches' books"
    )
    parser.add_argument(
        "--only-books", action="store_true", help="measure reading and closing many branches' books alone"
    )
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks.md as it is")
    return parser.parse_args()


def measure(installation: Installation, town: Town, wanted: argparse.Namespace) -> list[Figure]:
    """Everything, one after another, so that no figure disturbs another."""
    say("pgbench")
    tps = installation.pgbench(wanted.seconds)
    figures = [
        below("`up` with packages there, without the demo", installation.up_seconds, 45, "s"),
        Figure("pgbench, scale 50, 8 clients, simple, TCP", f"{tps:,.0f} tps"),
    ]
    say("schedules")
    figures += schedules.rows_a_second()
    ledger = installation.database("transactions")
    say("sheets")
    figures.append(
        measures.sheets_to_book(measures.set_stage(installation, town, samities=wanted.sheets), tps)
    )
    figures.append(measures.drain(installation))
    say("hand-overs of four sheets")
    stage = measures.set_stage(installation, town, samities=wanted.sheets)
    figures.append(measures.handovers_of_four(stage, tps))
    say("deposits")
    figures += measures.deposits(stage, ledger, wanted.seconds / 3)
    say("steady sheets")
    steady = measures.set_stage(installation, town, samities=wanted.sheets)
    figures.append(measures.steady_sheets(steady, 10))
    say("the day's end")
    figures.append(measures.day_end(crowded_day(installation, town)))
    # Before a million members are put into one branch: the sheets of its samities, made by the same process,
    # would be taken for memory of the runs.
    runs = savings(installation, wanted) + lending(installation, wanted)
    say(f"passbooks beside {wanted.members:,} members")
    figures.append(passbooks(installation, steady, wanted))
    figures.append(below("memory of all processes", installation.memory_mib(), MEMORY_GOAL_MIB, "MiB"))
    return figures + runs


def savings(installation: Installation, wanted: argparse.Namespace) -> list[Figure]:
    """The month's runs over all savings of all branches."""
    say(f"interest and dormant members over {wanted.accounts:,} accounts, branch by branch")
    return interest.savings_of(installation, wanted.accounts)


def lending(installation: Installation, wanted: argparse.Namespace) -> list[Figure]:
    """The month's run over all loans of all branches."""
    say(f"ageing and classes over {wanted.loans:,} loans, branch by branch")
    return ageing.classes_of(installation, wanted.loans)


def crowded_day(installation: Installation, town: Town) -> measures.Stage:
    """A branch of 3,500 accounts in which 550 lines are collected on its day."""
    stage = measures.set_stage(installation, town, samities=DAY_END_SAMITIES, each=DAY_END_EACH)
    others = Crowd(
        f"{stage.crowd.mark}N",
        stage.branch.id,
        stage.crowd.officers,
        stage.crowd.weekday % 6 + 1,
        stage.branch.on,
        DAY_END_MORE_ACCOUNTS // 50,
        50,
    )
    fill(installation.database("transactions"), installation.database("notifications"), others)
    return stage


def passbooks(installation: Installation, stage: measures.Stage, wanted: argparse.Namespace) -> Figure:
    """Passbook pages beside a million members."""
    ledger = installation.database("transactions")
    million = Crowd(
        "M", stage.branch.id, stage.crowd.officers, stage.crowd.weekday % 6 + 1, stage.branch.on,
        wanted.members // 30, 30,
    )  # fmt: skip
    fill(ledger, installation.database("notifications"), million)
    return measures.passbooks(stage, ledger, million, 50, wanted.seconds / 3)


def say(what: str) -> None:
    """Tell what is being measured."""
    sys.stdout.write(f"… {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
