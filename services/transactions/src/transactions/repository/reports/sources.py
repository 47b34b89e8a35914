"""From where the rows of a report come: one question to the tables, asked by page, by group and as a whole.

A question's text is the house's own; whatever a person said is a bound value of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from transactions.domain.reports.definitions import Definition
from transactions.domain.reports.lines import Place, Row, place_of

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows there are, and the sums of their columns; amounts in paisa."""

    rows: int
    sums: Mapping[str, int]


class Source(Protocol):
    """Answers for the rows of one report."""

    def page(
        self, session: Session, values: Values, after: Sequence[str] | None, limit: int
    ) -> Sequence[Row]:
        """Return the next rows after a place, in the report's order."""
        ...

    def groups(self, session: Session, values: Values, rows: Sequence[Row]) -> Mapping[Place, Row]:
        """Return the sums of the whole groups to which some rows belong."""
        ...

    def summary(self, session: Session, values: Values) -> Summary:
        """Return the sums of all rows."""
        ...


class SqlSource:
    """One SQL question with a column for each of the report's and of its order."""

    def __init__(self, definition: Definition, question: str) -> None:
        """Prepare the three ways in which it is asked.

        Args:
            definition: The report.
            question: A whole SELECT, WITH included; it takes the values that `ReportStore` binds.
        """
        self._definition = definition
        order = definition.order
        names, kinds = ", ".join(order), order.items()
        place = ", ".join(f"CAST(:after_{at} AS {kind})" for at, (_, kind) in enumerate(kinds))
        sums = "".join(f", coalesce(sum({key}), 0)::bigint AS {key}" for key in definition.sums)
        asked = f"SELECT * FROM ({question}) AS asked"  # noqa: S608 - texts of the house only
        ordered = f"ORDER BY {names} LIMIT :limit"
        self._first = text(f"{asked} {ordered}")
        self._next = text(f"{asked} WHERE ({names}) > ({place}) {ordered}")
        self._all = text(f"SELECT count(*) AS row_count{sums} FROM ({question}) AS asked")  # noqa: S608 - as above
        self._groups = self._grouped(question, sums)

    def _grouped(self, question: str, sums: str) -> TextClause | None:
        group = self._definition.group
        if group is None:
            return None
        branch = "branch_code" if self._definition.by_branch else "''"
        return text(
            f"SELECT {branch} AS branch_code, {group}{sums} FROM ({question}) AS asked"  # noqa: S608 - as above
            f" WHERE CAST({group} AS text) = ANY(CAST(:groups AS text[])) GROUP BY 1, {group}"
        )

    def page(
        self, session: Session, values: Values, after: Sequence[str] | None, limit: int
    ) -> Sequence[Row]:
        """Return the next rows after a place, in the report's order."""
        if after is None:
            return session.execute(self._first, {**values, "limit": limit}).mappings().all()
        place = {f"after_{at}": value for at, value in enumerate(after)}
        return session.execute(self._next, {**values, **place, "limit": limit}).mappings().all()

    def groups(self, session: Session, values: Values, rows: Sequence[Row]) -> Mapping[Place, Row]:
        """Return the sums of the whole groups to which some rows belong."""
        if self._groups is None or not rows:
            return {}
        names = sorted({str(row[str(self._definition.group)]) for row in rows})
        found = session.execute(self._groups, {**values, "groups": names}).mappings()
        return {place: row for row in found if (place := place_of(self._definition, row))}

    def summary(self, session: Session, values: Values) -> Summary:
        """Return the sums of all rows."""
        found = session.execute(self._all, dict(values)).mappings().one()
        return Summary(int(found["row_count"]), {key: int(found[key]) for key in self._definition.sums})


class ComputedSource:
    """Rows that are few and computed whole, such as the ledgers of a trial balance; in the report's order.

    Its pages go by number: nothing but the position is said of a place.
    """

    def __init__(self, definition: Definition, rows: Callable[[Session, Values], Sequence[Row]]) -> None:
        self._definition = definition
        self._rows = rows

    def page(
        self, session: Session, values: Values, after: Sequence[str] | None, limit: int
    ) -> Sequence[Row]:
        """Return the next rows after a place."""
        rows = [{**row, POSITION: at} for at, row in enumerate(self._rows(session, values))]
        begin = 0 if after is None else int(after[-1]) + 1
        return rows[begin : begin + limit]

    def groups(self, session: Session, values: Values, rows: Sequence[Row]) -> Mapping[Place, Row]:
        """Return the sums of the whole groups to which some rows belong."""
        totals: dict[Place, dict[str, int]] = {}
        for row in self._rows(session, values) if rows else ():
            place = place_of(self._definition, row)
            if place is not None:
                sums = totals.setdefault(place, dict.fromkeys(self._definition.sums, 0))
                for key in sums:
                    sums[key] += int(row[key] or 0)
        return totals

    def summary(self, session: Session, values: Values) -> Summary:
        """Return the sums of all rows."""
        rows = self._rows(session, values)
        return Summary(
            len(rows), {key: sum(int(row[key] or 0) for row in rows) for key in self._definition.sums}
        )


POSITION = "position"
"""The order of a computed report: `key={"position": "bigint"}`, `by_branch=False`."""
