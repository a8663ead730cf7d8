"""Reasons of upper apps for which somebody's withdrawals wait; they register, and are asked in the payee's turn."""

from collections.abc import Callable
from uuid import UUID

from jobsphere.payments.errors import PayoutsWithheld

_REASONS: list[Callable[[UUID], str]] = []


def register(reason: Callable[[UUID], str]) -> None:
    """Ask this before a withdrawal: it says in words why it must wait, or nothing."""
    if reason not in _REASONS:
        _REASONS.append(reason)


def refuse_withheld(payee_id: UUID) -> None:
    """Raise PayoutsWithheld while any of them says why."""
    for reason in _REASONS:
        if why := reason(payee_id):
            raise PayoutsWithheld(why)


def is_withheld(payee_id: UUID) -> bool:
    """Say whether any of them says why."""
    return any(reason(payee_id) for reason in _REASONS)
