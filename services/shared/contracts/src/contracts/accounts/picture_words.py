"""Pictures in a member's file: what they show, where they stand, and how large they may be."""

from enum import StrEnum

KILOBYTE = 1024
MOST_PICTURES = 60
"""Of one member, whatever became of them."""


class PictureKind(StrEnum):
    """What a picture shows: herself, or one of her papers."""

    PHOTO = "photo"
    NID_FRONT = "nid_front"
    NID_BACK = "nid_back"
    NOMINEE_NID = "nominee_nid"
    PASSBOOK_PAGE = "passbook_page"
    ADMISSION_FORM = "admission_form"
    DEATH_CERTIFICATE = "death_certificate"
    OTHER = "other"


class PictureState(StrEnum):
    """Where a picture stands; `replaced` is a photo of before, of `declined` nothing is kept."""

    WAITING = "waiting"
    KEPT = "kept"
    REPLACED = "replaced"
    DECLINED = "declined"


DOCUMENT_KINDS = tuple(kind for kind in PictureKind if kind is not PictureKind.PHOTO)


def most_bytes(kind: PictureKind) -> int:
    """Return how many bytes a picture has at most: a face needs fewer than small print."""
    return (30 if kind is PictureKind.PHOTO else 60) * KILOBYTE


def longest_side(kind: PictureKind) -> int:
    """Return how many points the longer side of a picture has at most."""
    return 480 if kind is PictureKind.PHOTO else 1200
