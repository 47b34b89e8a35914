"""Questions about mismatches and complaints (rule P4)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from contracts.errors import NotFound
from transactions.domain.chart import Ledgers
from transactions.domain.complaints import (
    Act,
    Case,
    Complaint,
    Deed,
    business_date,
    escalations,
    is_overdue,
    may_decide,
    may_handle,
    reader_of,
    waits_for,
)
from transactions.domain.people import Person
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 50
_HANDLED = ("collected_by", "counted_by", "authorised_by", "checked_by")
_CALLED = (
    "office_name_bn",
    "office_name_en",
    "member_code",
    "member_name_bn",
    "member_name_en",
    "samity_code",
    "samity_name_bn",
    "samity_name_en",
    "officer_name_bn",
    "officer_name_en",
)
_TOLD = ("member_code", "member_name_bn", "member_name_en", "account_code")


def taken(complaint: Complaint) -> dict[str, Any]:
    """Return what whoever took a complaint hears: no more than that it stands there, and until when."""
    return {
        "id": complaint.id,
        "taken_on": complaint.taken_on,
        "acknowledge_by": complaint.acknowledge_by,
        "answer_by": complaint.answer_by,
    }


def list_complaints(
    books: Books, asked: Mapping[str, Any], *, today: date, waits: str | None
) -> dict[str, Any]:
    """Return a page of cases, the newest first, answered or not, and by who is to answer.

    Args:
        books: One open database transaction.
        asked: `office_id`, `answered`, `after`.
        today: The calendar's date.
        waits: Only those that wait for the branch, or for the area.

    Raises:
        NotFound: there is no such office for this caller.
    """
    path = books.people.office(asked["office_id"], Scope.of(books.work.actor)).path
    found = list(islice(_asked_for(books, path, asked, today=today, waits=waits), PAGE + 1))
    names = books.complaints.names([case.complaint.id for case, _ in found])
    items = [_listed(case, names[case.complaint.id], on) for case, on in found[:PAGE]]
    return {"items": items, "next": items[-1]["id"] if len(found) > PAGE else None}


def _asked_for(
    books: Books, path: str, asked: Mapping[str, Any], *, today: date, waits: str | None
) -> Iterator[tuple[Case, date]]:
    """Yield cases with the business date of their branch, as many as are wanted: what waits is no column."""
    actor = books.work.actor
    reader, after = reader_of(actor.person_id, actor.role), asked["after"]
    is_more = True
    while is_more:
        cases = books.complaints.page(path, reader, answered=asked["answered"], after=after, limit=PAGE + 1)
        days = _days(books, cases, today)
        for case in cases:
            on = days[case.complaint.office_id]
            if waits in {None, waits_for(case, on)}:
                yield case, on
        is_more = len(cases) > PAGE
        after = cases[-1].complaint.id if is_more else None


def list_told_complaints(books: Books, after: str | None) -> dict[str, Any]:
    """Return a page of the cases of an officer's own members with whom somebody has spoken."""
    cases = books.complaints.told(books.work.actor.person_id, after, PAGE + 1)
    names = books.complaints.names([case.complaint.id for case in cases])
    return {
        "items": [_told(case, names[case.complaint.id]) for case in cases[:PAGE]],
        "next": cases[PAGE - 1].complaint.id if len(cases) > PAGE else None,
    }


def list_own_complaints(books: Books, *, today: date) -> dict[str, Any]:
    """Return a member's own cases, the newest first.

    Raises:
        NotFound: it is not a member.
    """
    actor = books.work.actor
    if actor.kind != "member":
        raise NotFound
    cases = books.complaints.of_member(actor.person_id)
    names, days = books.complaints.names([case.complaint.id for case in cases]), _days(books, cases, today)
    return {"items": [_own(case, names[case.complaint.id], days[case.complaint.office_id]) for case in cases]}


def own_complaint(books: Books, complaint_id: str, *, today: date) -> dict[str, Any]:
    """Return one of a member's own cases.

    Raises:
        NotFound: it is none of hers.
    """
    for item in list_own_complaints(books, today=today)["items"]:
        if item["id"] == complaint_id:
            found: dict[str, Any] = item
            return found
    raise NotFound


def get_complaint(books: Books, complaint_id: str, *, today: date) -> dict[str, Any]:
    """Return a case with its line, sheet and officer beside it, and whether the caller may answer.

    Raises:
        NotFound: there is none, or it is not for these eyes.
    """
    actor = books.work.actor
    scope, reader = Scope.of(actor), reader_of(actor.person_id, actor.role)
    case = books.complaints.case(complaint_id, scope, reader)
    complaint, sheets = case.complaint, books.complaints.sheets(complaint_id)
    on = business_date(books.days.newest(complaint.office_id), today)
    names = books.complaints.names([complaint_id])[complaint_id]
    people = books.people.names_of(_people(case, sheets))
    return {
        **_listed(case, names, on),
        "said": complaint.said,
        "account_id": complaint.account_id,
        "account_code": names["account_code"],
        "entry_id": complaint.entry_id,
        "row_id": complaint.row_id,
        "on": complaint.happened_on,
        "check_id": complaint.check_id,
        "line": _line(books, complaint),
        "sheets": [_sheet(sheet, people) for sheet in sheets],
        "not_by": [
            {"name_bn": people[one].name_bn, "name_en": people[one].name_en}
            for one in sorted(case.concerned)
            if one in people
        ],
        "earlier": books.complaints.count_earlier(complaint, scope, reader),
        "taken_at": complaint.taken_at,
        **_named("taken_by", people.get(complaint.taken_by)),
        **_done(books, case, people),
        **_may(books, case, on),
    }


