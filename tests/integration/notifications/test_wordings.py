"""Another wording of a message: one person proposes, another agrees, and members read it from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from contracts.errors import (
    AlreadyDecided,
    ApproverTooNew,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    ReasonMissing,
)
from contracts.wordings import (
    DECIDE_APPROVAL,
    GET_TEMPLATE,
    LIST_APPROVALS,
    LIST_TEMPLATES,
    PREVIEW_TEMPLATE,
    PROPOSE_TEMPLATE,
)

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.integration.notifications.conftest import Branch

pytestmark = pytest.mark.rule("P7")
KIND = "deposit_confirmed"
OURS = "Shapla says {when}: {lines}. Member {member}"


class Desk:
    """Two administrators, and one wording on its way."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.maker = branch.staff("/HO/", "administrator")
        self.checker = branch.staff("/HO/", "administrator")
        self.id = str(uuid4())

    def read(self, kind: str = KIND) -> dict[str, Any]:
        return self.branch.harness.ask(GET_TEMPLATE, {"kind": kind}, actor=self.checker)

    def wordings(self, english: str = OURS) -> list[dict[str, Any]]:
        names = ("part", "variant", "bn", "en")
        now = [{name: one[name] for name in names} for one in self.read()["wordings"]]
        return [
            one | ({"en": english} if (one["part"], one["variant"]) == ("text", "full") else {})
            for one in now
        ]

    def propose(self, actor: Actor | None = None, **changes: Any) -> dict[str, Any]:
        body = {"id": self.id, "kind": KIND, "wordings": self.wordings(), "reason": "our own name", **changes}
        return self.branch.harness.ask(PROPOSE_TEMPLATE, body, actor=actor or self.maker)

    def decide(self, actor: Actor | None = None, *, approve: bool = True, **more: Any) -> dict[str, Any]:
        body = {"id": self.id, "approve": approve, **more}
        return self.branch.harness.ask(DECIDE_APPROVAL, body, actor=actor or self.checker)

    def waiting(self, actor: Actor | None = None) -> list[dict[str, Any]]:
        page = self.branch.harness.ask(LIST_APPROVALS, {}, actor=actor or self.checker)
        items: list[dict[str, Any]] = page["items"]
        return items

    def told(self) -> tuple[str, bool]:
        """What a member who pays now is told, and whether by a wording of the institution's own."""
        member_id = self.branch.admit()
        self.branch.post(self.branch.line(member_id))
        [message] = self.branch.own(member_id)
        return message["text"], message["text"].startswith("Shapla says")


@pytest.fixture
def desk(branch: Branch) -> Desk:
    return Desk(branch)


def test_members_read_it_from_the_moment_another_person_agrees(desk: Desk) -> None:
    desk.propose()
    assert desk.told()[1] is False

    assert desk.decide()["state"] == "approved"

    text, ours = desk.told()
    assert (ours, "50" in text, "00012" in text) == (True, True, True)
    file = desk.read()
    assert (file["version"], file["is_own"]) == (1001, True)
    assert [one["state"] for one in file["proposals"]] == ["approved"]


def test_a_later_version_counts_and_the_earlier_stays_as_it_was(desk: Desk) -> None:
    desk.propose()
    desk.decide()
    desk.branch.harness.watch.advance(timedelta(minutes=1))
    desk.id = str(uuid4())
    desk.propose(wordings=desk.wordings("Rupali: {when} {lines} {member}"))
    desk.decide()

    assert desk.told()[0].startswith("Rupali: ")
    proposals = desk.read()["proposals"]
    assert [one["version"] for one in proposals] == [1002, 1001]
    [old] = [
        one["en"] for one in proposals[1]["wordings"] if (one["part"], one["variant"]) == ("text", "full")
    ]
    assert old == OURS


@pytest.mark.rule("P2")
def test_what_lacks_a_name_is_not_even_proposed(desk: Desk) -> None:
    with pytest.raises(InvalidPayload) as refusal:
        desk.propose(wordings=desk.wordings("Shapla says: {lines}"))

    [fault] = refusal.value.facts["fields"].values()
    assert fault == ["PLACEHOLDERS:{lines}, {member}, {when}"]
    assert desk.waiting() == []


def test_who_proposed_agrees_not_and_neither_does_who_is_new(desk: Desk) -> None:
    desk.propose()

    with pytest.raises(MakerIsChecker):
        desk.decide(desk.maker)
    with pytest.raises(ApproverTooNew):
        desk.decide(replace(desk.checker, is_new=True))

    assert [one["may_decide"] for one in desk.waiting(desk.maker)] == [False]
    assert [one["may_decide"] for one in desk.waiting()] == [True]


def test_nobody_in_a_branch_touches_what_members_are_told(desk: Desk) -> None:
    manager = desk.branch.staff()
    with pytest.raises(Forbidden):
        desk.propose(manager)
    desk.propose()
    with pytest.raises(Forbidden):
        desk.decide(manager)
    assert desk.waiting(manager) == []
    with pytest.raises(Forbidden):
        desk.branch.harness.ask(GET_TEMPLATE, {"kind": KIND}, actor=manager)


def test_its_checker_reads_every_sentence_with_sample_facts(desk: Desk) -> None:
    desk.propose()

    [one] = desk.waiting()

    assert (one["service"], one["kind"]) == ("notifications", "message_template")
    assert any(sentence.startswith("Shapla says 23-11-26") for sentence in one["facts"]["sentences"])
    assert len(one["facts"]["sentences"]) == 2 * len(desk.wordings())


def test_a_preview_keeps_nothing(desk: Desk) -> None:
    asked = {"kind": KIND, "wordings": desk.wordings()}

    seen = desk.branch.harness.ask(PREVIEW_TEMPLATE, asked, actor=desk.maker)["items"]

    assert any(one["text"].startswith("Shapla says") and one["parts"] >= 1 for one in seen)
    assert (desk.waiting(), desk.read()["proposals"]) == ([], [])


def test_declined_with_a_reason_nothing_changes_and_another_may_be_proposed(desk: Desk) -> None:
    desk.propose()
    with pytest.raises(ReasonMissing):
        desk.decide(approve=False)

    assert desk.decide(approve=False, reason="too loud")["state"] == "declined"

    assert desk.told()[1] is False
    desk.id = str(uuid4())
    assert desk.propose()["state"] == "waiting"


def test_the_same_again_answers_the_same_and_another_body_is_refused(desk: Desk) -> None:
    assert desk.propose() == desk.propose()
    with pytest.raises(IdConflict):
        desk.propose(reason="another")
    with pytest.raises(AlreadyDecided):
        desk.propose(id=str(uuid4()))

    assert desk.decide() == desk.decide()
    with pytest.raises(AlreadyDecided):
        desk.decide(approve=False, reason="no")
    assert desk.read()["version"] == 1001


def test_the_list_says_of_each_kind_whose_wording_counts(desk: Desk) -> None:
    desk.propose()
    items = desk.branch.harness.ask(LIST_TEMPLATES, {}, actor=desk.maker)["items"]
    assert {one["kind"] for one in items if one["waits"]} == {KIND}
    desk.decide()

    items = desk.branch.harness.ask(LIST_TEMPLATES, {}, actor=desk.maker)["items"]

    assert {one["kind"] for one in items if one["is_own"]} == {KIND}
