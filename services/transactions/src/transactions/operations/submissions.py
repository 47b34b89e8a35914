"""Taking what a phone sends: every row judged, nothing lost, nothing taken twice (rules M4-M6)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from contracts.calls import dump, load
from contracts.money import Paisa
from contracts.transactions.collection import ROW_CHANGED
from contracts.transactions.collection_answers import SubmissionAnswer
from contracts.transactions.collection_errors import SubmissionDiffers
from transactions.domain import judging
from transactions.domain import rows as rules
from transactions.domain.field_payouts import payable
from transactions.domain.rows import Desk, Judged, KnownAccount, KnownMember, Row, StandingRow
from transactions.domain.sheets import (
    Expected,
    Holder,
    Sheet,
    Untouched,
    after_submission,
    untouched_of,
    why_not_holder,
)
from transactions.domain.submissions import (
    FINGERPRINT_VERSION,
    Submission,
    fingerprint_of,
    require_total,
)
from transactions.operations import field_payouts
from transactions.operations.sheets import holder_of
from transactions.repository import Books
from transactions.repository.rows import Sender
from transactions.repository.scope import Scope


def submit_sheet(books: Books, submission: Submission) -> dict[str, Any]:
    """Take a submission and answer what became of each row; a repetition gets the same answer.

    Raises:
        NotFound: the sheet is not the caller's.
        TotalDiffers: the rows do not make the stated total; nothing is taken.
        SubmissionDiffers: the id is known with another body, sheet or person.
    """
    require_total(submission.total, submission.rows)
    holder = holder_of(books.work.actor)
    sheet = books.collection.sheets.lock(submission.sheet_id, Scope.of(books.work.actor))
    answered = _answered(books, submission)
    if answered is not None:
        return answered
    answer = _take(books, sheet, submission, holder)
    _keep_answer(books, submission, holder, answer)
    return answer


def _answered(books: Books, submission: Submission) -> dict[str, Any] | None:
    stored = books.collection.sheets.find_submission(submission.id)
    if stored is None:
        return None
    asked = (submission.sheet_id, books.work.actor.person_id, fingerprint_of(submission))
    if (stored.sheet_id, stored.person_id, stored.fingerprint) != asked:
        raise SubmissionDiffers(submission_id=submission.id)
    return load(SubmissionAnswer, stored.answer)


def _take(books: Books, sheet: Sheet, submission: Submission, holder: Holder) -> dict[str, Any]:
    expected = books.collection.expected(sheet.samity_id, sheet.meeting_on)
    desk = _desk(books, sheet, submission.rows, expected)
    why_not = why_not_holder(sheet, holder, submission.epoch)
    if why_not is None:
        judged = judging.judge(submission.rows, desk)
        standing = {**desk.standing, **{one.row.row_id: one.stands for one in judged if one.kept}}
        missing = untouched_of(sheet, expected, desk.carried.values(), standing.values())
        after = _after(sheet, standing, holder, missing=bool(missing))
        _keep(books, sheet, desk, judged)
        if after != sheet:
            books.collection.sheets.save(after)
    else:
        judged, after = judging.set_aside(submission.rows, desk, why_not), sheet
        missing = untouched_of(sheet, expected, desk.carried.values(), desk.standing.values())
        sender = Sender(person_id=holder.person_id, device=holder.device, epoch=submission.epoch)
        books.collection.rows.set_aside(sheet.id, (one for one in judged if one.code is not None), sender)
    return _answer(after, submission, judged, missing)


def _desk(books: Books, sheet: Sheet, rows: Sequence[Row], expected: Sequence[Expected]) -> Desk:
    store = books.collection.rows
    standing = store.of_sheet(sheet.id)
    elsewhere = store.elsewhere(rows, sheet.id)
    members = {one.member_id: KnownMember(sheet.samity_id, active=True) for one in expected}
    accounts = {
        one.account_id: KnownAccount(one.office_id, one.ledger, one.member_id, closed=False)
        for one in expected
    }
    strangers = {row.member_id for row in rows} - members.keys()
    strange_accounts = {row.account_id for row in rows} - accounts.keys()
    return Desk(
        samity_id=sheet.samity_id,
        office_id=sheet.office_id,
        meeting_on=sheet.meeting_on,
        complete=sheet.complete,
        standing=standing,
        earlier=store.overtaken(sheet.id) if standing else {},
        elsewhere=elsewhere.rows,
        members=members | store.known_members(strangers),
        accounts=accounts | store.known_accounts(strange_accounts),
        receipts=elsewhere.receipts,
        excluded=books.work.actor.excluded_members,
        carried=payable(field_payouts.carried_to(books, sheet.id)),
    )


def _after(sheet: Sheet, standing: dict[str, StandingRow], holder: Holder, *, missing: bool) -> Sheet:
    """Return the sheet after the rows; who brought the first money, or the whole of it, has collected it."""
    after = after_submission(sheet, standing.values(), missing=missing)
    money = any(row.row.amount for row in standing.values())
    if after.collected_by is None and (money or after.complete):
        return replace(after, collected_by=holder.person_id)
    return after


def _keep(books: Books, sheet: Sheet, desk: Desk, judged: Sequence[Judged]) -> None:
    officer_id = books.work.actor.person_id
    books.collection.rows.keep(sheet.id, judged, desk.standing)
    books.collection.changes.keep(sheet, judged, officer_id)
    _tell_changes(books, sheet, judged)
    books.ledger.add_pending(
        delta
        for one in judged
        if one.kept
        for delta in rules.pending_change(desk.standing.get(one.row.row_id), one.stands)
    )


def _tell_changes(books: Books, sheet: Sheet, judged: Iterable[Judged]) -> None:
    for change in (one.change for one in judged):
        if change is not None:
            books.work.tell(
                ROW_CHANGED,
                {
                    "row_id": change.before.row_id,
                    "version": change.after.version,
                    "sheet_id": sheet.id,
                    "office_id": sheet.office_id,
                    "member_id": change.before.member_id,
                    "kind": change.kind,
                    "before": change.before.amount,
                    "after": change.after.amount,
                    "reason": change.after.change_reason,
                    "meeting_on": sheet.meeting_on,
                    "receipt_number": change.before.receipt_number,
                },
            )


def _answer(
    sheet: Sheet, submission: Submission, judged: Iterable[Judged], missing: Iterable[Untouched]
) -> dict[str, Any]:
    return {
        "sheet_id": sheet.id,
        "submission_id": submission.id,
        "epoch": sheet.epoch,
        "status": sheet.status,
        "total": Paisa(submission.total),
        "rows": [
            {
                "row_id": one.row.row_id,
                "version": one.row.version,
                "outcome": one.outcome,
                "code": one.code,
            }
            for one in judged
        ],
        "missing": [asdict(one) for one in missing],
    }


def _keep_answer(books: Books, submission: Submission, holder: Holder, answer: dict[str, Any]) -> None:
    kept = books.collection.sheets.keep_submission(
        submission.id,
        {
            "sheet_id": submission.sheet_id,
            "person_id": holder.person_id,
            "device": holder.device,
            "epoch": submission.epoch,
            "fingerprint": fingerprint_of(submission),
            "fingerprint_version": FINGERPRINT_VERSION,
            "answer": dump(SubmissionAnswer, answer),
        },
    )
    if not kept:
        raise SubmissionDiffers(submission_id=submission.id)
    books.work.audit(
        "submit_sheet",
        "sheet",
        submission.sheet_id,
        {"submission_id": submission.id, "rows": len(submission.rows), "total": submission.total},
    )
