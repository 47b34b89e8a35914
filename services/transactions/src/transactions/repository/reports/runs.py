"""Reports made in the background: how far they have come, and the pieces that they stored."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.transactions.reports_errors import ReportRunNotFound
from contracts.transactions.reports_words import ReportRunState
from transactions.domain.reports.lines import Line
from transactions.domain.reports.questions import Question
from transactions.domain.reports.runs import KEPT, ReportRun
from transactions.models.reports import report_chunks, report_runs

_RUN = tuple(report_runs.c[name] for name in ReportRun.__dataclass_fields__)


class ReportRunStore:
    """Runs are their asker's own: nobody else finds them."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def ask(self, run: ReportRun) -> bool:
        """Write a run.

        Returns:
            False when its id is known.
        """
        statement = insert(report_runs).values(**_row(run)).on_conflict_do_nothing()
        return self._session.execute(statement.returning(report_runs.c.id)).first() is not None

    def find(self, run_id: str) -> ReportRun | None:
        """Return a run, whoever asks."""
        row = self._session.execute(select(*_RUN).where(report_runs.c.id == run_id)).mappings().first()
        return _run(row) if row else None

    def get(self, run_id: str, asked_by: str) -> ReportRun:
        """Return a person's own run.

        Raises:
            ReportRunNotFound: there is none, or it is somebody else's.
        """
        run = self.find(run_id)
        if run is None or run.asked_by != asked_by:
            raise ReportRunNotFound
        return run

    def lock(self, run_id: str) -> ReportRun | None:
        """Return a run to which nobody else does anything until this transaction ends."""
        query = select(*_RUN).where(report_runs.c.id == run_id).with_for_update()
        row = self._session.execute(query).mappings().first()
        return _run(row) if row else None

    def running(self, asked_by: str) -> int:
        """Return how many runs of a person are being made."""
        query = select(func.count()).where(
            report_runs.c.asked_by == asked_by, report_runs.c.state == ReportRunState.RUNNING.value
        )
        return int(self._session.execute(query).scalar_one())

    def of_person(self, asked_by: str, last: ReportRun | None, limit: int) -> tuple[ReportRun, ...]:
        """Return a person's runs after one, the newest first."""
        query = select(*_RUN).where(report_runs.c.asked_by == asked_by)
        if last is not None:
            place = tuple_(report_runs.c.asked_at, report_runs.c.id)
            query = query.where(place < (last.asked_at, last.id))
        newest = query.order_by(report_runs.c.asked_at.desc(), report_runs.c.id.desc()).limit(limit)
        return tuple(_run(row) for row in self._session.execute(newest).mappings())

    def write(self, run: ReportRun) -> None:
        """Write how far a run has come; the caller holds it."""
        row = _row(run)
        self._session.execute(update(report_runs).where(report_runs.c.id == run.id).values(**row))

    def store(self, run_id: str, number: int, lines: Sequence[Line]) -> None:
        """Keep the next piece of a run."""
        self._session.execute(insert(report_chunks).values(run_id=run_id, number=number, lines=list(lines)))

    def chunk(self, run_id: str, number: int) -> list[Line]:
        """Return a piece of a run; nothing where there is none."""
        query = select(report_chunks.c.lines).where(
            report_chunks.c.run_id == run_id, report_chunks.c.number == number
        )
        return list(self._session.execute(query).scalar() or ())

    def forget(self, portion: int) -> bool:
        """Remove a portion of what has been kept long enough.

        Returns:
            Whether there is more.
        """
        old = report_runs.c.finished_at < self._now - KEPT
        pieces = (
            select(report_chunks.c.run_id, report_chunks.c.number)
            .join(report_runs, report_runs.c.id == report_chunks.c.run_id)
            .where(old)
            .limit(portion)
        )
        gone = delete(report_chunks).where(tuple_(report_chunks.c.run_id, report_chunks.c.number).in_(pieces))
        if len(self._session.execute(gone.returning(report_chunks.c.number)).all()) == portion:
            return True
        bare = ~exists(select(report_chunks.c.run_id).where(report_chunks.c.run_id == report_runs.c.id))
        self._session.execute(delete(report_runs).where(old, bare))
        return False


def _row(run: ReportRun) -> dict[str, Any]:
    row = {name: getattr(run, name) for name in ReportRun.__dataclass_fields__}
    return {**row, "question": run.question.to_plain(), "state": run.state.value, "sums": dict(run.sums)}


def _run(row: Mapping[Any, Any]) -> ReportRun:
    plain: dict[str, Any] = {str(name): value for name, value in row.items()}
    question, state = Question.from_plain(plain.pop("question")), ReportRunState(plain.pop("state"))
    return ReportRun(**plain, question=question, state=state)
