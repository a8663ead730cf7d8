"""One set of counters for all processes of a machine: web servers, workers and sockets write into one folder.

Whoever answers a scrape adds up what stands there, so a worker needs no port of its own. prometheus-client keeps a
small memory-mapped file for each process; those of processes that have ended are added together here, so that the
folder stays small and no counter ever falls. Files of another machine, or from before a restart of the container, lie
in another folder: process ids mean nothing across those.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from jobsphere.kit import clock

#: Folders of former boots are left alone for so long; seconds.
KEEP = 86_400
#: Under this number stands what ended processes have counted; no process has it.
_ENDED = 0
_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def share(parent: Path) -> Path:
    """Count into a folder that all processes of this machine share; before prometheus-client is imported."""
    folder = parent / _machine()
    folder.mkdir(parents=True, exist_ok=True)
    # The library reads nothing but this variable.
    os.environ[_VARIABLE] = str(folder)
    return folder


def keep_apart() -> None:
    """Count in this process alone."""
    os.environ.pop(_VARIABLE, None)


def shared() -> Path | None:
    """Return the folder; None when each process counts for itself."""
    found = os.environ.get(_VARIABLE)
    return Path(found) if found else None


@contextmanager
def swept(folder: Path) -> Iterator[None]:
    """Add up what ended processes have left, and let nobody else sweep while the block reads."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _gather(folder)
        _forget_former(folder)
        yield


def _gather(folder: Path) -> None:
    from prometheus_client.multiprocess import MultiProcessCollector

    for kind in ("counter", "histogram"):
        ended = [path for path in folder.glob(f"{kind}_*.db") if _has_ended(path)]
        if not ended:
            continue
        sums = MultiProcessCollector.merge([str(path) for path in (*ended, *_old(folder, kind))], accumulate=False)
        _write(folder / f"{kind}_{_ENDED}.db", sums)
        for path in ended:
            path.unlink()
    for path in folder.glob("gauge_live*.db"):
        if _has_ended(path):
            path.unlink()


def _old(folder: Path, kind: str) -> list[Path]:
    path = folder / f"{kind}_{_ENDED}.db"
    return [path] if path.exists() else []


def _write(path: Path, sums: object) -> None:
    """Write sums as one more file; it takes its place at once, so that a killed sweep leaves nothing half done."""
    from prometheus_client.mmap_dict import MmapedDict, mmap_key

    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    kept = MmapedDict(str(fresh))
    for metric in sums:  # type: ignore[attr-defined]
        for sample in metric.samples:
            names, values = list(sample.labels), list(sample.labels.values())
            key = mmap_key(metric.name, sample.name, names, values, metric.documentation)
            kept.write_value(key, sample.value, 0.0)
    kept.close()
    fresh.replace(path)


def _has_ended(path: Path) -> bool:
    pid = int(path.stem.rpartition("_")[2])
    if pid == _ENDED:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _forget_former(folder: Path) -> None:
    for other in folder.parent.iterdir():
        if other != folder and other.is_dir() and clock.machine_now().timestamp() - _last_written(other) > KEEP:
            shutil.rmtree(other, ignore_errors=True)


def _last_written(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.iterdir()), default=folder.stat().st_mtime)


def _machine() -> str:
    """Return a short name of this boot and its process numbering."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        space = f"{boot}{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        space = os.uname().nodename
    return sha256(space.encode()).hexdigest()[:12]
