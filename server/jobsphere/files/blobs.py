"""The content of files, in Django's default storage (a folder, UPLOAD_DIR, until the operator says otherwise)."""

from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from jobsphere.kit.errors import Unavailable


def path_of(filename: str) -> str:
    """Return where a file lies; two letters make the folder, so that no folder grows without bound."""
    return f"{filename[:2]}/{filename}"


def keep(filename: str, content: bytes) -> None:
    """Write the content; raises Unavailable when the storage cannot."""
    try:
        default_storage.save(path_of(filename), ContentFile(content))
    except OSError as error:
        raise Unavailable("The file could not be stored. Please try again.") from error


def read(filename: str) -> IO[Any]:
    """Open the content; raises Unavailable when the storage cannot."""
    try:
        return default_storage.open(path_of(filename))
    except OSError as error:
        raise Unavailable("The file cannot be read now. Please try again.") from error


def discard(filename: str) -> None:
    """Remove the content; harmless when it is gone already."""
    default_storage.delete(path_of(filename))
