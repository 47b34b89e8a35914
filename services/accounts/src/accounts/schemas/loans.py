"""Payloads about loans into what the domain speaks."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.domain.lending.people import BesidePerson
from accounts.domain.lending.wishes import LoanProposal
from accounts.domain.numbers import OLD_NID_DIGITS, canonical_nid
from accounts.private_numbers import NID, PrivateNumbers
from contracts import wire
from contracts.accounts.loan_commands import PersonConsent, ProposeLoan
from contracts.accounts.loan_words import LoanRole
from contracts.calls import dump
from contracts.errors import InvalidPayload


def loan_proposal(command: Mapping[str, Any], numbers: PrivateNumbers) -> LoanProposal:
    """Return what the officer entered, numbers opened and in their normal form.

    Raises:
        InvalidPayload: a number cannot be opened, or is none, or belongs to nobody.
    """
    nids = _nids(command, numbers)
    account = command["bank_account"]
    bank_account = None if account is None else numbers.unsealed("bank_account", account)
    plain = dict(command) | {"people_nids": " ".join(nids), "bank_account": bank_account}
    names = ("id", "member_id", "product_code", "plan_code", "principal", "purpose", "planned_on")
    return LoanProposal(
        **{name: command[name] for name in (*names, "surplus_to", "cheque_security")},
        people=_people(command["people"], nids, numbers),
        bank_account=bank_account,
        fingerprint=numbers.fingerprint(wire.dumps(dump(ProposeLoan, plain))),
    )


def _nids(command: Mapping[str, Any], numbers: PrivateNumbers) -> tuple[str, ...]:
    """Return the numbers of those who are no members: exactly one each."""
    sealed = command["people_nids"]
    typed = () if sealed is None else numbers.read_each(NID, "people_nids", sealed)
    if len(typed) != sum(person["member_id"] is None for person in command["people"]):
        raise InvalidPayload.of(people_nids="ONE_EACH")
    return typed


def _people(
    said: Sequence[Mapping[str, Any]], nids: Sequence[str], numbers: PrivateNumbers
) -> tuple[BesidePerson, ...]:
    left = iter(nids)
    return tuple(
        _person(place, person, None if person["member_id"] is not None else next(left), numbers)
        for place, person in enumerate(said)
    )


def _person(place: int, said: Mapping[str, Any], nid: str | None, numbers: PrivateNumbers) -> BesidePerson:
    if nid is not None and len(nid) == OLD_NID_DIGITS and said["birth_on"] is None:
        raise InvalidPayload({f"people.{place}.birth_on": ["REQUIRED"]})
    index = "" if nid is None else numbers.index(NID, _canonical(nid, said))
    consent = said["consent"]
    return BesidePerson(
        role=LoanRole(said["role"]),
        relation=said["relation"],
        member_id=said["member_id"],
        name=said["name"],
        nid=nid,
        nid_index=index,
        consent=None if consent is None else dump(PersonConsent, consent),
    )


def _canonical(nid: str, said: Mapping[str, Any]) -> str:
    return nid if said["birth_on"] is None else canonical_nid(nid, said["birth_on"])
