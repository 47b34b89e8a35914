"""Providers' files: read as they come, and every wrong cell named."""

from __future__ import annotations

import contextlib
import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.portal.statement_files import UnreadableStatement, WrongCell, read_statement

paisa = st.integers(1, 10**10)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
ids = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=4, max_size=12)
BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


@given(rows=st.lists(st.tuples(ids, days, paisa), min_size=1, max_size=20), bangla=st.booleans())
def test_what_a_provider_writes_is_what_is_read(rows: list[tuple[str, date, int]], *, bangla: bool) -> None:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["Date Time", "TrxID", "From", "Amount", "Reference"])
    for name, day, amount in rows:
        shown = f"{amount // 100:,}.{amount % 100:02d}"
        writer.writerow(
            [f"{day:%d-%m-%Y} 14:05", name, "", shown.translate(BANGLA) if bangla else shown, "GS.1"]
        )
    read = read_statement(file.getvalue().encode("utf-8-sig"))
    assert [(one["provider_id"], one["paid_on"], one["amount"]) for one in read] == [
        (name, day.isoformat(), f"{amount // 100}.{amount % 100:02d}") for name, day, amount in rows
    ]
    assert {(one["reference"], one["payer"]) for one in read} == {("GS.1", None)}


def test_every_wrong_cell_is_named_by_row_and_column() -> None:
    content = "তারিখ;লেনদেন আইডি;টাকা\n2026-11-23;T1;৫০০\n31-02-2026;T2;10\n;;\n2026-11-23;;-5\n".encode()
    with pytest.raises(UnreadableStatement) as refused:
        read_statement(content)
    assert refused.value.cells == (
        WrongCell(3, "paid_on"),
        WrongCell(5, "provider_id"),
        WrongCell(5, "amount"),
    )


def test_headings_that_are_not_there_are_named() -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read_statement(b"Date,Amount\n2026-11-23,5\n")
    assert refused.value.cells == (WrongCell(1, "provider_id"),)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"Date,TrxID,Amount\n", b"\n\n", b"0\r0", b"x" * 140_000]
)
def test_what_is_no_statement_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableStatement):
        read_statement(content)


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(UnreadableStatement):
        assert read_statement(content)
