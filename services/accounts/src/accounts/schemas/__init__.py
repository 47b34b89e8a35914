"""Payloads into what the domain speaks, and the fingerprints by which a repeated request is known."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.admission import Address, Consent, Guardian, Nominee
from accounts.domain.approvals import Verdict
from accounts.domain.codes import code_of_member
from accounts.domain.deaths import DeathReport
from accounts.domain.exits import ExitWish
from accounts.domain.lending.terms import (
    Amortization,
    DayCount,
    FlatSplit,
    Frequency,
    HolidayRule,
    InterestBasis,
    LoanTerms,
    Method,
    MultipleRounding,
    Rounding,
)
from accounts.domain.members import AdmissionForm
from accounts.domain.names import loose_words
from accounts.domain.passbooks import Issue
from accounts.domain.samities import SamityOpening
from accounts.private_numbers import MOBILE, NID, PrivateNumbers
from accounts.repository.members import MemberSearch
from contracts import wire
from contracts.accounts.death_words import Whose
from contracts.accounts.deaths import ReportDeath
from contracts.accounts.exits import ProposeExit, UndoExit
from contracts.accounts.members import AdmitMember
from contracts.accounts.passbooks import IssuePassbook
from contracts.accounts.samities import OpenSamity
from contracts.calls import dump
from contracts.digits import to_latin


def samity_opening(command: Mapping[str, Any]) -> SamityOpening:
    """Return what somebody asks for who opens a samity."""
    return SamityOpening(
        serial=command["code"], **{name: command[name] for name in command if name != "code"}
    )


def samity_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of an opening, equal for equal requests."""
    return wire.digest(dump(OpenSamity, command))


def admission_form(command: Mapping[str, Any], numbers: PrivateNumbers) -> AdmissionForm:
    """Return what the field officer entered, her numbers opened and in their normal form.

    Raises:
        InvalidPayload: a number cannot be opened, or is none.
    """
    mobile = command["mobile"]
    plain = dict(command) | {
        "address": Address(**command["address"]),
        "nominees": tuple(_nominee(nominee) for nominee in command["nominees"]),
        "consents": tuple(Consent(**consent) for consent in command["consents"]),
        "nid": numbers.read(NID, command["nid"]),
        "mobile": None if mobile is None else numbers.read(MOBILE, mobile),
    }
    return AdmissionForm(**plain)


def admission_fingerprint(command: Mapping[str, Any], form: AdmissionForm, numbers: PrivateNumbers) -> str:
    """Return the keyed digest of a form with its numbers opened: sealing differs each time, they do not."""
    plain = dict(command) | {"nid": form.nid, "mobile": form.mobile}
    return numbers.fingerprint(wire.dumps(dump(AdmitMember, plain)))


def member_search(command: Mapping[str, Any], numbers: PrivateNumbers) -> MemberSearch:
    """Return what members are looked for by: a query with a digit is a code, one with letters a name.

    The code of an account or a loan finds whose it is.

    Raises:
        InvalidPayload: the number cannot be opened, or is neither an identity nor a telephone number.
    """
    query = to_latin(command["query"] or "")
    words = frozenset() if any(letter.isdigit() for letter in query) else loose_words(query)
    nids, mobiles = numbers.searched(command["number"]) if command["number"] else (frozenset(), frozenset())
    return MemberSearch(
        samity_id=command["samity_id"],
        status=command["status"],
        words=words,
        code=code_of_member(query.upper()) if query and not words else None,
        nid_indexes=nids,
        mobile_indexes=mobiles,
    )


def passbook_issue(command: Mapping[str, Any]) -> tuple[Issue, str]:
    """Return the book that is to be given, and the digest that is equal for equal requests."""
    return Issue(**command), wire.digest(dump(IssuePassbook, command))


def death_report(command: Mapping[str, Any]) -> tuple[DeathReport, str]:
    """Return the death that is reported, and the digest that is equal for equal reports."""
    report = DeathReport(**dict(command) | {"whose": Whose(command["whose"])})
    return report, wire.digest(dump(ReportDeath, command))


def exit_wish(command: Mapping[str, Any]) -> tuple[ExitWish, str]:
    """Return what is asked for a member who leaves, and the digest that is equal for equal requests."""
    return ExitWish(**command), wire.digest(dump(ProposeExit, command))


def undo_fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a request to undo a leaving, equal for equal requests."""
    return wire.digest(dump(UndoExit, command))


def verdict(command: Mapping[str, Any]) -> Verdict:
    """Return what the checker says."""
    return Verdict(command["approve"], command["reason"])


def _nominee(said: Mapping[str, Any]) -> Nominee:
    guardian = said["guardian"]
    return Nominee(**dict(said) | {"guardian": None if guardian is None else Guardian(**guardian)})


def loan_terms(command: Mapping[str, Any]) -> LoanTerms:
    """Return the terms that a quote is asked for; without a rule for holidays, they are skipped."""
    return LoanTerms(
        principal=command["principal"],
        annual_rate_percent=command["annual_rate_percent"],
        instalments=command["instalments"],
        frequency=Frequency(command["frequency"]),
        every=command["every"],
        method=Method(command["method"]),
        amortization=Amortization(command["amortization"]),
        interest_basis=InterestBasis(command["interest_basis"]),
        day_count=DayCount(command["day_count"]),
        rounding=Rounding(command["rounding"]),
        instalment_multiple=command["instalment_multiple"],
        multiple_rounding=MultipleRounding(command["multiple_rounding"]),
        round_last=command["round_last"],
        flat_split=FlatSplit(command["flat_split"]),
        principal_grace=command["principal_grace"],
        interest_grace=command["interest_grace"],
        holiday_rule=HolidayRule(command["holiday_rule"] or HolidayRule.SKIP_EXTEND),
    )
