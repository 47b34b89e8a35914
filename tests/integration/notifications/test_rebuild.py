"""Reading the feeds of identity and accounts again, after a restore (mechanics T4)."""

from uuid import uuid4

from chassis.rebuild import REBUILD, plan_rebuild
from contracts.accounts import EXPORT_CONTACTS, EXPORT_MEMBERS
from contracts.identity import EXPORT_OFFICES
from contracts.sealed import seal
from tests.integration.notifications.conftest import NUMBER, Batch


def test_a_restored_database_learns_again_whom_to_tell(branch, postbox):
    member_id, office_id = str(uuid4()), str(uuid4())
    office = {
        "id": office_id,
        "code": "003",
        "level": "branch",
        "parent_id": str(uuid4()),
        "path": "/HO/A01/003/",
        "name_bn": "শাখা",
        "name_en": "Branch",
        "version": 1,
    }
    member = {
        "id": member_id,
        "code": "003-0001.00001",
        "name_bn": "আমেনা",
        "name_en": "Amena",
        "samity_id": str(uuid4()),
        "branch_id": office_id,
        "status": "active",
        "language": "en",
        "admitted_on": None,
        "version": 1,
    }
    contact = {
        "member_id": member_id,
        "mobile": seal(NUMBER, branch.harness.process.keys.sealing("notifications")),
        "messages_consent": True,
        "language": "en",
        "version": 1,
    }
    for feed, item in ((EXPORT_OFFICES, office), (EXPORT_MEMBERS, member), (EXPORT_CONTACTS, contact)):
        branch.harness.others.answers[feed] = lambda _, item=item: {"items": [item], "next": None}
    now = branch.harness.watch.now()
    plan_rebuild(branch.harness.process.database, "notifications", step_id=str(uuid4()), now=now)
    branch.harness.take_steps(REBUILD, by=Batch)

    branch.post(branch.line(member_id))
    branch.deliver()
    assert [number for number, _, _ in postbox.sent] == [NUMBER]
    assert [message["member_code"] for message in branch.messages()] == ["003-0001.00001"]
