"""What a backup says of itself. Sizes are bytes, times UTC."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

#: The form of what is written; one that is newer than ours is refused.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """What a database holds, so that two can be held against each other."""

    #: Rows by table.
    rows: dict[str, int]
    #: SHA-256 over every transfer and entry of the ledger, in the order of their keys.
    ledger: str


@dataclass(frozen=True, slots=True)
class Part:
    """One sealed piece of a backup: its name in the store, and its content before it was sealed."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the marketplace: the store that it lies in, its path there, and its name among the backups."""

    store: str
    path: str
    copy: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup: written last, so that what has none was never finished."""

    name: str
    taken_at: str
    engine: str
    migrations: dict[str, str]
    database: Part
    proof: Proof
    #: The memories of sandbox gateways, by file name.
    gateways: dict[str, Part] = field(default_factory=dict)
    files: list[Kept] = field(default_factory=list)
    format: int = FORMAT

    def as_json(self) -> dict[str, Any]:
        """Return it as it is written."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Manifest":
        """Return what was written; raises KeyError or TypeError for anything else."""
        return cls(
            **{
                **found,
                "database": Part(**found["database"]),
                "proof": Proof(**found["proof"]),
                "gateways": {name: Part(**part) for name, part in found["gateways"].items()},
                "files": [Kept(**kept) for kept in found["files"]],
            }
        )

    @property
    def moment(self) -> datetime:
        """Return when it was taken."""
        return datetime.fromisoformat(self.taken_at)
