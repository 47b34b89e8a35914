"""Notes on a member: only added, read by whom they are for, hidden from the officer they are about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from contracts.accounts import ASSIGN_SAMITY_OFFICER
from contracts.accounts.notes import LIST_NOTES, WRITE_AUDIT_NOTE, WRITE_NOTE
from contracts.errors import IdConflict, InvalidPayload, NotFound, PersonExcluded
from contracts.identity import STAFF_POSTING_CHANGED
from tests.support.accounts import Branch
from tests.support.memory import remembered

if TYPE_CHECKING:
    from contracts.actor import Actor

SAID = "টাকা নিয়ে বইয়ে লেখেননি বলে জানিয়েছেন"


@remembered
def member(branch: Branch, samity: str) -> dict[str, Any]:
    return branch.member(samity)


def note(member: dict[str, Any], kind: str | None = "member", text: str = SAID) -> dict[str, Any]:
    told = {"id": str(uuid4()), "member_id": member["id"], "text": text}
    return told if kind is None else told | {"kind": kind}


def write(
    branch: Branch, member: dict[str, Any], actor: Actor, kind: str, text: str = SAID
) -> dict[str, Any]:
    return branch.harness.ask(WRITE_NOTE, note(member, kind, text), actor=actor)


def audit(branch: Branch, member: dict[str, Any]) -> dict[str, Any]:
    return branch.harness.ask(WRITE_AUDIT_NOTE, note(member, None), actor=branch.actor("auditor"))


def read(branch: Branch, member: dict[str, Any], actor: Actor, **page: Any) -> list[dict[str, Any]]:
    answer = branch.harness.ask(LIST_NOTES, {"member_id": member["id"]} | page, actor=actor)
    return list(answer["items"])


class TestNotes:
    def test_name_their_author_and_their_instant(self, branch: Branch, member: dict[str, Any]) -> None:
        written = write(branch, member, branch.officer, "member")

        assert (written["kind"], written["text"]) == ("member", SAID)
        assert written["written_by"] == branch.officer.person_id
        assert written["written_by_name_en"] == "Rafiqul field_officer"
        assert read(branch, member, branch.manager) == [written]

    def test_come_the_newest_first_page_by_page(self, branch: Branch, member: dict[str, Any]) -> None:
        for number in range(3):
            write(branch, member, branch.manager, "member", f"note {number}")

        whole = read(branch, member, branch.manager)
        first = read(branch, member, branch.manager, limit=2)
        rest = read(branch, member, branch.manager, limit=2, after=first[-1]["id"])
        assert first + rest == whole
        assert len(whole) == 3

    def test_sent_again_change_nothing(self, branch: Branch, member: dict[str, Any]) -> None:
        command = note(member)
        first = branch.harness.ask(WRITE_NOTE, command, actor=branch.manager)

        assert branch.harness.ask(WRITE_NOTE, command, actor=branch.manager) == first
        with pytest.raises(IdConflict):
            branch.harness.ask(WRITE_NOTE, command | {"text": "something else"}, actor=branch.manager)
        assert len(read(branch, member, branch.manager)) == 1

    def test_are_changed_and_taken_away_by_nobody(self, branch: Branch, member: dict[str, Any]) -> None:
        write(branch, member, branch.manager, "member")

        for statement in ("UPDATE member_notes SET text = 'x'", "DELETE FROM member_notes"):
            with pytest.raises(ProgrammingError), branch.harness.process.database.transaction() as session:
                session.execute(sa.text(statement))

    def test_are_kept_encrypted(self, branch: Branch, member: dict[str, Any]) -> None:
        write(branch, member, branch.manager, "member")

        with branch.harness.process.database.transaction() as session:
            kept = session.execute(sa.text("SELECT text FROM member_notes")).scalar_one()
        assert "টাকা" not in kept

    @pytest.mark.rule("M8")
    def test_are_not_written_of_oneself_or_kin(self, branch: Branch, member: dict[str, Any]) -> None:
        kin = replace(branch.actor("accountant"), excluded_members=(member["id"],))

        with pytest.raises(PersonExcluded):
            write(branch, member, kin, "member")

    def test_of_another_branch_are_not_found(self, branch: Branch, member: dict[str, Any]) -> None:
        foreign = Branch(branch.harness, code="B002", number=2).manager

        with pytest.raises(NotFound):
            read(branch, member, foreign)
        with pytest.raises(NotFound):
            write(branch, member, foreign, "member")


class TestWhoReads:
    @pytest.mark.rule("P4")
    def test_her_officer_never_reads_what_is_about_him(self, branch: Branch, member: dict[str, Any]) -> None:
        about = write(branch, member, branch.actor("accountant"), "officer")
        plain = write(branch, member, branch.manager, "member")

        assert read(branch, member, branch.officer) == [plain]
        assert about in read(branch, member, branch.manager)

    @pytest.mark.rule("P4")
    def test_nor_in_a_later_post_nor_does_his_successor(
        self, branch: Branch, samity: str, member: dict[str, Any]
    ) -> None:
        write(branch, member, branch.actor("accountant"), "officer")
        second = branch.person_id("second_officer")
        posting = branch.posting("field_officer", staff_id=second, mobile=branch.sealed("+8801755667788"))
        branch.harness.hear(STAFF_POSTING_CHANGED, posting)
        moved = {"id": str(uuid4()), "samity_id": samity, "officer_id": second, "from_on": "2026-11-23"}
        branch.harness.ask(ASSIGN_SAMITY_OFFICER, moved, actor=branch.manager)

        now_manager = branch.actor("branch_manager", person_id=branch.officer.person_id)
        assert read(branch, member, now_manager) == []
        assert read(branch, member, branch.actor("field_officer", person_id=second)) == []
        assert len(read(branch, member, branch.manager)) == 1

    def test_an_auditors_notes_are_for_auditors_and_above_the_branch(
        self, branch: Branch, member: dict[str, Any]
    ) -> None:
        found = audit(branch, member)

        assert found["kind"] == "audit"
        for role in ("field_officer", "accountant", "branch_manager"):
            assert read(branch, member, branch.actor(role)) == []
        for role in ("area_manager", "auditor", "administrator"):
            assert read(branch, member, branch.actor(role, office_path="/HO/")) == [found]

    def test_nobody_else_writes_in_an_auditors_name(self, branch: Branch, member: dict[str, Any]) -> None:
        with pytest.raises(InvalidPayload):
            write(branch, member, branch.manager, "audit")
