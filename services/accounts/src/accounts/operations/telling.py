"""Telling the other services how things are now, in the work that changed them."""

from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from contracts.accounts import APPLICANT_CHANGED, MEMBER_CHANGED, MEMBER_CONTACT_CHANGED, SAMITY_CHANGED


def tell_samity(register: Register, samity_id: str) -> None:
    """Tell the state of a samity."""
    register.work.tell(SAMITY_CHANGED, register.feeds.samity(samity_id))


def tell_member(register: Register, member_id: str, numbers: PrivateNumbers) -> None:
    """Tell the state of a member, and where messages reach her, sealed to notifications (mechanics T1)."""
    register.work.tell(MEMBER_CHANGED, register.feeds.member(member_id))
    register.work.tell(MEMBER_CONTACT_CHANGED, numbers.contact(register.feeds.contact(member_id)))


def tell_applicant(register: Register, member_id: str) -> None:
    """Tell the book who asked to become a member, and what became of it: it may hold money of hers (L8)."""
    register.work.tell(APPLICANT_CHANGED, register.feeds.applicant(member_id))
