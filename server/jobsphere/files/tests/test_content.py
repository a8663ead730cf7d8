"""What a file is, is told from its content; what is kept of an image is its pixels."""

import io

import pytest
from PIL import Image, ImageSequence

from jobsphere.files import content
from jobsphere.files.errors import FileRefused
from jobsphere.files.rules import Kind, clean_display_name
from jobsphere.files.tests.conftest import DOCX, ODT, PDF, XLSX, archive, image, photo_with_gps

TAKEN = {
    Kind.PNG: image("PNG"),
    Kind.JPEG: image("JPEG"),
    Kind.WEBP: image("WEBP"),
    Kind.GIF: image("GIF"),
    Kind.PDF: PDF,
    Kind.DOCX: DOCX,
    Kind.XLSX: XLSX,
    Kind.ODT: ODT,
}


@pytest.mark.parametrize("kind", TAKEN)
def test_every_kind_is_told_by_its_content_whatever_its_name(kind):
    checked = content.check(TAKEN[kind], display_name="holiday.exe")
    assert checked.display_name == f"holiday.{kind}"
    assert checked.extension == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ" + b"\0" * 200,
        b"\x7fELF" + b"\0" * 200,
        archive("readme.txt"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 broken",
        image("BMP"),
        image("TIFF"),
        image("PNG")[:60],
        b"GIF89a<script>alert(1)</script>",
    ],
)
def test_what_is_unknown_or_damaged_is_refused(data):
    with pytest.raises(FileRefused):
        content.check(data, display_name="picture.png")


@pytest.mark.parametrize("data", [PDF, DOCX])
def test_a_profile_takes_pictures_only(data):
    with pytest.raises(FileRefused):
        content.check(data, display_name="x.png", images_only=True)


def test_a_photo_loses_its_place_and_its_comment_and_stands_upright():
    checked = content.check(photo_with_gps(), display_name="garden.jpg")
    drawn = Image.open(io.BytesIO(checked.content))
    assert b"SECRET" not in checked.content
    assert not drawn.getexif()
    assert (checked.width, checked.height) == drawn.size == (40, 60)


def test_a_script_behind_a_picture_does_not_survive():
    checked = content.check(image("GIF") + b"<script>alert(1)</script>", display_name="x.gif")
    assert b"script" not in checked.content


def test_transparency_and_animation_survive():
    clear = content.check(image("PNG", mode="RGBA"), display_name="x.png")
    assert Image.open(io.BytesIO(clear.content)).mode == "RGBA"
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50)
    moving = content.check(out.getvalue(), display_name="x.gif")
    drawn = Image.open(io.BytesIO(moving.content))
    assert [frame.copy().convert("RGB").getpixel((0, 0)) for frame in ImageSequence.Iterator(drawn)][2] == (0, 0, 255)


def test_a_huge_image_is_scaled_down_and_a_bomb_is_not_unpacked():
    large = content.check(image("PNG", size=(5000, 1000)), display_name="x.png")
    assert (large.width, large.height) == (4096, 819)
    with pytest.raises(FileRefused, match="million pixels"):
        content.check(image("PNG", size=(9000, 9000), mode="L"), display_name="x.png")


@pytest.mark.parametrize(
    "given,kept",
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\docs\\plan.v2.pdf", "plan.v2.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("...", "file.pdf"),
        ("Entwurf für Küche.PDF", "Entwurf für Küche.pdf"),
        ("x" * 500, "x" * 190 + ".pdf"),
    ],
)
def test_display_names_are_safe(given, kept):
    assert clean_display_name(given, Kind.PDF) == kept
