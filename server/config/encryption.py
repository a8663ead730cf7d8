"""Where the keys that seal documents and secrets come from."""

import base64
import os
import tempfile
from pathlib import Path

from config import env

FILE_NAME = "encryption.key"


def encryption_keys(data_dir: Path, *, make: bool) -> list[str]:
    """Return the keys of ENCRYPTION_KEYS (or its file), separated by commas or lines, the current one first.

    Without the variable, and where `make` allows it, the key of the data folder, made on the first start.
    """
    if given := env.text("ENCRYPTION_KEYS"):
        return given.replace(",", " ").split()
    return [_key_of(data_dir / FILE_NAME)] if make else []


def _key_of(path: Path) -> str:
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """Write the file under another name (mkstemp: 0600) and link it, so that of two first starts both use one key."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.urlsafe_b64encode(os.urandom(32)).decode())
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
