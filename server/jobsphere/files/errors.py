"""What can be wrong with an upload."""

from jobsphere.kit.errors import Conflict, DomainError, InvalidInput, Unavailable


class FileRefused(InvalidInput):
    """The content is not of a kind that we take, or is damaged: send PNG, JPEG, WebP, GIF, PDF, DOCX, XLSX or ODT."""

    code = "file-refused"
    title = "This file cannot be taken"


class FileTooLarge(DomainError):
    """The file is larger than the limit (10 MB unless the operator says otherwise): make it smaller."""

    code = "file-too-large"
    status = 413
    title = "The file is too large"


class FileInfected(FileRefused):
    """The virus scanner knows the content: it was not kept. Check the device that it came from."""

    code = "file-infected"
    title = "This file carries a virus"


class StorageQuotaReached(Conflict):
    """Your files are as large as one person's may be: delete some of those that are part of nothing, then try again."""

    code = "storage-quota-reached"
    title = "Your storage is full"


class UploadsQuotaReached(Conflict):
    """So much was uploaded today that the rest has to wait until `resets_at` (midnight UTC)."""

    code = "uploads-quota-reached"
    title = "That was enough for today"


class NoRoom(Unavailable):
    """The marketplace's storage is full; nothing was kept. The operator has to make room, then try again."""

    code = "no-room"
    title = "There is no room for files now"


class FileInUse(Conflict):
    """The file is part of a record (a message, a delivery), which keeps it."""

    code = "file-in-use"
    title = "The file is part of a record"
