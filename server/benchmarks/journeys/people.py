"""What the people of the crowd do, each step under its own name, with time to read and to type between two steps."""

import json
import random
from typing import Any, ClassVar
from uuid import uuid4

import gevent
import websocket
from gevent.queue import Empty, Queue
from locust import FastHttpUser, task

from benchmarks.journeys.seeding import PASSWORD

#: Seconds that people take, before `Pace.times` divides them: to read a page, to type a line, to fill in a form (a job
#: in forty words a minute, a proposal, a card), to come back to the phone, and to do a small piece of work.
READING = (4.0, 12.0)
A_LINE = (8.0, 20.0)
A_FORM = (30.0, 90.0)
AWAY = (15.0, 45.0)
WORK = (60.0, 180.0)
#: Of all members, those who sign in with their password; the others come back with a session that still lives.
SIGNING_IN = 0.1
#: A visitor leaves and another one comes after so many pages.
PAGES = 12
#: How long one of a pair waits for the other, in steps, before they begin anew.
WAITING = 60
WORDS = ("job", "number", "benchmark", "customer")
PRICE = {"amount": 100_00, "currency": "USD"}


class Pace:
    """How much quicker than people everybody is just now; 1 is people."""

    times: ClassVar[float] = 1.0


class Sockets:
    """What became of the open sockets."""

    opened: ClassVar[int] = 0
    lost: ClassVar[int] = 0
    frames: ClassVar[int] = 0


