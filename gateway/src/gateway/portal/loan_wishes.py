"""A loan that a member asks for, written down with the people who stand beside her. L2, M8, P10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from flask import flash, redirect, request, url_for
from wtforms import FieldList, FormField

from contracts.accounts import GET_MEMBER
from contracts.accounts.loan_words import LoanRole
from contracts.accounts.loans import PROPOSE_LOAN
from contracts.accounts.members import CONSENT_VERSION
from contracts.accounts.product_words import ProductKind
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS
from contracts.transactions.lending_words import SurplusTo
from gateway.asking import ask
from gateway.auth import current_session, requires
from gateway.edge import now
from gateway.portal.forms import NONE_CHOSEN, Form, choice, day, digits, label, text
from gateway.portal.loan_steps import maybe_marks
from gateway.portal.money import typed_taka
from gateway.portal.search import find_by_code
from gateway.portal.terms_forms import Row
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

SPARE_PEOPLE = 2


def roles_beside() -> list[tuple[str, str]]:
    """As what somebody stands beside her."""
    return [(str(role), t(f"loan_role.{role}")) for role in LoanRole]


def ways_of_surplus() -> list[tuple[str, str]]:
    """Where she wants what is more than the rest of the loan."""
    return [(str(one), t(f"surplus_to.{one}")) for one in SurplusTo]


def plans() -> list[tuple[str, str]]:
    """What is lent now, in every way in which it is repaid."""
    found = [one for one in ask(LIST_PRODUCTS, {"kind": ProductKind.LOAN})["items"] if one["in_force"]]
    return [NONE_CHOSEN, *(plan for one in found if one["offered"] for plan in plans_of(one))]


def plans_of(product: dict[str, Any]) -> list[tuple[str, str]]:
    """The plans of a product's version in force, as choices."""
    versions = ask(GET_PRODUCT, {"code": product["code"]})["versions"]
    version = next(one for one in versions if one["version"] == product["version"])
    return [
        (
            f"{product['code']}/{plan['code']}",
            t("wish.plan", name=pick(product, "name"), code=plan["code"], instalments=plan["instalments"])
            + f" · {t('term_word.frequency.' + plan['frequency'])}",
        )
        for plan in version["loan"]["plans"]
    ]


class PersonRow(Row):
    """Somebody beside her: a member by code, anybody else by name and number, with consent."""

    typed_in: ClassVar[tuple[str, ...]] = ("relation", "member_code", "name", "birth_on", "nid", "witness")
    role = choice("lending.as", choices=roles_beside, description=label("wish.as_hint"))
    relation = text("member.relation", description=label("wish.relation_hint"))
    member_code = digits("member.code", needed=False, description=label("wish.code_hint"))
    name = text("person.name", needed=False, description=label("wish.name_hint"))
    birth_on = day("member.birth_on", needed=False, default=None, description=label("wish.birth_hint"))
    nid = digits("wish.nid", needed=False, description=label("wish.nid_hint"))
    mark = choice("wish.mark", needed=False, choices=maybe_marks, description=label("wish.mark_hint"))
    witness = text("fact.witness", needed=False, description=label("wish.witness_hint"))


class WishForm(Form):
    """What she wants, for what, and who stands beside her."""

    plan = choice("wish.what", choices=plans, description=label("wish.what_hint"))
    principal = digits("loan.principal", description=label("wish.principal_hint"))
    purpose = text("fact.purpose", description=label("wish.purpose_hint"))
    planned_on = day("lending.planned", description=label("wish.planned_hint"))
    surplus_to = choice("wish.surplus", choices=ways_of_surplus, description=label("wish.surplus_hint"))
    bank_account = digits("wish.bank_account", needed=False, description=label("wish.bank_hint"))
    cheque_security = text("lending.cheque", needed=False, description=label("wish.cheque_hint"))
    people = FieldList(
        FormField(PersonRow), label=label("lending.people"), description=label("wish.people_hint")
    )

    @property
    def beside(self) -> list[PersonRow]:
        """The rows in which somebody stands."""
        return [entry.form for entry in self.people.entries if not entry.form.is_empty]


@requires("loan:propose")
def loans_new(member_id: UUID) -> ResponseReturnValue:
    """Write down what she asks for; somebody else visits, and another agrees."""
    form, member = WishForm(), ask(GET_MEMBER, {"id": str(member_id)})
    back = url_for("portal.members_one", member_id=member_id)
    more = "more" in request.form
    people = people_of(form) if not more and form.validate_on_submit() else None
    if people is not None:
        proposed = form.send(PROPOSE_LOAN, wish_of(form, member["id"], people))
        if proposed:
            flash(t("wish.done"), "success")
            return redirect(url_for("portal.loans_one", loan_id=proposed["id"]), 303)
    if more or request.method == "GET":
        for _ in range(SPARE_PEOPLE):
            form.people.append_entry()
    lead = f"{pick(member, 'name')} · {shown_digits(member['code'] or '')}"
    return form.page("loan_wish.html", title=t("wish.title"), lead=lead, act=t("wish.act"), back=back)


def people_of(form: WishForm) -> list[dict[str, Any]] | None:
    """The people as the command names them; None where a code is nobody's, which the form then says."""
    found = [(row, member_of(row)) for row in form.beside]
    for row, member in found:
        if row.member_code.data and member is None:
            unknown = t("staff.no_such_member", code=shown_digits(row.member_code.data))
            row.member_code.errors = form.people.errors = [unknown]
            return None
    return [person_of(row, member) for row, member in found]


def member_of(row: PersonRow) -> dict[str, Any] | None:
    """The member whose code stands in a row."""
    return find_by_code(row.member_code.data) if row.member_code.data else None


def person_of(row: PersonRow, member: dict[str, Any] | None) -> dict[str, Any]:
    """One person: a member is known already, anybody else agreed to being written down."""
    said = {"role": row.role.data, "relation": row.relation.data}
    if member:
        return said | {"member_id": member["id"], "name": None, "birth_on": None, "consent": None}
    born = row.birth_on.data
    consent = {
        "text_version": CONSENT_VERSION,
        "language": "bn",
        "read_aloud_by": current_session().person["name_bn"],
        "mark": row.mark.data,
        "witness": row.witness.data,
        "at": now().isoformat(),
    }
    known = {"name": row.name.data, "birth_on": born.isoformat() if born else None}
    return said | known | {"member_id": None, "consent": consent if row.mark.data else None}


def wish_of(form: WishForm, member_id: str, people: list[dict[str, Any]]) -> dict[str, Any]:
    """The form as the command it means; numbers of persons are sealed on their way."""
    product, _, plan = form.plan.data.partition("/")
    nids = [row.nid.data for row in form.beside if not row.member_code.data and row.nid.data]
    return {
        "id": form.id.data,
        "member_id": member_id,
        "product_code": product,
        "plan_code": plan,
        "principal": typed_taka(form.principal.data),
        "purpose": form.purpose.data,
        "planned_on": form.planned_on.data.isoformat() if form.planned_on.data else None,
        "people": people,
        "people_nids": " ".join(nids) or None,
        "bank_account": form.bank_account.data,
        "surplus_to": form.surplus_to.data,
        "cheque_security": form.cheque_security.data,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the page into the portal."""
    blueprint.add_url_rule("/loans/new/<uuid:member_id>", view_func=loans_new, methods=["GET", "POST"])
