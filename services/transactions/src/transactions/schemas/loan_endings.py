"""From a loaded command about the end of a loan to the values of the domain, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.errors import InvalidPayload
from contracts.money import format_taka, parse_taka
from contracts.transactions.ledger_words import ApprovalKind
from contracts.transactions.lending_endings_words import EndingKind, FeeKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.lending.counter import CounterMoney
from transactions.domain.lending.requests import EndingRequest
from transactions.domain.lending.settlements import SettlementTerms
from transactions.domain.lending.waivers import WaiverTerms
from transactions.domain.lending.write_offs import WriteOffTerms
from transactions.repository.loan_endings import EndedQuestion

PAGE = 100


def settlement_of(command: Mapping[str, Any], maker_id: str) -> EndingRequest:
    """Return the settlement that is asked for."""
    return EndingRequest(kind=ApprovalKind.SETTLEMENT, maker_id=maker_id, **command)


def savings_to_loan_of(command: Mapping[str, Any], maker_id: str) -> EndingRequest:
    """Return the payment out of savings that is asked for."""
    amount = command["amount"]
    return EndingRequest(
        kind=ApprovalKind.SAVINGS_TO_LOAN,
        maker_id=maker_id,
        **_plain(command),
        asked={
            "account_id": command["account_id"],
            "wanted": None if amount is None else format_taka(amount),
            "mark": command["mark"],
        },
    )


def waiver_of(command: Mapping[str, Any], maker_id: str) -> EndingRequest:
    """Return the waiver that is asked for: the certificate is what proves it."""
    return EndingRequest(
        kind=ApprovalKind.WAIVER,
        maker_id=maker_id,
        **_plain(command, evidence="certificate"),
        asked={"died_on": command["died_on"].isoformat(), "waiver": str(command["kind"])},
    )


def refund_of(command: Mapping[str, Any], maker_id: str) -> EndingRequest:
    """Return the refund that is asked for."""
    return EndingRequest(
        kind=ApprovalKind.DEATH_REFUND,
        maker_id=maker_id,
        **_plain(command),
        asked={"died_on": command["died_on"].isoformat(), "paid_to": command["paid_to"]},
    )


def write_off_of(command: Mapping[str, Any], maker_id: str) -> EndingRequest:
    """Return the write-off that is asked for: the board's resolution is what proves it."""
    plain = _plain(command, evidence="resolution")
    return EndingRequest(kind=ApprovalKind.WRITE_OFF, maker_id=maker_id, **plain, asked={})


def recovery_of(command: Mapping[str, Any], taken_by: str) -> CounterMoney:
    """Return the money for a written-off loan."""
    asked = dict(command)
    return CounterMoney(subject_id=asked.pop("loan_id"), what=None, taken_by=taken_by, **asked)


def fee_of(command: Mapping[str, Any], taken_by: str) -> CounterMoney:
    """Return the fee."""
    asked = dict(command)
    what = FeeKind(asked.pop("kind"))
    return CounterMoney(subject_id=asked.pop("member_id"), what=what, taken_by=taken_by, **asked)


def ended_of(command: Mapping[str, Any]) -> EndedQuestion:
    """Return which ended loans are asked for.

    Raises:
        InvalidPayload: on `after`, which no page has given.
    """
    kind = command["kind"]
    return EndedQuestion(
        office_id=command["office_id"],
        kind=EndingKind(kind) if kind else None,
        from_on=command["from_on"],
        to_on=command["to_on"],
        after=_place(command["after"]),
        limit=PAGE + 1,
    )


def settlement_answer(loan_id: str, terms: SettlementTerms) -> dict[str, Any]:
    """Return what ends a loan, line by line."""
    names = ("on", "outstanding", "charge", "payoff", "rebate", "rounding", "cash")
    return {"loan_id": loan_id, **{name: getattr(terms, name) for name in names}}


def settlement_proposed(
    request: EndingRequest, state: ApprovalState, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Return where a settlement stands, at the terms at which it was asked for."""
    names = ("outstanding", "payoff", "rebate", "rounding", "cash")
    amounts = {name: parse_taka(facts[name]) for name in names}
    amounts["charge"] = parse_taka(facts["service_charge"])
    terms = {"loan_id": request.loan_id, "on": date.fromisoformat(facts["on"]), **amounts}
    return {"id": request.id, "state": state, "terms": terms}


def moved_answer(request: EndingRequest, state: ApprovalState, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what savings pay, as it was asked for."""
    names = {"amount": "moved", "principal": "principal", "charge": "service_charge", "rebate": "rebate"}
    amounts = {name: parse_taka(facts[fact]) for name, fact in names.items()}
    return {"id": request.id, "state": state, **amounts}


def proposed_answer(state: ApprovalState, approval: Approval) -> dict[str, Any]:
    """Return where a request stands, and what is at stake."""
    return {"id": approval.id, "state": state, "amount": approval.amount or 0}


def waiver_answer(loan_id: str, terms: WaiverTerms) -> dict[str, Any]:
    """Return what the risk fund bears, and what is refunded before."""
    names = ("on", "died_on", "kind", "principal", "charge", "rebate", "from_risk_fund")
    return {
        "loan_id": loan_id,
        **{name: getattr(terms, name) for name in names},
        "paid_after": [
            {
                "entry_id": payment.entry_id,
                "row_id": payment.row_id,
                "value_on": payment.value_on,
                "amount": payment.amounts.total,
            }
            for payment in terms.paid_after
        ],
    }


def write_off_answer(loan_id: str, terms: WriteOffTerms, around: Mapping[str, int]) -> dict[str, Any]:
    """Return what writing a loan off books."""
    names = ("on", "bad_since", "allowed_from", "outstanding", "claim")
    return {"loan_id": loan_id, **{name: getattr(terms, name) for name in names}, **around}


def _plain(command: Mapping[str, Any], *, evidence: str = "evidence") -> dict[str, str]:
    names = {"id": "id", "loan_id": "loan_id", "reason": "reason", "evidence": evidence}
    return {name: command[of] for name, of in names.items()}


def _place(after: str | None) -> tuple[date, str] | None:
    if after is None:
        return None
    on, _, loan_id = after.partition(":")
    try:
        return date.fromisoformat(on), loan_id
    except ValueError:
        raise InvalidPayload.of(after="INVALID") from None