class Session(FastHttpUser):
    """Somebody with a browser: one kept connection, an address of their own."""

    abstract = True
    token = ""
    connection_timeout = 30.0
    network_timeout = 60.0

    def on_start(self) -> None:
        """Take an address, so that rate limits count people and not the generator."""
        self.address = ".".join(["10", *(str(random.randint(1, 254)) for _ in range(3))])

    def take(self, seconds: tuple[float, float] = READING) -> None:
        """Read, type or do something, for as long as people do."""
        gevent.sleep(random.uniform(*seconds) / Pace.times)

    def get(self, step: str, path: str) -> Any:
        """Read; returns the JSON, or None when it failed."""
        return self.send("GET", step, path)

    def post(self, step: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Do something, under a key of its own."""
        return self.send("POST", step, path, body or {})

    def send(self, method: str, step: str, path: str, body: Any = None) -> Any:
        """Send one request; Locust notes its time and whether it failed."""
        headers = {
            "Host": "localhost",
            "Accept": "application/json",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
            "X-Step": step,
        }
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if method == "POST":
            headers |= {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        data = json.dumps(body) if body is not None else None
        with self.client.request(method, path, name=step, data=data, headers=headers, catch_response=True) as answer:
            if not answer.ok:
                answer.failure(f"{answer.status_code} {(answer.text or '')[:300]}")
                return None
            return answer.json() if answer.content else {}


class Visitor(Session):
    """Looks around without an account: the list, a search, what is near, a job, contractors."""

    @task
    def look_around(self) -> None:
        self.on_start()
        listed = self.get("browse: jobs", "/api/jobs/")
        for _ in range(PAGES):
            self.take()
            match random.choices(("job", "next", "search", "near", "category", "contractors"), (6, 3, 2, 1, 2, 2))[0]:
                case "job" if listed and listed["results"]:
                    self.get("browse: a job", f"/api/jobs/{random.choice(listed['results'])['id']}/")
                case "next" if listed and listed["next"]:
                    listed = self.get("browse: next page", f"/api/jobs/?{listed['next'].partition('?')[2]}") or listed
                case "search":
                    words = f"{random.choice(WORDS)}+{random.randint(1, 100_000)}"
                    self.get("browse: search", f"/api/jobs/?search={words}")
                case "near":
                    place = f"latitude={51 + random.random():.3f}&longitude={random.random() * 0.7:.3f}"
                    self.get("browse: near", f"/api/jobs/?{place}&radius_km=5")
                case "category":
                    self.get("browse: categories", "/api/categories/")
                case _:
                    self.get("browse: contractors", "/api/contractors/")


class Pair:
    """A customer and a contractor who find each other, and what one waits to hear from the other."""

    def __init__(self, customer: dict[str, Any], contractor: dict[str, Any]) -> None:
        self.people = {"customer": customer, "contractor": contractor}
        self.to_customer: Queue = Queue()
        self.to_contractor: Queue = Queue()


class Member(Session):
    """Somebody with an account: signed in, with an open socket, as the web app keeps it."""

    abstract = True
    role = ""
    pairs: ClassVar[list[Pair]] = []
    taken: ClassVar[dict[str, int]] = {}
    stream: Any = None

    def on_start(self) -> None:
        """Come back with a living session or sign in, and listen."""
        super().on_start()
        number = self.taken.get(self.role, 0)
        self.taken[self.role] = number + 1
        self.pair = self.pairs[number]
        self.me = self.pair.people[self.role]
        if random.random() < SIGNING_IN:
            answer = self.post("sign in", "/api/auth/login/", {"email": self.me["email"], "password": PASSWORD})
            self.token = answer["access_token"] if answer else self.me["token"]
        else:
            self.token = self.me["token"]
        self.listening = gevent.spawn(self.listen)
        self.get("who am I", "/api/auth/me/")

    def listen(self) -> None:
        """Hold the socket, and come back when it is closed."""
        while True:
            try:
                self.stream = websocket.create_connection(
                    f"{(self.host or '').replace('http', 'ws', 1)}/ws/",
                    timeout=60,
                    header=["X-Forwarded-Proto: https", f"X-Forwarded-For: {self.address}"],
                    host="localhost",
                    suppress_origin=True,
                )
                self.stream.send(json.dumps({"type": "authenticate", "data": {"token": self.token}}))
                Sockets.opened += 1
                while text := self.stream.recv():
                    Sockets.frames += 1
                    if '"type":"ping"' in text.replace(" ", "")[:40]:
                        self.stream.send('{"type":"pong","data":{}}')
            except websocket.WebSocketTimeoutException:
                continue
            except (OSError, websocket.WebSocketException):
                pass
            Sockets.lost += 1
            gevent.sleep(1)

    def say(self, other: dict[str, Any], subject: str, text: str) -> None:
        """Write to the other one about the proposal, and look at what was said."""
        about = {"recipient_id": other["id"], "subject_type": "proposal", "subject_id": subject}
        sent = self.post("chat: send", "/api/messages/send/", {**about, "body": text, "client_id": uuid4().hex})
        if sent:
            self.get("chat: history", f"/api/messages/{sent['chat_id']}/")

    def wait_for(self, queue: Queue) -> Any:
        """Go on living until the other one has done their part; None when they never do."""
        for _ in range(WAITING):
            try:
                return queue.get(timeout=random.uniform(*AWAY) / Pace.times)
            except Empty:
                self.be_here()
        return None

    def be_here(self) -> None:
        """Look whether there is news, as the web app does when somebody comes back to it."""
        if random.random() < 0.5:
            self.get("news: unread", "/api/notifications/unread-count/")
        else:
            self.get("news: conversations", "/api/messages/")


class Customer(Member):
    """Posts a job, takes an offer, pays, talks, and releases the money."""

    role = "customer"

    def on_start(self) -> None:
        """Come back, and look at news for up to five minutes: no city begins all its deals in the same minute."""
        super().on_start()
        for _ in range(random.randint(0, 10)):
            self.be_here()
            self.take(AWAY)

    @task
    def have_something_done(self) -> None:
        contractor = self.pair.people["contractor"]
        self.get("browse: contractors", "/api/contractors/")
        self.take(A_FORM)
        job = self.post("post a job", "/api/jobs/", {**JOB, "category": self.me["trade"]})
        if not job:
            return self.take()
        self.pair.to_contractor.put(("job", job["id"]))
        proposal = self.wait_for(self.pair.to_customer)
        if not proposal:
            return None
        self.get("read proposals", f"/api/proposals/?job={job['id']}")
        self.take(A_LINE)
        self.say(contractor, proposal, "When could you begin?")
        self.take(A_FORM)
        offer = self.pay(proposal)
        self.pair.to_contractor.put(("offer", offer))
        milestone = self.wait_for(self.pair.to_customer) if offer else None
        if not milestone:
            return None
        self.take()
        self.post("release the money", f"/api/milestones/{milestone}/release/")
        self.pair.to_contractor.put(("released", milestone))
        self.take()
        self.get("payments", "/api/payments/history")
        return self.take()

    def pay(self, proposal: str) -> str | None:
        """Make an offer with a card, and look until the bank has said yes."""
        offer = self.post("pay", "/api/offers/", {"proposal_id": proposal, "payment_method": "pm_card_visa"})
        for _ in range(20):
            if not offer or offer["status"] != "awaiting_payment":
                return str(offer["id"]) if offer else None
            gevent.sleep(1)
            offer = self.get("look at the offer", f"/api/offers/{offer['id']}/")
        return None


class Contractor(Member):
    """Looks for work, proposes, takes the offer, works, hands in, and looks at the wallet."""

    role = "contractor"

    @task
    def work(self) -> None:
        listed = self.get("browse: jobs", "/api/jobs/")
        job = self.hear("job")
        if not job or not listed:
            return self.take()
        self.get("browse: a job", f"/api/jobs/{job}/")
        self.take(A_FORM)
        bid = {"job": job, "price": PRICE, "message": "Tomorrow.", "estimated_days": 1}
        proposal = self.post("propose", "/api/proposals/", bid)
        if not proposal:
            return self.take()
        self.pair.to_customer.put(proposal["id"])
        offer = self.hear("offer")
        if not offer:
            return self.take()
        accepted = self.post("accept the offer", f"/api/offers/{offer}/accept/")
        self.take()
        shown = accepted and self.get("look at the offer", f"/api/offers/{offer}/")
        contract = shown and self.get("the contract", f"/api/contracts/{shown['contract_id']}/")
        if not contract:
            return self.take()
        milestone = contract["milestones"][0]["id"]
        self.post("begin", f"/api/milestones/{milestone}/start/")
        self.take(A_LINE)
        self.say(self.pair.people["customer"], proposal["id"], "I have begun.")
        self.take(WORK)
        self.post("hand in", f"/api/milestones/{milestone}/submit/", {"note": "Done."})
        self.pair.to_customer.put(milestone)
        self.hear("released")
        self.get("wallet", "/api/wallet/")
        self.get("wallet: lines", "/api/wallet/entries/")
        return self.take()

    def hear(self, kind: str) -> Any:
        """Wait for news of one kind; what is left of a deal that came to nothing is passed over."""
        while found := self.wait_for(self.pair.to_contractor):
            if found[0] == kind:
                return found[1]
        return None


JOB = {
    "title": "A kitchen",
    "description": "Six cabinets.",
    "place": "Portland",
    "budget": {"kind": "fixed", "min": PRICE, "max": PRICE},
}
