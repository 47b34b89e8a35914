"""What accounts takes for a picture, whoever redrew it; and who reads which note."""

import pytest

from accounts.domain.notes import NoteReader
from accounts.domain.pictures import NewPicture, check_consent, check_owner, check_picture
from contracts.accounts.errors import NotAMember
from contracts.accounts.note_words import NoteKind
from contracts.accounts.picture_errors import (
    AdmissionOfAnother,
    NotAPicture,
    PhotoNotConsented,
    PictureNotPlain,
    PictureTooLarge,
)
from contracts.accounts.picture_words import PictureKind
from contracts.actor import Actor
from contracts.errors import ServiceError
from contracts.permissions import Role
from tests.support.photographs import bare, photograph, with_place

HIM, OTHER = "01a20857-0000-7000-8000-00000000000a", "01a20857-0000-7000-8000-00000000000b"


def picture(content: bytes, kind: PictureKind = PictureKind.PHOTO) -> NewPicture:
    return NewPicture(id=OTHER, member_id=HIM, kind=kind, note=None, content=content)


class TestAPicture:
    def test_is_a_bare_jpeg_of_its_size(self) -> None:
        check_picture(picture(bare(480, 360)))
        check_picture(picture(bare(1200, 800), PictureKind.NID_FRONT))

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"", NotAPicture),
            (photograph(form="PNG"), NotAPicture),
            (b"\xff\xd8\xff\xd9", NotAPicture),
            (bare()[:-1], NotAPicture),
            (bare() + b"<script>", NotAPicture),
            (with_place(300, 200), PictureNotPlain),
            (photograph(300, 200, comment=b"Gokul"), PictureNotPlain),
            (bare() + b"Gokul" + bare()[-2:], PictureNotPlain),
            (bare().replace(b"JFIF", b"JFXX", 1).replace(b"\x00\x10JF", b"\x00\x11JF", 1), PictureNotPlain),
            (photograph(300, 200, progressive=True), PictureNotPlain),
            (bare(481, 300), PictureTooLarge),
            (bare(300, 481), PictureTooLarge),
            (photograph(400, 400, noisy=True, quality=95), PictureTooLarge),
        ],
        ids=[
            "nothing",
            "png",
            "empty",
            "half",
            "tail",
            "place",
            "comment",
            "behind",
            "smaller_one",
            "by_and_by",
            "wide",
            "high",
            "heavy",
        ],
    )
    def test_is_nothing_else(self, content: bytes, refusal: type[ServiceError]) -> None:
        with pytest.raises(refusal):
            check_picture(picture(content))

    @pytest.mark.rule("P10")
    @pytest.mark.parametrize(
        "consents", [[], [{"purpose": "photo", "given": False}], [{"purpose": "messages", "given": True}]]
    )
    def test_of_her_face_needs_her_consent(self, consents: list[dict[str, object]]) -> None:
        with pytest.raises(PhotoNotConsented):
            check_consent(PictureKind.PHOTO, consents)
        check_consent(PictureKind.DEATH_CERTIFICATE, consents)
        check_consent(PictureKind.PHOTO, [{"purpose": "photo", "given": True}])

    @pytest.mark.rule("M8")
    def test_of_an_applicant_comes_from_who_wrote_her_form(self) -> None:
        check_owner("applicant", admitted_by=HIM, maker_id=HIM)
        check_owner("active", admitted_by=HIM, maker_id=OTHER)
        with pytest.raises(AdmissionOfAnother):
            check_owner("applicant", admitted_by=HIM, maker_id=OTHER)
        with pytest.raises(NotAMember):
            check_owner("rejected", admitted_by=HIM, maker_id=HIM)


@pytest.mark.rule("P4")
@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.FIELD_OFFICER, {NoteKind.MEMBER}),
        (Role.ACCOUNTANT, {NoteKind.MEMBER, NoteKind.OFFICER}),
        (Role.BRANCH_MANAGER, {NoteKind.MEMBER, NoteKind.OFFICER}),
        (Role.AREA_MANAGER, set(NoteKind)),
        (Role.AUDITOR, set(NoteKind)),
        (Role.ADMINISTRATOR, set(NoteKind)),
    ],
)
def test_each_role_reads_the_notes_that_are_for_it(role: Role, kinds: set[NoteKind]) -> None:
    reader = NoteReader.of(Actor(person_id=HIM, kind="staff", role=role, office_path="/HO/"))

    assert {kind for kind in NoteKind if reader.reads(kind, None)} == kinds
    assert not any(reader.reads(kind, HIM) for kind in NoteKind)
    assert {kind for kind in NoteKind if reader.reads(kind, OTHER)} == kinds
