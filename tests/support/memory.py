"""What a fixture builds by many deeds is built once a session; then its rows are put where a test begins.

A branch with its people costs a quarter of a second, one that has lived for a month costs five; ten tests
that begin there would live it ten times. What is remembered is the rows, where the sequences stand, the
clock, what other services were asked, and what Python knew of it. A memory is called up only where nothing
was written since the last one, which the database itself tells; elsewhere the fixture is built as it stands.
"""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from uuid import UUID

import psycopg2
import pytest

from chassis.testing import ServiceHarness
from tests.support.wiping import content_of, put_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from psycopg2.extensions import cursor

Given = ParamSpec("Given")
Made = TypeVar("Made")
Chain = tuple[object, ...]

WRITTEN = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
"""The next transaction that writes, anywhere on the server: unchanged as long as nobody has written."""
PARTITIONS = """
    SELECT relname, substring(pg_get_expr(relpartbound, oid) FROM '[0-9]{4}-[0-9]{2}-[0-9]{2}')
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relispartition AND relkind = 'r'
"""
MAKE_PARTITION = "SELECT make_posting_partitions(%s, %s)"
"""All that a service may build (mechanics D3); so nothing else of a schema is to be remembered."""


class _Harness:
    """Stands where a harness was in what is kept."""


@dataclass(frozen=True)
class _Kept:
    """How things stood when a fixture was built."""

    rows: dict[str, str]
    sequences: dict[str, tuple[int, bool]]
    partitions: dict[str, str]
    now: datetime
    rings: int
    answers: dict[Any, Any]
    asked: list[Any]
    given: tuple[Any, ...]
    made: Any


PLAIN = (str, int, float, date, timedelta, Enum, UUID, type(None))
_kept: dict[Chain, _Kept] = {}
_here = _Harness()


def remembered(build: Callable[..., Made]) -> Any:
    """A fixture that asks the fixture `memory` of its package before it builds; use it as `pytest.fixture`.

    It tells a harness's service to do things, and neither publishes nor opens anything.
    """
    asked = tuple(signature(build).parameters)

    def fixture(**given: Any) -> Made:
        return given["memory"].build(build, *(given[name] for name in asked))

    wanted = [Parameter(name, Parameter.KEYWORD_ONLY) for name in (*asked, "memory")]
    # pytest reads from a fixture's signature what it wants; a function's own is no settable attribute to mypy
    fixture.__signature__ = Signature(wanted)  # type: ignore[attr-defined]
    fixture.__doc__ = build.__doc__
    return pytest.fixture(name=build.__name__)(fixture)


class Memory:
    """What the tests of this session have built before, for one harness on its database.

    It has to be there before anything is written.
    """

    def __init__(self, harness: ServiceHarness[Any], address: str, asking: cursor) -> None:
        self._harness = harness
        self._address = address
        self._asking = asking
        self._chain: Chain = (harness.service_class,)
        self._seen = self._written()

    @classmethod
    @contextmanager
    def of(cls, harness: ServiceHarness[Any], address: str) -> Iterator[Memory]:
        """Open it on a harness whose database has this address for the superuser."""
        opened = psycopg2.connect(address)
        opened.autocommit = True
        try:
            with opened.cursor() as asking:
                yield cls(harness, address, asking)
        finally:
            opened.close()

    def build(self, build: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
        """Return what a function builds of what is given: remembered, where it was built before.

        Args:
            build: The function. The answers of other services that it sets know no more than their `self`.
            given: Data classes that know the harness, and plain data; what building changes of the data
                classes is remembered too.
            named: Plain data.
        """
        chain = (*self._chain, self._step(build, given, named))
        if self._written() != self._seen:
            return build(*given, **named)  # by a way of its own, which no other test goes
        if chain in _kept:
            made = self._call_up(_kept[chain], given)
        else:
            made = self._build(chain, lambda: build(*given, **named), given)
        self._chain, self._seen = chain, self._written()
        return made

    def _step(self, build: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> object:
        answers = self._harness.others.answers.items()
        promised = sorted((method.key, answer.__qualname__) for method, answer in answers)
        return (build, _said(given), _said(named), tuple(promised), self._harness.watch.now())

    def _build(self, chain: Chain, build: Callable[[], Made], given: tuple[Any, ...]) -> Made:
        others = self._harness.others
        before, asked = dict(others.answers), len(others.asked)
        old, partitions = content_of(self._address), self._partitions()
        made = build()
        new = content_of(self._address)
        tables = old.rows.keys() | new.rows.keys()
        rows = {name: new.rows.get(name, "") for name in sorted(tables)}
        changed = {name: text for name, text in rows.items() if old.rows.get(name, "") != text}
        answers = {method: said for method, said in others.answers.items() if before.get(method) != said}
        assert not any(getattr(answer, "__closure__", None) for answer in answers.values())
        apart = deepcopy((answers, others.asked[asked:], given, made), {id(self._harness): _here})
        _kept[chain] = _Kept(
            rows=changed,
            sequences=new.sequences,
            partitions={name: on for name, on in self._partitions().items() if name not in partitions},
            now=self._harness.watch.now(),
            rings=self._harness.rings,
            answers=apart[0],
            asked=apart[1],
            given=apart[2],
            made=apart[3],
        )
        return made

    def _call_up(self, kept: _Kept, given: tuple[Any, ...]) -> Any:
        for first in kept.partitions.values():
            self._asking.execute(MAKE_PARTITION, (first, first))
        self._asking.execute("BEGIN")
        put_back(self._asking, kept.rows, kept.sequences)
        self._asking.execute("COMMIT")
        harness = self._harness
        harness.watch.advance(kept.now - harness.watch.now())
        harness.rings = kept.rings
        known = {id(_here): harness}
        pairs = list(_pairs(kept.given, given))
        known |= {id(old): one for old, one in pairs}
        for old, one in pairs:
            if one.__dataclass_params__.frozen:
                continue
            for field in fields(one):
                setattr(one, field.name, deepcopy(getattr(old, field.name), known))
        answers, asked, made = deepcopy((kept.answers, kept.asked, kept.made), known)
        harness.others.answers |= answers
        harness.others.asked += asked
        return made

    def _written(self) -> str:
        self._asking.execute(WRITTEN)
        return str(self._asking.fetchone()[0])

    def _partitions(self) -> dict[str, str]:
        self._asking.execute(PARTITIONS)
        return dict(self._asking.fetchall())


def _said(thing: object) -> object:
    """What tells a thing from others, so that what was built of one is not called up for another."""
    if is_dataclass(thing):
        return (type(thing), *(_said(getattr(thing, field.name)) for field in fields(thing)))
    if isinstance(thing, (tuple, list)):
        return tuple(map(_said, thing))
    if isinstance(thing, dict):
        return tuple((_said(key), _said(held)) for key, held in thing.items())
    if isinstance(thing, ServiceHarness):
        return ServiceHarness
    if not isinstance(thing, PLAIN):
        raise TypeError(f"two things of {type(thing)} cannot be told from each other")
    return repr(thing)


def _pairs(old: object, now: object) -> Iterator[tuple[Any, Any]]:
    """Each data class that is kept, with the one that stands for it now."""
    if isinstance(old, tuple) and isinstance(now, tuple):
        for one, other in zip(old, now, strict=True):
            yield from _pairs(one, other)
    elif is_dataclass(now):
        yield old, now
        for field in fields(now):
            yield from _pairs(getattr(old, field.name), getattr(now, field.name))
