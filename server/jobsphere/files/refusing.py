"""How an upload is refused."""

from jobsphere.files.errors import FileRefused
from jobsphere.kit.errors import FieldError


def refused(detail: str) -> FileRefused:
    """Return the refusal of an upload, at the field of the form."""
    return FileRefused([FieldError("/file", "file-refused", detail)])
