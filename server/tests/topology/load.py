"""People who deal and listen while processes die: bounded in number, in journeys and in time, on loopback only."""

import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import orjson
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect

from jobsphere.demo.story.people import Person
from jobsphere.demo.story.play import until, usd
from jobsphere.payments.gateways.sandbox import Controls

PASSWORD = "a-long-password-for-the-topology"
PRICE = 100_00
#: Each pair ends after so many deals, however long the test takes.
MOST_DEALS = 60
#: A request is repeated for so long before it counts as never answered.
PATIENCE = 90.0
#: Answers of somebody in between, or of a server whose database is away: the same request is sent again.
AGAIN = {502, 503, 504}


@dataclass
class Tally:
    """What became of all requests: each is sent until it is answered."""

    sent: int = 0
    answered: int = 0
    #: Why requests were repeated, by phase of the test.
    repeated: Counter[str] = field(default_factory=Counter)
    #: Answers that no client should see.
    wrong: list[str] = field(default_factory=list)
    phase: str = "quiet"
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, **changes: int) -> None:
        with self.lock:
            for name, more in changes.items():
                setattr(self, name, getattr(self, name) + more)

    def again(self, reason: str) -> None:
        with self.lock:
            self.repeated[f"{self.phase}: {reason}"] += 1

    def repeated_in(self, phase: str) -> dict[str, int]:
        return {reason: count for reason, count in self.repeated.items() if reason.startswith(f"{phase}: ")}


