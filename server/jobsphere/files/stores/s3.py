"""S3 and what speaks like it (MinIO, R2, Ceph …), through django-storages and boto3."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from jobsphere.files.stores.base import Link, Resting, StoreError

#: What stays in memory of a content that is read; the rest goes to a temporary file.
IN_MEMORY = 2 * 1024 * 1024


class S3Store(S3Storage):
    """A private bucket. Errors come out as OSError, as from a folder; what is not there as FileNotFoundError."""

    def _open(self, name: str, mode: str = "rb") -> File:
        spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the reader closes it
        with translated():
            shutil.copyfileobj(self.bucket.Object(self._normalize_name(name)).get()["Body"], spool)
        spool.seek(0)
        return File(spool, name=name)

    def _save(self, name: str, content: Any) -> str:
        # Through chunks(), so that contents that are sealed on the way are, and spooled, because boto3 reads twice.
        with translated(), tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            for chunk in content.chunks():
                spool.write(chunk)
            spool.seek(0)
            saved: str = super()._save(name, File(spool, name=name))
        return saved

    def delete(self, name: str) -> None:
        with translated():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with translated():
            found: bool = super().exists(name)
        return found

    def listed(self, prefix: str) -> Iterator[Resting]:
        """Return what lies under a prefix, page by page."""
        with translated():
            for each in self.bucket.objects.filter(Prefix=self._normalize_name(prefix)):
                path = each.key.removeprefix(self.location).lstrip("/")
                yield Resting(path, each.last_modified, each.size)

    def signed(self, name: str, link: Link) -> str | None:
        """Return an address for GET; the bucket answers with our type and disposition, whatever it was told before."""
        told = {"ResponseContentType": link.content_type, "ResponseContentDisposition": link.disposition}
        address: str = self.url(name, parameters=told, expire=link.seconds)
        return address


@contextmanager
def translated() -> Iterator[None]:
    """Let what boto3 raises come out as OSError."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in ("404", "NoSuchKey", "NotFound"):
            raise FileNotFoundError(str(error)) from error
        raise StoreError(f"S3: {error}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise StoreError(f"S3: {error}") from error
