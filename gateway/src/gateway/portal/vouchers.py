"""Vouchers by hand: one person writes, another agrees, and what was wrong is undone. M8, M12, M13."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.transactions.chart import LIST_BANK_ACCOUNTS, READ_CHART
from contracts.transactions.manual import (
    GET_MANUAL_VOUCHER,
    PROPOSE_VOUCHER,
    UNDO_VOUCHER,
)
from contracts.transactions.manual_words import ManualKind
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form, choice, text
from gateway.portal.lists import VOUCHERS
from gateway.portal.voucher_lines import TypedLine, drawn, places, typed_lines
from gateway.words import t
from gateway.words.formats import digits as shown_digits
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class LinesForm(Form):
    """A form with lines, which are read from the request, because they are one table."""

    @property
    def lines(self) -> tuple[TypedLine, ...]:
        """What was typed."""
        return typed_lines(request.form)

    @property
    def drawn(self) -> tuple[TypedLine, ...]:
        """What the page shows, with room for more."""
        return drawn(self.lines)

    @property
    def half_written(self) -> bool:
        """Whether a line lacks its ledger or its amount, or has two."""
        return any(line.is_wrong for line in self.lines)


class VoucherForm(LinesForm):
    """What a voucher is for."""

    kind = choice("voucher.kind")
    narration = text("voucher.narration")
    reference = text("voucher.reference")


class UndoingForm(Form):
    """Why a voucher is undone."""

    reason = text("form.reason")


@requires("book:read")
def vouchers() -> ResponseReturnValue:
    """The vouchers of a branch, the newest first."""
    return branch_page("vouchers.html", branch_of_page(), page=VOUCHERS.page())


@requires("voucher:propose")
def vouchers_new(office_id: UUID) -> ResponseReturnValue:
    """Write a voucher; nothing is booked before another person agrees."""
    form = VoucherForm()
    form.kind.choices = [(str(kind), t(f"voucher_kind.{kind}")) for kind in ManualKind]
    adds_lines = "more" in request.form
    ready = not adds_lines and form.validate_on_submit() and not form.half_written
    if ready and form.send(PROPOSE_VOUCHER, voucher_of(form, office_id)):
        flash(t("voucher.proposed"), "success")
        return redirect(url_for("portal.vouchers", office=office_id), 303)
    back = url_for("portal.vouchers", office=office_id)
    return form.page("voucher_form.html", places=places_of(office_id), back=back, asked=not adds_lines)


def places_of(office_id: UUID | str) -> list[tuple[str, str]]:
    """Where a voucher may post, as choices."""
    banks = ask(LIST_BANK_ACCOUNTS, {"office_id": str(office_id)})["accounts"]
    return [
        (sent, " · ".join((shown_digits(ledger["ledger"]), pick(ledger, "name"), *named(bank))))
        for sent, ledger, bank in places(ask(READ_CHART, {})["ledgers"], banks)
    ]


def named(bank: Any) -> tuple[str, ...]:
    """An account at a bank as a choice shows it; nothing where there is none."""
    return (pick(bank, "bank"), shown_digits(bank["number"])) if bank else ()


def voucher_of(form: VoucherForm, office_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "office_id": str(office_id),
        "kind": form.kind.data,
        "lines": [line.command for line in form.lines],
        "narration": form.narration.data,
        "reference": form.reference.data,
    }


@requires("book:read")
def vouchers_one(voucher_id: UUID) -> ResponseReturnValue:
    """One voucher: its lines, where it stands, and its number once its day is closed."""
    voucher = ask(GET_MANUAL_VOUCHER, {"id": str(voucher_id)})
    return render_template("portal/voucher.html", voucher=voucher)


@requires("voucher:propose")
def vouchers_undo(voucher_id: UUID) -> ResponseReturnValue:
    """Ask for a voucher's contrary on the open day."""
    form = UndoingForm()
    back = url_for("portal.vouchers_one", voucher_id=voucher_id)
    said = {"id": form.id.data, "voucher_id": str(voucher_id), "reason": form.reason.data}
    if form.validate_on_submit() and form.send(UNDO_VOUCHER, said):
        flash(t("voucher.proposed"), "success")
        return redirect(back, 303)
    act = t("voucher.undo")
    return form.page("form.html", title=act, lead=t("voucher.undo_lead"), act=act, back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/vouchers", view_func=vouchers)
    blueprint.add_url_rule("/vouchers/new/<uuid:office_id>", view_func=vouchers_new, methods=["GET", "POST"])
    blueprint.add_url_rule("/vouchers/<uuid:voucher_id>", view_func=vouchers_one)
    blueprint.add_url_rule(
        "/vouchers/<uuid:voucher_id>/undoing", view_func=vouchers_undo, methods=["GET", "POST"]
    )
