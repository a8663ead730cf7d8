"""What we ask of a store beyond Django's own interface."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

#: The disk, the person's quota on it, or the largest file that it takes.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoreError(OSError):
    """A store did not do what it was asked for: it is away, or refuses."""


@dataclass(frozen=True, slots=True)
class Link:
    """What the answer behind a signed address shall say of itself."""

    content_type: str
    disposition: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Resting:
    """A content as it lies in a store."""

    path: str
    modified_at: datetime
    size: int


class Store(Protocol):
    """A Django storage that overwrites (names are ours and unique), lists what it holds, and signs addresses."""

    def open(self, name: str, mode: str = "rb") -> Any: ...

    def save(self, name: str | None, content: Any) -> str: ...

    def delete(self, name: str) -> None: ...

    def exists(self, name: str) -> bool: ...

    def path(self, name: str) -> str:
        """Return where the content lies on this machine; raises NotImplementedError where it does not."""
        ...

    def listed(self, prefix: str) -> Iterator[Resting]:
        """Return what lies under a folder ("ab/"); raises StoreError."""
        ...

    def signed(self, name: str, link: Link) -> str | None:
        """Return an address that anybody may read for some seconds, or None where we hand the content out ourselves."""
        ...
