"""Reading accounts' feeds again, after a restore (mechanics T4)."""

from datetime import date
from uuid import uuid4

from chassis.rebuild import REBUILD, plan_rebuild
from contracts.accounts import EXPORT_MEMBERS, EXPORT_SAMITIES
from contracts.identity import GET_MEMBER_LOGIN
from identity.batch.duties import IdentityBatch


def told(member, **change):
    """A member's state in domain values, as a feed holds it."""
    state = {name: value for name, value in member.items() if name != "answer"}
    return state | {"admitted_on": date(2026, 1, 5)} | change


def rebuild(town):
    now = town.harness.watch.now()
    plan_rebuild(town.harness.process.database, "identity", step_id=str(uuid4()), now=now)
    town.harness.take_steps(REBUILD, by=IdentityBatch)


def test_what_was_missed_is_read_again_page_by_page(town, manager, member):
    first, second = (told(member, id=str(uuid4()), code=f"001-0001.9000{number}") for number in range(2))
    pages = {
        None: {"items": [first], "next": first["id"]},
        first["id"]: {"items": [second], "next": None},
    }
    town.harness.others.answers[EXPORT_SAMITIES] = lambda _: {"items": [], "next": None}
    town.harness.others.answers[EXPORT_MEMBERS] = lambda command: pages[command["after"]]
    rebuild(town)

    for one in (first, second):
        assert town.ask(GET_MEMBER_LOGIN, {"member_id": one["id"]}, manager)["status"] == "none"


def test_a_member_who_left_meanwhile_has_no_login(town, manager, member):
    gone = told(member, status="closed", version=2)
    town.harness.others.answers[EXPORT_SAMITIES] = lambda _: {"items": [], "next": None}
    town.harness.others.answers[EXPORT_MEMBERS] = lambda _: {"items": [gone], "next": None}
    rebuild(town)

    assert town.ask(GET_MEMBER_LOGIN, {"member_id": member["id"]}, manager)["status"] == "revoked"
