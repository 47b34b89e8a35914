"""A picture in a form: from a file, or straight from a telephone's camera; redrawn before it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.datastructures import FileStorage
from wtforms import Field, ValidationError
from wtforms.widgets import FileInput

from contracts.accounts.picture_words import PictureKind
from contracts.errors import ServiceError
from gateway.errors import problem_of
from gateway.photographs import as_text, redrawn
from gateway.portal.forms import Form, label

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCEPTED = "image/jpeg,image/png,image/webp"
"""A telephone whose camera writes another format makes a JPEG of it when it reads this."""


class PictureField(Field):
    """A file that was sent; what came without a name is none."""

    widget = FileInput()
    data: bytes | None

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        """Read what was sent, and let go of the file that held it on the way."""
        for one in valuelist:
            if isinstance(one, FileStorage):
                self.data = one.read() if one.filename else None
                one.close()


class PictureForm(Form):
    """A form with a picture, which may be chosen or taken.

    `small` is what goes on: the picture as a file keeps it, in base64; None where none was sent.
    """

    content = PictureField(label("picture.file"), render_kw={"accept": ACCEPTED})
    camera = PictureField(label("picture.camera"), render_kw={"accept": ACCEPTED, "capture": "environment"})
    small: str | None = None

    @property
    def shows(self) -> PictureKind:
        """What the picture shows, which says how large it may be."""
        return PictureKind.PHOTO

    def validate_content(self, field: Field) -> None:
        """Redraw what was sent, or say by name why it is no picture."""
        del field
        sent = self.content.data or self.camera.data
        if not sent:
            return
        try:
            self.small = as_text(redrawn(sent, self.shows))
        except ServiceError as error:
            raise ValidationError(problem_of(error).detail) from None