def _may(books: Books, case: Case, on: date) -> dict[str, bool]:
    actor = books.work.actor
    handles = may_handle(case, actor.person_id, actor.role, actor.excluded_members)
    return {"may_acknowledge": handles, "may_answer": handles and may_decide(case, actor.role, on)}


def _days(books: Books, cases: Sequence[Case], today: date) -> dict[str, date]:
    offices = {case.complaint.office_id for case in cases}
    return {office_id: business_date(books.days.newest(office_id), today) for office_id in offices}


def _listed(case: Case, names: Mapping[Any, Any], on: date) -> dict[str, Any]:
    complaint, answered = case.complaint, case.acts.get(Deed.ANSWERED)
    return {
        **taken(complaint),
        **{name: names[name] for name in _CALLED},
        "office_id": complaint.office_id,
        "member_id": complaint.member_id,
        "about": complaint.about,
        "via": complaint.via,
        "against": complaint.against,
        "state": case.state,
        "overdue": is_overdue(case, on),
        "waits_for": waits_for(case, on),
        "escalated": list(escalations(case, on)),
        "outcome": answered.outcome if answered else None,
    }


def _told(case: Case, names: Mapping[Any, Any]) -> dict[str, Any]:
    complaint, answered = case.complaint, case.acts.get(Deed.ANSWERED)
    return {
        **taken(complaint),
        **{name: names[name] for name in _TOLD},
        "about": complaint.about,
        "on": complaint.happened_on,
        "state": case.state,
        "contacted_at": case.acts[Deed.CONTACTED].at,
        "outcome": answered.outcome if answered else None,
    }


def _own(case: Case, names: Mapping[Any, Any], on: date) -> dict[str, Any]:
    complaint, answered = case.complaint, case.acts.get(Deed.ANSWERED)
    return {
        **taken(complaint),
        "about": complaint.about,
        "said": complaint.said,
        "account_code": names["account_code"],
        "on": complaint.happened_on,
        "state": case.state,
        "overdue": is_overdue(case, on),
        "acknowledged_at": _at(case.acts.get(Deed.ACKNOWLEDGED)),
        "answered_at": _at(answered),
        "outcome": answered.outcome if answered else None,
        "answer": answered.answer if answered else None,
    }


def _line(books: Books, complaint: Complaint) -> dict[str, Any] | None:
    if complaint.entry_id is not None:
        booked = books.corrections.row(complaint.entry_id, complaint.row_id, Scope.everything())
        return {
            "entry_id": booked.entry_id,
            "kind": booked.kind,
            "amount": booked.amount,
            "business_on": booked.business_on,
            "value_on": booked.value_on,
            "receipt_number": booked.receipt,
        }
    row = books.complaints.on_its_way(complaint.row_id, complaint.member_id) if complaint.row_id else None
    if row is None:
        return None
    return {
        "entry_id": None,
        "kind": row["kind"],
        "amount": row["amount"],
        "business_on": None,
        "value_on": row["value_on"],
        "receipt_number": row["receipt_number"],
    }


def _sheet(sheet: Mapping[Any, Any], people: Mapping[str, Person]) -> dict[str, Any]:
    told = {name: sheet[name] for name in ("sheet_id", "meeting_on", "status")}
    for who in _HANDLED:
        told |= _named(who, people.get(sheet[who]))
    return told


def _done(books: Books, case: Case, people: Mapping[str, Person]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for deed in Deed:
        act = case.acts.get(deed)
        told |= {f"{deed}_at": _at(act), **_named(f"{deed}_by", people.get(act.by) if act else None)}
    contacted, answered = case.acts.get(Deed.CONTACTED), case.acts.get(Deed.ANSWERED)
    correction_id = answered.correction_id if answered else None
    return {
        **told,
        "contact": contacted.contact if contacted else None,
        "answer": answered.answer if answered else None,
        "correction_id": correction_id,
        "owed_by_staff": _owed(books, case.complaint, correction_id),
    }


def _owed(books: Books, complaint: Complaint, correction_id: str | None) -> int | None:
    if correction_id is None:
        return None
    found = books.complaints.correcting(correction_id, complaint, Ledgers.OFFICER_RECEIVABLE.code)
    owed: int = found["owed"]
    return owed


def _people(case: Case, sheets: Sequence[Mapping[Any, Any]]) -> set[str]:
    found = {*case.concerned, case.complaint.taken_by, *(act.by for act in case.acts.values())}
    return found | {sheet[who] for sheet in sheets for who in _HANDLED if sheet[who]}


def _named(who: str, person: Person | None) -> dict[str, str | None]:
    return {
        f"{who}_bn": person.name_bn if person else None,
        f"{who}_en": person.name_en if person else None,
    }


def _at(act: Act | None) -> datetime | None:
    return act.at if act else None
