"""Where backups go: Django's storage entry for BACKUP_TO, and how many are kept."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.file_stores import local_store, s3_store

#: The newest backup of each of the last so many days, weeks and months.
KEEP = {"daily": 7, "weekly": 5, "monthly": 12}


def backup_store(data_dir: Path) -> dict[str, Any]:
    """Return the store for `file:///folder`, `s3://bucket/prefix`, or a folder beside the data."""
    url = env.text("BACKUP_TO")
    parts = urlsplit(url)
    if not url:
        return local_store(data_dir / "backups")
    if parts.scheme == "file" and parts.path and not parts.netloc:
        return local_store(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        return s3_store("BACKUP_S3", bucket=parts.netloc, prefix=parts.path.strip("/"), otherwise="S3")
    raise ImproperlyConfigured("BACKUP_TO must be file:///folder or s3://bucket/prefix")


def backup_keep() -> dict[str, int]:
    """Return how many are kept of each period."""
    return env.numbers("BACKUP_KEEP", KEEP, least={"daily": 1})
