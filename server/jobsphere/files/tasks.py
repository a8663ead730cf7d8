"""What the worker does for files."""

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs, variants
from jobsphere.files.models import StoredFile
from jobsphere.files.selectors import view_of
from jobsphere.outbox.services import enqueue
from jobsphere.outbox.subscriptions import job


@job()
def remove_content(filename: str) -> None:
    """Remove the contents of a file whose row says that it is deleted."""
    if not StoredFile.objects.filter(filename=filename, deleted_at=None).exists():
        for name in variants.names_of(filename):
            blobs.discard(name)


@job()
def remove_moved_content(filename: str, store: str) -> None:
    """Remove what a move has left behind, once nobody reads it there any more."""
    if not StoredFile.objects.filter(filename=filename, deleted_at=None, store=store).exists():
        for name in variants.names_of(filename):
            blobs.discard(name, store=store)


@job()
def make_variants(filename: str) -> None:
    """Draw the smaller forms of a picture, once; those of a file that was deleted or moved meanwhile are taken away."""
    row = StoredFile.objects.filter(filename=filename, deleted_at=None, variants__isnull=True).first()
    if row is None or not row.width:
        return
    made = variants.make(view_of(row))
    with edge_transaction():
        still = {"pk": row.pk, "deleted_at": None, "store": row.store, "variants__isnull": True}
        kept = update_where(StoredFile, still, variants=made)
        if not kept:
            enqueue(remove_content, filename)
