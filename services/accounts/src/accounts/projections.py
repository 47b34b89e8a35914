"""What accounts remembers of identity's facts. Each fact carries its whole state; the newer one wins."""

from collections.abc import Mapping
from typing import Any

from accounts.private_numbers import MOBILE, PrivateNumbers
from accounts.repository import Register


def project_office(register: Register, state: Mapping[str, Any]) -> None:
    """Remember an office."""
    register.people.remember_office(state)


def project_staff(register: Register, state: Mapping[str, Any], *, numbers: PrivateNumbers) -> None:
    """Remember a posting; of the telephone number only the index is kept (rule P1)."""
    index = numbers.index(MOBILE, numbers.read(MOBILE, state["mobile"]))
    register.people.remember_staff({"id": state["staff_id"], **state, "mobile_index": index})


def project_dormant(register: Register, state: Mapping[str, Any]) -> None:
    """Remember that she has moved no money for long; a member she stays."""
    register.members.remember_dormancy(state["member_id"], state["since_on"], state["at"])


def project_woken(register: Register, state: Mapping[str, Any]) -> None:
    """Remember that she moved money again."""
    register.members.remember_dormancy(state["member_id"], None, state["at"])


def project_account_state(register: Register, state: Mapping[str, Any]) -> None:
    """Remember whether a savings account is closed in the book."""
    register.savings.remember_state(state["account_id"], closed=state["closed"], version=state["version"])


def project_login(register: Register, state: Mapping[str, Any]) -> None:
    """Remember how a member's login stands."""
    register.people.remember_login(state)
