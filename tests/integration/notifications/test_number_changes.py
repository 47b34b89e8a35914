"""A change of number: the code goes to the new telephone, the warning to the old one. Rules P1 and P2."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from contracts.accounts.number_changes import NUMBER_CHANGE_ASKED, NUMBER_CHANGED
from contracts.sealed import seal
from notifications.domain.attempts import PAUSES
from tests.integration.notifications.conftest import NUMBER

NEW = "+8801922333444"
CODE = "048213"


def sealed(branch: Any, plain: str | None) -> str | None:
    return None if plain is None else seal(plain, branch.harness.process.keys.sealing("notifications"))


def asked(branch: Any, member: str, *, old: str | None = NUMBER, **changes: Any) -> dict[str, Any]:
    told = {
        "id": str(uuid4()),
        "member_id": member,
        "on": "2026-11-23",
        "send": 1,
        "mobile": sealed(branch, NEW),
        "old_mobile": sealed(branch, old),
        "code": sealed(branch, CODE),
    } | changes
    branch.harness.hear(NUMBER_CHANGE_ASKED, told)
    return told


@pytest.mark.rule("P1", "P2")
def test_the_code_goes_to_the_new_number_and_a_warning_to_the_old_without_consent(branch, postbox):
    member = branch.admit(consent=False)
    asked(branch, member)
    branch.deliver()

    sent = {number: (text, purpose) for number, text, purpose in postbox.sent}
    assert set(sent) == {NEW, NUMBER}
    assert CODE in sent[NEW][0]
    assert sent[NEW][1] == "proof_of_number"
    assert CODE not in sent[NUMBER][0]
    assert sent[NUMBER][1] == "protection_of_number"


@pytest.mark.rule("P1")
def test_nobody_reads_the_code_in_the_branch_or_in_the_database(branch, postbox):
    member = branch.admit()
    asked(branch, member)
    texts = [one["text"] for one in branch.messages()]
    assert len(texts) == 2
    assert CODE not in "".join(texts)
    assert CODE not in rows(branch)
    branch.deliver()
    assert "secret" not in rows(branch)


def rows(branch: Any) -> str:
    with branch.harness.process.database.transaction() as session:
        found = session.execute(sa.text("SELECT text, secret FROM messages")).all()
    return " ".join(f"{text} {'' if secret is None else 'secret ' + secret}" for text, secret in found)


def test_a_first_number_has_nobody_to_warn_and_a_second_code_warns_no_more(branch, postbox):
    member = branch.admit(mobile=None)
    told = asked(branch, member, old=None)
    asked(branch, member, id=told["id"], send=2)
    branch.deliver()
    assert [number for number, _, _ in postbox.sent] == [NEW, NEW]


@pytest.mark.rule("P2")
def test_both_numbers_learn_of_the_change_once_though_the_new_one_is_hers_already(branch, postbox):
    member = branch.admit(consent=False)
    branch.tell_contact(member, mobile=NEW, consent=False, version=2)
    told = {
        "id": str(uuid4()),
        "member_id": member,
        "on": "2026-11-23",
        "mobile": sealed(branch, NEW),
        "old_mobile": sealed(branch, NUMBER),
    }
    for _ in range(2):
        branch.harness.hear(NUMBER_CHANGED, told, event_id=str(uuid4()))
    branch.deliver()
    assert sorted(number for number, _, _ in postbox.sent) == [NUMBER, NEW]


def test_the_code_is_kept_until_the_sender_has_taken_it(branch, postbox):
    member = branch.admit(mobile=None)
    postbox.refusals = 1
    asked(branch, member, old=None)
    branch.deliver()
    assert postbox.sent == []
    branch.harness.watch.advance(PAUSES[0])
    branch.deliver()
    [(number, text, _)] = postbox.sent
    assert (number, CODE in text) == (NEW, True)
