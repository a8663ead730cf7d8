"""Whether there may be a rehearsal at all, and which sandboxes it plays with."""

from django.conf import settings

from jobsphere.backoffice.errors import NothingToRehearse
from jobsphere.kit.errors import NotFound
from jobsphere.payments.gateways import registry
from jobsphere.payments.gateways.sandbox import Controls
from jobsphere.payments.gateways.sandbox.switches import Switches


def is_available() -> bool:
    """Say whether this marketplace rehearses: its gateway is a sandbox, and it is not production."""
    return not settings.PRODUCTION and registry.is_sandbox(settings.GATEWAY)


def require_rehearsal() -> None:
    """Raise NotFound where there is none: in production nobody shall learn that this exists."""
    if not is_available():
        raise NotFound("There is nothing at this address.")


def sandboxes() -> list[str]:
    """Return the names of the sandboxes, the one that takes new payments first."""
    return sorted(registry.sandboxes(), key=lambda name: name != settings.GATEWAY)


def named(gateway: str) -> str:
    """Return the name of a sandbox, by default of the one that takes new payments."""
    return gateway or sandboxes()[0]


def controls(gateway: str = "") -> Switches:
    """Return the switches of a sandbox, by default of the one that takes new payments. Raises NotFound."""
    require_rehearsal()
    return registry.get_controls(named(gateway))


def whole_controls(gateway: str) -> Controls:
    """Return the switches of a sandbox that has all of them. Raises NothingToRehearse for the others."""
    switches = controls(gateway)
    if not isinstance(switches, Controls):
        raise NothingToRehearse(f"The sandbox {named(gateway)} knows no such thing; choose another gateway.")
    return switches
