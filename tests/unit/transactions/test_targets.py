"""For whom targets may be: active field officers of the branch, nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.transactions.targets_errors import TargetForNobody
from transactions.domain.people import Office, Staff
from transactions.domain.targets import require_officer

BRANCH = Office(
    id="b1", code="B001", level="branch", parent_id="a1", path="/HO/A01/B001/", name_bn="শাখা", name_en="Branch"
)
OFFICER = Staff(
    id="s1",
    name_bn="কর্মী",
    name_en="Officer",
    role="field_officer",
    office_id="b1",
    active=True,
    from_on=date(2026, 1, 1),
    to_on=None,
)


def test_an_active_field_officer_of_the_branch_may_have_targets() -> None:
    require_officer(OFFICER, BRANCH)


@pytest.mark.parametrize("wrong", [{"active": False}, {"role": "accountant"}, {"office_id": "b2"}])
def test_nobody_else_may(wrong: dict[str, Any]) -> None:
    with pytest.raises(TargetForNobody):
        require_officer(replace(OFFICER, **wrong), BRANCH)
