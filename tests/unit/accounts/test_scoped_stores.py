"""A question of staff without a scope cannot be asked."""

import inspect

import pytest

from accounts.repository.approvals import ApprovalStore
from accounts.repository.members import MemberStore
from accounts.repository.pictures import PictureStore
from accounts.repository.samities import SamityStore

LOOK_UPS = ("show", "hold", "list_")


@pytest.mark.parametrize("store", [SamityStore, MemberStore, ApprovalStore, PictureStore])
def test_every_look_up_takes_a_scope_first(store: type):
    look_ups = {
        name: list(inspect.signature(method).parameters)[1]
        for name, method in inspect.getmembers(store, inspect.isfunction)
        if name.startswith(LOOK_UPS)
    }

    assert look_ups
    assert set(look_ups.values()) == {"scope"}
