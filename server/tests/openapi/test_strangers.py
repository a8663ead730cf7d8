"""A stranger's ids on every route, generated from the schema: what exists and what does not are never told apart.

Omar, who does business here himself, asks for what is Casey's and Pat's; then nobody at all does. Each question is
asked twice: with the id of a real thing, and with one that nobody ever made. Both answers must be the same, byte by
byte but for the id of the request, must refuse, and must leave every row of the database as it was.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from jobsphere.kit.ids import uuid7
from tests.openapi.strangers import Outsider, belongings, deal, everything, paper
from tests.openapi.test_policies import GUESSES
from tests.openapi.walking import METHODS, Route, api_routes
from tests.stories.people import GOOD_CARD, Contractor, Customer

pytestmark = pytest.mark.django_db(transaction=True)

#: Whose thing an id in an address is, by how the address begins; a new kind of address must be named here.
PLACES = [
    ("auth/sessions/", {"session_id": "session"}),
    ("auth/mfa/passkeys/", {"passkey_id": "passkey"}),
    ("files/", {"filename": "filename"}),
    ("notifications/devices/", {"device_id": "device"}),
    ("notifications/", {"notification_id": "notification"}),
    ("account/exports/", {"export_id": "export"}),
    ("statements/", {"statement_id": "statement"}),
    ("people/", {"person_id": "person"}),
    ("portfolio/", {"entry_id": "entry"}),
    ("verifications/", {"verification_id": "verification"}),
    ("payments/methods/", {"method_id": "saved_method"}),
    ("payments/", {"payment_id": "payment"}),
    ("payouts/", {"payout_id": "payout"}),
    ("messages/", {"chat_id": "conversation", "message_id": "message"}),
    ("jobs/", {"job_id": "draft"}),
    ("proposals/", {"proposal_id": "open_proposal"}),
    ("saved-searches/", {"search_id": "search"}),
    ("offers/", {"offer_id": "offer"}),
    ("contracts/", {"contract_id": "contract"}),
    ("milestones/", {"milestone_id": "milestone"}),
    ("refund-requests/", {"request_id": "refund_request"}),
    ("change-orders/", {"order_id": "change_order"}),
    ("tips/", {"tip_id": "tip"}),
    ("expenses/", {"expense_id": "expense"}),
    ("time-entries/", {"entry_id": "time_entry"}),
    ("invoices/", {"invoice_id": "invoice"}),
    ("seller-details/", {}),
    ("reviews/", {"contract_id": "contract", "review_id": "review"}),
    ("bookings/", {"booking_id": "booking"}),
    ("hourly-deals/", {"deal_id": "hourly_deal"}),
    ("weeks/", {"week_id": "week"}),
    ("repeats/", {"repeat_id": "repeat"}),
    ("plans/", {"subscription_id": "subscription"}),
    ("packages/", {"package_id": "package"}),
    ("calendar/", {"special_id": "special"}),
    ("customers/", {"person_id": "person"}),
    ("attachments/", {"target_id": "draft"}),
    # Behind the doors of staff nobody comes in (nor to the letters of a sandbox): what matters is that the door does
    # not look.
    ("sandbox/", {}),
    (
        "admin/",
        {
            "user_id": "person", "job_id": "draft", "contract_id": "contract", "payment_id": "payment",
            "verification_id": "verification", "report_id": "draft", "plan_id": "plan", "period_id": "period",
            "tier_id": "draft",
        },
    ),
]  # fmt: skip
#: Addresses whose parameter is no secret: a provider's name, a public profile; or is itself the key, so that who has it
#: may come in (a calendar's feed: jobsphere/bookings/tests tries guesses and old ones).
OPEN = {"auth/social/<str:provider>", "contractors/", "feeds/", "plans/<uuid:plan_id>/"}
#: What a person may ask or do about anybody who is here, so it answers otherwise for who is not: block them, and read
#: what others said of them.
ABOUT_ANYBODY = {
    "people/<uuid:person_id>/block/",
    "customers/<uuid:person_id>/reviews/",
    "customers/<uuid:person_id>/stars/",
}

#: Tables in which a question leaves a trace of whoever asked: their session, and how often they ask.
OF_THE_ASKER = {"users_session", "django_cache"}
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
#: Parameters that are names of ours, not ids.
NAMES = {"month": "2026-11", "year": "2026", "name": "sandbox", "target_type": "job"}


@dataclass
class World:
    """Two who did business, and Omar, with the ids of what is theirs."""

    theirs: dict[str, str]
    own: dict[str, str]
    omar: APIClient
    asked: int = 0
    leaks: list[str] = field(default_factory=list)

    def compare(self, what: str, real: Any, made_up: Any, *, allowed: tuple[int, ...]) -> None:
        """Note a question whose two answers can be told apart, or that was not refused."""
        self.asked += 1
        if real.status_code not in allowed:
            self.leaks.append(f"{what}: {real.status_code} {real.content[:120]!r}")
        elif plain(real) != plain(made_up):
            self.leaks.append(f"{what}: {plain(real)!r} is not {plain(made_up)!r}")


def plain(answer: Any) -> tuple[int, str]:
    """Return status and body, without the id of the request."""
    try:
        body = answer.json()
    except (ValueError, AttributeError):
        return answer.status_code, repr(getattr(answer, "content", b"<stream>"))
    if isinstance(body, dict):
        body.pop("request_id", None)
    return answer.status_code, json.dumps(body, sort_keys=True)


@pytest.fixture(autouse=True)
def _stage(settings: Any, tmp_path: Path, sandbox: Any, taxonomy: None) -> None:
    default = {"BACKEND": "jobsphere.files.stores.local.LocalStore", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000000/min")


@pytest.fixture
def world(_stage: None, settle: Callable[[], None]) -> World:
    theirs = belongings(Customer(), Contractor(), settle)
    omar = Outsider()
    own = {**deal(Customer("Otto Other"), omar, settle), "verification": paper(omar)["id"]}
    settle()
    return World(theirs, own, omar.client)


def send(client: APIClient, method: str, address: str, body: Any = None) -> Any:
    headers = {"Idempotency-Key": str(uuid7())}
    if method == "get":
        return client.get(address, headers=headers)
    return getattr(client, method)(address, body or {}, format="json", headers=headers)


def ids_of(route: Route) -> dict[str, str] | None:
    """Return what each parameter of an address names; None for what is open to all."""
    path = route.pattern.removeprefix("api/")
    if any(path.startswith(each) for each in OPEN):
        return None
    return next(names for beginning, names in PLACES if path.startswith(beginning))


def address(route: Route, ids: dict[str, str]) -> str:
    return "/" + _PARAMETER.sub(lambda found: {**NAMES, **ids}[found[1]], route.pattern)


def made_up(real: str) -> str:
    """Return an id that nobody ever made, of the same moment: what only goes by time answers it alike."""
    name, dot, ending = real.partition(".")
    return name[:-12] + str(uuid7())[-12:] + dot + ending


def questions(world: World) -> Iterator[tuple[Route, str, str, str]]:
    """Return every (route, method, address of a real thing, address of none)."""
    for route in api_routes():
        names = ids_of(route) if parameters(route) else None
        if names is None:
            continue
        real = {each: world.theirs[names[each]] if each in names else str(uuid7()) for each in parameters(route)}
        none = {each: made_up(key) for each, key in real.items()}
        for method in route.methods:
            yield route, method, address(route, real), address(route, none)


def parameters(route: Route) -> list[str]:
    return [name for name in _PARAMETER.findall(route.pattern) if name not in NAMES]


def ask(world: World, client: APIClient, question: tuple[Route, str, str, str], allowed: tuple[int, ...]) -> None:
    """Ask with both ids; where the body was found wrong first, again with what it asked for."""
    route, method, real, none = question
    body: dict[str, Any] = {}
    for _ in range(6):
        first, second = send(client, method, real, body), send(client, method, none, body)
        if first.status_code != 400 or plain(first) != plain(second):
            break
        wrong = [each["pointer"].strip("/").split("/")[0] for each in first.json()["errors"]]
        changed = {**body, **{name: WORDS[name] for name in wrong if name in WORDS}}
        if changed == body:
            break
        body = changed
    world.compare(f"{method} {route.pattern}", first, second, allowed=allowed)


#: What verbs ask for before they look at the thing.
WORDS = {
    **GUESSES,
    "words": "That is not fair.",
    "body": "Let me in.",
    "amount": {"amount": 100, "currency": "USD"},
    "kind": "qualification",
    "issuer": "Old Town",
    "file_ids": [],
    "url": "https://example.com/",
    "new_from": "2031-05-05",
    "due_on": "2031-05-05",
    "occurrence_id": str(uuid7()),
    "method_id": str(uuid7()),
    "up_to": None,
    "rating": 5,
    "text": "I was not there.",
}


@pytest.mark.parametrize("who", ["omar", "visitor"])
def test_a_strangers_ids_tried_on_every_route_leak_nothing(world: World, who: str) -> None:
    client = world.omar if who == "omar" else APIClient()
    WORDS["up_to"] = str(uuid7())
    before = everything()
    for question in questions(world):
        staff_only = question[0].pattern.startswith(("api/admin/", "api/sandbox/"))
        if question[0].pattern.removeprefix("api/") in ABOUT_ANYBODY and who == "omar":
            continue
        refused = (403,) if staff_only else (404,)
        ask(world, client, question, allowed=refused if who == "omar" else (401, 404))
    after = everything()
    changed = {table for table in before if before[table] != after[table]} - OF_THE_ASKER
    print(f"\n{who}: {len(world.leaks)} of {world.asked} leak")
    assert world.leaks == [], "\n".join(world.leaks)
    assert changed == set()
    assert world.asked > 110


#: Ids in bodies and queries: (method, path, where the schema names it) -> (what of theirs it is, the rest of the body).
Ids = dict[str, str]
_BY_THE_HOUR = {
    "rate": {"amount": 5000, "currency": "USD"},
    "weekly_cap_minutes": 600,
    "time_zone": "Europe/Berlin",
    "payment_method": GOOD_CARD,
}
SERIES = {
    "every": "weekly",
    "time_zone": "Europe/London",
    "starts_at": "2031-01-06T10:00:00Z",
    "ends_at": "2031-01-06T11:00:00Z",
}
BODIES: dict[tuple[str, str, str], tuple[str, Callable[[Ids, str], Any]]] = {
    ("post", "/api/contracts/", "/proposal_id"): (
        "open_proposal", lambda own, key: {"proposal_id": key, "payment_method": GOOD_CARD}),
    ("put", "/api/contracts/{contract_id}/", "/milestones/[]/id"): (
        "second_milestone", lambda own, key: {"milestones": [{"id": key, "title": "Mine"}]}),
    ("post", "/api/contracts/{contract_id}/complete/", "/file_ids/[]"): ("file", lambda own, key: {"file_ids": [key]}),
    ("post", "/api/contracts/{contract_id}/deliver/", "/file_ids/[]"): (
        "file", lambda own, key: {"note": "Done.", "file_ids": [key]}),
    ("post", "/api/contracts/{contract_id}/expenses/", "/file_ids/[]"): (
        "file",
        lambda own, key: {"amount": {"amount": 100, "currency": "USD"}, "what": "Glue", "spent_on": "2026-01-01",
                          "file_ids": [key]}),
    ("post", "/api/jobs/{job_id}/complete/", "/file_ids/[]"): ("file", lambda own, key: {"file_ids": [key]}),
    ("post", "/api/milestones/{milestone_id}/submit/", "/file_ids/[]"): (
        "file", lambda own, key: {"note": "Done.", "file_ids": [key]}),
    ("post", "/api/contracts/{contract_id}/change-orders/", "/changes/[]/milestone_id"): (
        "second_milestone",
        lambda own, key: {"reason": "It rains.", "changes": [{"kind": "remove", "milestone_id": key}]}),
    ("post", "/api/contracts/{contract_id}/time-entries/", "/milestone_id"): (
        "second_milestone", lambda own, key: {"minutes": 5, "milestone_id": key}),
    ("post", "/api/contracts/{contract_id}/time-entries/", "/file_ids/[]"): (
        "file", lambda own, key: {"minutes": 5, "file_ids": [key]}),
    ("put", "/api/time-entries/{entry_id}/", "/milestone_id"): (
        "second_milestone", lambda own, key: {"minutes": 5, "milestone_id": key}),
    ("put", "/api/time-entries/{entry_id}/", "/file_ids/[]"): (
        "file", lambda own, key: {"minutes": 5, "file_ids": [key]}),
    ("post", "/api/repeats/", "/offer_id"): ("offer", lambda own, key: {**SERIES, "offer_id": key}),
    ("post", "/api/repeats/", "/method_id"): (
        "saved_method", lambda own, key: {**SERIES, "offer_id": own["accepted_offer"], "method_id": key}),
    ("get", "/api/repeats/", "?contract_id"): ("contract", lambda own, key: f"?contract_id={key}"),
    ("post", "/api/repeats/{repeat_id}/card/", "/method_id"): ("saved_method", lambda own, key: {"method_id": key}),
    ("post", "/api/repeats/{repeat_id}/pay/", "/occurrence_id"): ("repeat", lambda own, key: {"occurrence_id": key}),
    ("post", "/api/plans/{plan_id}/subscribe/", "/method_id"): (
        "saved_method", lambda own, key: {"price": {"amount": 900, "currency": "USD"}, "method_id": key}),
    ("post", "/api/plans/subscriptions/{subscription_id}/card/", "/method_id"): (
        "saved_method", lambda own, key: {"method_id": key}),
    ("post", "/api/plans/subscriptions/{subscription_id}/change/", "/plan_id"): (
        "subscription", lambda own, key: {"price": {"amount": 900, "currency": "USD"}, "plan_id": key}),
    ("get", "/api/hourly-deals/", "?contract_id"): ("contract", lambda own, key: f"?contract_id={key}"),
    ("get", "/api/hourly-deals/", "?offer_id"): ("offer", lambda own, key: f"?offer_id={key}"),
    **{
        ("get", f"/api/hours/report{form}", "?contract_id"): ("contract", lambda own, key: f"?contract_id={key}")
        for form in ("/", ".csv", ".pdf")
    },
    ("post", "/api/hourly-deals/", "/proposal_id"): (
        "open_proposal", lambda own, key: {"proposal_id": key, **_BY_THE_HOUR}),
    ("post", "/api/hourly-deals/", "/job_id"): (
        "draft", lambda own, key: {"job_id": key, "contractor_id": own["person"], **_BY_THE_HOUR}),
    ("post", "/api/hourly-deals/", "/contractor_id"): (
        "person", lambda own, key: {"job_id": own["contract"], "contractor_id": key, **_BY_THE_HOUR}),
    ("post", "/api/weeks/{week_id}/dispute/", "/entry_ids/[]"): (
        "time_entry", lambda own, key: {"entry_ids": [key], "reason": "I was not there."}),
    ("post", "/api/timer/start/", "/contract_id"): ("contract", lambda own, key: {"contract_id": key}),
    ("post", "/api/messages/{chat_id}/delivered/", "/up_to"): ("message", lambda own, key: {"up_to": key}),
    ("post", "/api/messages/{chat_id}/read/", "/up_to"): ("message", lambda own, key: {"up_to": key}),
    ("post", "/api/messages/send/", "/chat_id"): ("conversation", lambda own, key: {"chat_id": key, "body": "Hello"}),
    ("post", "/api/messages/send/", "/file_ids/[]"): (
        "file", lambda own, key: {"chat_id": own["conversation"], "body": "Hello", "file_ids": [key]}),
    ("post", "/api/messages/send/", "/reply_to"): (
        "message", lambda own, key: {"chat_id": own["conversation"], "body": "Hello", "reply_to": key}),
    ("post", "/api/messages/send/", "/recipient_id"): (
        "person",
        lambda own, key: {"recipient_id": key, "subject_type": "contract", "subject_id": own["contract"],
                          "body": "Hi"}),
    ("post", "/api/messages/send/", "/subject_id"): (
        "contract",
        lambda own, key: {"recipient_id": own["person"], "subject_type": "contract", "subject_id": key, "body": "Hi"}),
    ("post", "/api/offers/", "/contractor_id"): (
        "person",
        lambda own, key: {"contractor_id": key, "title": "Taps", "amount": {"amount": 9900, "currency": "USD"},
                         "payment_method": GOOD_CARD}),
    ("post", "/api/offers/", "/job_id"): (
        "draft",
        lambda own, key: {"job_id": key, "contractor_id": own["person"], "amount": {"amount": 9900, "currency": "USD"},
                         "payment_method": GOOD_CARD}),
    ("post", "/api/offers/", "/proposal_id"): (
        "open_proposal", lambda own, key: {"proposal_id": key, "payment_method": GOOD_CARD}),
    ("post", "/api/payments/confirm", "/payment"): ("payment", lambda own, key: {"payment": key}),
    ("post", "/api/payments/create-intent", "/purpose/id"): (
        "offer", lambda own, key: {"purpose": {"type": "offer", "id": key}}),
    ("post", "/api/payments/initiate/", "/purpose/id"): (
        "offer", lambda own, key: {"purpose": {"type": "offer", "id": key}, "payment_method": GOOD_CARD}),
    ("post", "/api/payments/refund/", "/contract"): (
        "contract", lambda own, key: {"contract": key, "reason": "I want it back."}),
    ("post", "/api/payments/refund/", "/milestone"): (
        "milestone", lambda own, key: {"milestone": key, "reason": "I want it back."}),
    ("post", "/api/payments/release/", "/contract"): ("contract", lambda own, key: {"contract": key}),
    ("post", "/api/payments/release/", "/milestone"): ("milestone", lambda own, key: {"milestone": key}),
    ("post", "/api/proposals/", "/job"): (
        "draft",
        lambda own, key: {"job": key, "price": {"amount": 9900, "currency": "USD"}, "message": "Hello",
                          "estimated_days": 2}),
    ("post", "/api/reviews/", "/contract_id"): (
        "contract", lambda own, key: {"contract_id": key, "rating": 5, "text": "I was not there."}),
    ("post", "/api/reports/", "/subject_id"): (
        "message", lambda own, key: {"subject_type": "message", "subject_id": key, "rule": "spam"}),
    ("post", "/api/verifications/", "/file_ids/[]"): (
        "document", lambda own, key: {"kind": "qualification", "issuer": "Old Town", "file_ids": [key]}),
    ("put", "/api/verifications/{verification_id}/", "/file_ids/[]"): (
        "document", lambda own, key: {"kind": "qualification", "issuer": "Old Town", "file_ids": [key]}),
    ("put", "/api/attachments/{target_type}/{target_id}/", "/file_ids/[]"): (
        "file", lambda own, key: {"file_ids": [key]}),
    ("get", "/api/invoices/", "?contract_id"): ("contract", lambda own, key: f"?contract_id={key}"),
    ("get", "/api/messages/{chat_id}/", "?after"): ("message", lambda own, key: f"?after={key}"),
    ("get", "/api/bookings/", "?contract_id"): ("contract", lambda own, key: f"?contract_id={key}"),
    ("get", "/api/bookings/", "?offer_id"): ("offer", lambda own, key: f"?offer_id={key}"),
    ("get", "/api/contractors/{person_id}/availability/", "?package"): (
        "package", lambda own, key: f"?package={key}&from=2031-05-05&to=2031-05-06"),
    ("get", "/api/contractors/{person_id}/quote/", "?package"): (
        "package", lambda own, key: f"?package={key}&starts_at=2031-05-05T09:00:00Z"),
    ("post", "/api/bookings/", "/contractor_id"): (
        "person",
        lambda own, key: {"contractor_id": key, "package_id": own["contract"], "starts_at": "2031-05-05T09:00:00Z"}),
    ("post", "/api/bookings/", "/package_id"): (
        "package",
        lambda own, key: {"contractor_id": own["person"], "package_id": key, "starts_at": "2031-05-05T09:00:00Z"}),
    ("post", "/api/bookings/{booking_id}/check-in/", "/file_ids/[]"): ("file", lambda own, key: {"file_ids": [key]}),
    ("get", "/api/messages/{chat_id}/", "?around"): ("message", lambda own, key: f"?around={key}"),
    ("get", "/api/messages/{chat_id}/", "?before"): ("message", lambda own, key: f"?before={key}"),
    ("get", "/api/messages/search/", "?chat_id"): ("conversation", lambda own, key: f"?q=wonderful&chat_id={key}"),
    ("get", "/api/offers/", "?job_id"): ("draft", lambda own, key: f"?job_id={key}"),
    ("get", "/api/proposals/", "?job"): ("draft", lambda own, key: f"?job={key}"),
}  # fmt: skip


def named_in_the_schema() -> set[tuple[str, str, str]]:
    """Return every id that a body or query of the schema names, outside of the back office."""
    document: Any = SchemaGenerator().get_schema(public=True)
    schemas = document["components"]["schemas"]
    found = set()
    for path, item in document["paths"].items():
        for method in METHODS if not path.startswith("/api/admin/") else ():
            operation = item.get(method) or {}
            for each in operation.get("parameters", []):
                if each["in"] == "query" and each["schema"].get("format") == "uuid" and each["name"] != "cursor":
                    found.add((method, path, f"?{each['name']}"))
            for content in operation.get("requestBody", {}).get("content", {}).values():
                found |= {(method, path, place) for place in ids_in(content["schema"], schemas)}
    return found


def ids_in(schema: Any, schemas: Any, place: str = "") -> Iterator[str]:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if schema.get("format") == "uuid":
        yield place
    for kind in ("allOf", "oneOf", "anyOf"):
        for each in schema.get(kind, []):
            yield from ids_in(each, schemas, place)
    for name, inner in schema.get("properties", {}).items():
        yield from ids_in(inner, schemas, f"{place}/{name}")
    if "items" in schema:
        yield from ids_in(schema["items"], schemas, f"{place}/[]")


def test_every_id_that_a_body_or_query_names_is_tried() -> None:
    assert named_in_the_schema() - set(BODIES) == set(), "say in BODIES how a stranger would use these"
    assert len(BODIES) > 30


def test_a_strangers_ids_in_bodies_and_queries_leak_nothing(world: World) -> None:
    own = {**world.own, "person": world.omar.get("/api/auth/me/").json()["id"]}
    before = everything()
    places = {f"{{{kind}_id}}": own[kind] for kind in ("contract", "milestone", "verification")}
    job = _own_job(world)
    places |= {"{person_id}": own["person"], "{booking_id}": world.theirs["booking"]}
    places |= {"{entry_id}": own["time_entry"], "{week_id}": world.theirs["week"]}
    places |= {"{repeat_id}": world.theirs["repeat"], "{plan_id}": world.theirs["plan"]}
    places |= {"{subscription_id}": world.theirs["subscription"]}
    places |= {"{chat_id}": own["conversation"], "{job_id}": job, "{target_type}": "job", "{target_id}": job}
    for (method, path, place), (kind, make) in BODIES.items():
        for name, value in places.items():
            path = path.replace(name, value)
        answers = []
        for each in (world.theirs[kind], made_up(world.theirs[kind])):
            wanted = make(own, each)
            query, body = (wanted, None) if isinstance(wanted, str) else ("", wanted)
            answers.append(send(world.omar, method, path + query, body))
        looks = method == "get" or place == "/up_to"
        allowed = (200, 400, 404) if looks else (400, 403, 404, 409)
        world.compare(f"{method} {path} {place}", *answers, allowed=allowed)
    after = everything()
    changed = {table for table in before if before[table] != after[table]} - OF_THE_ASKER
    print(f"\nin bodies and queries: {len(world.leaks)} of {world.asked} leak")
    assert world.leaks == [], "\n".join(world.leaks)
    assert changed <= {"web_idempotencyrecord"}, "only that Omar asked something of his own"
    assert world.asked > 30


def _own_job(world: World) -> str:
    return str(world.omar.get(f"/api/contracts/{world.own['contract']}/").json()["job_id"])
