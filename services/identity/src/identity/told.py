"""What other services are told of a person and of a login: the same in events and in feeds."""

from typing import Any

from identity.domain.access import StaffPerson
from identity.domain.logins import MemberLogin
from identity.domain.offices import Office
from identity.vault import Vault


def posting_of(person: StaffPerson, office: Office, vault: Vault) -> dict[str, Any]:
    """Return who works where, with the number sealed to accounts (P1)."""
    assert person.mobile is not None
    mobile = vault.show_mobile(person.mobile, person.id)
    return {
        "staff_id": person.id,
        "name_bn": person.name_bn,
        "name_en": person.name_en,
        "role": person.role,
        "office_id": office.id,
        "office_path": office.path,
        "active": person.status == "active",
        "from_on": person.from_on,
        "to_on": person.to_on,
        "mobile": vault.seal(mobile, to="accounts"),
        "version": person.version,
    }


def state_of(login: MemberLogin, deed: str) -> dict[str, Any]:
    """Return where a login stands, and the deed that brought it there."""
    return {
        "member_id": login.member_id,
        "status": str(login.status),
        "deed": deed,
        "version": login.version,
    }
