"""Her wish for a loan, held against product, people and law before anybody decides (rules L2, M8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from accounts.domain.lending.agreements import PlannedPayout
from accounts.domain.lending.eligibility import Borrower, MoneyStanding, Wish, check_borrower, plan_of
from accounts.domain.lending.loans import Loan
from accounts.domain.lending.people import BesidePerson, check_guarantors, check_named
from accounts.domain.lending.products import LoanProduct
from accounts.domain.lending.wishes import LoanProposal, check_planned
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.repository import Register
from contracts.accounts.loan_words import LoanRole
from contracts.accounts.overrides import OVERRIDE_DECIDED
from contracts.errors import IdConflict, NotFound, PersonExcluded
from contracts.money import Paisa, format_taka

BANK_ACCOUNT = "bank_account"


def is_known(register: Register, proposal: LoanProposal) -> bool:
    """Tell whether a proposal was made before.

    Raises:
        IdConflict: another one was, under its id.
    """
    known = register.loans.find(proposal.id)
    if known is not None and known.fingerprint != proposal.fingerprint:
        raise IdConflict
    return known is not None


def propose_loan(
    register: Register, proposal: LoanProposal, standing: MoneyStanding, desk: Desk, *, scope: Scope
) -> None:
    """Take down that she asks for a loan, if she may have it and the law allows it; repeated, do nothing.

    Raises:
        NotFound: she, or a member beside her, is not found.
        PersonExcluded: she is the officer himself or declared kin (rule M8).
        IdConflict: the id was used for another proposal.
        ServiceError: as the rules of the product, of its people and of the law name it.
    """
    if is_known(register, proposal):
        return
    beside = [person.member_id for person in proposal.people if person.member_id is not None]
    borrower = register.borrowers.hold(scope, proposal.member_id, beside)
    require_not_kin(register, borrower.id)
    check_planned(proposal.planned_on, today=desk.today, limits=desk.lending)
    product = register.agreements.offered(proposal.product_code, desk.today)
    plan_of(product, proposal.plan_code)
    so_far = register.borrowers.so_far(borrower, proposal.planned_on, besides=proposal.id)
    wish = Wish(principal=proposal.principal, on=proposal.planned_on)
    check_borrower(product, wish, borrower, so_far, standing, desk.lending)
    people = _indexed(register, proposal.people)
    check_named(people)
    check_standing_in(register, proposal.id, people, borrower, desk, needed=product.guarantors)
    register.agreements.lawful(planned(proposal, product, borrower, proposal.principal, proposal.planned_on))
    row = _row(proposal, product, so_far.cycle, desk)
    register.loans.add(row, _people_rows(proposal.id, people, desk))
    noted = {"product_code": product.code, "amount": format_taka(proposal.principal)}
    register.work.audit("propose_loan", "loan", proposal.id, noted)
    for decided in register.overrides.decided_of(proposal.id, office_id=borrower.branch_id):
        register.work.tell(OVERRIDE_DECIDED, decided)


def planned(
    loan: Loan | LoanProposal, product: LoanProduct, borrower: Borrower, principal: Paisa, on: date
) -> PlannedPayout:
    """Return what would be paid out to her on a day, in paisa."""
    return PlannedPayout(
        loan_id=loan.id,
        product=product,
        plan_code=loan.plan_code,
        principal=principal,
        samity_id=borrower.samity_id,
        branch_id=borrower.branch_id,
        on=on,
    )


def require_not_kin(register: Register, member_id: str) -> None:
    """Let nobody handle a loan of himself or declared kin (rule M8).

    Raises:
        PersonExcluded: she is.
    """
    if member_id in register.work.actor.excluded_members:
        raise PersonExcluded


def _indexed(register: Register, people: Sequence[BesidePerson]) -> tuple[BesidePerson, ...]:
    """Give each member beside her the index of the number that her own row has."""
    member_ids = [person.member_id for person in people if person.member_id is not None]
    indexes = register.borrowers.indexes_of(member_ids)
    if set(indexes) != set(member_ids):
        raise NotFound(field="people")
    return tuple(
        person if person.member_id is None else replace(person, nid_index=indexes[person.member_id])
        for person in people
    )


def check_standing_in(
    register: Register,
    loan_id: str,
    people: Sequence[BesidePerson],
    borrower: Borrower,
    desk: Desk,
    *,
    needed: int,
) -> None:
    """Hold the guarantors of a loan against all other loans.

    Raises:
        GuarantorsMissing, GuarantorIsBorrower, GuarantorNotActive, GuarantorOverCommitted: as named.
    """
    indexes = {person.nid_index for person in people if person.role is LoanRole.GUARANTOR}
    register.borrowers.hold_guarantors(indexes)
    so_far = {index: register.borrowers.guarantor(index, besides=loan_id) for index in indexes}
    check_guarantors(people, so_far, borrower, needed=needed, limits=desk.lending)


def nid_column(number: int) -> str:
    """Return as what the identity number of a person beside her is encrypted."""
    return f"person.{number}.nid"


def _row(proposal: LoanProposal, product: LoanProduct, cycle: int, desk: Desk) -> dict[str, Any]:
    names = ("id", "member_id", "plan_code", "principal", "purpose", "surplus_to", "cheque_security")
    kept = {name: getattr(proposal, name) for name in (*names, "planned_on", "fingerprint")}
    account = proposal.bank_account
    return kept | {
        "product_code": product.code,
        "product_version": product.version,
        "cycle": cycle,
        "asked": proposal.principal,
        "bank_account": None
        if account is None
        else desk.numbers.hide_of_loan(BANK_ACCOUNT, proposal.id, account),
        "proposed_on": desk.today,
    }


def _people_rows(loan_id: str, people: Iterable[BesidePerson], desk: Desk) -> list[Mapping[str, Any]]:
    return [
        {
            "loan_id": loan_id,
            "number": number,
            "role": person.role,
            "relation": person.relation,
            "member_id": person.member_id,
            "name": person.name,
            "nid": None
            if person.nid is None
            else desk.numbers.hide_of_loan(nid_column(number), loan_id, person.nid),
            "nid_index": person.nid_index,
            "consent": person.consent,
        }
        for number, person in enumerate(people, start=1)
    ]
