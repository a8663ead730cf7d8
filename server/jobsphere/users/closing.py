"""What keeps an account closed against its owner's will; said by apps above, which know why.

    users.closing.register(refuse_suspended)      # in the AppConfig.ready of moderation

Each is called with a person's id, and raises a problem that tells the reason and the way on. Asked before an account is
opened again, and when somebody gives the right password of a closed one.
"""

from collections.abc import Callable
from uuid import UUID

Refuse = Callable[[UUID], None]

_refusing: list[Refuse] = []
_offering: list[Refuse] = []


def register(refuse: Refuse) -> None:
    """Let an app keep accounts closed; again is harmless."""
    if refuse not in _refusing:
        _refusing.append(refuse)


def register_way_back(offer: Refuse) -> None:
    """Let an app say how a closed account is opened again, to whoever knows its password; again is harmless."""
    if offer not in _offering:
        _offering.append(offer)


def explain_closed(user_id: UUID) -> None:
    """Raise what keeps this account closed, or else how it is opened again; returns when nobody knows."""
    for explain in (*_refusing, *_offering):
        explain(user_id)


def refuse_closed(user_id: UUID) -> None:
    """Raise what keeps this account closed; returns when nothing does."""
    for refuse in _refusing:
        refuse(user_id)
