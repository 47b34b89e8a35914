"""Products are set by two administrators: one proposes a version, another puts it on the list (rule P7)."""

from datetime import date

from accounts.domain.approvals import Approval, Stage
from accounts.domain.lending.products import LoanProduct
from accounts.domain.products import ProductProposal, check_effective
from accounts.domain.savings.products import SavingsProduct
from accounts.operations import loan_products, savings_products
from accounts.operations.desk import Desk
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.product_errors import ProductCodeTaken
from contracts.accounts.product_words import ProductKind
from contracts.errors import IdConflict, NotFound


def propose_product(register: Register, proposal: ProductProposal, *, today: date) -> None:
    """Let a version, or the end of an offer, wait for a second administrator; repeated, do nothing.

    Raises:
        IdConflict: the id was used for another proposal.
        EffectiveDatePassed, ProductCodeTaken: as named.
        ServiceError: as `checked` of the kind says.
    """
    known = register.products.find_proposal(proposal.id)
    if known is not None:
        if known.fingerprint != proposal.fingerprint:
            raise IdConflict
        return
    product = _checked(register, proposal, today=today)
    register.products.propose(proposal)
    register.approvals.propose(_approval(register, proposal, product))
    register.work.audit("propose_product", "product", proposal.id, {"code": proposal.code})


def kind_of(register: Register, code: str) -> ProductKind:
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
    register.products.take_code(proposal.code, proposal.kind)
    product = _checked(register, proposal, today=desk.today)
    if isinstance(product, LoanProduct):
        loan_products.add(register, product, proposal.id)
    else:
        savings_products.add(register, product, proposal.id)
    return Stage.APPROVED


def _checked(register: Register, proposal: ProductProposal, *, today: date) -> SavingsProduct | LoanProduct:
    check_effective(proposal.effective_on, today=today)
    if register.products.kind_of(proposal.code) not in {None, proposal.kind}:
        raise ProductCodeTaken(field="code")
    if proposal.kind is ProductKind.LOAN:
        return loan_products.checked(register, proposal)
    return savings_products.checked(register, proposal)


def _approval(
    register: Register, proposal: ProductProposal, product: SavingsProduct | LoanProduct
) -> Approval:
    if isinstance(product, LoanProduct):
        seen = loan_products.facts(register, product)
    else:
        seen = savings_products.facts(product)
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
            "reason": proposal.reason,
            "terms": proposal.terms,
            **seen,
        },
    )
