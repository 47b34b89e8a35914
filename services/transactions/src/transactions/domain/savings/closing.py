"""Closing a savings account: interest to the day, charges, whole taka, nothing left (rule M11). Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from contracts.money import NOTHING, Paisa, format_taka, round_half_up, whole_taka
from contracts.transactions.savings_errors import MoneyOnItsWay
from contracts.transactions.savings_words import ClosingHow
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting, Reversed
from transactions.domain.requests import fingerprint
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.dues import Movement, TermPlan, plan_of, standing_of
from transactions.domain.savings.earning import rules_of
from transactions.domain.savings.interest import A_DAY, Account, earned, posted
from transactions.domain.savings.months import whole_months
from transactions.domain.savings.runs import from_provision

_WHOLE = 10_000
_MONTHS = 12
_PARTS = UUID("5a1d9d58-9b0e-5a37-8a38-0d6f0c2b7e90")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRequest:
    """What the maker asks; the id becomes the id of the payout's entry."""

    id: str
    account_id: str
    evidence: str
    reason: str
    maker_id: str

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "closing",
            account=self.account_id,
            evidence=self.evidence,
            reason=self.reason,
            maker=self.maker_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What an account's book says, by value date.

    Attributes:
        movements: Everything on it, in paisa, more or less; one a day, the oldest first.
        paid: Only her own money, without interest and penalties.
        earned_to: The last day up to which interest has been posted; None where none was.
        provided: What has been put aside for its interest since then, in paisa.
    """

    movements: Sequence[Movement]
    paid: Sequence[Movement]
    earned_to: date | None = None
    provided: Paisa = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingTerms:
    """What closing pays: balance + interest − charge + rounding = payout, all in paisa.

    Attributes:
        provisioned: What of the interest was put aside before; it may be more than the interest.
    """

    on: date
    how: ClosingHow
    balance: Paisa
    interest: Paisa
    charge: Paisa
    provisioned: Paisa = NOTHING

    @property
    def payout(self) -> Paisa:
        """What she gets in her hand, whole taka, half up (rule M11)."""
        return whole_taka(Paisa(self.balance + self.interest - self.charge))

    @property
    def rounding(self) -> Paisa:
        """What whole taka add or take away."""
        return Paisa(self.payout - (self.balance + self.interest - self.charge))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who asked for a closing, who allowed it, and why."""

    id: str
    maker_id: str
    checker_id: str
    reason: str


def require_nothing_on_its_way(account: MemberAccount) -> None:
    """Let an account be closed when all that was submitted and promised is settled.

    Raises:
        MoneyOnItsWay: with how much there is (rule M1).
    """
    pending = account.pending_in + account.pending_out
    if pending:
        raise MoneyOnItsWay(pending=format_taka(Paisa(pending)))


def closing_terms(agreement: Agreement, balance: Paisa, history: History, on: date) -> ClosingTerms:
    """Return what closing an account on a day pays.

    A deposit for a term earns what was agreed for it, or before its end what its slabs say; other savings
    earn by their method since interest was last posted, the day of closing not counted. An early end costs
    the charge of the terms, a late instalment its penalty; neither takes more than there is.
    """
    plan = plan_of(agreement)
    if agreement.is_free or plan is None:
        interest = interest_to_the_day(agreement, history, on)
        how, charge = ClosingHow.ORDINARY, agreement.money("closing_charge") or Paisa(0)
    elif agreement.ledger == Ledgers.TERM_SAVINGS.code:
        how, interest, charge = _of_term(agreement, plan, history, on)
    else:
        how, interest, charge = _of_lump(agreement, plan, history, on)
    charge = Paisa(min(charge, max(0, balance + interest)))
    return ClosingTerms(
        on=on,
        how=how,
        balance=balance,
        interest=interest,
        charge=charge,
        provisioned=history.provided,
    )


