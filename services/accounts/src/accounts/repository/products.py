"""Products of the institution in their versions, and the proposals of them. Nothing here is ever changed."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from accounts.domain.lending.products import LoanProduct
from accounts.domain.products import ProductProposal
from accounts.domain.savings.products import SavingsProduct
from accounts.models import approvals, loan_products, product_proposals, products, savings_products
from accounts.repository.rows import Row, add, every, find_one
from chassis.work import Work
from contracts.accounts.loan_products import LoanProductTermsShown
from contracts.accounts.product_errors import ProductCodeTaken
from contracts.accounts.product_words import ProductKind
from contracts.accounts.savings_products import SavingsTermsShown
from contracts.calls import dump, load
from contracts.errors import IdConflict

_PEOPLE = (approvals.c.maker_id, approvals.c.checker_id, approvals.c.decided_at)


class ProductStore:
    """Products belong to the whole institution: who may ask at all may ask for all of them."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find_proposal(self, proposal_id: str) -> ProductProposal | None:
        """Return what was proposed under an id; None where nothing was."""
        names = (name for name in ProductProposal.__dataclass_fields__)
        query = sa.select(*(product_proposals.c[name] for name in names))
        row = find_one(self._session, query.where(product_proposals.c.id == proposal_id))
        return None if row is None else ProductProposal(**row | {"kind": ProductKind(row["kind"])})

    def propose(self, proposal: ProductProposal) -> None:
        """Write what is proposed.

        Raises:
            IdConflict: something else was proposed under the id at the same moment.
        """
        row = {name: getattr(proposal, name) for name in ProductProposal.__dataclass_fields__}
        row |= {"maker_id": self._work.actor.person_id, "proposed_at": self._work.now}
        add(self._session, sa.insert(product_proposals).values(row), {"product_proposals_pkey": IdConflict()})

    def kind_of(self, code: str) -> ProductKind | None:
        """Return of which kind a product is; None where there is none of that code."""
        query = sa.select(products.c.kind).where(products.c.code == code)
        kind = self._session.execute(query).scalar_one_or_none()
        return None if kind is None else ProductKind(kind)

    def take_code(self, code: str, kind: ProductKind) -> None:
        """Let a code be of a kind for ever, and keep others from adding versions until the end of the work.

        Raises:
            ProductCodeTaken: it is of another kind.
        """
        new = insert(products).values(code=code, kind=kind).on_conflict_do_nothing()
        self._session.execute(new)
        held = sa.select(products.c.kind).where(products.c.code == code).with_for_update()
        if self._session.execute(held).scalar_one() != kind:
            raise ProductCodeTaken(field="code")

    def savings_versions(self, code: str) -> tuple[SavingsProduct, ...]:
        """Return all versions of a savings product, the oldest first."""
        query = sa.select(savings_products).where(savings_products.c.code == code)
        rows = every(self._session, query.order_by(savings_products.c.version))
        return tuple(_savings(row) for row in rows)

    def list_savings(self) -> tuple[SavingsProduct, ...]:
        """Return all versions of all savings products by code, the oldest first."""
        query = sa.select(savings_products).order_by(savings_products.c.code, savings_products.c.version)
        return tuple(_savings(row) for row in every(self._session, query))

    def add_savings(self, product: SavingsProduct, *, proposal_id: str, legal_minimum_bps: int) -> None:
        """Write a version that two people agreed on; whoever adds one holds the code."""
        watched = ("code", "version", "effective_on", "offered", "name_bn", "name_en", "family", "compulsory")
        row = {name: getattr(product, name) for name in (*watched, "floor", "least_deposit", "fund")}
        row |= {
            "annual_rate_bps": product.lowest_rate_bps,
            "legal_minimum_bps": legal_minimum_bps,
            "terms": dump(SavingsTermsShown, product),
            "proposal_id": proposal_id,
        }
        self._session.execute(sa.insert(savings_products).values(row))

    def loan_versions(self, code: str) -> tuple[LoanProduct, ...]:
        """Return all versions of a loan product, the oldest first."""
        query = sa.select(loan_products).where(loan_products.c.code == code)
        rows = every(self._session, query.order_by(loan_products.c.version))
        return tuple(_loan(row) for row in rows)

    def list_loans(self) -> tuple[LoanProduct, ...]:
        """Return all versions of all loan products by code, the oldest first."""
        query = sa.select(loan_products).order_by(loan_products.c.code, loan_products.c.version)
        return tuple(_loan(row) for row in every(self._session, query))

    def add_loan(self, product: LoanProduct, *, proposal_id: str) -> None:
        """Write a version that two people agreed on; whoever adds one holds the code."""
        watched = ("code", "version", "effective_on", "offered", "name_bn", "name_en", "category", "fund")
        row = {name: getattr(product, name) for name in (*watched, "least", "most")}
        row |= {"terms": dump(LoanProductTermsShown, product), "proposal_id": proposal_id}
        self._session.execute(sa.insert(loan_products).values(row))

    def people_of(self, code: str, kind: ProductKind) -> Mapping[int, Row]:
        """Return who proposed and who approved each version of a product, and when, by version."""
        table = loan_products if kind is ProductKind.LOAN else savings_products
        query = (
            sa.select(table.c.version, *_PEOPLE)
            .join(approvals, approvals.c.subject_id == table.c.proposal_id)
            .where(table.c.code == code)
        )
        return {row.pop("version"): row for row in every(self._session, query)}


def _savings(row: Mapping[str, Any]) -> SavingsProduct:
    said = load(SavingsTermsShown, row["terms"])
    return SavingsProduct.of(row["code"], row["version"], row["effective_on"], said, offered=row["offered"])


def _loan(row: Mapping[str, Any]) -> LoanProduct:
    said = load(LoanProductTermsShown, row["terms"])
    return LoanProduct.of(row["code"], row["version"], row["effective_on"], said, offered=row["offered"])
