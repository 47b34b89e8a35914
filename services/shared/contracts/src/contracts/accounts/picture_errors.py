"""What is refused of pictures, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class NotAPicture(ServiceError):
    """It is no picture that can be read: JPEG, PNG or WebP."""

    kind = Kind.INVALID


class PictureTooLarge(ServiceError):
    """It unfolds to more points, or has more bytes, than a picture may; facts: `most`, millions of points."""

    kind = Kind.INVALID


class PictureNotPlain(ServiceError):
    """It carries more than the picture, such as where it was taken; the gateway takes that off."""

    kind = Kind.INVALID


class PhotoNotConsented(ServiceError):
    """She did not agree to her photo being kept. Rule P10."""

    kind = Kind.REFUSED


class PictureNotFound(NotFound):
    """There is no such picture for this caller."""


class LookReasonMissing(ServiceError):
    """Papers show whole numbers: who looks at one in a file says why."""

    kind = Kind.INVALID


class PhotoWaits(ServiceError):
    """Another photo of hers waits for a second person already."""

    kind = Kind.CONFLICT


class TooManyPictures(ServiceError):
    """Her file holds as many pictures as it may; facts: `most`."""

    kind = Kind.REFUSED


class AdmissionOfAnother(ServiceError):
    """Until an admission is decided, only who wrote it adds pictures to it. Rule M8."""

    kind = Kind.FORBIDDEN
