"""Pictures put into a member's file: a second person agrees, of an applicant with her admission. M8, P10."""

from accounts.domain.approvals import Approval, Stage
from accounts.domain.members import Status
from accounts.domain.pictures import NewPicture, check_consent, check_owner, check_picture
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.repository.rows import Row
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.picture_errors import TooManyPictures
from contracts.accounts.picture_words import MOST_PICTURES, PictureKind
from contracts.errors import IdConflict, PersonExcluded

TABLE = "pictures"


def add_picture(
    register: Register, picture: NewPicture, numbers: PrivateNumbers, *, scope: Scope, fingerprint: str
) -> None:
    """Write a picture and let it wait for a second person; repeated, do nothing.

    Raises:
        NotFound: she is not in scope.
        IdConflict: the id belongs to another picture.
        PersonExcluded: it is the maker himself or declared kin (rule M8).
        NotAMember, AdmissionOfAnother, PhotoNotConsented, PhotoWaits, TooManyPictures, NotAPicture,
        PictureNotPlain, PictureTooLarge: as named.
    """
    member = register.members.hold(scope, picture.member_id)
    known = register.pictures.find(picture.id)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise IdConflict
        return
    _check(register, picture, member)
    note = picture.note
    register.pictures.add(
        picture,
        note=None if note is None else numbers.hide_text(TABLE, picture.id, note),
        content=numbers.hide_picture(picture.id, picture.content),
        fingerprint=fingerprint,
    )
    if member["status"] != Status.APPLICANT:
        register.approvals.propose(_request(register, picture, member, fingerprint))
    facts = {"member_id": picture.member_id, "kind": str(picture.kind)}
    register.work.audit("add_picture", "picture", picture.id, facts)


def _admitted_by(register: Register, member: Row) -> str | None:
    """Return who wrote an applicant down; None of a member, who may have come without a form (rule P13)."""
    if member["status"] != Status.APPLICANT:
        return None
    maker_id: str = register.approvals.latest_of(ApprovalKind.ADMISSION, member["id"])["maker_id"]
    return maker_id


def _check(register: Register, picture: NewPicture, member: Row) -> None:
    """Refuse what may not be put into this file."""
    maker_id = register.work.actor.person_id
    if picture.member_id in register.work.actor.excluded_members:
        raise PersonExcluded
    check_owner(member["status"], admitted_by=_admitted_by(register, member), maker_id=maker_id)
    check_consent(picture.kind, register.members.consents_of(picture.member_id))
    check_picture(picture)
    if register.pictures.count(picture.member_id) >= MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)


def _request(register: Register, picture: NewPicture, member: Row, fingerprint: str) -> Approval:
    """Return what waits for the manager; the note stays in the file, where it is encrypted."""
    return Approval(
        id=picture.id,
        kind=ApprovalKind.PICTURE,
        subject_id=picture.id,
        office_id=member["branch_id"],
        member_id=member["id"],
        fingerprint=fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": member["name_bn"],
            "subject_en": member["name_en"],
            "member_id": member["id"],
            "member_code": member["code"],
            "picture_kind": str(picture.kind),
        },
    )


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Put the picture in force, or keep nothing of it.

    Raises:
        PhotoNotConsented: it is her photo, and she does not agree to it any more (rule P10).
    """
    del desk  # a picture is of no day
    if not approve:
        register.pictures.decline(approval.subject_id)
        return Stage.DECLINED
    consents = register.members.consents_of(str(approval.member_id))
    check_consent(PictureKind(approval.facts["picture_kind"]), consents)
    register.pictures.keep(approval.subject_id)
    return Stage.APPROVED


def settle_file(register: Register, member_id: str, *, approve: bool) -> None:
    """Put in force, or drop, what waits with an admission that is decided (rule L8)."""
    if approve:
        register.pictures.keep_file(member_id)
    else:
        register.pictures.decline_file(member_id)
