"""Readable codes: an office's, then a serial for each samity, member and account in it. Pure.

Codes are never used again; what refers to a thing inside the system uses its id, because a transfer
changes the code.
"""

import re

MEMBERS_PER_SAMITY_EVER = 99_999
SAMITIES_PER_BRANCH_EVER = 9_999
_OF_A_MEMBER = re.compile(r"(?:^|\.)([^.]+\.\d{4}\.\d{5})(?=\.|$)", re.ASCII)


def samity_code(branch_code: str, serial: int) -> str:
    """Return a samity's code: its branch's, a point, four digits (`B001.0007`)."""
    return f"{branch_code}.{_within(serial, SAMITIES_PER_BRANCH_EVER):04d}"


def member_code(samity: str, serial: int) -> str:
    """Return a member's code: her samity's at admission, a point, five digits (`B001.0007.00042`)."""
    return f"{samity}.{_within(serial, MEMBERS_PER_SAMITY_EVER):05d}"


def savings_code(product: str, member: str, serial: int) -> str:
    """Return an account's code: product, her code, how many of that product (`GS.B001.0007.00042.1`)."""
    return f"{product}.{member}.{serial}"


def loan_code(product: str, member: str, serial: int) -> str:
    """Return a loan's code: product, her code, how many of that product (`JAG.B001.0007.00042.2`)."""
    return f"{product}.{member}.{serial}"


def code_of_member(searched: str) -> str:
    """Return the member's code in that of an account or a loan; what holds none stays as it is."""
    found = _OF_A_MEMBER.search(searched)
    return found[1] if found else searched


def _within(serial: int, most: int) -> int:
    if not 1 <= serial <= most:
        raise ValueError(f"a serial is from 1 to {most}")
    return serial
