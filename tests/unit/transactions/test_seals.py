"""Seals, their chain, and the register that keeps them outside the database, as pure rules."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.domain import coherence, published, seal

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 6, tzinfo=UTC)
LATER = NOON + timedelta(days=9)


SEALED_ENTRY = seal.SealedEntry(
    office_id="office",
    business_on=MONDAY,
    kind="deposit",
    people=("maker", None, None, None),
    reverses=(None, None),
    reason=None,
    fingerprint="print",
    papers=("receipt", "2026-27", "1", None),
    recorded_at=NOON,
)


def sealed_posting(entry_id: str, row_id: str | None, number: int, amount: int = 100) -> seal.SealedPosting:
    return seal.SealedPosting(
        entry_id=entry_id,
        row_id=row_id,
        number=number,
        account_id="account",
        side="debit",
        amount=amount,
        sequence=1,
        balance_after=amount,
        value_on=MONDAY,
        receipt=None,
        entry=SEALED_ENTRY,
    )


class TestSeal:
    def test_has_a_leaf_a_row(self) -> None:
        postings = [sealed_posting("e", "r", 2), sealed_posting("e", None, 1), sealed_posting("e", "s", 3)]

        assert [(leaf.row_id, len(leaf.postings)) for leaf in seal.leaves_of(postings)] == [
            (None, 1),
            ("r", 1),
            ("s", 1),
        ]

    @given(st.permutations([sealed_posting("e", row, number) for number, row in enumerate("abcd")]))
    def test_does_not_depend_on_the_order_of_reading(self, postings: list[seal.SealedPosting]) -> None:
        hashes = [leaf.hash(b"salt") for leaf in seal.leaves_of(postings)]

        assert seal.root_of(hashes) == seal.root_of(
            [leaf.hash(b"salt") for leaf in seal.leaves_of(sorted(postings, key=lambda line: line.number))]
        )

    def test_makes_the_root_as_written_down(self) -> None:
        one, two, three = (bytes([number]) * 32 for number in (1, 2, 3))
        left = sha256(b"\x01" + one + two).digest()

        assert seal.root_of([]) == sha256(b"\x02").digest()
        assert seal.root_of([one]) == one
        assert seal.root_of([one, two, three]) == sha256(b"\x01" + left + three).digest()

    @given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=20), st.data())
    def test_changes_with_any_leaf(self, hashes: list[bytes], data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(hashes) - 1))
        altered = [*hashes]
        altered[place] = sha256(hashes[place]).digest()

        assert seal.root_of(altered) != seal.root_of(hashes)

    @pytest.mark.parametrize(
        "change",
        [
            {"office_id": "other"},
            {"business_on": date(2026, 11, 24)},
            {"kind": "payment"},
            {"people": ("maker", "checker", None, None)},
            {"reverses": ("entry", "row")},
            {"reason": "because"},
            {"fingerprint": None},
            {"papers": ("receipt", "2026-27", "2", None)},
            {"recorded_at": NOON + timedelta(microseconds=1)},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_covers_what_the_entry_says_since_its_second_form(self, change: dict[str, Any]) -> None:
        before = sealed_posting("e", "r", 1)
        (leaf,) = seal.leaves_of([before])
        (changed,) = seal.leaves_of([replace(before, entry=replace(SEALED_ENTRY, **change))])

        assert changed.hash(b"salt") != leaf.hash(b"salt")
        assert changed.hash(b"salt", version=1) == leaf.hash(b"salt", version=1)

    def test_knows_the_first_form_as_it_was_written_down(self) -> None:
        (leaf,) = seal.leaves_of([sealed_posting("e", "r", 1)])
        form = b'[1,"e","r",[[1,"account","debit",100,1,100,"2026-11-23"]]]'

        assert leaf.hash(b"salt", version=1) == sha256(b"\x00salt" + form).digest()

    def test_hides_a_row_behind_its_salt(self) -> None:
        (leaf,) = seal.leaves_of([sealed_posting("e", "r", 1)])

        assert leaf.hash(b"one") != leaf.hash(b"two")

    def test_names_altered_missing_and_added_rows(self) -> None:
        before = [sealed_posting("e", row, number) for number, row in enumerate("abc")]
        kept = [
            seal.SealedLeaf(leaf.entry_id, leaf.row_id, b"salt", leaf.hash(b"salt"))
            for leaf in seal.leaves_of(before)
        ]
        after = [before[0], sealed_posting("e", "b", 1, amount=99), sealed_posting("e", None, 9)]

        assert seal.altered_rows(kept, after) == ("e/b", "e/c", "e/cash")

    def test_chain_is_checked_link_by_link(self) -> None:
        first = _sealed_day(1, seal.NOTHING_BEFORE)
        second = _sealed_day(2, first.seal.digest())
        third = _sealed_day(3, first.seal.digest())

        def verify(signature: bytes, _statement: bytes) -> bool:
            return signature == b"true"

        assert list(coherence.faults_of_chain([first, second], verify)) == []
        assert [fault.code for fault in coherence.faults_of_chain([first, second, third], verify)] == [
            "SEAL_CHAIN_BROKEN"
        ]
        forged = replace(second, signature=b"false")
        assert [fault.code for fault in coherence.faults_of_chain([first, forged], verify)] == [
            "SEAL_SIGNATURE_FALSE"
        ]


def _sealed_day(day: int, previous: bytes) -> coherence.SealedDay:
    empty = seal.Seal(
        office_id="office",
        on=date(2026, 11, day),
        number=1,
        leaves=0,
        root=seal.root_of([]),
        previous=previous,
    )
    return coherence.SealedDay(empty, b"true", (), ())


def is_true(signature: bytes, _statement: bytes) -> bool:
    return signature == b"true"


def chain(*days: int) -> list[published.PublishedSeal]:
    """An office's seals, each chained to the one before."""
    previous, made = seal.NOTHING_BEFORE, []
    for day in days:
        one = _sealed_day(day, previous).seal
        previous = one.digest()
        made.append(published.PublishedSeal(one, b"true", "B001", NOON))
    return made


