"""The page of the frames: what it says is in a frame is in it, kind by kind, and nothing else can be sent."""

from uuid import UUID, uuid4

import orjson
import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.realtime import bus, commands, frames, presence, services
from jobsphere.realtime.models import Frame, Stream
from jobsphere.realtime.wire import Envelope, Kind
from tests.stories.people import GOOD_CARD, Contractor, Customer, dollars

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def aloud():
    """What goes to the sockets of this process without being kept."""
    found: list[Envelope] = []
    bus.listen(found.append)
    yield found
    bus.leave(found.append)


def say(person, kind: str, **data) -> None:
    """Say something as a client does over the socket."""
    command = commands.command(kind)
    assert command is not None
    command.handle(Actor(UUID(person.id)), command.understood(data))


def talk(customer, contractor, settle) -> None:
    """Whatever may be done in a conversation, and in the bell."""
    chat = customer.get("messages/")["results"][0]["id"]
    for action, body, answer in (("edit", {"body": "Good day"}, 200), ("hide", None, 204), ("delete", None, 200)):
        sent = customer.post("messages/send/", {"chat_id": chat, "body": "Hello"}, expect=201)["id"]
        customer.post(f"messages/{chat}/{sent}/{action}/", body, expect=answer)
        settle()
    contractor.post(f"messages/{chat}/delivered/")
    contractor.post(f"messages/{chat}/read/")
    say(contractor, "typing", chat_id=chat, typing=True)
    [first, *_] = contractor.get("notifications/")["results"]
    contractor.post(f"notifications/{first['id']}/read/")
    contractor.post("notifications/read-all/")
    settle()


def test_every_kind_has_the_keys_that_the_page_tells(sandbox, taxonomy, settle, aloud):
    customer, contractor = Customer(), Contractor()
    proposal = contractor.proposes(customer.posts_job(), 1000)
    contractor.accepts(customer.offers(proposal_id=proposal, amount=dollars(1000), payment_method=GOOD_CARD))
    settle()
    talk(customer, contractor, settle)
    [contract] = contractor.get("contracts/")["results"]
    say(contractor, "location", contract_id=contract["id"], latitude=1.0, longitude=2.0, on_the_way=True)
    say(contractor, "location-stop", contract_id=contract["id"])
    presence.tell(UUID(contractor.id), online=False, moment=None)

    known = {each.name: each for each in frames.told()}
    kept = [(row.type, orjson.loads(row.payload)) for row in Frame.objects.all()]
    loud = [(each.type, orjson.loads(each.data)) for each in aloud if each.kind in (Kind.WHISPER, Kind.TOPIC)]
    assert [(name, sorted(data)) for name, data in kept + loud if not known[name].fits(set(data))] == []
    assert all(known[name].kept for name, _ in kept)
    # Each kind of an app was heard, so none is told that nobody says; the socket's own are played elsewhere
    # (jobsphere/realtime/tests).
    own = {"error", "expiring", "ping", "pong", "ready", "renewed", "resync", "watching"}
    assert {name for name, _ in kept} == {each.name for each in known.values() if each.kept} - {"resync"}
    assert {name for name, _ in loud} - {"changed"} == {each.name for each in known.values() if not each.kept} - own


def test_a_kind_that_nobody_has_registered_is_not_sent(casey, aloud):
    with pytest.raises(TypeError, match="unheard-of"), edge_transaction():
        services.push(user_ids=[casey.id], type="unheard-of", payload={})
    for say_it in (
        lambda: services.whisper(user_ids=[casey.id], type="unheard-of", payload={}),
        lambda: services.broadcast(topic=f"job:{uuid4()}", type="unheard-of", payload={}),
    ):
        with pytest.raises(TypeError, match="unheard-of"):
            say_it()
    assert aloud == []
    assert not Frame.objects.exists()
    assert not Stream.objects.exists()
