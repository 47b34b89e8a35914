"""The register of exports: it only grows."""

from sqlalchemy import insert

from chassis.work import Work
from transactions.domain.reports.exports import Export
from transactions.domain.reports.questions import Question
from transactions.models.reports import report_exports


class ExportStore:
    """Writes down what leaves the system; its report reads it."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._by = work.actor.person_id
        self._at = work.now

    def record(self, question: Question, export: Export, left_out: int) -> int:
        """Write a file down with how many rows stayed back, and return its number in the register."""
        row = {
            **export.to_plain(),
            "office_id": question.office_id,
            "left_out": left_out,
            "question": question.to_plain(),
            "exported_by": self._by,
            "exported_at": self._at,
        }
        statement = insert(report_exports).values(**row).returning(report_exports.c.number)
        return int(self._session.execute(statement).scalar_one())