def faults(lines: list[str], kept: list[published.PublishedSeal]) -> list[tuple[str, str]]:
    found = published.faults_of_register("office", lines, kept, is_true, LATER)
    return [(fault.code, fault.subject) for fault in found]


class TestRegister:
    def test_line_is_read_as_it_was_written(self) -> None:
        (one,) = chain(23)

        assert published.published_seal(one.line()) == one
        assert json.loads(one.line())["root"] == one.seal.root.hex()

    @pytest.mark.parametrize("line", ["", "{}", "[]", '{"office_id": 1}', "\x00\xff"])
    def test_anything_else_is_no_line(self, line: str) -> None:
        with pytest.raises(ValueError, match="no line of a register"):
            published.published_seal(line)

    def test_lacks_what_follows_its_last_line(self) -> None:
        kept = chain(23, 24, 25)

        assert published.unpublished(kept, None) == tuple(kept)
        assert published.unpublished(kept, kept[0]) == tuple(kept[1:])
        assert published.unpublished(kept[1:], kept[1]) == tuple(kept[2:])
        assert published.unpublished(kept, kept[2]) == ()

    def test_is_not_continued_where_the_book_does_not_know_its_last_line(self) -> None:
        kept = chain(23, 24)
        other = replace(kept[1], seal=replace(kept[1].seal, root=bytes(32)))

        with pytest.raises(published.RegisterDisagrees):
            published.unpublished(kept, other)

    def test_agrees_with_the_book(self) -> None:
        kept = chain(23, 24)

        assert faults([one.line() for one in kept], kept) == []

    def test_finds_a_book_that_was_made_anew_with_seals_of_its_own(self) -> None:
        outside = [one.line() for one in chain(23, 24)]
        first, _ = chain(23, 24)
        remade = replace(first, seal=replace(first.seal, root=bytes(32)))

        assert faults(outside, [remade]) == [
            ("SEAL_IS_NOT_THE_PUBLISHED_ONE", "office 2026-11-23 1"),
            ("PUBLISHED_SEAL_NOT_IN_THE_BOOK", "office 2026-11-24 1"),
        ]

    def test_misses_a_seal_once_it_had_time_to_be_published(self) -> None:
        kept = chain(23, 24)
        on_its_way = replace(kept[1], sealed_at=LATER)

        assert faults([kept[0].line()], kept) == [("SEAL_NOT_PUBLISHED", "office 2026-11-24 1")]
        assert faults([kept[0].line()], [kept[0], on_its_way]) == []
        assert faults([kept[0].line(), on_its_way.line()], [kept[0]]) == []

    def test_names_a_line_that_was_changed_removed_or_spoilt(self) -> None:
        kept = chain(23, 24, 25)
        lines = [one.line() for one in kept]
        forged = replace(kept[1], signature=b"false").line()

        assert ("PUBLISHED_SIGNATURE_FALSE", "office 2026-11-24 1") in faults(
            [lines[0], forged, lines[2]], kept
        )
        assert faults([lines[0], lines[2]], kept) == [
            ("PUBLISHED_CHAIN_BROKEN", "office 2026-11-25 1"),
            ("SEAL_NOT_PUBLISHED", "office 2026-11-24 1"),
        ]
        assert ("PUBLISHED_LINE_UNREADABLE", "office line 2") in faults([lines[0], "spoilt", lines[2]], kept)
