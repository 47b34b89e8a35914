"""What leaves the system as a file: written down as it goes (rules P10, P12)."""

from collections.abc import Mapping
from typing import Any

from contracts.transactions.reports_words import LISTS_OF_MEMBERS
from transactions.domain.reports.exports import Export
from transactions.domain.reports.questions import Question
from transactions.repository import Books


def record_export(books: Books, question: Question, export: Export, left_out: int) -> dict[str, Any]:
    """Record that data leaves the system; what is recorded stands on the file.

    Args:
        books: The caller's.
        question: The report that was asked for, and of which office.
        export: As what it leaves, for what and to whom.
        left_out: How many rows stay back.
    """
    person_id, at = books.work.actor.person_id, books.work.now
    number = books.reports.exports.record(question, export, left_out)
    facts = {
        "number": number,
        "report": question.report,
        "format": export.as_what,
        "purpose": export.purpose,
        "recipient": export.recipient,
        "left_out": left_out,
        "question": question.to_plain(),
    }
    books.work.audit("export_report", "office", question.office_id, facts)
    by = books.people.names_of({person_id}).get(person_id)
    names = {"exported_by_bn": by.name_bn if by else None, "exported_by_en": by.name_en if by else None}
    return {**export.to_plain(), **names, "number": number, "left_out": left_out, "exported_at": at}


def record_list_export(books: Books, said: Mapping[str, Any]) -> dict[str, Any]:
    """Record that a list of the portal is taken along, and tell whether its rows may go with it.

    It stands in the register under the office of who takes it, once for each time that he does.
    """
    export = Export.of(said)
    assert export is not None
    stay_back = said["list"] in LISTS_OF_MEMBERS and not export.may_name_members(of_one=False)
    question = Question(report=f"list_{said['list']}", office_id=str(books.work.actor.office_id))
    return record_export(books, question, export, said["rows"] if stay_back else 0)
