"""All products: what is on offer, every version there ever was, and taking one off the list."""

from marshmallow import Schema, fields

from contracts.accounts.loan_products import LoanProductTermsShown
from contracts.accounts.product_words import ProductKind
from contracts.accounts.savings_products import ProductProposal, SavingsTermsShown, product_code_field
from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, InstantField, TextField, UuidField
from contracts.schemas import Answer, Command


class WithdrawProduct(Command):
    """Offer a product to nobody new from a day on; what was agreed under it goes on as agreed."""

    id = UuidField(required=True)
    code = product_code_field()
    effective_on = DateField(required=True)
    reason = TextField(300, shortest=3, required=True)


class ListProducts(Command):
    """The products that are or were offered; `on` is the day of which is asked, else today."""

    kind = CodeField(*ProductKind, load_default=None, allow_none=True)
    on = DateField(load_default=None, allow_none=True)


class ProductHead(Schema):
    """Which version of which product: what lists show."""

    code = fields.String(required=True)
    version = CountField(required=True)
    effective_on = DateField(required=True)
    offered = fields.Boolean(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)


class ProductListed(ProductHead, Answer):
    """A product as it stands on a day: the version in force, or the first one that is to come."""

    kind = CodeField(*ProductKind, required=True)
    category = fields.String(required=True)
    compulsory = fields.Boolean(required=True)
    in_force = fields.Boolean(required=True)


class Products(Answer):
    """All products by code; there are as many as head office made."""

    items = fields.List(fields.Nested(ProductListed), required=True)


class GetProduct(Command):
    """Which product."""

    code = product_code_field()


class ProductVersion(ProductHead, Answer):
    """One version with its whole terms, and who proposed and approved it (null: founded with the system)."""

    maker_id = UuidField(required=True, allow_none=True)
    checker_id = UuidField(required=True, allow_none=True)
    decided_at = InstantField(required=True, allow_none=True)
    savings = fields.Nested(SavingsTermsShown, required=True, allow_none=True)
    loan = fields.Nested(LoanProductTermsShown, required=True, allow_none=True)


class Product(Answer):
    """A product with every version, the newest first."""

    code = fields.String(required=True)
    kind = CodeField(*ProductKind, required=True)
    versions = fields.List(fields.Nested(ProductVersion), required=True)


WITHDRAW_PRODUCT = Method(
    service="accounts",
    name="withdraw_product",
    command=WithdrawProduct,
    answer=ProductProposal,
    permission="product:propose",
    changes=True,
)
LIST_PRODUCTS = Method(
    service="accounts",
    name="list_products",
    command=ListProducts,
    answer=Products,
    permission="product:read",
)
GET_PRODUCT = Method(
    service="accounts", name="get_product", command=GetProduct, answer=Product, permission="product:read"
)

METHODS: tuple[Method, ...] = (WITHDRAW_PRODUCT, LIST_PRODUCTS, GET_PRODUCT)
