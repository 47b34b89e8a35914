"""A photo and papers: agreed to by a second person, read by who may read her, dropped when declined."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from accounts.models import consents
from chassis.privacy import Tampered
from contracts.accounts import DECIDE_APPROVAL, GET_MEMBER, LIST_APPROVALS, PURPOSES
from contracts.accounts.picture_errors import (
    AdmissionOfAnother,
    LookReasonMissing,
    NotAPicture,
    PhotoNotConsented,
    PhotoWaits,
    PictureNotFound,
    PictureNotPlain,
    PictureTooLarge,
)
from contracts.accounts.pictures import (
    ADD_PICTURE,
    LIST_PICTURES,
    READ_OWN_PHOTO,
    READ_PHOTO,
    READ_PICTURE,
)
from contracts.actor import Actor
from contracts.errors import (
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    PersonExcluded,
    ServiceError,
)
from contracts.sealed import unseal
from tests.support.accounts import Branch, consent
from tests.support.memory import remembered
from tests.support.photographs import bare, photograph, with_place

if TYPE_CHECKING:
    from accounts.service import AccountsService
    from chassis.testing import ServiceHarness

    Harness = ServiceHarness[AccountsService]


@remembered
def member(branch: Branch, samity: str) -> dict[str, Any]:
    return branch.member(samity)


def asked(branch: Branch, member_id: str, content: bytes, **changes: Any) -> dict[str, Any]:
    sealed = branch.sealed(base64.b64encode(content).decode())
    told = {"id": str(uuid4()), "member_id": member_id, "kind": "photo", "note": None}
    return told | {"content": sealed} | changes


def add(branch: Branch, member_id: str, content: bytes, actor: Actor, **changes: Any) -> dict[str, Any]:
    """Add a picture and answer with it."""
    command = asked(branch, member_id, content, **changes)
    return branch.harness.ask(ADD_PICTURE, command, actor=actor)


def decide(branch: Branch, picture: dict[str, Any], *, approve: bool = True) -> None:
    reason = None if approve else "ছবি ঝাপসা"
    command = {"id": picture["id"], "approve": approve, "reason": reason}
    branch.harness.ask(DECIDE_APPROVAL, command, actor=branch.manager)


def shown(harness: Harness, answer: dict[str, Any]) -> bytes:
    keys = harness.process.keys.unsealing("gateway")
    return base64.b64decode(unseal(answer["content"], keys))


def photo(branch: Branch, member_id: str, actor: Actor | None = None) -> bytes:
    answer = branch.harness.ask(READ_PHOTO, {"member_id": member_id}, actor=actor or branch.manager)
    return shown(branch.harness, answer)


def read(branch: Branch, picture: dict[str, Any], actor: Actor, reason: str | None = None) -> bytes:
    command = {"id": picture["id"], "reason": reason}
    return shown(branch.harness, branch.harness.ask(READ_PICTURE, command, actor=actor))


def agree_no_more(branch: Branch, member_id: str) -> None:
    """Write that she was asked about her photo again, and says no."""
    with branch.harness.process.database.transaction() as session:
        query = sa.select(consents).where(consents.c.member_id == member_id, consents.c.purpose == "photo")
        answer = dict(session.execute(query).mappings().one())
        later = {"given": False, "at": answer["at"] + timedelta(minutes=1)}
        session.execute(sa.insert(consents).values(answer | later))


def states(branch: Branch, member_id: str) -> list[tuple[str, str]]:
    listed = branch.harness.ask(LIST_PICTURES, {"member_id": member_id}, actor=branch.manager)["items"]
    return sorted((one["kind"], one["state"]) for one in listed)


class TestAPhoto:
    @pytest.mark.rule("M8")
    def test_is_hers_when_a_second_person_agrees(self, branch: Branch, member: dict[str, Any]) -> None:
        picture = add(branch, member["id"], bare(), branch.officer)

        assert (picture["state"], picture["size"]) == ("waiting", len(bare()))
        with pytest.raises(PictureNotFound):
            photo(branch, member["id"])
        (waiting,) = branch.harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]
        assert (waiting["kind"], waiting["subject_id"]) == ("picture", picture["id"])
        assert waiting["facts"]["picture_kind"] == "photo"

        decide(branch, picture)

        assert photo(branch, member["id"], branch.officer) == bare()
        file = branch.harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.officer)
        assert file["photo_id"] == picture["id"]

    @pytest.mark.rule("M8")
    def test_is_not_agreed_to_by_who_took_it(self, branch: Branch, member: dict[str, Any]) -> None:
        picture = add(branch, member["id"], bare(), branch.manager)

        with pytest.raises(MakerIsChecker):
            decide(branch, picture)

    def test_takes_the_place_of_the_one_before(self, branch: Branch, member: dict[str, Any]) -> None:
        decide(branch, add(branch, member["id"], bare(100, 100), branch.officer))
        second = add(branch, member["id"], bare(200, 100), branch.officer)
        assert photo(branch, member["id"]) == bare(100, 100)

        decide(branch, second)

        assert photo(branch, member["id"]) == bare(200, 100)
        assert states(branch, member["id"]) == [("photo", "kept"), ("photo", "replaced")]

    def test_of_which_one_waits_at_a_time(self, branch: Branch, member: dict[str, Any]) -> None:
        add(branch, member["id"], bare(), branch.officer)

        with pytest.raises(PhotoWaits):
            add(branch, member["id"], bare(100, 100), branch.officer)
        add(branch, member["id"], bare(), branch.officer, kind="nid_front")

    def test_that_is_declined_leaves_nothing(self, branch: Branch, member: dict[str, Any]) -> None:
        picture = add(branch, member["id"], bare(), branch.officer, note="মুখ দেখা যায় না")

        decide(branch, picture, approve=False)

        assert states(branch, member["id"]) == [("photo", "declined")]
        with pytest.raises(PictureNotFound):
            branch.harness.ask(READ_PICTURE, {"id": picture["id"]}, actor=branch.manager)
        with branch.harness.process.database.transaction() as session:
            kept = session.execute(sa.text("SELECT content, note FROM pictures")).one()
        assert tuple(kept) == (None, None)

    @pytest.mark.rule("P10")
    def test_is_not_kept_of_who_did_not_agree_to_it(self, branch: Branch, samity: str) -> None:
        answers = [consent(purpose, given=purpose != "photo") for purpose in PURPOSES]
        member = branch.member(samity, consents=answers)

        with pytest.raises(PhotoNotConsented):
            add(branch, member["id"], bare(), branch.officer)
        assert add(branch, member["id"], bare(), branch.officer, kind="nid_back")["state"] == "waiting"

    @pytest.mark.rule("P10")
    def test_of_who_agrees_no_more_is_neither_put_in_force_nor_shown(
        self, branch: Branch, member: dict[str, Any]
    ) -> None:
        first = add(branch, member["id"], bare(), branch.officer)
        decide(branch, first)
        second = add(branch, member["id"], bare(200, 100), branch.officer)

        agree_no_more(branch, member["id"])

        with pytest.raises(PhotoNotConsented):
            decide(branch, second)
        decide(branch, second, approve=False)
        with pytest.raises(PictureNotFound):
            photo(branch, member["id"])
        with pytest.raises(PhotoNotConsented):
            read(branch, first, branch.manager)
        assert branch.harness.ask(GET_MEMBER, {"id": member["id"]}, actor=branch.manager)["photo_id"] is None

    def test_sent_again_changes_nothing(self, branch: Branch, member: dict[str, Any]) -> None:
        command = asked(branch, member["id"], bare())
        first = branch.harness.ask(ADD_PICTURE, command, actor=branch.officer)
        resealed = command | {"content": branch.sealed(base64.b64encode(bare()).decode())}

        assert branch.harness.ask(ADD_PICTURE, resealed, actor=branch.officer) == first
        assert len(branch.harness.audited("add_picture")) == 1
        another = command | {"content": branch.sealed(base64.b64encode(bare(90, 90)).decode())}
        for changed in (another, command | {"kind": "other"}):
            with pytest.raises(IdConflict):
                branch.harness.ask(ADD_PICTURE, changed, actor=branch.officer)


class TestHerOwn:
    def see(self, branch: Branch, person_id: str) -> bytes:
        herself = Actor(person_id=person_id, kind="member", role="member")
        return shown(branch.harness, branch.harness.ask(READ_OWN_PHOTO, {}, actor=herself))

    def test_is_hers_to_see_and_nobody_elses(
        self, branch: Branch, samity: str, member: dict[str, Any]
    ) -> None:
        other = branch.member(samity)
        decide(branch, add(branch, member["id"], bare(), branch.officer))

        assert self.see(branch, member["id"]) == bare()
        (looked,) = branch.harness.audited("read_photo")
        assert (looked["actor_id"], looked["actor_kind"]) == (member["id"], "member")
        with pytest.raises(PictureNotFound):
            self.see(branch, other["id"])
        with pytest.raises(Forbidden):
            branch.harness.ask(READ_OWN_PHOTO, {}, actor=branch.manager)

    @pytest.mark.rule("P10")
    def test_is_shown_no_more_when_she_agrees_no_more(self, branch: Branch, member: dict[str, Any]) -> None:
        decide(branch, add(branch, member["id"], bare(), branch.officer))
        agree_no_more(branch, member["id"])

        with pytest.raises(PictureNotFound):
            self.see(branch, member["id"])


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (photograph(form="PNG"), NotAPicture),
            (with_place(300, 200), PictureNotPlain),
            (bare(600, 400), PictureTooLarge),
        ],
        ids=["png", "place", "large"],
    )
    def test_by_name(
        self, branch: Branch, member: dict[str, Any], content: bytes, refusal: type[ServiceError]
    ) -> None:
        with pytest.raises(refusal):
            add(branch, member["id"], content, branch.officer)
        assert states(branch, member["id"]) == []

    def test_what_is_sealed_to_another_or_is_no_picture_at_all(
        self, branch: Branch, member: dict[str, Any]
    ) -> None:
        command = asked(branch, member["id"], b"")
        with pytest.raises(NotAPicture):
            branch.harness.ask(
                ADD_PICTURE, command | {"content": branch.sealed("no base64!")}, actor=branch.officer
            )
        with pytest.raises(InvalidPayload):
            branch.harness.ask(
                ADD_PICTURE, command | {"content": branch.sealed("x", "gateway")}, actor=branch.officer
            )

    @pytest.mark.rule("M8")
    def test_handling_what_is_ones_own_or_declared_kins(self, branch: Branch, member: dict[str, Any]) -> None:
        picture = add(branch, member["id"], bare(), branch.officer, kind="nid_front")
        kin = replace(branch.actor("accountant"), excluded_members=(member["id"],))

        with pytest.raises(PersonExcluded):
            add(branch, member["id"], bare(), kin)
        with pytest.raises(PersonExcluded):
            read(branch, picture, replace(branch.manager, excluded_members=(member["id"],)))


class TestAnApplicant:
    @pytest.mark.rule("L8")
    def test_brings_her_pictures_along(self, branch: Branch, samity: str) -> None:
        applicant = branch.admit(samity)
        her = applicant["member_id"]
        picture = add(branch, her, bare(), branch.officer)
        add(branch, her, bare(800, 500), branch.officer, kind="nid_front")
        assert len(branch.harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]) == 1
        assert photo(branch, her) == bare()

        branch.decide(applicant)

        assert states(branch, her) == [("nid_front", "kept"), ("photo", "kept")]
        file = branch.harness.ask(GET_MEMBER, {"id": her}, actor=branch.manager)
        assert file["photo_id"] == picture["id"]

    def test_who_is_turned_down_leaves_none(self, branch: Branch, samity: str) -> None:
        applicant = branch.admit(samity)
        add(branch, applicant["member_id"], bare(), branch.officer)

        branch.decide(applicant, approve=False, reason="কাগজ মেলে না")

        assert states(branch, applicant["member_id"]) == [("photo", "declined")]

    @pytest.mark.rule("M8")
    def test_gets_none_from_who_decides_about_her(self, branch: Branch, samity: str) -> None:
        applicant = branch.admit(samity)

        with pytest.raises(AdmissionOfAnother):
            add(branch, applicant["member_id"], bare(), branch.manager)


class TestPrivacy:
    def test_another_branch_finds_nothing(self, branch: Branch, member: dict[str, Any]) -> None:
        picture = add(branch, member["id"], bare(), branch.officer)
        decide(branch, picture)
        foreign = Branch(branch.harness, code="B002", number=2).manager

        for method, command in (
            (READ_PHOTO, {"member_id": member["id"]}),
            (LIST_PICTURES, {"member_id": member["id"]}),
            (READ_PICTURE, {"id": picture["id"]}),
            (ADD_PICTURE, asked(branch, member["id"], bare())),
        ):
            with pytest.raises(NotFound):
                branch.harness.ask(method, command, actor=foreign)

    def test_another_officer_of_the_branch_finds_none_either(
        self, branch: Branch, member: dict[str, Any]
    ) -> None:
        decide(branch, add(branch, member["id"], bare(), branch.officer))
        other = branch.actor("field_officer", person_id=branch.person_id("second_officer"))

        with pytest.raises(NotFound):
            photo(branch, member["id"], other)

    def test_who_looked_at_a_paper_and_why_is_recorded(self, branch: Branch, member: dict[str, Any]) -> None:
        picture = add(branch, member["id"], bare(), branch.officer, kind="nid_front")
        assert read(branch, picture, branch.manager) == bare()
        decide(branch, picture)

        with pytest.raises(LookReasonMissing):
            read(branch, picture, branch.manager)
        assert read(branch, picture, branch.actor("auditor"), "নমুনা যাচাই") == bare()

        before, after = branch.harness.audited("read_picture")
        assert before["actor_id"] == branch.manager.person_id
        assert after["actor_id"] == branch.person_id("auditor")
        hers = {"member_id": member["id"], "kind": "nid_front"}
        assert before["facts"] == hers | {"reason": None}
        assert after["facts"] == hers | {"reason": "নমুনা যাচাই"}

    @pytest.mark.parametrize("role", ["field_officer", "accountant", "administrator"])
    def test_a_paper_is_not_for_everybody_who_finds_her(
        self, branch: Branch, member: dict[str, Any], role: str
    ) -> None:
        picture = add(branch, member["id"], bare(), branch.officer, kind="nid_front")

        with pytest.raises(Forbidden):
            read(branch, picture, branch.actor(role), "কৌতূহল")
        assert branch.harness.audited("read_picture") == []

    def test_who_looked_at_her_face_is_recorded_too(self, branch: Branch, member: dict[str, Any]) -> None:
        picture = add(branch, member["id"], bare(), branch.officer)
        decide(branch, picture)

        photo(branch, member["id"], branch.officer)

        (looked,) = branch.harness.audited("read_photo")
        assert (looked["actor_id"], looked["subject_id"]) == (branch.officer.person_id, picture["id"])
        assert looked["facts"] == {"member_id": member["id"]}

    def test_is_kept_so_that_the_database_alone_shows_nothing(
        self, branch: Branch, member: dict[str, Any]
    ) -> None:
        picture = add(branch, member["id"], bare(), branch.officer, note="বাজারের ছবি")
        other = add(branch, member["id"], bare(), branch.officer, kind="other")
        with branch.harness.process.database.transaction() as session:
            rows = session.execute(sa.text("SELECT content, note FROM pictures ORDER BY note IS NULL")).all()
            assert all(b"JFIF" not in bytes(row.content) for row in rows)
            assert bytes(rows[0].content) != bytes(rows[1].content)
            assert "বাজার" not in str(rows[0].note)

        with branch.harness.process.database.transaction() as session:
            moved = "UPDATE pictures SET content = (SELECT content FROM pictures WHERE id = :a) WHERE id = :b"
            session.execute(sa.text(moved), {"a": picture["id"], "b": other["id"]})
        with pytest.raises(Tampered):
            branch.harness.ask(READ_PICTURE, {"id": other["id"]}, actor=branch.manager)
