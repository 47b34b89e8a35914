"""The forms of the institution as programs fill them in, with everything usual filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from demo.plan import Name

PURPOSES = ("membership", "messages", "credit_bureau", "photo")
CONSENT_TEXT = "2026-07"


def office_form(code: str, level: str, parent_id: str, name: Name, opened_on: date) -> dict[str, Any]:
    """An office below another one."""
    return {
        "code": code,
        "level": level,
        "parent_id": parent_id,
        "name_bn": name.bn,
        "name_en": name.en,
        "opened_on": opened_on.isoformat(),
    }


def staff_form(username: str, role: str, office_id: str, **person: Any) -> dict[str, Any]:
    """A new staff person: `name`, `mobile` and `from_on` come by keyword."""
    return {
        "username": username,
        "name_bn": person["name"].bn,
        "name_en": person["name"].en,
        "mobile": person["mobile"],
        "role": role,
        "office_id": office_id,
        "from_on": person["from_on"].isoformat(),
        "declared_members": [],
    }


def samity_form(branch_id: str, officer_id: str, weekday: int, **samity: Any) -> dict[str, Any]:
    """A women's samity: `name`, `village` and `opened_on` come by keyword."""
    return {
        "branch_id": branch_id,
        "code": None,
        "name_bn": samity["name"].bn,
        "name_en": samity["name"].en,
        "kind": "female",
        "village": samity["village"].bn,
        "meeting_weekday": weekday,
        "meeting_time": "09:30",
        "officer_id": officer_id,
        "opened_on": samity["opened_on"].isoformat(),
        "max_members": samity.get("max_members", 40),
    }


def admission_form(samity_id: str, **person: Any) -> dict[str, Any]:
    """A woman's admission, signed: `name`, `husband`, `birth_on`, `nid`, `mobile`, `village`, `signed_at`."""
    village, husband = person["village"].bn, person["husband"]
    return {
        "samity_id": samity_id,
        "name_bn": person["name"].bn,
        "name_en": person["name"].en,
        "father_or_spouse_bn": husband.bn,
        "father_or_spouse_en": husband.en,
        "sex": "female",
        "birth_on": person["birth_on"].isoformat(),
        "nid": person["nid"],
        "mobile": person["mobile"],
        "address": {
            "village": village,
            "post": village,
            "upazila": "বগুড়া সদর",
            "district": "বগুড়া",
            "line": None,
        },
        "nominees": [
            {
                "name": husband.bn,
                "relation": "স্বামী",
                "birth_on": person["husband_birth_on"].isoformat(),
                "share_percent": 100,
                "guardian": None,
            }
        ],
        "consents": [consent_form(purpose, husband.bn, person["signed_at"]) for purpose in PURPOSES],
        "language": "bn",
        "passbook_number": f"PB-{person['nid'][-7:]}",
        "warnings_seen": [],
    }


def consent_form(purpose: str, witness: str, at: str, *, given: bool = True) -> dict[str, Any]:
    """Her recorded answer to one purpose. Rule P10."""
    return {
        "purpose": purpose,
        "given": given,
        "text_version": CONSENT_TEXT,
        "language": "bn",
        "read_aloud_by": "শাখা ব্যবস্থাপক",
        "mark": "thumb",
        "witness": witness,
        "at": at,
    }


def row_form(line: dict[str, Any], account_id: str, recorded_at: str, **said: Any) -> dict[str, Any]:
    """One row of a sheet: `amount` with its `receipt`, or `nothing` with its reason."""
    nothing = said.get("nothing")
    return {
        "row_id": said["row_id"],
        "version": 1,
        "member_id": line["member_id"],
        "account_id": account_id,
        "attendance": "absent" if nothing == "absent" else "present",
        "amount": None if nothing else said["amount"],
        "nothing_received": nothing,
        "note": None,
        "paid_by": said.get("paid_by", "self"),
        "second_payment": False,
        "receipt_number": None if nothing else said["receipt"],
        "recorded_at": recorded_at,
        "change_reason": None,
    }


def submission_form(holding: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What a phone sends: its rows and their sum."""
    total = sum(int(one["amount"].split(".")[0]) for one in rows if one["amount"])
    return {"epoch": holding["epoch"], "total": f"{total}.00", "rows": rows}


def receipt_number(holding: dict[str, Any], number: int) -> str:
    """The number of a receipt of the device's series, counted from what the server gave. Rule P3."""
    return f"{holding['receipt_series']}-{holding['receipt_next'] + number:06d}"
