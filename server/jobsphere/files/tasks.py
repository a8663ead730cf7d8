"""What the worker does for files."""

from jobsphere.files import blobs
from jobsphere.files.models import StoredFile
from jobsphere.outbox.subscriptions import job


@job()
def remove_content(filename: str) -> None:
    """Remove the content of a file whose row says that it is deleted."""
    if not StoredFile.objects.filter(filename=filename, deleted_at=None).exists():
        blobs.discard(filename)
