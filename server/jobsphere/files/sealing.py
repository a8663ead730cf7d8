"""What key rotation knows of files: the sealed ones, whose content is sealed again with the current key."""

from collections.abc import Iterator

from jobsphere.db.encryption_rotation import Store
from jobsphere.files import blobs
from jobsphere.files.models import StoredFile
from jobsphere.files.rules import SEALED_PURPOSES, variant_name


def count_outdated() -> int:
    """Return how many sealed contents name an older key; reads the first bytes of each."""
    return sum(1 for name, store in _sealed() if blobs.is_outdated(name, store=store))


def rotate(size: int) -> Iterator[int]:
    """Seal content after content again; yields after each `size` of them."""
    done = 0
    for name, store in _sealed():
        if not blobs.is_outdated(name, store=store):
            continue
        blobs.seal_again(name, store=store)
        done += 1
        if done == size:
            yield done
            done = 0
    if done:
        yield done


def _sealed() -> Iterator[tuple[str, str]]:
    """Return the name and store of every sealed content, the smaller forms of pictures included."""
    rows = StoredFile.objects.filter(purpose__in=SEALED_PURPOSES, deleted_at=None).order_by("pk")
    for filename, store, smaller in rows.values_list("filename", "store", "variants").iterator():
        yield filename, store
        for size in smaller or {}:
            yield variant_name(filename, size), store


STORE = Store("files.content", count_outdated, rotate)
