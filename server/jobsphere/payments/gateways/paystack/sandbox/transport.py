"""The Paystack sandbox in-process: httpx's own transport seam, with no socket between."""

from typing import Protocol

import httpx

from jobsphere.payments.gateways.paystack.sandbox.server import PaystackServer
from jobsphere.payments.gateways.sandbox.wire import ConnectionCutError, Reply


class Observer(Protocol):
    """Sees every exchange; in tests it holds them against Paystack's OpenAPI description and raises."""

    def __call__(self, request: httpx.Request, reply: Reply) -> None: ...


class SandboxTransport(httpx.BaseTransport):
    """Hands httpx's requests to a PaystackServer in this process."""

    def __init__(self, server: PaystackServer, *, observer: Observer | None = None) -> None:
        self._server = server
        self._observer = observer
        self._mount = httpx.URL(server.public_url).path.rstrip("/")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry out one request; a cut connection is what httpx raises for a real one."""
        body = request.read()
        url = request.url.raw_path.decode().removeprefix(self._mount)
        try:
            reply = self._server.handle(request.method, url, body, dict(request.headers))
        except ConnectionCutError as error:
            raise httpx.ReadTimeout(error.reason, request=request) from error
        # Documents go to a store that is not Paystack's API.
        if self._observer is not None and not url.startswith("/upload/"):
            self._observer(request, reply)
        return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body.encode(), request=request)
