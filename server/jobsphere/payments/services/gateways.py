"""What finance decides about a gateway: no new payments there, or new ones again."""

from jobsphere.kit.actor import Actor
from jobsphere.payments import health, staff


def stop_gateway(*, actor: Actor, name: str, reason: str) -> None:
    """Make no new payment at a gateway until `resume_gateway`; what exists there goes on. Raises NotFound.

    Harmless when it is stopped. Where no other gateway takes a payment it is still made here, and waits.
    """
    staff.gateway_for_staff(actor, name)
    health.force_open(name, actor=actor, reason=reason)


def resume_gateway(*, actor: Actor, name: str, reason: str) -> None:
    """Make new payments at a gateway again, also before it has answered. Raises NotFound; harmless when it is open."""
    staff.gateway_for_staff(actor, name)
    health.force_close(name, actor=actor, reason=reason)