class Patient(httpx.BaseTransport):
    """Sends what got no answer again, word by word and so with its Idempotency-Key, as our web client does."""

    def __init__(self, trust: ssl.SSLContext, tally: Tally) -> None:
        self.tally = tally
        self.line = httpx.HTTPTransport(verify=trust)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send until somebody has answered."""
        self.tally.note(sent=1)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self.line.handle_request(request)
                content = answer.read()
            except httpx.TransportError as error:
                self.tally.again(f"{type(error).__name__} {request.method} {request.url.path}")
            else:
                if answer.status_code not in AGAIN:
                    self.tally.note(answered=1)
                    if answer.status_code >= 500:
                        self.tally.wrong.append(f"{answer.status_code} {request.method} {request.url.path}")
                    answer.headers.pop("content-encoding", None)  # it was read, and so unpacked
                    return httpx.Response(answer.status_code, headers=answer.headers, content=content)
                self.tally.again(f"{answer.status_code} {request.method} {request.url.path}")
            time.sleep(0.2)
        raise httpx.ReadTimeout("never answered", request=request)


class Ear:
    """One open socket of a person that comes back whenever it is closed, and notes every number it hears."""

    def __init__(self, url: str, person: Person, trust: ssl.SSLContext) -> None:
        self.url, self.person, self.trust = url.replace("https://", "wss://") + "/ws/", person, trust
        self.heard: list[int] = []
        self.first: int | None = None
        self.last: int | None = None
        self.closed: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._listen, daemon=True)

    def _listen(self) -> None:
        while not self.stopping.is_set():
            try:
                self._hold()
            except ConnectionClosed as closed:
                self.closed[closed.rcvd.code if closed.rcvd else 0] += 1
            except (OSError, InvalidHandshake, TimeoutError):
                self.closed[-1] += 1
            self.stopping.wait(0.2)

    def _hold(self) -> None:
        with connect(self.url, ssl=self.trust, open_timeout=20, close_timeout=1, legacy=True) as socket:
            hello = {"token": self.person.token, "last_seq": self.last, "since": None}
            socket.send(orjson.dumps({"type": "authenticate", "data": hello}).decode())
            while not self.stopping.is_set():
                try:
                    self._take(orjson.loads(socket.recv(0.5)))
                except TimeoutError:
                    continue

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "ready" and self.last is None:
            self.first = self.last = frame["data"]["seq"]
        elif frame["type"] == "resync":
            self.wrong.append("resync")
        elif "seq" in frame:
            self.heard.append(frame["seq"])
            self.last = frame["seq"]

    def missed(self) -> str:
        """Say what is wrong with the numbers that were heard; nothing when each came once and in order."""
        assert self.first is not None
        expected = list(range(self.first + 1, self.first + 1 + len(self.heard)))
        return "" if self.heard == expected and not self.wrong else f"{self.first}: {self.heard} {self.wrong}"


class Pair:
    """A customer and a contractor who make deals, one after the other, and take the money home."""

    def __init__(self, url: str, trust: ssl.SSLContext, tally: Tally, bank: Controls) -> None:
        self.bank = bank
        mark = uuid4().hex[:8]
        self.casey, self.pat = (Person(name, url) for name in (f"Casey {mark}", f"Pat {mark}"))
        for person, role in ((self.casey, "customer"), (self.pat, "contractor")):
            person.http = httpx.Client(base_url=url, transport=Patient(trust, tally), timeout=30)
            person.register(f"{role}.{mark}@topology.example", PASSWORD, role)
        self.pat.put("/api/profiles/me/", {"contractor": {"headline": "Kitchens", "categories": ["carpenters"]}})
        self.ears = [Ear(url, person, trust) for person in (self.casey, self.pat)]
        self.deals = 0
        self.taken_home = 0
        self.stopping = threading.Event()
        self.failed: Exception | None = None
        self.thread = threading.Thread(target=self._live, daemon=True)

    def become_payable(self) -> None:
        """Let the contractor tell the bank everything that it asks."""
        self.pat.post("/api/payouts/connect")
        known = {each["id"] for each in self.bank.objects("account") if each["email"] == self._email()}
        assert len(known) == 1
        self.bank.complete_onboarding(known.pop())
        until(lambda: self.pat.post("/api/payouts/refresh"), self._refresh, lambda shown: bool(shown["can_withdraw"]))

    def _refresh(self) -> Any:
        return self.pat.post("/api/payouts/refresh")

    def _email(self) -> str:
        return str(self.pat.get("/api/auth/me/")["email"])

    def _live(self) -> None:
        try:
            while not self.stopping.is_set() and self.deals < MOST_DEALS:
                self.deal()
        except Exception as error:  # noqa: BLE001  the test's own thread tells it
            self.failed = error

    def deal(self) -> None:
        """A job from posting to payout."""
        job = self.casey.post("/api/jobs/", {**JOB, "budget": {"kind": "fixed", "min": usd(PRICE), "max": usd(PRICE)}})
        bid = {"job": job["id"], "price": usd(PRICE), "message": "Tomorrow.", "estimated_days": 1}
        proposal = self.pat.post("/api/proposals/", bid)
        body = {"proposal_id": proposal["id"], "payment_method": "pm_card_visa"}
        offer = self._offer(self.casey.post("/api/offers/", body)["id"], "pending")
        self.pat.post(f"/api/offers/{offer['id']}/accept/")
        contract = self._offer(offer["id"], "accepted")["contract_id"]
        milestone = self.pat.get(f"/api/contracts/{contract}/")["milestones"][0]["id"]
        self.pat.post(f"/api/milestones/{milestone}/start/")
        self.pat.post(f"/api/milestones/{milestone}/submit/", {"note": "Done."})
        self.casey.post(f"/api/milestones/{milestone}/release/")
        available = self.pat.get("/api/wallet/")["balances"][0]["available"]
        self.pat.post("/api/payouts/withdraw", {"amount": available})
        self.taken_home += available["amount"]
        self.deals += 1

    def _offer(self, offer_id: str, status: str) -> Any:
        """Look at an offer until it is as wanted: while something is away, the bank's answer comes later."""

        def look() -> Any:
            return self.casey.get(f"/api/offers/{offer_id}/")

        return until(look, look, lambda shown: shown["status"] == status, seconds=PATIENCE)


JOB = {"title": "A kitchen", "description": "Six cabinets.", "category": "carpenters", "place": "Portland"}
