"""A list that goes on over pages can be taken along as a file, or its figures are found elsewhere."""

import re

from tests.house.house import ROOT

TEMPLATES = ROOT / "gateway/src/gateway/portal/templates/portal"
GOES_ON = "ui.further("
FILE = re.compile(r"ui\.take_along\(\"[a-z_]+\"\)")
ELSEWHERE = {
    "report_table.html": "a report has files of its own",
    "report_runs.html": "each run has files of its own",
    "book_entry.html": "the voucher register",
    "book_ledger.html": "the general ledger",
    "book_offices.html": "the general ledger",
    "entries.html": "the voucher register",
    "lines.html": "a member's ledger",
    "fees.html": "a member's ledger",
    "member_pages.html": "her own file, which leaves only at her request",
    "notes.html": "for whom they are, nobody else reads them",
    "months.html": "month-end snapshots are read as ratios and forms",
    "years.html": "the balance sheet of each year",
    "floats.html": "the cash position",
    "surprise_counts.html": "the register of surprise counts",
    "findings.html": "the register of findings",
    "interest_runs.html": "interest provision on savings",
    "loan_classes.html": "classification and provision",
    "overdue_loans.html": "the overdue register",
    "overrides.html": "overrides of the law",
    "transfers.html": "transfers of members",
    "voucher_register.html": "the voucher register",
    "complaints.html": "the register of mismatches and complaints",
    "complaints_told.html": "the same register; an officer takes none of it along",
    "cut_overs.html": "each file was brought by its branch, and is brought over once",
    "cut_over_progress.html": "faults are mended in the file that was brought",
    "samples.html": "a sample's own page, with its letters",
}


def test_every_list_can_be_taken_along_or_is_found_elsewhere() -> None:
    lists = {path.name: path.read_text() for path in TEMPLATES.glob("*.html")}
    without = {name for name, text in lists.items() if GOES_ON in text and not FILE.search(text)}

    assert without == ELSEWHERE.keys()
