"""Where a person may go: the portal's places, grouped as a branch thinks of its work."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from gateway.auth import may


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the navigation; `title` is a key of the words, `permission` what one needs to go there."""

    endpoint: str
    permission: str

    @property
    def title(self) -> str:
        """The key of its name."""
        return "place." + self.endpoint.removeprefix("portal.")

    @property
    def address(self) -> str:
        """Its address."""
        return url_for(self.endpoint)

    @property
    def here(self) -> bool:
        """Whether the page that is shown belongs to it."""
        room = self.endpoint.removeprefix("portal.").split("_")[0]
        return (request.endpoint or "").removeprefix("portal.").split("_")[0] == room


@dataclass(frozen=True, slots=True)
class Group:
    """Some places under one heading, folded away unless one is at work there."""

    title: str
    places: tuple[Place, ...]

    @property
    def here(self) -> bool:
        """Whether the page that is shown belongs to one of its places."""
        return any(place.here for place in self.places)


GROUPS = (
    Group(
        "group.today",
        (
            Place("portal.home", "office:read"),
            Place("portal.dashboard", "class:read"),
            Place("portal.approvals", "approval:read"),
            Place("portal.sheets", "sheet:read"),
            Place("portal.deferrals", "sheet:read"),
            Place("portal.handovers", "handover:read"),
            Place("portal.floats", "handover:read"),
            Place("portal.day", "day:read"),
        ),
    ),
    Group(
        "group.people",
        (
            Place("portal.members", "member:read"),
            Place("portal.admissions", "member:admit"),
            Place("portal.samities", "samity:read"),
            Place("portal.loans", "loan:read"),
            Place("portal.quotes", "loan:quote"),
            Place("portal.overdue", "class:read"),
            Place("portal.deaths", "member:read"),
        ),
    ),
    Group(
        "group.money",
        (
            Place("portal.deposits", "deposit:post"),
            Place("portal.withdrawals", "savings:read"),
            Place("portal.applicants", "savings:read"),
            Place("portal.reversals", "reversal:propose"),
            Place("portal.unallocated", "sheet:read"),
            Place("portal.excesses", "book:read"),
            Place("portal.mobilemoney", "book:read"),
            Place("portal.remittances", "book:read"),
        ),
    ),
    Group(
        "group.checks",
        (
            Place("portal.passbookchecks", "passbook_check:read"),
            Place("portal.complaints", "complaint:read"),
            Place("portal.toldcomplaints", "complaint:see"),
            Place("portal.newcomplaint", "complaint:take"),
            Place("portal.rowchanges", "sheet:read"),
            Place("portal.surprisecounts", "surprise_count:read"),
            Place("portal.findings", "finding:read"),
            Place("portal.samples", "sample:draw"),
            Place("portal.overrides", "override:read"),
        ),
    ),
    Group(
        "group.month",
        (
            Place("portal.months", "month:read"),
            Place("portal.interest", "interest:read"),
            Place("portal.classes", "class:read"),
            Place("portal.targets", "book:read"),
        ),
    ),
    Group(
        "group.book",
        (
            Place("portal.trialbalance", "book:read"),
            Place("portal.entries", "book:read"),
            Place("portal.vouchers", "book:read"),
            Place("portal.reports", "report:read"),
            Place("portal.statements", "book:read"),
            Place("portal.years", "book:read"),
        ),
    ),
    Group(
        "group.staff",
        (
            Place("portal.staff", "staff:read"),
            Place("portal.acting", "acting:read"),
            Place("portal.leavings", "leaving:read"),
            Place("portal.offices", "office:read"),
            Place("portal.cashlimits", "cash_limit:propose"),
            Place("portal.fieldpayments", "field_payments:propose"),
            Place("portal.roles", "staff:read"),
        ),
    ),
    Group(
        "group.institution",
        (
            Place("portal.products", "product:read"),
            Place("portal.holidays", "holiday:read"),
            Place("portal.limits", "limit:read"),
            Place("portal.policies", "product:read"),
            Place("portal.chart", "chart:read"),
            Place("portal.mappings", "chart:read"),
            Place("portal.bankaccounts", "chart:read"),
            Place("portal.openings", "opening:propose"),
            Place("portal.cutovers", "cut_over:read"),
            Place("portal.wordings", "template:read"),
            Place("portal.services", "staff:switch"),
            Place("portal.parked", "parked:read"),
        ),
    ),
    Group(
        "group.messages",
        (
            Place("portal.messages", "message:read"),
            Place("portal.sessions", "session:own"),
        ),
    ),
)


def navigation() -> tuple[Group, ...]:
    """The groups with the places that the signed-in person may visit; an empty group is left out."""
    groups = (
        Group(group.title, tuple(place for place in group.places if may(place.permission)))
        for group in GROUPS
    )
    return tuple(group for group in groups if group.places)
