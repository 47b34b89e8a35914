"""Products over HTTP: set by two administrators, then opened for a member and seen in her passbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Refused
from demo.products import set_products
from demo.town import eventually, new_id, today

if TYPE_CHECKING:
    from demo.town import Town

CODES = {"GS", "VS", "DPS", "FDR", "JAG", "MRL", "AGR", "SUF", "BUN"}


@pytest.mark.rule("P7")
def test_a_product_set_by_two_people_is_opened_for_a_member(town: Town) -> None:
    for _ in range(2):
        set_products(town.administrator, town.second, today=today(), id_of=lambda *_: new_id())
    listed = {one["code"]: one for one in town.administrator.get("/products")["items"]}
    assert set(listed) >= CODES
    assert {listed[code]["version"] for code in CODES} == {1}

    branch = town.open_branch()
    member = branch.admit(branch.open_samity())
    monthly, lump = new_id(), new_id()
    wish = {"member_id": member, "product_code": "DPS", "amount": "500.00", "months": 60}
    assert branch.officer.put(f"/savings/{monthly}", wish)["status"] == "opening"
    wish = {"member_id": member, "product_code": "FDR", "amount": "20000.00", "months": 84}
    waiting = branch.accountant.put(f"/savings/{lump}", wish)
    assert (waiting["status"], waiting["maturity_value"]) == ("waiting", "40000.00")
    decision = f"/approvals/accounts/{waiting['approval_id']}/decision"
    assert branch.manager.post(decision, {"approve": True})["state"] == "opening"

    def opened() -> dict[str, Any] | None:
        accounts = branch.accountant.get(f"/members/{member}/passbook")["accounts"]
        found = {one["account_id"]: one for one in accounts}
        return found if {monthly, lump} <= set(found) else None

    book = eventually(opened)
    code = branch.officer.get(f"/members/{member}")["code"]
    assert {book[one]["code"] for one in (monthly, lump)} == {f"DPS.{code}.1", f"FDR.{code}.1"}
    deposit = {"account_id": monthly, "amount": "500.00"}
    branch.accountant.put(f"/deposits/{new_id()}", deposit)
    dues = branch.accountant.get(f"/savings/{monthly}/dues")["months"]
    assert (len(dues), dues[0]["amount"], dues[0]["paid"]) == (60, "500.00", "500.00")


@pytest.mark.rule("L2")
def test_the_law_is_read_and_its_breach_can_be_asked_to_pass(town: Town) -> None:
    laws = town.administrator.get("/laws")["items"]
    assert [(one["effective_on"], one["cap_percent"]) for one in laws][:2] == [
        ("2010-11-10", "27"),
        ("2019-07-01", "24"),
    ]
    branch = town.open_branch()
    said = {"subject_id": new_id(), "breach": "yearly_rate", "figure": "24.07", "reason": "ঈদের ছুটি"}
    asked = branch.manager.put(f"/overrides/{new_id()}", said)
    assert asked["state"] == "waiting"
    with pytest.raises(Refused) as refusal:
        branch.officer.put(f"/overrides/{new_id()}", said)
    assert refusal.value.status == 403
    assert [one["id"] for one in branch.manager.get("/overrides")["items"]] == [asked["id"]]
