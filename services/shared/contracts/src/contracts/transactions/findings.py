"""What transactions promises about findings: raised by an auditor, answered by the office, closed (P12)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, InstantField, TextField, UuidField
from contracts.permissions import Role
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.finding_words import FindingAbout, FindingState, FindingStep
from contracts.transactions.ledger import SERVICE
from contracts.transactions.sheet_answers import text, words

LONGEST = 1000
"""How many characters a step may have."""


def _said() -> TextField:
    return TextField(LONGEST, shortest=3, required=True)


def _step() -> CountField:
    """The number of the step that is taken: one more than the newest that was read."""
    return CountField(minimum=2, required=True)


class RaiseFinding(Command):
    """What an auditor found; `about_id` names the entry, sheet, member or count; none of an office."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    about = CodeField(*FindingAbout, required=True)
    about_id = UuidField(load_default=None, allow_none=True)
    said = _said()
    answer_by = DateField(required=True)


class AnswerFinding(Command):
    """What the office says to it."""

    id = UuidField(required=True)
    step = _step()
    said = _said()


class AskFindingAgain(Command):
    """Why the answer does not do, and until when another one is awaited."""

    id = UuidField(required=True)
    step = _step()
    said = _said()
    answer_by = DateField(required=True)


class CloseFinding(Command):
    """Why the finding is done with."""

    id = UuidField(required=True)
    step = _step()
    said = _said()


class GetFinding(Command):
    """Which finding."""

    id = UuidField(required=True)


class ListFindings(Command):
    """Those of an office and all below it, in a state where one is named."""

    office_id = UuidField(required=True)
    state = CodeField(*FindingState, load_default=None, allow_none=True)
    after = UuidField(load_default=None, allow_none=True)


class ListedFinding(Answer):
    """A finding as it stands; `overdue` when the day has passed until which the office was to answer.

    `about_code` is a voucher's number or a member's code, `about_name` of a member, a samity or the officer
    whose cash was counted, `about_on` the day of an entry, a meeting or a count.
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    office_code = text()
    office_bn = text()
    office_en = text()
    about = words(FindingAbout)
    about_id = UuidField(required=True, allow_none=True)
    about_code = text(optional=True)
    about_name_bn = text(optional=True)
    about_name_en = text(optional=True)
    about_on = DateField(required=True, allow_none=True)
    said = text()
    raised_by_bn = text(optional=True)
    raised_by_en = text(optional=True)
    raised_at = InstantField(required=True)
    state = words(FindingState)
    step = CountField(required=True)
    answer_by = DateField(required=True)
    overdue = fields.Boolean(required=True)


class TakenStep(Answer):
    """One step of a finding; steps are only ever added."""

    number = CountField(required=True)
    kind = words(FindingStep)
    said = text()
    answer_by = DateField(required=True, allow_none=True)
    by_id = UuidField(required=True)
    by_bn = text(optional=True)
    by_en = text(optional=True)
    role = words(Role)
    at = InstantField(required=True)


class Finding(ListedFinding):
    """A finding with all its steps, the oldest first."""

    steps = fields.List(fields.Nested(TakenStep), required=True)


FindingPage = page_of(ListedFinding, "FindingPage")

RAISE_FINDING = Method(
    service=SERVICE,
    name="raise_finding",
    command=RaiseFinding,
    answer=Finding,
    permission="finding:raise",
    changes=True,
)
ANSWER_FINDING = Method(
    service=SERVICE,
    name="answer_finding",
    command=AnswerFinding,
    answer=Finding,
    permission="finding:answer",
    changes=True,
)
ASK_FINDING_AGAIN = Method(
    service=SERVICE,
    name="ask_finding_again",
    command=AskFindingAgain,
    answer=Finding,
    permission="finding:close",
    changes=True,
)
CLOSE_FINDING = Method(
    service=SERVICE,
    name="close_finding",
    command=CloseFinding,
    answer=Finding,
    permission="finding:close",
    changes=True,
)
GET_FINDING = Method(
    service=SERVICE, name="get_finding", command=GetFinding, answer=Finding, permission="finding:read"
)
LIST_FINDINGS = Method(
    service=SERVICE, name="list_findings", command=ListFindings, answer=FindingPage, permission="finding:read"
)

METHODS: tuple[Method, ...] = (
    RAISE_FINDING,
    ANSWER_FINDING,
    ASK_FINDING_AGAIN,
    CLOSE_FINDING,
    GET_FINDING,
    LIST_FINDINGS,
)
