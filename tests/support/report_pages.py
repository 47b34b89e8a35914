"""Pages of a report as a service would answer them, for what makes files of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = (
    ("officer", "name"),
    ("samity_code", "code"),
    ("samity", "name"),
    ("borrowers", "count"),
    ("recoverable", "money"),
    ("collected_regular", "money"),
    ("recovery_rate", "percent"),
    ("disbursed_on", "date"),
    ("sex", "word"),
    ("fund", "text"),
)
CONJUNCTS = "ক্ষুদ্রঋণ প্রকল্প শ্রীমঙ্গল স্ত্রী জ্ঞান বিজ্ঞপ্তি কর্মী দুর্গা র‍্যাব হ্যাঁ ন্ত্র ষ্ণ হ্ন ঙ্ক্ষ"
"""Letters that are right only when they are shaped: conjuncts, signs before their letter, reph, ya-phala."""


LEAVING = {
    "left_out": 0,
    "number": 128,
    "as_what": "pdf",
    "purpose": "audit",
    "purpose_words": None,
    "recipient": "auditor",
    "recipient_words": "=Karim & Co.",
    "exported_by_bn": "শ্রীমতী জ্যোৎস্না ক্ষেত্রী",
    "exported_by_en": "Jyotsna Kshetri",
    "exported_at": "2026-12-11T03:04:00.000000Z",
}
"""What the register says of a file."""


def page(rows: int = 3, *, first: int = 0, after: str | None = None) -> dict[str, Any]:
    """Return a page of a report of one branch."""
    return {
        "report": "daily_collection",
        "subject": "collection",
        "columns": [{"key": key, "kind": kind} for key, kind in COLUMNS],
        "asked": {
            "office_id": "01a20857-0000-7000-8000-00000000b001",
            "office_bn": "মিরপুর শাখা",
            "office_en": "Mirpur branch",
            "on": "2026-12-10",
            **dict.fromkeys(("from_on", "to_on", "product_code")),
            **{
                f"{name}_{form}": None
                for name in ("officer", "samity", "member")
                for form in ("id", "bn", "en")
            },
        },
        "made_by_bn": "শ্রীমতী জ্যোৎস্না ক্ষেত্রী",
        "made_by_en": "Jyotsna Kshetri",
        "made_at": "2026-12-10T12:34:00.000000Z",
        "leaving": None,
        "rows_in_all": rows,
        "rows": [*(row(first + at) for at in range(rows)), *([] if after else [total(rows)])],
        "next": after,
    }


def row(at: int) -> dict[str, Any]:
    return {
        "kind": "row",
        "cells": [
            {"bn": "আব্দুর রশীদ", "en": "Abdur Rashid"},
            f"0{at + 1:03}",
            {"bn": CONJUNCTS, "en": "=2+5 Small credit"},
            at + 1,
            "1234567.50",
            "-20.00",
            "98.46",
            "2026-11-23",
            "female",
            "@own",
        ],
    }


def total(rows: int) -> dict[str, Any]:
    return {
        "kind": "total",
        "cells": [None, None, None, rows, "12345678.90", "0.00", "50.00", None, None, None],
    }


def pages(how_many: int, each: int = 50) -> Iterator[dict[str, Any]]:
    """Yield pages of a long report."""
    for at in range(how_many):
        yield page(each, first=at * each, after=str(at) if at + 1 < how_many else None)
