"""Deaths, as other processes call them: load, act, answer (rule L5)."""

from typing import Any

from accounts import schemas
from accounts.domain.scope import Scope
from accounts.operations import deaths
from accounts.queries import deaths as questions
from accounts.repository import Register
from accounts.service.base import Entrypoints
from chassis.hearing import Heard, hear
from chassis.injection import ServiceCaller
from chassis.serving import serve
from contracts.accounts.deaths import LIST_DEATH_CASES, REPORT_DEATH, SETTLE_SPOUSE_CASE
from contracts.transactions.nominees import NOMINEES_PAID
from contracts.transactions.standing import MEMBER_STANDING

Said = dict[str, Any]


class Deaths(Entrypoints):
    """Reports, the clock of open cases, and their settling."""

    ledger = ServiceCaller("transactions")

    @serve(REPORT_DEATH)
    def report_death(self, command: Said) -> Said:
        """Take down that a member, or her spouse, has died."""
        report, fingerprint = schemas.death_report(command)
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            deaths.report_death(register, report, self._numbers(), scope=scope, fingerprint=fingerprint)
            return questions.show_case(register, report.id, scope=scope)

    @serve(SETTLE_SPOUSE_CASE)
    def settle_spouse_case(self, command: Said) -> Said:
        """Settle the case of a spouse whose loan is waived."""
        case_id, scope = command["id"], Scope.of(self.call.actor)
        with self.books() as register:
            member_id = register.deaths.hold(scope, case_id).member_id
        standing = self.ledger.ask(MEMBER_STANDING, {"member_id": member_id})
        with self.books() as register:
            deaths.settle_spouse_case(register, case_id, command["loan_id"], standing, scope=scope)
            return questions.show_case(register, case_id, scope=scope)

    @serve(LIST_DEATH_CASES)
    def list_death_cases(self, command: Said) -> Said:
        """Answer a page of open cases."""
        with self.books() as register:
            return questions.list_cases(register, command, scope=Scope.of(self.call.actor))

    @hear(NOMINEES_PAID)
    def record_nominees_paid(self, heard: Heard, register: Register) -> None:
        """Settle a case: every nominee has his share."""
        deaths.record_nominees_paid(register, heard.data, self._numbers())
