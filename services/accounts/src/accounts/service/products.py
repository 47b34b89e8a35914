"""Products as other processes call them: proposed by one administrator, approved by another (rule P7)."""

from typing import Any

from accounts.domain.products import ProductProposal
from accounts.operations import products
from accounts.queries import products as questions
from accounts.repository import Register
from accounts.schemas import products as schemas
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.loan_products import PROPOSE_LOAN_PRODUCT
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS, WITHDRAW_PRODUCT
from contracts.accounts.savings_products import PROPOSE_SAVINGS_PRODUCT


class Products(Entrypoints):
    """What is on offer, and how it comes there."""

    @serve(PROPOSE_SAVINGS_PRODUCT)
    def propose_savings_product(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let a version of a savings product wait for a second administrator."""
        with self.books() as register:
            return self._proposed(register, schemas.savings_proposal(command))

    @serve(PROPOSE_LOAN_PRODUCT)
    def propose_loan_product(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let a version of a loan product wait for a second administrator."""
        with self.books() as register:
            return self._proposed(register, schemas.loan_proposal(command))

    @serve(WITHDRAW_PRODUCT)
    def withdraw_product(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let the end of a product's offer wait for a second administrator."""
        with self.books() as register:
            kind = products.kind_of(register, command["code"])
            return self._proposed(register, schemas.product_withdrawal(command, kind))

    @serve(LIST_PRODUCTS)
    def list_products(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer the products as they stand on a day."""
        on = command["on"] or self.clock.today()
        with self.books() as register:
            return questions.list_products(register, kind=command["kind"], on=on)

    @serve(GET_PRODUCT)
    def get_product(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer every version of a product."""
        with self.books() as register:
            return questions.get_product(register, command["code"])

    def _proposed(self, register: Register, proposal: ProductProposal) -> dict[str, Any]:
        products.propose_product(register, proposal, today=self.clock.today())
        return questions.show_proposal(register, proposal.id)
