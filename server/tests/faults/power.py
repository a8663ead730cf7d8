"""Power cuts inside one process: the code above stops where it stands, as after `kill -9`, and nothing tidies up.

A PowerCut is no Exception, so neither the queue, the SDK nor a robust callback may swallow it. It strikes at two seams
that are public already: the observers of the sandboxes' HTTP clients (the gateway has done its work, and our side has
recorded nothing) and Django's execute wrapper (before any statement that writes; an open transaction is rolled back).
"""

from collections.abc import Callable
from typing import Any

import httpx
from django.db import connection

from jobsphere.payments.gateways.sandbox.wire import Reply
from jobsphere.payments.gateways.stripe.contract import check_exchange
from jobsphere.payments.gateways.tests import openapi

_WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


class PowerCut(BaseException):
    """The process is gone."""


class Power:
    """Cuts the power once, when told, and holds every exchange against the gateway's own description."""

    def __init__(self) -> None:
        self._answers: int | None = None
        self._writes: int | None = None

    def cut_at_answer(self, number: int) -> None:
        """Cut when the gateway has carried out the so-manieth POST from now."""
        self._answers = number

    def cut_at_write(self, number: int) -> None:
        """Cut before the so-manieth writing statement from now."""
        self._writes = number

    def restore(self) -> None:
        """Forget an order that has met nothing."""
        self._answers = self._writes = None

    def observe(self, method: str, url: str, body: str, reply: Reply) -> None:
        """See an exchange with the gateway: an Observer of SandboxHTTPClient."""
        check_exchange(method, url, body, reply)
        self._count(method)

    def observe_paystack(self, request: httpx.Request, reply: Reply) -> None:
        """See an exchange with Paystack: an Observer of its SandboxTransport."""
        openapi.check_exchange(request, reply)
        self._count(request.method)

    def _count(self, method: str) -> None:
        if method.upper() == "POST" and self._answers is not None:
            self._answers -= 1
            if self._answers <= 0:
                self.restore()
                raise PowerCut

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """See a statement on its way to the database: an execute wrapper."""
        if self._writes is not None and sql.lstrip().upper().startswith(_WRITES):
            self._writes -= 1
            if self._writes <= 0:
                self.restore()
                raise PowerCut
        return execute(sql, params, many, context)

    def survives(self, action: Callable[[], Any]) -> tuple[bool, Any]:
        """Do something; say whether it came to its end, and with what result."""
        try:
            with connection.execute_wrapper(self):
                return True, action()
        except PowerCut:
            return False, None
