"""A storage of its own for each test, and files to send."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture(autouse=True)
def storage(settings, tmp_path) -> Path:
    """Return the folder that uploads go to."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "jobsphere.files.stores.local.LocalStore", "OPTIONS": {"location": str(tmp_path)}},
    }
    return tmp_path


def image(form: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options) -> bytes:
    """Return a picture."""
    out = io.BytesIO()
    Image.new(mode, size, 0 if mode == "L" else "red").save(out, form, **options)
    return out.getvalue()


def photo_with_gps() -> bytes:
    """Return a sideways JPEG whose EXIF tells where it was taken, and with a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated
    exif[0x010E] = "SECRET-PLACE"
    exif.get_ifd(0x8825)[1] = "N"
    return image("JPEG", exif=exif.tobytes(), comment=b"SECRET-COMMENT")


def archive(*names: str, mimetype: bytes = b"") -> bytes:
    """Return a ZIP with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        if mimetype:
            parts.writestr("mimetype", mimetype)
        for name in names:
            parts.writestr(name, "<xml/>")
    return out.getvalue()


DOCX = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
ODT = archive("content.xml", mimetype=b"application/vnd.oasis.opendocument.text")
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
