"""The sandbox in-process: the SDK's own HTTP-client seam, with no socket between."""

from collections.abc import Mapping
from typing import Any, Protocol

import stripe
from requests.structures import CaseInsensitiveDict

from jobsphere.payments.gateways.sandbox.server import SandboxServer
from jobsphere.payments.gateways.sandbox.wire import ConnectionCutError, Reply


class Observer(Protocol):
    """Sees every exchange; in tests it checks them against the SDK's own types and raises."""

    def __call__(self, method: str, url: str, body: str, reply: Reply) -> None: ...


class SandboxHTTPClient(stripe.HTTPClient):
    """Hands the SDK's requests to a SandboxServer in this process."""

    name = "sandbox"

    def __init__(self, server: SandboxServer, *, observer: Observer | None = None, timeout: float = 10.0) -> None:
        super().__init__()
        self._server = server
        self._observer = observer
        self._timeout = timeout

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> tuple[str, int, Mapping[str, str]]:
        """Carry out one request; a cut connection is what the SDK raises for any real client."""
        body = post_data or ""
        try:
            reply = self._server.handle(method, url, body, headers or {}, patience=self._timeout)
        except ConnectionCutError as error:
            raise stripe.APIConnectionError(error.reason, should_retry=True) from error
        if self._observer is not None:
            self._observer(method, url, body, reply)
        return reply.body, reply.status, CaseInsensitiveDict(reply.headers)

    def close(self) -> None:
        """Close nothing: the state belongs to the server."""
