"""Where contents lie: a folder, S3 or Cloudinary, by one setting (FILE_STORE); `stores.of(name)` is the way to each.

Several may be configured at the same time: new contents go to the one that FILE_STORE names, old ones are read where
their row says they lie, and `manage.py move-files` brings them over.
"""

from typing import cast

from django.conf import settings
from django.core.files.storage import Storage, storages

from jobsphere.files.stores.base import Store


def current() -> str:
    """Return the store of new contents."""
    return str(settings.FILE_STORE)


def configured() -> list[str]:
    """Return every store that contents may lie in, the one of new contents first."""
    return sorted((name for name in settings.STORAGES if name in NAMES), key=lambda name: name != current())


def of(name: str) -> Store:
    """Return a store by name; raises InvalidStorageError for one that has no settings."""
    found: Storage = storages["default" if name == current() else name]
    return cast(Store, found)


NAMES = ("local", "s3", "cloudinary")
