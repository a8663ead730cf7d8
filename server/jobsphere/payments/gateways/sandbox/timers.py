"""What happens later by itself: authorisations lapse, payouts arrive, refunds fail."""

from collections.abc import Callable, Mapping

from jobsphere.payments.gateways.sandbox.state import SandboxState

Action = Callable[[SandboxState, str], None]


def schedule(state: SandboxState, seconds: int, action: str, object_id: str) -> None:
    """Let `action` happen to the object after so many seconds of the sandbox's clock."""
    state.execute(
        "INSERT INTO timers (due, action, object_id) VALUES (?, ?, ?)", (state.now() + seconds, action, object_id)
    )


def cancel(state: SandboxState, object_id: str) -> None:
    """Forget what was to happen to the object."""
    state.execute("DELETE FROM timers WHERE object_id = ?", (object_id,))


def run_due(state: SandboxState, actions: Mapping[str, Action]) -> int:
    """Let everything that is due happen, each at its own moment, and return how much did."""
    happened = 0
    with state.transaction():
        while True:
            row = state.execute(
                "SELECT * FROM timers WHERE due <= ? ORDER BY due, seq LIMIT 1", (state.now(),)
            ).fetchone()
            if row is None:
                return happened
            state.execute("DELETE FROM timers WHERE seq = ?", (row["seq"],))
            with state.at(row["due"]):
                actions[row["action"]](state, row["object_id"])
            happened += 1
