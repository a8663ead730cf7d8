"""What the ledger refuses."""

from jobsphere.kit.errors import Conflict
from jobsphere.kit.money import Money


class InsufficientBalance(Conflict):
    """The account holds less than this needs. Nothing was changed."""

    code = "insufficient-balance"
    title = "There is not enough money on the account"

    def __init__(self, *, available: Money, needed: Money) -> None:
        super().__init__(
            f"{needed} is needed, but only {available} is available.",
            available=available.to_json(),
            needed=needed.to_json(),
        )


class TransferReferenceReused(Conflict):
    """The business key (code and reference) was already posted with other legs. Nothing was changed."""

    code = "transfer-reference-reused"
    title = "This was already booked differently"


class InvalidTransferError(ValueError):
    """A transfer that can never be posted (unbalanced, mixed currencies, no legs): a bug of ours, never a person's."""


class ReconciliationRunning(Conflict):
    """A reconciliation is going on already. Wait for it to end, or look at what it has found so far."""

    code = "reconciliation-running"
    title = "A reconciliation is going on"

    def __init__(self) -> None:
        super().__init__(
            "A reconciliation is going on already; look at it in the list, and start another when it ends."
        )


class AlreadyAcknowledged(Conflict):
    """Somebody has acknowledged this difference before; their note stands."""

    code = "already-acknowledged"
    title = "That is known already"

    def __init__(self) -> None:
        super().__init__("Somebody has acknowledged this difference before; read their note.")
