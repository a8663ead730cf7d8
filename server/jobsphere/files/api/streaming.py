"""Counts an upload while it arrives, so that a body without end is never kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

from jobsphere.files.errors import FileTooLarge, NoRoom
from jobsphere.files.refusing import refused
from jobsphere.files.stores.base import NO_ROOM

#: What a form may weigh besides its file.
FORM_OVERHEAD = 64 * 1024


class SizeLimit(FileUploadHandler):
    """The first of the upload handlers: passes chunks on until there are too many."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > self.limit:
            raise too_large(self.limit)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class AnyAccept(DefaultContentNegotiation):
    """Files come as what they are: an <img> asks for images only, and must not be refused."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


def limit_upload(request: Request, limit: int) -> None:
    """Refuse by the announced length at once, and count what arrives in case it was a lie."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isdigit() and int(announced) > limit + FORM_OVERHEAD:
        raise too_large(limit)
    django_request = request._request
    django_request.upload_handlers = [SizeLimit(limit), *django_request.upload_handlers]


def too_large(limit: int) -> FileTooLarge:
    """Return the refusal."""
    return FileTooLarge(f"A file may have {limit} bytes at most.", max_size=limit)


@contextmanager
def received(request: Request) -> Iterator[None]:
    """Turn a full disk under the temporary files of an upload into an answer, and remove them whatever happens."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise NoRoom("There is no room for files now. Nothing was kept; please try again later.") from error
    finally:
        request._request.close()


def received_file(request: Request, upload: UploadedFile) -> tuple[str, bytes]:
    """Return the name and the content of the one file that was sent; raises FileRefused for more than one."""
    if sum(len(files) for _, files in request.FILES.lists()) > 1:
        raise refused("Send one file at a time.")
    return upload.name or "", upload.read()
