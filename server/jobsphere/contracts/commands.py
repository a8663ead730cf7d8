"""What a contractor says over the socket while they are on their way to the work: where they are (DESIGN §7).

Only they can begin it, by sending it; it goes to the customer of that contract alone, and nothing of it is kept: no
row, no log, no audit entry. Roughly (to about a kilometre) until they say that they are on the way.
"""

from typing import Any
from uuid import UUID

from jobsphere.contracts.models import Contract, Milestone
from jobsphere.contracts.policies import get_contract_for
from jobsphere.contracts.rules.lifecycles import ContractStatus, MilestoneStatus
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import FieldError, InvalidInput, NotFound, WrongStatus
from jobsphere.moderation.selectors import is_blocked
from jobsphere.realtime import frames
from jobsphere.realtime.services import whisper

LOCATION = frames.register(
    "location",
    "Where your contractor is now, `exact` or to about a kilometre: forget it after two minutes. `stopped`: nowhere.",
    ("contract_id",),
    sometimes=("latitude", "longitude", "exact", "at", "stopped"),
    kept=False,
)

#: Decimals of a degree: two are about a kilometre, five about a metre.
ROUGHLY, EXACTLY = 2, 5
#: While one of these is there, there is something to come for.
_AHEAD = (MilestoneStatus.FUNDED, MilestoneStatus.IN_PROGRESS, MilestoneStatus.CHANGES_REQUESTED)


def share_location(actor: Actor, data: dict[str, Any]) -> None:
    """Show the customer where their contractor is now; the customer's page forgets it by itself after two minutes.

    Raises NotFound for everybody but the contractor, WrongStatus once the work is delivered or over, InvalidInput for
    what is no place.
    """
    contract = _own(actor, data["contract_id"])
    if contract.status != ContractStatus.ACTIVE or not _has_work_ahead(contract):
        raise WrongStatus("share location", contract.status)
    latitude, longitude = _place(data["latitude"], data["longitude"])
    digits = EXACTLY if data["on_the_way"] else ROUGHLY
    place = {"latitude": round(latitude, digits), "longitude": round(longitude, digits), "exact": data["on_the_way"]}
    _show(contract, {**place, "at": clock.now()})


def stop_sharing(actor: Actor, data: dict[str, Any]) -> None:
    """Take the contractor off the customer's page; raises NotFound for everybody but the contractor."""
    _show(_own(actor, data["contract_id"]), {"stopped": True})


def _show(contract: Contract, payload: dict[str, Any]) -> None:
    # Where a block parts the two, nobody learns anything.
    if not is_blocked(contract.customer_id, contract.contractor_id):
        whisper(user_ids=[contract.customer_id], type=LOCATION, payload={"contract_id": contract.id, **payload})


def _own(actor: Actor, contract_id: UUID) -> Contract:
    contract = get_contract_for(actor, contract_id)
    if contract.contractor_id != actor.id:
        raise NotFound("There is no such contract, or it is not yours to work on.")
    return contract


def _has_work_ahead(contract: Contract) -> bool:
    return Milestone.objects.filter(contract=contract, status__in=_AHEAD).exists()


def _place(latitude: float, longitude: float) -> tuple[float, float]:
    wrong = [
        FieldError(f"/data/{name}", "invalid", f"Between -{most} and {most} degrees.")
        for name, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180))
        if abs(value) > most
    ]
    if wrong:
        raise InvalidInput(wrong)
    return latitude, longitude
