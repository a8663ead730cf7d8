"""A lifecycle says where an action leads and who may take it."""

from enum import StrEnum

import pytest

from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.lifecycle import Lifecycle, step


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    BRICKED = "bricked"


DOOR = Lifecycle(
    {
        (Door.OPEN, "close"): step(Door.SHUT, "guest", "host"),
        (Door.SHUT, "open"): step(Door.OPEN, "host"),
        (Door.SHUT, "brick up"): step(Door.BRICKED, "host"),
    }
)


def test_a_known_action_leads_on() -> None:
    assert DOOR.next(Door.OPEN, "close", party="guest") is Door.SHUT


@pytest.mark.parametrize(
    ("status", "action", "party", "allowed"),
    [
        (Door.OPEN, "open", "host", ["close"]),
        (Door.SHUT, "open", "guest", []),
        (Door.BRICKED, "open", None, []),
        (Door.SHUT, "sing", "host", ["brick up", "open"]),
    ],
)
def test_anything_else_is_refused_with_what_is_possible(
    status: Door, action: str, party: str | None, allowed: list[str]
) -> None:
    with pytest.raises(WrongStatus) as refusal:
        DOOR.next(status, action, party=party)
    assert refusal.value.fields == {"current_status": status.value, "allowed_actions": allowed}


def test_sources_and_final_statuses_come_from_the_table() -> None:
    assert DOOR.sources("open") == {Door.SHUT}
    assert DOOR.final() == {Door.BRICKED}
