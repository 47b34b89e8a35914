"""Whose books a caller may look into: without an office, nobody's."""

from contracts.actor import Actor
from contracts.permissions import Role
from transactions.repository.scope import Scope


def test_an_empty_office_path_sees_no_office_instead_of_every_office():
    somebody = Actor(
        person_id="0c5f0d9e-1111-7000-8000-000000000001",
        kind="staff",
        role=Role.BRANCH_MANAGER,
        permission="book:read",
        office_path="",
    )

    assert Scope.of(somebody).office_path is None
