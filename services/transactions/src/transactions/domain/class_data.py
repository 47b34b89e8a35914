"""Proposed classes and freezes: dated data of the law, for days to come, agreed to by two people. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.transactions.classes_errors import ClassDataDisordered, ClassDataKnown, ClassDataOutdated
from transactions.domain.classes import ClassRule, ClassRules, Freeze, LoanClass
from transactions.domain.requests import fingerprint

_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesRequest:
    """Classes that somebody wants in force from a day on."""

    id: str
    rules: ClassRules
    reason: str
    maker_id: str

    @property
    def facts(self) -> dict[str, Any]:
        """What the checker compares with the paper, and what is put in force when he agrees."""
        return {
            "subject_bn": "ঋণের শ্রেণি ও সঞ্চিতি",
            "subject_en": "Classes of loans and provision",
            "effective_on": self.rules.effective_on.isoformat(),
            "class_days": ", ".join(str(rule.from_days) for rule in self.rules.rules),
            "provision_percent": ", ".join(percent(rule.provision_bps) for rule in self.rules.rules),
            "provision_months": ", ".join(str(month) for month in self.rules.provision_months),
            "reason": self.reason,
        }

    @property
    def fingerprint(self) -> str:
        """By what a repeated request is known."""
        return fingerprint("propose_class_rules", maker_id=self.maker_id, **self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeRequest:
    """Days in which somebody wants no class to become worse."""

    id: str
    freeze: Freeze
    reason: str
    maker_id: str

    @property
    def facts(self) -> dict[str, Any]:
        """What the checker sees, and what is kept when he agrees."""
        return {
            "subject_bn": "ঋণের শ্রেণি স্থগিত",
            "subject_en": "Freeze of classes",
            "from_on": self.freeze.from_on.isoformat(),
            "to_on": self.freeze.to_on.isoformat(),
            "reason": self.reason,
        }

    @property
    def fingerprint(self) -> str:
        """By what a repeated request is known."""
        return fingerprint("propose_class_freeze", maker_id=self.maker_id, **self.facts)


def rules_of(
    effective_on: date, classes: Sequence[Mapping[str, Any]], provision_months: Collection[int]
) -> ClassRules:
    """Return the rules that classes make, whatever their order.

    Raises:
        ClassDataDisordered: a class is missing, or a worse one begins no later or sets less aside.
    """
    asked = sorted(classes, key=lambda one: LoanClass.of_word(one["loan_class"]))
    try:
        return ClassRules(
            effective_on,
            tuple(
                ClassRule(LoanClass.of_word(one["loan_class"]), one["from_days"], one["provision_bps"])
                for one in asked
            ),
            tuple(sorted(set(provision_months))),
        )
    except ValueError as error:
        raise ClassDataDisordered(why=str(error)) from None


def rules_of_facts(facts: Mapping[str, Any]) -> ClassRules:
    """Return the rules that a request's facts tell."""
    days = [int(one) for one in facts["class_days"].split(", ")]
    bps = [bps_of(one) for one in facts["provision_percent"].split(", ")]
    return ClassRules(
        date.fromisoformat(facts["effective_on"]),
        tuple(ClassRule(*one) for one in zip(LoanClass, days, bps, strict=True)),
        tuple(int(one) for one in facts["provision_months"].split(", ")),
    )


def freeze_of(from_on: date, to_on: date) -> Freeze:
    """Return the freeze between two days, both included.

    Raises:
        ClassDataDisordered: it ends before it begins.
    """
    try:
        return Freeze(from_on, to_on)
    except ValueError as error:
        raise ClassDataDisordered(why=str(error)) from None


def percent(bps: int) -> str:
    """Return basis points as a percentage in figures, `12.5` for 1250."""
    whole, rest = divmod(bps, _PERCENT)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def bps_of(text: str) -> int:
    """Return the basis points that a percentage in figures says."""
    whole, _, rest = text.partition(".")
    return int(whole) * _PERCENT + int(rest.ljust(2, "0") or 0)


def require_to_come(on: date, today: date) -> None:
    """Let data be made for days to come only: what was classed is not restated.

    Raises:
        ClassDataOutdated: the day has begun.
    """
    if on <= today:
        raise ClassDataOutdated(on=on.isoformat(), today=today.isoformat())


def require_unknown(on: date, known: Collection[date]) -> None:
    """Let one set of rules begin on a day.

    Raises:
        ClassDataKnown: another one does.
    """
    if on in known:
        raise ClassDataKnown(on=on.isoformat())
