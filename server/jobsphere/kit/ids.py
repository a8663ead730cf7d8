"""UUIDv7 identifiers (RFC 9562): time-ordered, so a primary key is also an ordering key."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Return a new UUIDv7; within one process the values strictly increase.

    The 12 bits after the version hold the sub-millisecond part (RFC 9562, method 3), so rows made in
    one millisecond keep their order and keyset pagination by id is pagination by time.
    """
    global _last
    nanoseconds = time.time_ns()
    milliseconds, remainder = divmod(nanoseconds, 1_000_000)
    stamp = (milliseconds << 12) | (remainder * 4096 // 1_000_000)
    with _lock:
        stamp = max(stamp, _last + 1)
        _last = stamp
    value = (stamp >> 12) << 80
    value |= 0x7 << 76
    value |= (stamp & 0xFFF) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return UUID(int=value)