def _of_term(
    agreement: Agreement, plan: TermPlan, history: History, on: date
) -> tuple[ClosingHow, Paisa, Paisa]:
    standing = standing_of(plan, history.paid, min(on, plan.matures_on))
    early = agreement.money("closing_charge") or Paisa(0)
    if on < plan.matures_on or standing.limit_passed:
        interest = premature_interest(_slabs(agreement), plan.begins_on, history.paid, on)
        return ClosingHow.PREMATURE, interest, Paisa(early + standing.penalty)
    full = term_interest(
        plan, agreement.annual_rate_bps, _formula(agreement), agreement.money("maturity_value")
    )
    paid = sum(each.paid for each in standing.instalments)
    interest = Paisa(round_half_up(full * paid, plan.amount * plan.months))
    return ClosingHow.MATURITY, interest, standing.penalty


def _of_lump(
    agreement: Agreement, plan: TermPlan, history: History, on: date
) -> tuple[ClosingHow, Paisa, Paisa]:
    if on < plan.matures_on:
        interest = premature_interest(_slabs(agreement), plan.begins_on, history.paid, on)
        return ClosingHow.PREMATURE, interest, agreement.money("closing_charge") or Paisa(0)
    value = agreement.money("maturity_value")
    if value is not None:
        interest = Paisa(value - plan.amount)
    else:
        interest = Paisa(
            round_half_up(plan.amount * agreement.annual_rate_bps * plan.months, _WHOLE * _MONTHS)
        )
    whole = plan.amount * (plan.matures_on - plan.begins_on).days
    return ClosingHow.MATURITY, Paisa(round_half_up(interest * _held(plan, history.paid), whole)), Paisa(0)


def _held(plan: TermPlan, paid: Sequence[Movement]) -> int:
    """Return paisa times days that the agreed deposit was there: what came later or beyond it earns less."""
    product, total, covered = 0, 0, 0
    for movement in sorted(paid, key=lambda each: each.on):
        total += movement.amount
        reached = min(plan.amount, max(0, total))
        product += (reached - covered) * max(0, (plan.matures_on - max(movement.on, plan.begins_on)).days)
        covered = reached
    return product


def term_interest(plan: TermPlan, rate_bps: int, formula: str, value: Paisa | None) -> Paisa:
    """Return what a term account earns when every instalment is paid, in paisa.

    Args:
        plan: Instalments of D over n months.
        rate_bps: r, the yearly rate.
        formula: `annuity_due`, D·((1+i)^n − 1)/i·(1+i) with i = r/12, or `simple`, D·i·n(n+1)/2 (domain §3).
        value: The maturity value of the product's table, which goes before every formula.
    """
    deposited = plan.amount * plan.months
    if value is not None:
        return Paisa(value - deposited)
    whole = _WHOLE * _MONTHS
    if formula == "simple" or not rate_bps:
        return Paisa(round_half_up(plan.amount * rate_bps * plan.months * (plan.months + 1), whole * 2))
    grown = (whole + rate_bps) ** plan.months - whole**plan.months
    final = round_half_up(plan.amount * grown * (whole + rate_bps), whole**plan.months * rate_bps)
    return Paisa(final - deposited)


def premature_interest(
    slabs: Sequence[tuple[int, int]], begins_on: date, paid: Sequence[Movement], on: date
) -> Paisa:
    """Return what a deposit earns that ends early: simple, each payment for its whole months.

    Args:
        slabs: From how many whole months on which yearly rate holds, in basis points.
        begins_on: When the term began: its length chooses the slab.
        paid: Her money by value date.
        on: The day of closing.
    """
    held = whole_months(begins_on, on)
    reached = [(months, rate) for months, rate in slabs if months <= held]
    rate = max(reached)[1] if reached else 0
    product = sum(movement.amount * whole_months(movement.on, on) for movement in paid)
    return Paisa(max(0, round_half_up(product * rate, _WHOLE * _MONTHS)))


def interest_to_the_day(agreement: Agreement, history: History, on: date) -> Paisa:
    """Return what savings earned since interest was last posted, in paisa, the day of closing not counted.

    Months that are over count by the method of the terms, the broken one by each day's balance.
    """
    opened_on = agreement.opened_on or (history.movements[0].on if history.movements else on)
    account = Account(opened_on, history.movements)
    return posted(earned(rules_of(agreement), account, history.earned_to, on - A_DAY))


def part_id(closing_id: str, part: str) -> str:
    """Return the id of an entry that belongs to a closing: `interest`, `charge` or `rounding`."""
    return str(uuid5(_PARTS, f"{closing_id}:{part}"))


