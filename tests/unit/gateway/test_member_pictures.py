"""Pictures and notes at the portal: taken, shown to whom they are for, kept by no cache."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import ADMIT_MEMBER, GET_MEMBER, LIST_APPROVALS, LIST_SAMITIES, PURPOSES
from contracts.accounts.notes import LIST_NOTES, WRITE_AUDIT_NOTE, WRITE_NOTE
from contracts.accounts.picture_errors import PhotoWaits, PictureNotFound
from contracts.accounts.pictures import (
    ADD_PICTURE,
    LIST_PICTURES,
    READ_OWN_PHOTO,
    READ_PHOTO,
    READ_PICTURE,
)
from contracts.permissions import Role
from gateway.frame import PICTURE_LIMIT_BYTES
from gateway.keepers import KEEPERS
from tests.support.gateway import sample_answer
from tests.support.photographs import SMALL, bare, bomb, photograph, with_place
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.support.gateway import FakeBackends

HER = f"/members/{AN_ID}"
NEW = f"{HER}/pictures/new"
PAPER = f"{HER}/pictures/{AN_ID}"
UNFILLED = re.compile(r"[{}]|\b[a-z_]+\.[a-z_]+_[a-z_]+\b")


@pytest.fixture
def manager(app: Flask, backends: FakeBackends, accountant: Visitor) -> Visitor:
    del accountant  # what the services answer is the same
    return Visitor(app, backends, Role.BRANCH_MANAGER)


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    told = {"status": "active", "sex": "female", "login_status": "none", "id": AN_ID, "photo_id": AN_ID}
    seen = {"admission": {"warnings": []}, "consents": [], "savings": []}
    backends.script(GET_MEMBER, sample_answer(GET_MEMBER) | told | seen)
    picture = sample_answer(LIST_PICTURES)["items"][0] | {
        "kind": "nid_front",
        "state": "kept",
        "id": AN_ID,
        "member_id": AN_ID,
    }
    backends.script(LIST_PICTURES, {"items": [picture]})
    return Visitor(app, backends, Role.ACCOUNTANT)


def send(visitor: Visitor, content: bytes | None, *, field: str = "content", **typed: str) -> TestResponse:
    """Fill in the form as a browser does, with a file."""
    held = visitor.look(NEW).fields
    files = {} if content is None else {field: (BytesIO(content), "IMG_2041.jpg")}
    whole: dict[str, Any] = {"kind": "photo"} | typed
    others = {name: value for name, value in held.items() if name not in {"content", "camera"}}
    return visitor.client.post(NEW, data=others | whole | files, content_type="multipart/form-data")


def sent(backends: FakeBackends) -> bytes:
    return base64.b64decode(backends.of(ADD_PICTURE)[-1].payload["content"])


class TestTaking:
    @pytest.mark.parametrize("language", ["bn", "en"])
    @pytest.mark.parametrize("path", [NEW, f"{HER}/notes", f"{HER}/notes/new", HER])
    def test_can_be_drawn_in_both_languages(
        self, app: Flask, backends: FakeBackends, accountant: Visitor, path: str, language: str
    ) -> None:
        page = Visitor(app, backends, Role.ACCOUNTANT, language).look(path)

        assert UNFILLED.findall(page.text) == []
        assert {NEW, f"{HER}/notes/new"} <= set(accountant.look(HER).links)

    def test_offers_a_file_and_the_camera(self, accountant: Visitor) -> None:
        html = accountant.look(NEW).html

        assert len(re.findall(r'<input[^>]*type="file"', html)) == 2
        assert re.search(r'<input[^>]*capture="environment"', html)

    @pytest.mark.parametrize("field", ["content", "camera"])
    @pytest.mark.rule("P10")
    def test_sends_it_small_and_bare(self, accountant: Visitor, field: str) -> None:
        answer = send(accountant, with_place(2400, 1600), field=field, note="সামনে থেকে")

        assert (answer.status_code, answer.headers["Location"]) == (303, HER)
        said = accountant.backends.of(ADD_PICTURE)[-1].payload
        assert (said["member_id"], said["kind"], said["note"]) == (AN_ID, "photo", "সামনে থেকে")
        assert len(sent(accountant.backends)) <= 30 * 1024
        assert b"Walton" not in sent(accountant.backends)

    def test_takes_a_whole_picture_of_a_camera(self, accountant: Visitor) -> None:
        large = photograph(600, 600, noisy=True, quality=95)
        assert 256 * 1024 < len(large) < PICTURE_LIMIT_BYTES

        assert send(accountant, large, kind="nid_front").status_code == 303
        assert len(sent(accountant.backends)) <= 60 * 1024

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"%PDF-1.7", "This is no picture"),
            (bomb(), "The picture is too large"),
            (None, "Choose a picture, or take one."),
        ],
        ids=["pdf", "bomb", "none"],
    )
    def test_says_by_name_what_is_none(
        self, accountant: Visitor, content: bytes | None, sentence: str
    ) -> None:
        answer = send(accountant, content)

        assert sentence in answer.text
        assert accountant.backends.of(ADD_PICTURE) == []

    def test_says_what_the_service_refuses(self, accountant: Visitor) -> None:
        accountant.backends.script(ADD_PICTURE, PhotoWaits(field="content"))

        answer = send(accountant, bare())

        assert answer.status_code == 409
        assert "Another photo of hers waits" in answer.text

    def test_of_more_than_a_picture_is_refused_elsewhere(self, accountant: Visitor) -> None:
        answer = accountant.client.post(
            f"{HER}/notes/new",
            data={"text": (BytesIO(b"x" * 300 * 1024), "x")},
            content_type="multipart/form-data",
        )

        assert answer.status_code == 413


class TestShowing:
    @pytest.mark.parametrize(
        ("path", "method"), [(f"{HER}/photo", READ_PHOTO), (f"/pictures/{AN_ID}", READ_PICTURE)]
    )
    def test_is_a_jpeg_that_no_cache_keeps(self, manager: Visitor, path: str, method: Any) -> None:
        answer = manager.client.get(path)

        assert answer.data == base64.b64decode(SMALL)
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert len(manager.backends.of(method)) == 1

    @pytest.mark.parametrize(
        ("role", "path", "method"),
        [
            (Role.MEMBER, "/api/v1/me/photo", READ_OWN_PHOTO),
            (Role.FIELD_OFFICER, f"/api/v1/members/{AN_ID}/photo", READ_PHOTO),
        ],
    )
    def test_in_the_app_is_a_jpeg_or_nothing(
        self, app: Flask, backends: FakeBackends, role: Role, path: str, method: Any
    ) -> None:
        told = {"Authorization": f"Bearer {backends.sign_in(role)}"}

        face = app.test_client().get(path, headers=told)
        backends.script(method, PictureNotFound())
        none = app.test_client().get(path, headers=told)

        assert (face.status_code, face.mimetype, face.data) == (200, "image/jpeg", base64.b64decode(SMALL))
        assert face.headers["Cache-Control"] == none.headers["Cache-Control"] == "no-store"
        assert (none.status_code, none.data) == (204, b"")

    @pytest.mark.parametrize("role", [Role.FIELD_OFFICER, Role.ACCOUNTANT, Role.ADMINISTRATOR])
    def test_of_papers_is_not_for_who_reads_no_whole_numbers(
        self, app: Flask, backends: FakeBackends, manager: Visitor, role: Role
    ) -> None:
        other = Visitor(app, backends, role)

        for path in (f"/pictures/{AN_ID}", PAPER):
            assert other.client.get(path).status_code == 403
        assert other.client.get(f"{HER}/photo").status_code == 200
        assert PAPER not in other.look(HER).links
        assert PAPER in manager.look(HER).links

    def test_is_not_for_who_is_not_signed_in(self, app: Flask) -> None:
        for path in (f"/pictures/{AN_ID}", PAPER, f"{HER}/photo"):
            assert app.test_client().get(path).status_code != 200

    @pytest.mark.rule("P10")
    def test_of_a_paper_asks_why_and_stands_in_the_page_once(self, manager: Visitor) -> None:
        assert "Who saw it, when and why" in manager.look(PAPER).text
        assert "data:image" not in manager.send(PAPER, reason="").text
        assert manager.backends.of(READ_PICTURE) == []

        page = manager.send(PAPER, reason="Compared at the payout")

        assert f'src="data:image/jpeg;base64,{SMALL}"' in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert manager.backends.of(READ_PICTURE)[-1].payload == {
            "id": AN_ID,
            "reason": "Compared at the payout",
        }

    def test_her_page_has_her_face_where_there_is_one(self, accountant: Visitor) -> None:
        assert f'src="{HER}/photo?picture={AN_ID}"' in accountant.look(HER).html
        file = sample_answer(GET_MEMBER) | {"photo_id": None, "admission": {"warnings": []}, "consents": []}
        facts = {"status": "active", "sex": "female", "login_status": "none", "savings": [], "id": AN_ID}
        accountant.backends.script(GET_MEMBER, file | facts)

        assert "<img" not in accountant.look(HER).html.split("<main", 1)[-1]

    @pytest.mark.rule("M8")
    def test_who_decides_sees_it(self, app: Flask, backends: FakeBackends, accountant: Visitor) -> None:
        facts = {"picture_kind": "nid_front", "member_id": AN_ID}
        one = sample_answer(LIST_APPROVALS)["items"][0]
        waiting = one | {"id": AN_ID, "kind": "picture", "service": "accounts", "subject_id": AN_ID}
        for keeper in KEEPERS.values():
            backends.script(keeper.waiting, {"items": [], "next": None})
        backends.script(LIST_APPROVALS, {"items": [waiting | {"facts": facts}], "next": None})

        page = Visitor(app, backends, Role.BRANCH_MANAGER).look(f"/approvals/accounts/{AN_ID}")

        assert f'src="/pictures/{AN_ID}"' in page.html
        assert "Identity card, front" in page.text


class TestNotes:
    def write(self, visitor: Visitor, kind: str) -> TestResponse:
        return visitor.send(f"{HER}/notes/new", kind=kind, text="She was told of the new rules")

    def test_go_where_they_belong(self, app: Flask, backends: FakeBackends, accountant: Visitor) -> None:
        assert self.write(accountant, "officer").status_code == 303
        assert backends.of(WRITE_NOTE)[-1].payload["kind"] == "officer"
        assert self.write(Visitor(app, backends, Role.AUDITOR), "audit").status_code == 303
        assert set(backends.of(WRITE_AUDIT_NOTE)[-1].payload) == {"id", "member_id", "text"}

    def test_of_an_auditor_are_written_by_no_other(self, accountant: Visitor) -> None:
        assert self.write(accountant, "audit").status_code == 422
        assert accountant.backends.of(WRITE_AUDIT_NOTE) == []

    def test_of_several_lines_are_one_paragraph(self, accountant: Visitor) -> None:
        typed = "She moved.\r\n\r\nThe new house is west of the market."
        accountant.send(f"{HER}/notes/new", kind="member", text=typed)

        said = accountant.backends.of(WRITE_NOTE)[-1].payload["text"]
        assert said == "She moved. The new house is west of the market."

    def test_stand_on_her_page_as_text(self, accountant: Visitor) -> None:
        note = sample_answer(LIST_NOTES)["items"][0] | {"kind": "member", "text": "<b>loud</b>"}
        accountant.backends.script(LIST_NOTES, {"items": [note], "next": AN_ID})

        page = accountant.look(HER)

        assert "&lt;b&gt;loud" in page.html
        assert f"{HER}/notes" in page.links


class TestAdmission:
    def send(self, officer: Visitor, content: bytes, **changes: str) -> TestResponse:
        from tests.unit.gateway.test_admission_pages import FORM, TYPED

        held = {
            name: value
            for name, value in officer.look(FORM).fields.items()
            if name not in {"content", "camera"}
        }
        files = {"camera": (BytesIO(content), "IMG_7.jpg")}
        return officer.client.post(
            FORM, data=held | TYPED | changes | files, content_type="multipart/form-data"
        )

    @pytest.fixture
    def officer(self, app: Flask, backends: FakeBackends) -> Visitor:
        samity = sample_answer(LIST_SAMITIES)["items"][0] | {"id": AN_ID}
        backends.script(LIST_SAMITIES, {"items": [samity], "next": None})
        admitted = {"member_id": AN_ID, "approval_id": AN_ID, "status": "applicant", "warnings": []}
        backends.script(ADMIT_MEMBER, admitted)
        return Visitor(app, backends, Role.FIELD_OFFICER)

    def test_sends_her_photo_after_her_form(self, officer: Visitor) -> None:
        answer = self.send(officer, with_place())

        assert answer.status_code == 303
        (form,), (photo,) = officer.backends.of(ADMIT_MEMBER), officer.backends.of(ADD_PICTURE)
        assert (photo.payload["member_id"], photo.payload["kind"]) == (form.payload["id"], "photo")
        assert photo.payload["id"] != form.payload["id"]

    @pytest.mark.rule("P10")
    def test_takes_no_photo_that_she_did_not_agree_to(self, officer: Visitor) -> None:
        answer = self.send(officer, with_place(), consent_photo="no")

        assert "She did not agree to a photo" in answer.text
        assert officer.backends.of(ADMIT_MEMBER) == officer.backends.of(ADD_PICTURE) == []
        assert "photo" in PURPOSES

    def test_stands_where_only_the_photo_is_refused(self, officer: Visitor) -> None:
        officer.backends.script(ADD_PICTURE, PhotoWaits(field="content"))

        answer = self.send(officer, with_place())

        assert answer.status_code == 303
        assert "the photo was not kept" in officer.look("/admissions").text
