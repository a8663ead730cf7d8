"""One way to call Paystack: guard, send, read, and translate what went wrong."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx

from jobsphere.payments.gateways.base import Ok, Outcome
from jobsphere.payments.gateways.paystack.errors import UNREACHABLE, UNREADABLE, Failure, failure_of

T = TypeVar("T")
Wire = Mapping[str, Any]

API = "https://api.paystack.co"
#: Seconds for connecting and for each read.
TIMEOUT_SECONDS = 10
_PAGE = 100
#: These lists call their page size per_page, the others perPage.
_SNAKE = frozenset({"/transaction", "/transfer", "/transferrecipient"})
#: Clocks differ: look-ups by time begin a little earlier.
_SKEW = timedelta(minutes=10)
_READABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class _SecretKey(httpx.Auth):
    """Puts the key on each request; shows it to nobody."""

    def __init__(self, key: str) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        request.headers["Authorization"] = f"Bearer {self._key}"
        yield request

    def __repr__(self) -> str:
        return "_SecretKey(…)"


def make_client(secret_key: str, *, transport: httpx.BaseTransport | None = None, base_url: str = API) -> httpx.Client:
    """Return the HTTP client. Redirects are not followed: an API that moves is not ours to trust with a key."""
    return httpx.Client(
        base_url=base_url,
        auth=_SecretKey(secret_key),
        timeout=httpx.Timeout(TIMEOUT_SECONDS),
        headers={"Accept": "application/json"},
        transport=transport,
        follow_redirects=False,
        trust_env=False,
    )


class PaystackCalls:
    """The plumbing under the adapter's verbs."""

    def __init__(self, client: httpx.Client, guard: Callable[[], None]) -> None:
        self._http = client
        self._guard = guard

    def _send(
        self, method: str, path: str, *, body: Wire | None = None, params: Mapping[str, str | int] | None = None
    ) -> Wire | Failure:
        """Carry out one request and return the whole answer. The guard raises when a transaction is open."""
        self._guard()
        try:
            response = self._http.request(method, path, json=body, params=params)
        except (httpx.HTTPError, httpx.StreamError):
            return UNREACHABLE
        answer = _json(response)
        if not response.is_success:
            return failure_of(response.status_code, response.headers, answer)
        if not isinstance(answer, Mapping):
            return UNREADABLE
        return answer if answer.get("status") is True else failure_of(400, response.headers, answer)

    def _read(self, path: str, normalise: Callable[[Wire], T]) -> Outcome[T]:
        """Read one object."""
        return self._answered(self._send("GET", path), normalise)

    def _answered(self, answer: Wire | Failure, normalise: Callable[[Wire], T]) -> Outcome[T]:
        """Make a snapshot of what was answered; what cannot be understood is Unknown."""
        if isinstance(answer, Failure):
            return answer.outcome
        try:
            return Ok(normalise(answer["data"]))
        except _READABLE:
            return UNREADABLE.outcome

    def _collect(
        self,
        path: str,
        params: Mapping[str, str | int],
        *,
        keep: Callable[[Wire], bool] = lambda _: True,
        stop_at_first: bool = False,
    ) -> list[Wire] | Failure:
        """Walk every page of a list, newest first, and keep what is wanted.

        New lines push old ones on to the next page meanwhile: what comes twice is kept once.
        """
        seen: dict[Any, Wire] = {}
        kept: list[Wire] = []
        size = "per_page" if path in _SNAKE else "perPage"
        page = 0
        while True:
            page += 1
            answer = self._send("GET", path, params={**params, size: _PAGE, "page": page})
            if isinstance(answer, Failure):
                return answer
            try:
                fresh = {line["id"]: line for line in answer["data"] if line["id"] not in seen}
                kept += [line for line in fresh.values() if keep(line)]
                last = page >= int((answer.get("meta") or {}).get("pageCount") or page + 1)
            except _READABLE:
                return UNREADABLE
            seen |= fresh
            # A page size that is not honoured must not end the list early: only nothing new does.
            if last or not fresh or (stop_at_first and kept):
                return kept


def between(since: datetime | None, until: datetime | None = None) -> dict[str, str]:
    """Return the `from` and `to` of a list, a little wider than asked."""
    found = {"from": stamp(since - _SKEW)} if since else {}
    return found | ({"to": stamp(until + _SKEW)} if until else {})


def stamp(moment: datetime) -> str:
    """Write a moment as Paystack does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _json(response: httpx.Response) -> Any:
    try:
        return json.loads(response.content)
    except ValueError:
        return None
