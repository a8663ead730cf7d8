"""Looks into office documents, which are ZIP archives of XML. Pure.

Every part is unpacked once, in small pieces that are thrown away, and counted: what an archive says of its own sizes
may be a lie. So bombs, damage (checksums), macros, and XML that would grow when it is read are found before anything
is kept.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from jobsphere.files.refusing import refused
from jobsphere.files.rules import MEDIA_TYPES, Kind

#: An office document of ten megabytes has some hundred parts and unpacks to a few times its size.
MAX_PARTS = 5000
MAX_UNPACKED = 150 * 1024 * 1024
#: The table of contents of so many parts, with long names.
_MAX_DIRECTORY = 1_500_000
_PIECE = 64 * 1024

_OFFICE = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
_END, _END_SIZE, _LOCATOR = b"PK\x05\x06", 22, b"PK\x06\x07"
#: Programs: macros, embedded objects, controls. Settings of a printer are .bin, too, and harmless.
_PROGRAMS = re.compile(
    r"vbaproject|oleobject|/activex|/embeddings/.*\.(bin|exe)|\.(exe|dll|js|jse|vbs|vbe|wsf|ps1|bat|cmd|scr|lnk|hta|jar)$"
)
#: A document type definition can make one page of XML grow to gigabytes, and read files; office programs write none.
_DEFINES = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
_LONGEST_DEFINE = 32
#: A template that is fetched from elsewhere when somebody opens the document: the usual way to smuggle macros in.
_REMOTE_TEMPLATE = re.compile(rb"<Relationship\b[^>]*(attachedTemplate|frame|oleObject)[^>]*>", re.IGNORECASE)
_ELSEWHERE = re.compile(rb'Target="(https?:|\\\\|//|mhtml:|file:////)', re.IGNORECASE)

_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, struct.error)


def office_kind(content: bytes) -> Kind | None:
    """Return which office document a ZIP is, or None for any other archive; raises FileRefused for a dangerous one."""
    _require_small_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = _kind(archive)
            if kind:
                _look_through(archive)
            return kind
    except _UNREADABLE as error:
        raise refused("The document is damaged. Save it again and send the new file.") from error


def _require_small_directory(content: bytes) -> None:
    """Read the end of the archive ourselves: a table of contents with a million entries would fill the memory."""
    at = content.rfind(_END, -65_557 - _END_SIZE)
    if at < 0 or len(content) < at + _END_SIZE:
        raise refused("The document is damaged: its end is missing.")
    parts, size = struct.unpack("<H", content[at + 10 : at + 12])[0], struct.unpack("<I", content[at + 12 : at + 16])[0]
    if parts > MAX_PARTS or size > _MAX_DIRECTORY or content[at - 20 : at - 16] == _LOCATOR:
        raise refused("The document has too many parts.")


def _kind(archive: zipfile.ZipFile) -> Kind | None:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _OFFICE.items() if part in names), None)
    is_text = "mimetype" in names and _first_bytes(archive, "mimetype") == MEDIA_TYPES[Kind.ODT].encode()
    return Kind.ODT if is_text else None


def _first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(100).strip()


def _look_through(archive: zipfile.ZipFile) -> None:
    unpacked = 0
    for part in archive.infolist():
        _require_harmless_name(part)
        for piece in _pieces(archive, part):
            unpacked += len(piece)
            if unpacked > MAX_UNPACKED:
                raise refused("The document unpacks to more than it should. Save it again, without large pictures.")


def _require_harmless_name(part: zipfile.ZipInfo) -> None:
    name = part.filename.replace("\\", "/")
    if part.flag_bits & 0x1:
        raise refused("The document is locked with a password. Send it without one.")
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
        raise refused("The document has parts with names that no office program gives.")
    if _PROGRAMS.search(name.lower()) or name.startswith(("Basic/", "Scripts/")):
        raise refused("The document carries macros or programs. Save it without them (as .docx, .xlsx or .odt).")


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece; XML is looked at on the way."""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".rdf", ".vml"))
    tail = b""
    with archive.open(part) as unpacked:
        while piece := unpacked.read(_PIECE):
            if is_xml:
                _require_plain_xml(tail + piece)
                tail = piece[-_LONGEST_DEFINE:]
            if part.filename.endswith(".rels"):
                _require_own_template(piece)
            yield piece


def _require_plain_xml(text: bytes) -> None:
    if _DEFINES.search(text):
        raise refused("The document defines its own XML, which no office program does.")


def _require_own_template(relations: bytes) -> None:
    for relation in _REMOTE_TEMPLATE.finditer(relations):
        if _ELSEWHERE.search(relation.group()):
            raise refused("The document fetches a part of itself from elsewhere. Save it as a new document.")
