"""From a loaded command about a branch that is brought over to the values of the domain."""

from collections.abc import Mapping
from typing import Any

from contracts.calls import dump, load
from contracts.transactions.cut_over import HandOverBalances
from contracts.transactions.ledger_commands import Terms
from contracts.transactions.lending_commands import LoanSnapshot
from contracts.transactions.lending_words import Split
from transactions.domain.accounts import NewAccount
from transactions.domain.chart import LEDGER_OF_FAMILY, Ledgers
from transactions.domain.cut_over import (
    BroughtLoan,
    BroughtSavings,
    Chunk,
    Confirmation,
    CutOver,
    carried_terms,
)
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.requests import fingerprint
from transactions.schemas.lending import rows_of

_FIRST = 1


def cut_over_of(command: Mapping[str, Any]) -> CutOver:
    """Return what was agreed to of a branch."""
    return CutOver(**command)


def chunk_of(cut_over: CutOver, command: Mapping[str, Any]) -> Chunk:
    """Return the accounts that a command hands over.

    Raises:
        InvalidPayload: as `rows_of`.
    """
    return Chunk(
        tuple(_savings(cut_over, said) for said in command["savings"]),
        tuple(_loan(cut_over, said) for said in command["loans"]),
    )


def kept_chunk(cut_over: CutOver, body: Mapping[str, Any]) -> Chunk:
    """Return a chunk that was kept in its wire form."""
    return chunk_of(cut_over, load(HandOverBalances, body))


def confirmation_of(command: Mapping[str, Any]) -> Confirmation:
    """Return a samity's list as it was read out."""
    return Confirmation(**{**command, "disputed": frozenset(command["disputed"])})


def _savings(cut_over: CutOver, said: Mapping[str, Any]) -> BroughtSavings:
    paid = [(each["on"], each["amount"]) for each in said["carried"]]
    account = NewAccount(
        id=said["id"],
        member_id=said["member_id"],
        office_id=cut_over.office_id,
        code=said["code"],
        ledger=LEDGER_OF_FAMILY[said["ledger"]].code,
        version=said["terms"]["version"],
        terms=carried_terms(dump(Terms, said["terms"]), paid),
    )
    names = ("samity_id", "opened_on", "deposited", "withdrawn", "interest", "balance", "last_receipt")
    return BroughtSavings(account=account, **{name: said[name] for name in names})


def _loan(cut_over: CutOver, said: Mapping[str, Any]) -> BroughtLoan:
    """Return a loan; its principal stands on an account of the loan's id, as after any payout."""
    terms = dump(LoanSnapshot, said["terms"])
    schedule = Schedule.of_rows(said["disbursed_on"], Split(said["terms"]["split"]), rows_of(said["rows"]))
    account = NewAccount(
        id=said["id"],
        member_id=said["member_id"],
        office_id=cut_over.office_id,
        code=said["code"],
        ledger=Ledgers.LOANS.code,
        version=said["terms"]["version"],
        terms=terms,
    )
    loan = Loan(
        id=said["id"],
        account_id=account.id,
        member_id=said["member_id"],
        office_id=cut_over.office_id,
        code=said["code"],
        product_code=said["terms"]["product_code"],
        fund=said["terms"]["fund"],
        sex=said["terms"]["sex"],
        split=Split(said["terms"]["split"]),
        principal=said["principal"],
        charge=schedule.whole.charge,
        disbursed_on=said["disbursed_on"],
        matures_on=schedule.matures_on,
        schedule_version=_FIRST,
        fingerprint=fingerprint("brought_loan", id=said["id"], cut_over=cut_over.id),
        terms=terms,
    )
    return BroughtLoan(
        loan=loan,
        account=account,
        samity_id=said["samity_id"],
        schedule=schedule,
        paid=Amounts(said["principal_paid"], said["charge_paid"]),
        last_receipt=said["last_receipt"],
    )