def entries_of_closing(
    terms: ClosingTerms,
    account: MemberAccount,
    day: OpenDay,
    signed: Signed,
    *,
    receipt: str | None,
    paid_to: OfficeAccount | None = None,
) -> Iterator[Entry]:
    """Yield the entries that bring an account to nothing: interest, charge, rounding, payout.

    Each is a line of her passbook; what is nothing is left out. The payout bears the closing's own id, and is
    cash from the vault unless it stays with the office as somebody's money (rule L5).
    """
    yield from entries_of_interest(terms, account, day, signed)
    rounding, charge = terms.rounding, terms.charge
    parts = (
        ("charge", EntryKind.FEE, Side.DEBIT, charge, Ledgers.FEES),
        ("rounding", EntryKind.CLOSING, Side.CREDIT, max(0, rounding), Ledgers.ROUNDING_LOSS),
        ("rounding", EntryKind.CLOSING, Side.DEBIT, max(0, -rounding), Ledgers.ROUNDING_GAIN),
        (None, EntryKind.CLOSING, Side.DEBIT, terms.payout, Ledgers.VAULT),
    )
    for part, kind, side, amount, ledger in parts:
        entry_id = part_id(signed.id, part) if part else signed.id
        if amount:
            other = paid_to if part is None and paid_to else OfficeAccount(ledger, account.office_id)
            number = None if part else receipt
            postings = (
                Posting(account.id, side, Paisa(amount), entry_id, number),
                Posting(other.id, side.other, Paisa(amount)),
            )
            yield _entry(entry_id, kind, postings, day, signed)


def entries_of_interest(
    terms: ClosingTerms, account: MemberAccount, day: OpenDay, signed: Signed
) -> Iterator[Entry]:
    """Yield her interest, from what was put aside and else from expense; what was put aside is used up."""
    entry_id = part_id(signed.id, "interest")
    whence = from_provision(account.office_id, terms.interest, terms.provisioned)
    if terms.interest:
        hers = Posting(account.id, Side.CREDIT, terms.interest, entry_id)
        yield _entry(entry_id, EntryKind.INTEREST, (hers, *whence), day, signed)
    elif whence:
        yield _entry(entry_id, EntryKind.INTEREST_PROVISION, whence, day, signed)


def _entry(
    entry_id: str, kind: EntryKind, postings: tuple[Posting, ...], day: OpenDay, signed: Signed
) -> Entry:
    return Entry(
        id=entry_id,
        office_id=day.office_id,
        kind=kind,
        business_on=day.on,
        value_on=day.on,
        maker_id=signed.maker_id,
        checker_id=signed.checker_id,
        officer_id=signed.checker_id,
        reason=signed.reason,
        postings=postings,
    )


def mirrored(entry: Entry, row_id: str, day: OpenDay, undoing: Signed, *, main: bool) -> Entry:
    """Return the entry that undoes one of a closing's (rule M12): each posting turned round."""
    turned = tuple(replace(posting, side=posting.side.other) for posting in entry.postings)
    return replace(
        entry,
        id=undoing.id if main else part_id(undoing.id, entry.id),
        kind=EntryKind.REVERSAL,
        business_on=day.on,
        maker_id=undoing.maker_id,
        checker_id=undoing.checker_id,
        reason=undoing.reason,
        reverses=Reversed(entry.id, row_id),
        fingerprint=None,
        postings=turned,
    )


def office_accounts_of(office_id: str) -> tuple[OfficeAccount, ...]:
    """Return the accounts of an office that a closing may touch."""
    ledgers = (
        Ledgers.VAULT,
        Ledgers.INTEREST_EXPENSE,
        Ledgers.INTEREST_PROVISION,
        Ledgers.FEES,
        Ledgers.ROUNDING_GAIN,
        Ledgers.ROUNDING_LOSS,
    )
    return tuple(OfficeAccount(ledger, office_id) for ledger in ledgers)


def _formula(agreement: Agreement) -> str:
    return str(agreement.terms.get("formula") or "annuity_due")


def _slabs(agreement: Agreement) -> tuple[tuple[int, int], ...]:
    slabs = agreement.terms.get("premature") or ()
    return tuple((int(slab["from_month"]), int(slab["rate_bps"])) for slab in slabs)
