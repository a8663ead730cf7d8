"""What can be wrong with an upload."""

from jobsphere.kit.errors import Conflict, DomainError, InvalidInput


class FileRefused(InvalidInput):
    """The content is not of a kind that we take, or is damaged: send PNG, JPEG, WebP, GIF, PDF, DOCX, XLSX or ODT."""

    code = "file-refused"
    title = "This file cannot be taken"


class FileTooLarge(DomainError):
    """The file is larger than the limit (10 MB unless the operator says otherwise): make it smaller."""

    code = "file-too-large"
    status = 413
    title = "The file is too large"


class FileInUse(Conflict):
    """The file is part of a record (a message, a delivery), which keeps it."""

    code = "file-in-use"
    title = "The file is part of a record"
