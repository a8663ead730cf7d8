"""How many sockets this process takes: each is an open file, and systems let a process have 1,024 unless it asks."""

import resource

import structlog
from django.conf import settings

logger = structlog.get_logger("jobsphere.realtime")

#: Files that a process needs beside its sockets: the database, Redis, logs, modules, whoever is just being refused.
BESIDE = 256


def places() -> int:
    """Return how many sockets may be open: SOCKETS_PER_PROCESS, or as many as the system has files for."""
    wanted: int = settings.SOCKETS_PER_PROCESS
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return wanted if files == resource.RLIM_INFINITY else max(min(wanted, files - BESIDE), 0)


def make_room() -> None:
    """Let this process open as many files as its sockets need, as far as the system allows; say where it does not.

    Without this the system would refuse connections that we have promised to take or to send elsewhere (1013), and
    whoever knocks would wait at a closed door.
    """
    needed = settings.SOCKETS_PER_PROCESS + BESIDE
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now != resource.RLIM_INFINITY and now < needed:
        asked = needed if most == resource.RLIM_INFINITY else min(needed, most)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (asked, most))
        except (ValueError, OSError):  # macOS allows less than it says
            logger.warning("the system gives no more open files", asked=asked)
    if places() < settings.SOCKETS_PER_PROCESS:
        logger.warning("fewer sockets than SOCKETS_PER_PROCESS fit", sockets=places(), cure="raise LimitNOFILE")
