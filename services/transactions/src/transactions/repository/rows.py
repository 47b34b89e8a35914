"""Rows of sheets: the newest version of each, what it overtook, and what was set aside."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, bindparam, insert, or_, select, true, update
from sqlalchemy import func as sql
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from chassis.work import Work
from contracts.money import Paisa
from contracts.transactions.collection_words import (
    Attendance,
    NothingReceived,
    PaidBy,
    RowCode,
    RowKind,
    RowState,
)
from contracts.transactions.savings_words import Mark
from transactions.domain.chart import Ledgers
from transactions.domain.rows import Judged, KnownAccount, KnownMember, Row, StandingRow
from transactions.domain.sheets import Expected
from transactions.domain.submissions import fingerprint_of_row
from transactions.models.collection import (
    comparisons,
    receipt_series,
    row_versions,
    sheet_rows,
    sheets,
)
from transactions.models.ledger import accounts
from transactions.models.projections import members, staff
from transactions.repository.recordset import insert_rows
from transactions.repository.sheets import money_of, signed

_SAID = tuple(Row.__dataclass_fields__)
ACTIVE = "active"
"""A member's status that lets her pay in the ordinary way."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Which of some row ids are on other sheets, and which rows hold some receipt numbers."""

    rows: frozenset[str]
    receipts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent rows that are set aside."""

    person_id: str
    device: str
    epoch: int


class RowStore:
    """The rows of sheets that the caller has locked or may see."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._session = work.session

    def of_sheet(self, sheet_id: str) -> dict[str, StandingRow]:
        """Return a sheet's rows by id, in the order in which they were recorded."""
        return {row.row.row_id: row for row in self.of_sheets([sheet_id]).get(sheet_id, ())}

    def of_sheets(self, sheet_ids: Collection[str]) -> dict[str, tuple[StandingRow, ...]]:
        """Return the rows of some sheets by sheet, in the order in which they were recorded."""
        query = (
            select(sheet_rows)
            .where(sheet_rows.c.sheet_id.in_(sheet_ids))
            .order_by(sheet_rows.c.recorded_at, sheet_rows.c.row_id)
        )
        found: dict[str, list[StandingRow]] = defaultdict(list)
        for row in self._session.execute(query).mappings():
            found[row["sheet_id"]].append(_standing(row))
        return {sheet_id: tuple(rows) for sheet_id, rows in found.items()}

    def in_field(self, office_id: str, on: date, officer_id: str | None = None) -> Paisa:
        """Return what was received on sheets up to a day, less what was paid, and is not in the book (M7).

        Args:
            office_id: Whose sheets.
            on: Of meetings until then.
            officer_id: Only what this officer collected, or holds the sheet of.
        """
        collector = sql.coalesce(sheets.c.collected_by, sheets.c.holder_id)
        query = (
            select(money_of(signed))
            .join(sheets, sheets.c.id == sheet_rows.c.sheet_id)
            .where(
                sheets.c.office_id == office_id,
                sheets.c.meeting_on <= on,
                sheets.c.status.not_in(["authorised", "not_held"]),
                true() if officer_id is None else collector == officer_id,
            )
        )
        return Paisa(self._session.execute(query).scalar_one())

    def overtaken(self, sheet_id: str) -> dict[tuple[str, int], Row]:
        """Return the versions of a sheet's rows that newer ones overtook."""
        query = select(row_versions).where(row_versions.c.sheet_id == sheet_id)
        return {(row["row_id"], row["version"]): _row(row) for row in self._session.execute(query).mappings()}

    def elsewhere(self, rows: Sequence[Row], sheet_id: str) -> Elsewhere:
        """Return where the ids and the receipt numbers of some rows are in use already."""
        receipts = [row.receipt_number for row in rows if row.receipt_number is not None]
        query = select(sheet_rows.c.row_id, sheet_rows.c.sheet_id, sheet_rows.c.receipt_number).where(
            or_(
                sheet_rows.c.row_id.in_([row.row_id for row in rows]),
                sheet_rows.c.receipt_number.in_(receipts),
            )
        )
        found = self._session.execute(query).all()
        return Elsewhere(
            frozenset(row.row_id for row in found if row.sheet_id != sheet_id),
            {row.receipt_number: row.row_id for row in found if row.receipt_number is not None},
        )

    def expected(self, samity_id: str) -> tuple[Expected, ...]:
        """Return the open savings of a samity's active members on which every sheet asks for a row."""
        query = (
            select(
                accounts.c.member_id,
                accounts.c.id.label("account_id"),
                accounts.c.office_id,
                accounts.c.ledger,
                accounts.c.opened_on,
            )
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                members.c.samity_id == samity_id,
                members.c.status == ACTIVE,
                accounts.c.ledger == Ledgers.GENERAL_SAVINGS.code,
                ~accounts.c.closed,
            )
            .order_by(members.c.code, accounts.c.code)
        )
        return tuple(Expected(**row) for row in self._session.execute(query).mappings())

    def people(self, samity_id: str, others: Collection[str]) -> list[dict[str, Any]]:
        """Return the active members of a samity and some others, by code, as a sheet shows them."""
        query = select(members.c.id.label("member_id"), members.c.code, members.c.name_bn, members.c.name_en)
        hers = and_(members.c.samity_id == samity_id, members.c.status == ACTIVE)
        found = self._session.execute(
            query.where(or_(hers, members.c.id.in_(others))).order_by(members.c.code, members.c.id)
        )
        return [dict(row) for row in found.mappings()]

    def known_members(self, member_ids: Collection[str]) -> dict[str, KnownMember]:
        """Return what the books know of some members."""
        if not member_ids:
            return {}
        query = select(members.c.id, members.c.samity_id, members.c.status, members.c.deceased_on)
        found = self._session.execute(query.where(members.c.id.in_(member_ids)))
        return {row.id: KnownMember(row.samity_id, row.status == ACTIVE, row.deceased_on) for row in found}

    def known_accounts(self, account_ids: Collection[str]) -> dict[str, KnownAccount]:
        """Return what the books know of some accounts."""
        if not account_ids:
            return {}
        columns = (accounts.c.id, accounts.c.office_id, accounts.c.ledger, accounts.c.member_id)
        query = select(*columns, accounts.c.closed).where(accounts.c.id.in_(account_ids))
        return {
            row.id: KnownAccount(row.office_id, row.ledger, row.member_id, row.closed)
            for row in self._session.execute(query)
        }

    def keep(self, sheet_id: str, judged: Sequence[Judged], before: Mapping[str, StandingRow]) -> None:
        """Keep the rows that were taken; what they overtake stays as a version of its own (rule M6)."""
        now = self._work.now
        taken = [one.stands for one in judged if one.kept]
        fresh = [_plain(row) for row in taken if row.row.row_id not in before]
        newer = [row for row in taken if row.row.row_id in before]
        values = [row | {"sheet_id": sheet_id, "received_at": now} for row in fresh]
        insert_rows(self._session, sheet_rows, values)
        if newer:
            old = [
                before[row.row.row_id].row.said | {"sheet_id": sheet_id, "overtaken_at": now} for row in newer
            ]
            self._session.execute(insert(row_versions), old)
            self._overwrite(newer)

    def set_aside(self, sheet_id: str, judged: Iterable[Judged], sender: Sender) -> None:
        """Put rows on the compare list; the same row of the same device stands there once (rule M4)."""
        values = [
            one.row.said
            | asdict(sender)
            | {
                "id": self._work.new_id(),
                "sheet_id": sheet_id,
                "code": one.code,
                "fingerprint": fingerprint_of_row(one.row),
                "received_at": self._work.now,
            }
            for one in judged
        ]
        if values:
            self._session.execute(insert_or_skip(comparisons).on_conflict_do_nothing(), values)

    def compared(self, sheet_id: str) -> list[dict[str, Any]]:
        """Return a sheet's compare list as screens show it, member by member."""
        query = _comparison_query().where(comparisons.c.sheet_id == sheet_id)
        ordered = query.order_by(members.c.code, comparisons.c.received_at, comparisons.c.id)
        return [dict(row) for row in self._session.execute(ordered).mappings()]

    def comparison(self, comparison_id: str) -> dict[str, Any] | None:
        """Return one row of a compare list as screens show it, with its sheet."""
        query = _comparison_query().where(comparisons.c.id == comparison_id)
        row = self._session.execute(query).mappings().first()
        return dict(row) if row else None

    def settle(self, comparison_id: str, verdict: str, reason: str) -> bool:
        """Keep what a row on the compare list turned out to be; False where somebody was first."""
        statement = (
            update(comparisons)
            .where(comparisons.c.id == comparison_id, comparisons.c.verdict.is_(None))
            .values(
                verdict=verdict,
                verdict_reason=reason,
                verdict_by=self._work.actor.person_id,
                verdict_at=self._work.now,
            )
            .returning(comparisons.c.id)
        )
        return self._session.execute(statement).first() is not None

    def mark_returned(self, rows: Iterable[StandingRow]) -> None:
        """Keep that rows were returned, each with its reason."""
        statement = (
            update(sheet_rows)
            .where(sheet_rows.c.row_id == bindparam("row"))
            .values(state=bindparam("now"), return_reason=bindparam("why"))
        )
        values = [{"row": row.row.row_id, "now": row.state, "why": row.return_reason} for row in rows]
        self._session.connection().execute(statement, values)

    def mark_authorised(self, sheet_ids: Collection[str]) -> None:
        """Mark every row of some sheets as posted."""
        statement = update(sheet_rows).where(sheet_rows.c.sheet_id.in_(sheet_ids))
        self._session.execute(statement.values(state=RowState.AUTHORISED))

    def series_of(self, device: str) -> tuple[str, int]:
        """Return the series in which a device numbers its receipts, and the next number (rule P3)."""
        made = insert_or_skip(receipt_series).values(device=device).on_conflict_do_nothing()
        self._session.execute(made)
        query = select(receipt_series.c.number).where(receipt_series.c.device == device)
        series = f"D{self._session.execute(query).scalar_one()}"
        number = sheet_rows.c.receipt_number
        serial = sql.split_part(number, "-", 2).cast(receipt_series.c.number.type)
        last = select(sql.max(serial)).where(number >= f"{series}-", number < f"{series}.")
        return series, (self._session.execute(last).scalar_one() or 0) + 1

    def _overwrite(self, rows: Iterable[StandingRow]) -> None:
        changed = [name for name in (*_SAID, "state", "code", "return_reason") if name != "row_id"]
        statement = (
            update(sheet_rows)
            .where(sheet_rows.c.row_id == bindparam("of_row"))
            .values({name: bindparam(f"new_{name}") for name in changed} | {"received_at": self._work.now})
        )
        values = [
            {f"new_{name}": value for name, value in _plain(row).items() if name != "row_id"}
            | {"of_row": row.row.row_id}
            for row in rows
        ]
        self._session.connection().execute(statement, values)


