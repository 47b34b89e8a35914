"""Products are set by two administrators: one proposes a version, another puts it on the list (rule P7)."""

from datetime import date

from accounts.domain.approvals import Approval, Stage
from accounts.domain.lending.law import law_on
from accounts.domain.products import ProductProposal, check_effective
from accounts.domain.savings.products import SavingsProduct, savings_in_force
from accounts.domain.savings.proposals import check_savings, percent
from accounts.operations.desk import Desk
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.product_errors import AnotherIsCompulsory, ProductCodeTaken, ProductNotOffered
from contracts.accounts.product_words import ProductKind
from contracts.accounts.savings_products import SavingsTermsShown
from contracts.calls import load
from contracts.errors import IdConflict, NotFound


def propose_product(register: Register, proposal: ProductProposal, *, today: date) -> None:
    """Let a version, or the end of an offer, wait for a second administrator; repeated, do nothing.

    Raises:
        IdConflict: the id was used for another proposal.
        NotFound: there is no such product whose offer could end.
        EffectiveDatePassed, ProductCodeTaken, CompulsoryRateTooLow, AnotherIsCompulsory, ProductNotOffered,
        InvalidPayload: as named.
    """
    known = register.products.find_proposal(proposal.id)
    if known is not None:
        if known.fingerprint != proposal.fingerprint:
            raise IdConflict
        return
    check_effective(proposal.effective_on, today=today)
    product = _checked_savings(register, proposal)
    register.products.propose(proposal)
    register.approvals.propose(_approval(register, proposal, product))
    register.work.audit("propose_product", "product", proposal.id, {"code": proposal.code})


def withdrawal_of(register: Register, code: str) -> ProductKind:
    """Return of which kind a product is that shall be offered no more.

    Raises:
        NotFound: there is no such product.
    """
    kind = register.products.kind_of(code)
    if kind is None:
        raise NotFound(field="code")
    return kind


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Add the version that was proposed, checked once more: law and other versions may have changed since."""
    if not approve:
        return Stage.DECLINED
    proposal = register.products.find_proposal(approval.subject_id)
    assert proposal is not None
    check_effective(proposal.effective_on, today=desk.today)
    register.products.take_code(proposal.code, proposal.kind)
    product = _checked_savings(register, proposal)
    least = law_on(proposal.effective_on).compulsory_savings_bps
    register.products.add_savings(product, proposal_id=proposal.id, legal_minimum_bps=least)
    return Stage.APPROVED


def _checked_savings(register: Register, proposal: ProductProposal) -> SavingsProduct:
    """Return the version that a proposal would make, if it can be one."""
    if register.products.kind_of(proposal.code) not in {None, proposal.kind}:
        raise ProductCodeTaken(field="code")
    versions = register.products.savings_versions(proposal.code)
    product = _drafted(proposal, versions)
    if product.offered:
        check_savings(product, least_bps=law_on(proposal.effective_on).compulsory_savings_bps)
    if any(version.family is not product.family for version in versions):
        raise ProductCodeTaken(field="code")
    _check_compulsory(register, product)
    return product


def _drafted(proposal: ProductProposal, versions: tuple[SavingsProduct, ...]) -> SavingsProduct:
    number = len(versions) + 1
    if proposal.terms is not None:
        said = load(SavingsTermsShown, proposal.terms)
        return SavingsProduct.of(proposal.code, number, proposal.effective_on, said, offered=True)
    last = savings_in_force(versions, proposal.effective_on)
    if last is None:
        raise ProductNotOffered(product_code=proposal.code, on=proposal.effective_on.isoformat())
    return last.ended(number, proposal.effective_on)


def _check_compulsory(register: Register, product: SavingsProduct) -> None:
    """Let every member have one compulsory product: another one's offer ends before this one's begins."""
    if not product.compulsory or not product.offered:
        return
    others = compulsory_on(register, product.effective_on)
    if others is not None and others.code != product.code:
        raise AnotherIsCompulsory(product_code=others.code)


def compulsory_on(register: Register, on: date) -> SavingsProduct | None:
    """Return the compulsory product of a day; None where none is offered."""
    versions = register.products.list_savings()
    offered = (
        savings_in_force([version for version in versions if version.code == code], on)
        for code in sorted({version.code for version in versions})
    )
    return next((product for product in offered if product is not None and product.compulsory), None)


def _approval(register: Register, proposal: ProductProposal, product: SavingsProduct) -> Approval:
    return Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.PRODUCT,
        subject_id=proposal.id,
        fingerprint=proposal.fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": product.name_bn,
            "subject_en": product.name_en,
            "product_code": product.code,
            "product_kind": str(proposal.kind),
            "product_version": product.version,
            "is_offered": product.offered,
            "effective_on": product.effective_on.isoformat(),
            "rate_percent": percent(product.rate_on(product.effective_on)),
            "reason": proposal.reason,
            "terms": proposal.terms,
        },
    )
