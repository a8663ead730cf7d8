"""Cloudinary, through its official library: every content is kept byte for byte ("raw") and delivered authenticated."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import cloudinary.api
import cloudinary.exceptions
import cloudinary.uploader
import cloudinary.utils
import urllib3
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from jobsphere.files.stores.base import Link, Resting, StoreError
from jobsphere.files.stores.s3 import IN_MEMORY
from jobsphere.kit import clock

TIMEOUT = 20.0
#: Our own addresses, with which the server itself reads, live only so long.
OWN_LINK = Link(content_type="", disposition="attachment", seconds=60)
_PAGE = 500


@deconstructible
class CloudinaryStore(Storage):
    """One product environment; `url` is CLOUDINARY_URL: cloudinary://key:secret@cloud[?upload_prefix=…]."""

    def __init__(self, url: str, folder: str = "") -> None:
        parts = urlsplit(url)
        options = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.folder = f"{folder.strip('/')}/" if folder.strip("/") else ""
        self.account: dict[str, Any] = {
            "cloud_name": parts.hostname,
            "api_key": parts.username,
            "api_secret": parts.password,
            **{name: options[name] for name in ("upload_prefix",) if name in options},
        }
        # Nothing is public, and nothing is drawn anew by others: we have done that before.
        self.kind = {"resource_type": "raw", "type": "authenticated"}
        self.http = urllib3.PoolManager(timeout=TIMEOUT, retries=urllib3.Retry(2, redirect=3))

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself: ours are unique, and writing again replaces."""
        return name

    def _save(self, name: str, content: Any) -> str:
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            for chunk in content.chunks():
                spool.write(chunk)
            spool.seek(0)
            options = {"overwrite": True, "invalidate": True, "timeout": TIMEOUT, "filename": name.rpartition("/")[2]}
            named = {"public_id": self._id(name), **options, **self.kind, **self.account}
            with translated():
                cloudinary.uploader.upload(spool.read(), **named)
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the reader closes it
        with translated():
            answer = self.http.request("GET", self.signed(name, OWN_LINK), preload_content=False)
            if answer.status == 404:
                raise FileNotFoundError(name)
            if answer.status != 200:
                raise StoreError(f"Cloudinary answered {answer.status}")
            for chunk in answer.stream(64 * 1024):
                spool.write(chunk)
            answer.release_conn()
        spool.seek(0)
        return File(spool, name=name)

    def delete(self, name: str) -> None:
        """Remove a content, also from what delivers it; harmless when it is gone already."""
        with translated():
            cloudinary.uploader.destroy(self._id(name), invalidate=True, timeout=TIMEOUT, **self.kind, **self.account)

    def exists(self, name: str) -> bool:
        try:
            with translated():
                cloudinary.api.resource(self._id(name), timeout=TIMEOUT, **self.kind, **self.account)
        except FileNotFoundError:
            return False
        return True

    def listed(self, prefix: str) -> Iterator[Resting]:
        """Return what lies under a prefix, page by page."""
        cursor: dict[str, str] = {}
        while True:
            with translated():
                page = cloudinary.api.resources(
                    prefix=self._id(prefix), max_results=_PAGE, timeout=TIMEOUT, **cursor, **self.kind, **self.account
                )
            for each in page["resources"]:
                made = datetime.fromisoformat(each["created_at"])
                yield Resting(each["public_id"].removeprefix(self.folder), made, each["bytes"])
            if not page.get("next_cursor"):
                return
            cursor = {"next_cursor": page["next_cursor"]}

    def signed(self, name: str, link: Link) -> str:
        """Return an address that expires. Cloudinary names the type by the name's end, and attachments by the name."""
        address: str = cloudinary.utils.private_download_url(
            self._id(name),
            "",
            attachment=link.disposition.startswith("attachment"),
            expires_at=int(clock.machine_now().timestamp()) + link.seconds,
            **self.kind,
            **self.account,
        )
        return address

    def _id(self, name: str) -> str:
        return f"{self.folder}{name}"


@contextmanager
def translated() -> Iterator[None]:
    """Let what the library raises come out as OSError."""
    try:
        yield
    except cloudinary.exceptions.NotFound as error:
        raise FileNotFoundError(str(error)) from error
    except (cloudinary.exceptions.Error, urllib3.exceptions.HTTPError) as error:
        raise StoreError(f"Cloudinary: {error}") from error
