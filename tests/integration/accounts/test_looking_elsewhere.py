"""What is told of the rest of the institution: how many have a number, how samities are called. P1, L6."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.accounts.members import COUNT_ALIKE
from contracts.accounts.samities import LIST_OTHER_SAMITIES
from contracts.errors import InvalidPayload, NotFound
from tests.support.accounts import Branch


class TestNumbers:
    @pytest.mark.rule("P1")
    def test_are_counted_in_the_whole_institution_and_nobody_is_named(
        self, branch: Branch, samity: str
    ) -> None:
        branch.admit(samity, nid="1990123456", mobile="+8801711999888")
        branch.admit(samity, mobile="+8801711999888")
        asked = {"nid": branch.sealed("১৯৯০১২৩৪৫৬"), "mobile": branch.sealed("01711-999888")}
        foreign = Branch(branch.harness, code="B002", number=2).officer

        answer = branch.harness.ask(COUNT_ALIKE, asked, actor=foreign)

        assert answer == {"with_nid": 1, "with_mobile": 2}
        (looked,) = branch.harness.audited("count_alike")
        assert looked["actor_id"] == foreign.person_id
        assert "1990123456" not in str(looked["facts"])

    def test_of_thirteen_digits_are_found_among_those_of_seventeen(self, branch: Branch, samity: str) -> None:
        branch.admit(samity, nid="19901234567890123", birth_on="1990-02-03")
        asked = {"nid": branch.sealed("1234567890123")}

        assert branch.harness.ask(COUNT_ALIKE, asked, actor=branch.officer)["with_nid"] == 1

    def test_of_who_was_turned_down_are_free(self, branch: Branch, samity: str) -> None:
        applicant = branch.admit(samity, nid="1990123456")
        branch.decide(applicant, approve=False, reason="কাগজ মেলে না")

        asked = {"nid": branch.sealed("1990123456")}
        assert branch.harness.ask(COUNT_ALIKE, asked, actor=branch.officer)["with_nid"] == 0

    def test_not_said_are_nobodys(self, branch: Branch, samity: str) -> None:
        branch.admit(samity, mobile=None)

        answer = branch.harness.ask(COUNT_ALIKE, {}, actor=branch.officer)
        assert answer == {"with_nid": 0, "with_mobile": 0}
        with pytest.raises(InvalidPayload):
            branch.harness.ask(COUNT_ALIKE, {"nid": branch.sealed("123")}, actor=branch.officer)


class TestSamities:
    def ask(self, branch: Branch, member: dict[str, Any], query: str) -> dict[str, Any]:
        command = {"member_id": member["id"], "query": query}
        return branch.harness.ask(LIST_OTHER_SAMITIES, command, actor=branch.manager)

    @pytest.mark.rule("L6")
    def test_of_another_branch_are_found_by_code_or_name_and_told_no_more_of(
        self, branch: Branch, samity: str
    ) -> None:
        member = branch.member(samity)
        elsewhere = Branch(branch.harness, code="B002", number=2)
        made = elsewhere.open_samity(name_bn="গোলাপ সমিতি", name_en="Golap Samity")

        for query in ("গোলাপ", "golap", made["code"], made["code"][:4].lower()):
            answer = self.ask(branch, member, query)
            assert [one["id"] for one in answer["items"]] == [made["id"]], query
            assert not answer["more"]
            assert set(answer["items"][0]) == {
                *("id", "code", "name_bn", "name_en", "branch_name_bn", "branch_name_en"),
            }

    def test_leave_out_her_own(self, branch: Branch, samity: str) -> None:
        member = branch.member(samity)
        other = branch.open_samity(name_en="Shapla Two")

        assert [one["id"] for one in self.ask(branch, member, "shapla")["items"]] == [other["id"]]

    def test_are_not_told_of_to_who_does_not_find_the_member(self, branch: Branch, samity: str) -> None:
        member = branch.member(samity)
        foreign = Branch(branch.harness, code="B002", number=2).manager

        with pytest.raises(NotFound):
            branch.harness.ask(
                LIST_OTHER_SAMITIES, {"member_id": member["id"], "query": "shapla"}, actor=foreign
            )

    @pytest.mark.parametrize("query", ["%%", "__"])
    def test_are_not_all_listed_by_a_trick(self, branch: Branch, samity: str, query: str) -> None:
        member = branch.member(samity)
        branch.open_samity(name_en="Another")

        assert self.ask(branch, member, query)["items"] == []