def _comparison_query() -> Select[Any]:
    standing = select(money_of(sheet_rows.c.amount)).where(
        sheet_rows.c.sheet_id == comparisons.c.sheet_id, sheet_rows.c.member_id == comparisons.c.member_id
    )
    return (
        select(
            comparisons,
            comparisons.c.device.label("device_id"),
            members.c.code.label("member_code"),
            members.c.name_bn,
            members.c.name_en,
            staff.c.name_bn.label("person_name_bn"),
            staff.c.name_en.label("person_name_en"),
            standing.scalar_subquery().label("standing"),
        )
        .join(members, members.c.id == comparisons.c.member_id, isouter=True)
        .join(staff, staff.c.id == comparisons.c.person_id, isouter=True)
    )


def _plain(row: StandingRow) -> dict[str, Any]:
    return row.row.said | {"state": row.state, "code": row.code, "return_reason": row.return_reason}


def _standing(row: Mapping[Any, Any]) -> StandingRow:
    code = RowCode(row["code"]) if row["code"] else None
    return StandingRow(_row(row), RowState(row["state"]), code, row["return_reason"])


def _row(row: Mapping[Any, Any]) -> Row:
    values = {name: row[name] for name in _SAID}
    reason = values["nothing_received"]
    values["nothing_received"] = NothingReceived(reason) if reason else None
    values["attendance"], values["paid_by"] = Attendance(values["attendance"]), PaidBy(values["paid_by"])
    values["kind"] = RowKind(values["kind"])
    values["mark"] = Mark(values["mark"]) if values["mark"] else None
    return Row(**values)
