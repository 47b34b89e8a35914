"""A report as one caller may see it: which, of which office, within what he may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chassis.work import Work
from transactions.domain.chart import SAVINGS_LEDGERS, Ledgers
from transactions.domain.people import Office
from transactions.domain.reports.definitions import Column, Definition
from transactions.domain.reports.questions import Question, question_of
from transactions.domain.reports.registry import definition_of
from transactions.repository.days import DayStore
from transactions.repository.people import PeopleStore
from transactions.repository.reports.sources import Values
from transactions.repository.scope import Scope

CASH = (Ledgers.VAULT, Ledgers.OFFICER_CASH, Ledgers.BANK, Ledgers.MOBILE_MONEY)
Names = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A report of one office and all below it, as one caller may see it.

    Attributes:
        names: Of officer, samity and member, in both languages.
        path: The place of which rows are read: the office's, or of one branch below it.
        own_officer: Set for a field officer, who sees his own samities only.
    """

    definition: Definition
    question: Question
    office: Office
    names: Names
    path: str
    own_officer: str | None

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that are shown; one branch alone does without its own name."""
        return self.definition.columns_for(one_branch=self.office.level == "branch")

    @property
    def values(self) -> Values:
        """What is bound to its question: nothing that a person said stands in a question's text."""
        said = {name: getattr(self.question, name) for name in Question.__dataclass_fields__}
        return {
            **said,
            "path": self.path,
            "own_officer": self.own_officer,
            "charge_ledger": Ledgers.SERVICE_CHARGE.code,
            "loan_ledger": Ledgers.LOANS.code,
            "recovered_ledger": Ledgers.RECOVERED_LOANS.code,
            "savings_ledgers": sorted(SAVINGS_LEDGERS),
            "term_ledger": Ledgers.TERM_SAVINGS.code,
            "lump_ledger": Ledgers.LUMP_SAVINGS.code,
            "cash_ledgers": [ledger.code for ledger in CASH],
        }

    def part(self, path: str) -> "Asked":
        """Return it of a branch below the office only."""
        return replace(self, path=path)


class AskingStore:
    """Settles what a caller asks for, and that he may."""

    def __init__(self, work: Work) -> None:
        self._actor = work.actor
        self._scope = Scope.of(work.actor)
        self._today = work.today
        self._people = PeopleStore(work)
        self._days = DayStore(work)

    def ask(self, said: Mapping[str, Any]) -> Asked:
        """Return what is asked for, completed by the newest day at or below the office.

        Raises:
            ReportNotFound: there is no such report for the caller's role.
            NotFound: the office, officer, samity or member is not in the caller's scope.
            InvalidPayload: as `question_of`.
        """
        definition = definition_of(said["report"], self._actor.role)
        office = self._people.office(said["office_id"], self._scope)
        newest = self._days.newest_below(office.path) or self._today
        return self._asked(definition, question_of(definition, said, newest), office)

    def again(self, question: Question) -> Asked:
        """Return what was asked for before, as the caller may see it now.

        Raises:
            ReportNotFound, NotFound: as `ask`.
        """
        definition = definition_of(question.report, self._actor.role)
        return self._asked(definition, question, self._people.office(question.office_id, self._scope))

    def _asked(self, definition: Definition, question: Question, office: Office) -> Asked:
        return Asked(
            definition=definition,
            question=question,
            office=office,
            names=self._names(question),
            path=office.path,
            own_officer=self._scope.officer_id,
        )

    def _names(self, question: Question) -> Names:
        wanted: dict[str, tuple[str | None, Any]] = {
            "officer": (question.officer_id, self._people.staff),
            "samity": (question.samity_id, self._people.samity),
            "member": (question.member_id, self._people.member),
        }
        names: dict[str, str | None] = {}
        for name, (thing_id, get) in wanted.items():
            found: Any = get(thing_id, self._scope) if thing_id else None
            names[f"{name}_bn"] = found.name_bn if found else None
            names[f"{name}_en"] = found.name_en if found else None
        return names
