"""What a gateway's folder tells the registry: how it is built, and the sandbox that stands in for the company."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from jobsphere.payments.gateways.base.port import Gateway


class UnknownGatewayError(LookupError):
    """No gateway of this name is configured."""


class Site(Protocol):
    """A sandbox as a web site."""

    def respond(self, method: str, path: str, query: str, body: str, headers: Mapping[str, str]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A sandbox as everybody else sees it; `server`, `controls` and `site` are of the gateway's own kinds."""

    server: Any
    controls: Any
    site: Site


@dataclass(frozen=True, slots=True)
class Setup:
    """What a gateway may be put together from."""

    #: Reads a setting of ours; empty when it is not set.
    setting: Callable[[str], str]
    #: Raises inside a database transaction.
    guard: Callable[[], None]
    data_dir: Path
    #: Where the pages of this gateway's sandbox are.
    sandbox_url: str
    #: The sandbox of this gateway in this process; for gateways that have one.
    sandbox: Callable[[], Sandbox]

    def required(self, name: str) -> str:
        """Return a setting that must be there. Raises UnknownGatewayError."""
        value = self.setting(name)
        if not value:
            raise UnknownGatewayError(f"{name} is not set")
        return value


@dataclass(frozen=True, slots=True)
class Registration:
    """One gateway."""

    build: Callable[[Setup], Gateway]
    #: POST /api/webhooks/<webhook> is where it calls us. A company's sandbox calls the company's address.
    webhook: str
    #: Builds the sandbox; None for the real thing.
    build_sandbox: Callable[[Setup], Sandbox] | None = None
    #: Where below /sandbox/ the sandbox's pages are.
    mount: str = ""
    #: Settings without which production does not take money through it.
    needs: tuple[str, ...] = ()
