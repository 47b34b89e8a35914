"""The one screen at the end of `up`."""

from typing import Any

from launcher.places import Places
from launcher.private_files import read_json

ROLES = {
    "administrator": "Administrator",
    "second_administrator": "Second administrator",
    "area_manager": "Area manager",
    "branch_manager": "Branch manager",
    "accountant": "Accountant",
    "field_officer": "Field officer",
    "auditor": "Auditor",
    "member": "Member",
}


def screen(places: Places, base_url: str, seconds: float) -> str:
    """Return the addresses and a sign-in for each role."""
    lines = [
        "",
        f"  Mikrof E-Passbook is ready ({seconds:.0f} s).",
        "",
        f"    Staff portal        {base_url}/",
        f"    Mobile app          {base_url}/m/",
        f"    API documentation   {base_url}/api/docs",
        "",
        f"    Members' messages   {places.postbox}",
        "",
        *_sign_ins(read_json(places.demo).get("users", {})),
        "  Ctrl-C or `./mikrof down` stops everything; `status` and `logs` tell more, `reset` begins anew.",
        "",
    ]
    return "\n".join(lines)


def _sign_ins(users: dict[str, dict[str, Any]]) -> list[str]:
    if not users:
        return []
    rows = [(title, _credentials(users[role])) for role, title in ROLES.items() if role in users]
    rows = [(title, pair) for title, pair in rows if pair[1]]
    return [
        "    Signs in as           name or member code       password or PIN",
        *(f"    {title:<21} {name:<25} {secret}" for title, (name, secret) in rows),
        "",
    ]


def _credentials(user: dict[str, Any]) -> tuple[str, str]:
    name = user.get("username") or user.get("member_code") or ""
    return str(name), str(user.get("password") or user.get("pin") or "")
