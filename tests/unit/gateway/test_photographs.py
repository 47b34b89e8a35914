"""What a camera made comes out small, upright and bare; what is no picture is refused by name, unopened."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from PIL import Image, ImageOps

from contracts.accounts.picture_errors import NotAPicture, PictureTooLarge
from contracts.accounts.picture_words import PictureKind, longest_side, most_bytes
from gateway.photographs import redrawn, redrawn_text
from tests.support.photographs import ORIENTATION, SMALL, bomb, photograph, with_place

BOTH = (PictureKind.PHOTO, PictureKind.NID_FRONT)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def is_red(point: object) -> bool:
    assert isinstance(point, tuple)
    red, _, blue = point
    return bool(red - blue > 50)


class TestWhatIsKept:
    @pytest.mark.parametrize("kind", BOTH)
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_is_a_small_jpeg_whatever_was_sent(self, kind: PictureKind, form: str) -> None:
        kept = redrawn(photograph(2400, 1600, form=form), kind)

        picture = opened(kept)
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert picture.size == (longest_side(kind), longest_side(kind) * 2 // 3)
        assert len(kept) <= most_bytes(kind)
        assert is_red(picture.getpixel((10, 10)))
        assert not is_red(picture.getpixel((picture.width - 10, 10)))

    @pytest.mark.parametrize("kind", BOTH)
    def test_keeps_within_its_bytes_even_where_nothing_can_be_left_out(self, kind: PictureKind) -> None:
        assert len(redrawn(photograph(1300, 1300, noisy=True, quality=95), kind)) <= most_bytes(kind)

    def test_is_never_larger_than_it_was(self) -> None:
        assert opened(redrawn(photograph(120, 90), PictureKind.PHOTO)).size == (120, 90)

    @pytest.mark.rule("P10")
    def test_says_nothing_of_where_and_with_what_it_was_taken(self) -> None:
        sent = with_place()
        assert b"Walton" in sent
        assert b"Gokul" in sent

        kept = redrawn(sent, PictureKind.PHOTO)

        assert dict(opened(kept).getexif()) == {}
        assert b"Exif" not in kept
        assert b"Walton" not in kept
        assert b"Gokul" not in kept

    def test_stands_as_it_was_held(self) -> None:
        kept = opened(redrawn(with_place(900, 600), PictureKind.PHOTO))

        assert kept.size == (320, 480)
        assert is_red(kept.getpixel((160, 10)))
        assert not is_red(kept.getpixel((160, 470)))

    @pytest.mark.filterwarnings("ignore::UserWarning")
    def test_is_kept_where_what_the_camera_wrote_beside_it_is_damaged(self) -> None:
        sent = with_place(90, 60)
        at = sent.index(b"Exif") + 6
        for damaged in range(at, at + 160):
            picture = opened(redrawn(sent[:damaged] + b"\xff" + sent[damaged + 1 :], PictureKind.PHOTO))
            assert sorted(picture.size) == [60, 90]

    @pytest.mark.parametrize("held", range(1, 9))
    def test_stands_upright_however_it_was_held(self, held: int) -> None:
        said = Image.Exif()
        said[ORIENTATION] = held
        sent = photograph(400, 300, exif=said, quality=90)

        kept = opened(redrawn(sent, PictureKind.PHOTO))

        wanted = ImageOps.exif_transpose(opened(sent))
        assert kept.size == wanted.size
        corners = [(9, 9), (kept.width - 9, 9), (9, kept.height - 9)]
        assert [is_red(kept.getpixel(one)) for one in corners] == [
            is_red(wanted.getpixel(one)) for one in corners
        ]

    def test_shows_white_where_nothing_was_drawn(self) -> None:
        sent = BytesIO()
        Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(sent, "PNG")

        assert opened(redrawn(sent.getvalue(), PictureKind.PHOTO)).getpixel((150, 150)) == (255, 255, 255)

    def test_is_the_same_as_text(self) -> None:
        kept = base64.b64decode(redrawn_text(SMALL, PictureKind.PHOTO))

        assert opened(kept).size == (24, 32)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"%PDF-1.7 a scan",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            photograph(form="GIF"),
            photograph(form="TIFF"),
            photograph(form="BMP"),
            photograph()[:400],
            b"\xff\xd8\xff\xe0" + b"\0" * 40,
        ],
        ids=["nothing", "pdf", "svg", "gif", "tiff", "bmp", "half", "head"],
    )
    def test_is_no_picture(self, content: bytes) -> None:
        with pytest.raises(NotAPicture):
            redrawn(content, PictureKind.PHOTO)

    def test_unfolds_to_too_much_and_is_never_unfolded(self) -> None:
        content = bomb()
        assert len(content) < 200

        with pytest.raises(PictureTooLarge):
            redrawn(content, PictureKind.PHOTO)

    def test_would_fill_the_memory_as_no_jpeg_does(self) -> None:
        with pytest.raises(PictureTooLarge):
            redrawn(bomb(5000, 5000), PictureKind.PHOTO)

        assert opened(redrawn(photograph(5000, 5000), PictureKind.PHOTO)).size == (480, 480)

    @pytest.mark.parametrize("text", ["no base64!", "AAA"])
    def test_is_no_base64(self, text: str) -> None:
        with pytest.raises(NotAPicture):
            redrawn_text(text, PictureKind.PHOTO)
