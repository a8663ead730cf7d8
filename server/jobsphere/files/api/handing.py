"""How a file is handed out: from here, or by sending the reader to a signed address that soon ends."""

from django.conf import settings
from django.http import FileResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from jobsphere.files import blobs, stores
from jobsphere.files.rules import PUBLIC_PURPOSES, SEALED_PURPOSES, variant_name
from jobsphere.files.stores.base import Link
from jobsphere.files.types import FileView

#: A file can do nothing but be shown: no script, no frame, no form, whatever a browser makes of it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
#: Everybody may read these, so their addresses live longer and may be kept.
PUBLIC_LINK_SECONDS = 3600
FOREVER, SOON, NEVER = "public, max-age=31536000, immutable", "public, max-age=60", "private, no-store"


def handed_out(file: FileView, size: str) -> HttpResponseBase:
    """Answer with a file, or with a smaller form of it where there is one (and otherwise with all of it)."""
    smaller = size if size in file.variants else ""
    name = variant_name(file.filename, smaller) if smaller else file.filename
    content_type = "image/webp" if smaller else file.content_type
    disposition = _disposition(file, content_type)
    response = _redirect(file, name, Link(content_type, disposition, _seconds(file)))
    if response is None:
        sealed = file.purpose in SEALED_PURPOSES
        response = FileResponse(blobs.read(name, sealed=sealed, store=file.store), content_type=content_type)
        response["Content-Disposition"] = disposition
        response["Content-Length"] = str(file.variants[smaller] if smaller else file.size)
    # What stands in for a smaller form that is not made yet must not be kept in its place.
    response["Cache-Control"] = _cache_control(
        file, stands_in=bool(size) and not smaller, moves=response.status_code == 302
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


def _redirect(file: FileView, name: str, link: Link) -> HttpResponseBase | None:
    """Send the reader to the store, except for what rests sealed: only we can open it."""
    if not settings.FILE_REDIRECTS or file.purpose in SEALED_PURPOSES:
        return None
    address = stores.of(file.store).signed(blobs.path_of(name), link)
    return HttpResponseRedirect(address) if address else None


def _seconds(file: FileView) -> int:
    return PUBLIC_LINK_SECONDS if file.purpose in PUBLIC_PURPOSES else int(settings.FILE_LINK_SECONDS)


def _disposition(file: FileView, content_type: str) -> str:
    """Show pictures, save everything else under the name that people gave it."""
    header = content_disposition_header(not content_type.startswith("image/"), file.display_name)
    return header or "attachment"


def _cache_control(file: FileView, *, stands_in: bool, moves: bool) -> str:
    if file.purpose not in PUBLIC_PURPOSES:
        return NEVER
    if moves:
        return f"public, max-age={PUBLIC_LINK_SECONDS // 2}"
    # What stands in for a smaller form that is not made yet must not be kept in its place.
    return SOON if stands_in else FOREVER
