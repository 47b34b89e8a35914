"""Members as staff see them, their numbers masked."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.domain.numbers import canonical_nids
from accounts.domain.scope import Scope
from accounts.private_numbers import MOBILE, NID, PrivateNumbers
from accounts.queries.pictures import photo_of
from accounts.repository import Register
from accounts.repository.members import MemberSearch
from accounts.repository.rows import Row
from contracts.accounts.approval_words import ApprovalKind

_HOME = ("village", "post", "upazila", "district", "line", "union")


def list_members(
    register: Register,
    search: MemberSearch,
    page: Mapping[str, Any],
    *,
    scope: Scope,
    numbers: PrivateNumbers,
) -> dict[str, Any]:
    """Return a page of the scope's members by name, in the order of the Bangla alphabet."""
    rows = register.members.list_page(scope, search, after=page["after"], limit=page["limit"])
    savings = register.savings.of_members([row["id"] for row in rows])
    items = [_shown(row, savings.get(row["id"], ()), numbers) for row in rows]
    return {"items": items, "next": items[-1]["id"] if len(items) == page["limit"] else None}


def get_member(
    register: Register, member_id: str, *, scope: Scope, numbers: PrivateNumbers
) -> dict[str, Any]:
    """Return all that staff see of a member.

    Raises:
        NotFound: there is none in scope.
    """
    row = register.members.show(scope, member_id)
    savings = register.savings.of_members([member_id])
    file = _shown(row, savings.get(member_id, ()), numbers)
    file["address"] = {name: row[name] for name in _HOME}
    file["nominees"] = [_nominee(nominee) for nominee in register.members.nominees_of(member_id)]
    file["consents"] = register.members.consents_of(member_id)
    file["memberships"] = register.members.memberships_of(row["person_id"])
    file["photo_id"] = photo_of(register, row, file["consents"])
    file["admission"] = _admission(_admitted_by(register, member_id))
    return file


def _admitted_by(register: Register, member_id: str) -> Row:
    """Return the request by which she became a member: her own, or that of her whole branch (P13)."""
    cut_over_id = register.cut_overs.that_brought(member_id)
    if cut_over_id is None:
        return register.approvals.latest_of(ApprovalKind.ADMISSION, member_id)
    admitted = register.approvals.latest_of(ApprovalKind.CUT_OVER, cut_over_id)
    return admitted | {"facts": {"warnings": [], "warnings_seen": []}}


def count_alike(
    register: Register, sealed: Mapping[str, str | None], numbers: PrivateNumbers
) -> dict[str, int]:
    """Return how many in the whole institution have an applicant's numbers; who asked is recorded.

    Raises:
        InvalidPayload: a number cannot be opened, or is none.
    """
    nid, mobile = sealed["nid"], sealed["mobile"]
    nids = canonical_nids(numbers.read(NID, nid)) if nid else ()
    mobiles = (numbers.read(MOBILE, mobile),) if mobile else ()
    found = {
        "with_nid": register.members.count_numbers(nids=[numbers.index(NID, one) for one in nids]),
        "with_mobile": register.members.count_numbers(
            mobiles=[numbers.index(MOBILE, one) for one in mobiles]
        ),
    }
    register.work.audit("count_alike", "person", register.work.actor.person_id, found)
    return found


def list_history(
    register: Register, member_id: str, page: Mapping[str, Any], *, scope: Scope
) -> dict[str, Any]:
    """Return a page of the requests that concerned a member, the newest first.

    Raises:
        NotFound: there is none in scope.
    """
    register.members.show(scope, member_id)
    rows = register.approvals.of_member(member_id, after=page["after"], limit=page["limit"])
    items = [dict(row) | {"made_at": row["proposed_at"]} for row in rows]
    return {"items": items, "next": items[-1]["id"] if len(items) == page["limit"] else None}


def show_applicant(register: Register, member_id: str, *, scope: Scope) -> dict[str, Any]:
    """Return how an admission stands.

    Raises:
        NotFound: there is none in scope.
    """
    member = register.members.show(scope, member_id)
    admission = register.approvals.latest_of(ApprovalKind.ADMISSION, member_id)
    return {
        "member_id": member_id,
        "approval_id": admission["id"],
        "status": member["status"],
        "warnings": admission["facts"]["warnings"],
    }


def _shown(
    row: Mapping[str, Any], savings: Sequence[Mapping[str, Any]], numbers: PrivateNumbers
) -> dict[str, Any]:
    return dict(row) | {
        "nid_masked": numbers.show_masked(row, NID),
        "mobile_masked": numbers.show_masked(row, MOBILE),
        "savings": savings,
    }


def _nominee(row: Mapping[str, Any]) -> dict[str, Any]:
    named = row["guardian_name"] is not None
    guardian = {"name": row["guardian_name"], "relation": row["guardian_relation"]} if named else None
    return dict(row) | {"guardian": guardian}


def _admission(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {
        "approval_id": row["id"],
        "warnings": row["facts"]["warnings"],
        "made_at": row["proposed_at"],
        "checked_at": row["decided_at"],
    }
