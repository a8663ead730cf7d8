"""What lies in the stores besides the contents of StoredFile: an app that keeps some says so, or the sweep takes them.

    files.contents.register("exports", names)      # in the AppConfig.ready of accounts

`names(prefix)` returns the names in use that begin with the two letters of a folder.
"""

from collections.abc import Callable, Iterable

Names = Callable[[str], Iterable[str]]

_keepers: dict[str, Names] = {}


def register(keeper: str, names: Names) -> None:
    """Keep these contents from being swept away."""
    _keepers[keeper] = names


def kept_by_others(prefix: str) -> set[str]:
    """Return the names in a folder that other apps use."""
    return {name for names in _keepers.values() for name in names(prefix)}
