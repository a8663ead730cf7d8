"""A folder on this machine (UPLOAD_DIR): the default."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

from jobsphere.files.stores.base import Link, Resting

#: Contents that are being written; a crash may leave one behind, and the nightly sweep takes it away.
PART = ".part"


class LocalStore(FileSystemStorage):
    """Writes beside and renames: a content is whole or not there, whatever stops the process or fills the disk."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself: ours are unique, and writing again replaces."""
        return name

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(mode=self.directory_permissions_mode or 0o700, parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
        try:
            self._write(part, content)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return name

    def _write(self, part: Path, content: Any) -> None:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self.file_permissions_mode or 0o600)
        with os.fdopen(handle, "wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    def listed(self, prefix: str) -> Iterator[Resting]:
        """Return what lies in a folder."""
        folder = Path(self.path(prefix))
        if not folder.is_dir():
            return
        for entry in sorted(os.scandir(folder), key=lambda each: each.name):
            if entry.is_file(follow_symlinks=False):
                found = entry.stat()
                modified = datetime.fromtimestamp(found.st_mtime, UTC)
                yield Resting(f"{prefix}{entry.name}", modified, found.st_size)

    def signed(self, name: str, link: Link) -> str | None:
        """Return nothing: nobody but us reads this folder."""
        return None
