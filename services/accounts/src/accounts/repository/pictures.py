"""Pictures of the members of a scope. Lists never read what a picture shows."""

from typing import Any

import sqlalchemy as sa

from accounts.domain.pictures import KeptPicture, NewPicture
from accounts.domain.scope import Scope
from accounts.models import members, pictures, samities, staff
from accounts.repository.rows import Row, add, every, find_one
from accounts.repository.scope import PLACED, samity_in
from chassis.work import Work
from contracts.accounts.picture_errors import PhotoWaits, PictureNotFound
from contracts.accounts.picture_words import PictureKind, PictureState
from contracts.errors import IdConflict

_PLACED = PLACED.join(members, members.c.samity_id == samities.c.id).join(
    pictures, pictures.c.member_id == members.c.id
)
_KEPT = tuple(pictures.c[name] for name in KeptPicture.__dataclass_fields__)
_LISTED = (
    *(column for column in pictures.columns if column.name not in {"content", "fingerprint"}),
    staff.c.name_bn.label("made_by_name_bn"),
    staff.c.name_en.label("made_by_name_en"),
)
_IS_PHOTO = pictures.c.kind == PictureKind.PHOTO


class PictureStore:
    """Pictures of members who were found in scope, or of a scope."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find(self, picture_id: str) -> KeptPicture | None:
        """Return a picture by its id, whoever asks: for a request that is repeated."""
        row = find_one(self._session, sa.select(*_KEPT).where(pictures.c.id == picture_id))
        return None if row is None else _picture(row)

    def show(self, scope: Scope, picture_id: str) -> KeptPicture:
        """Return a picture with its content.

        Raises:
            PictureNotFound: there is none in scope, or nothing of it was kept.
        """
        query = sa.select(*_KEPT).select_from(_PLACED).where(pictures.c.id == picture_id, samity_in(scope))
        row = find_one(self._session, query.where(pictures.c.content.is_not(None)))
        if row is None:
            raise PictureNotFound
        return _picture(row)

    def listed(self, picture_id: str) -> Row:
        """Return one picture as lists show it."""
        row = find_one(self._session, _listed().where(pictures.c.id == picture_id))
        if row is None:
            raise PictureNotFound
        return row

    def of_member(self, member_id: str) -> list[Row]:
        """Return the pictures of a member found in scope, the newest first, without their contents."""
        newest = _listed().where(pictures.c.member_id == member_id)
        return every(self._session, newest.order_by(pictures.c.made_at.desc(), pictures.c.id))

    def count(self, member_id: str) -> int:
        """Return how many pictures a file holds, whatever became of them."""
        query = sa.select(sa.func.count()).select_from(pictures).where(pictures.c.member_id == member_id)
        return self._session.execute(query).scalar_one()

    def photo_id(self, member_id: str, *, is_applicant: bool) -> str | None:
        """Return which photo of a member found in scope is in force; of an applicant, which waits."""
        state = PictureState.WAITING if is_applicant else PictureState.KEPT
        query = sa.select(pictures.c.id).where(
            pictures.c.member_id == member_id, _IS_PHOTO, pictures.c.state == state
        )
        return self._session.execute(query).scalar_one_or_none()

    def add(self, picture: NewPicture, *, note: str | None, content: bytes, fingerprint: str) -> None:
        """Write a picture that waits.

        Args:
            picture: What it is.
            note: Its note, encrypted.
            content: What it shows, encrypted.
            fingerprint: By which the same request is known again.

        Raises:
            PhotoWaits: another photo of hers waits.
            IdConflict: another picture was written under the id meanwhile.
        """
        row = {
            "id": picture.id,
            "member_id": picture.member_id,
            "kind": picture.kind,
            "state": PictureState.WAITING,
            "note": note,
            "content": content,
            "size": len(picture.content),
            "made_by": self._work.actor.person_id,
            "made_at": self._work.now,
            "fingerprint": fingerprint,
        }
        refusals = {"pictures_one_photo_waits": PhotoWaits(field="content"), "pictures_pkey": IdConflict()}
        add(self._session, sa.insert(pictures).values(row), refusals)

    def keep(self, picture_id: str) -> None:
        """Put a picture in force that waits."""
        self._keep(pictures.c.id == picture_id)

    def keep_file(self, member_id: str) -> None:
        """Put in force what waits with an applicant."""
        self._keep(pictures.c.member_id == member_id)

    def decline(self, picture_id: str) -> None:
        """Decline a picture that waits: nothing of it is kept."""
        self._decline(pictures.c.id == picture_id)

    def decline_file(self, member_id: str) -> None:
        """Decline what waits with an applicant who is turned down."""
        self._decline(pictures.c.member_id == member_id)

    def _keep(self, of: sa.ColumnElement[bool]) -> None:
        """Keep what waits; a photo takes the place of the one before."""
        photos = sa.select(pictures.c.member_id).where(
            of, _IS_PHOTO, pictures.c.state == PictureState.WAITING
        )
        before = (pictures.c.member_id.in_(photos), _IS_PHOTO, pictures.c.state == PictureState.KEPT)
        self._session.execute(sa.update(pictures).where(*before).values(state=PictureState.REPLACED))
        self._decide(of, state=PictureState.KEPT)

    def _decline(self, of: sa.ColumnElement[bool]) -> None:
        self._decide(of, state=PictureState.DECLINED, content=None, note=None)

    def _decide(self, of: sa.ColumnElement[bool], **values: Any) -> None:
        decided = sa.update(pictures).where(of, pictures.c.state == PictureState.WAITING)
        self._session.execute(decided.values(decided_at=self._work.now, **values))


def _listed() -> sa.Select[Any]:
    return sa.select(*_LISTED).select_from(pictures.outerjoin(staff, staff.c.id == pictures.c.made_by))


def _picture(row: Row) -> KeptPicture:
    words = {"kind": PictureKind(row["kind"]), "state": PictureState(row["state"])}
    return KeptPicture(**row | words)
