"""History in both directions and from any place, search, the list's filters, one conversation (R82, R84)."""

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import services
from jobsphere.messaging.models import Message
from jobsphere.messaging.tests.conftest import THING, history, opened, send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ten(client_for, casey, chat) -> list[str]:
    """Messages "0" to "9"."""
    return [send(client_for(casey), chat, str(number)).json()["id"] for number in range(10)]


def page(client, address: str | None) -> tuple[str, str | None, str | None]:
    """Return a page's texts in one word, the newest first, and where its neighbours are."""
    answer = client.get(address).json()
    return "".join(row["body"] for row in answer["results"]), answer["next"], answer["previous"]


# History


def test_history_around_a_message_goes_on_in_both_directions(client_for, pat, chat, ten):
    client = client_for(pat)
    texts, older, newer = page(client, f"/api/messages/{chat}/?around={ten[5]}&page_size=4")
    assert texts == "7654"
    assert page(client, older)[0] == "3210"
    assert page(client, newer)[0] == "98"
    assert page(client, page(client, newer)[1])[0] == "7654"


@pytest.mark.parametrize(
    "query,texts,has_older,has_newer",
    [
        ("before={3}&page_size=2", "21", True, True),
        ("before={3}&page_size=3", "210", False, True),
        ("after={3}&page_size=2", "54", True, True),
        ("after={3}&page_size=6", "987654", True, False),
        ("around={0}&page_size=4", "210", False, True),
        ("around={9}&page_size=4", "98", True, False),
        ("around={9}&page_size=100", "9876543210", False, False),
        ("page_size=4", "9876", True, False),
    ],
)
def test_history_says_whether_it_goes_on(client_for, pat, chat, ten, query, texts, has_older, has_newer):
    found, older, newer = page(client_for(pat), f"/api/messages/{chat}/?{query.format(*ten)}")
    assert (found, older is not None, newer is not None) == (texts, has_older, has_newer)


def test_the_whole_history_is_read_upwards_and_downwards_without_gap_or_repeat(client_for, pat, chat, ten):
    client = client_for(pat)
    texts, address, _ = page(client, f"/api/messages/{chat}/?page_size=3")
    while address:
        more, address, _ = page(client, address)
        texts += more
    assert texts == "9876543210"
    texts, _, address = page(client, f"/api/messages/{chat}/?around={ten[0]}&page_size=2")
    while address:
        more, _, address = page(client, address)
        texts = more + texts
    assert texts == "9876543210"


@pytest.mark.parametrize("query", ["around=nonsense", "before=", "around={0}&before={0}", "cursor=x", "page_size=0"])
def test_an_odd_place_in_history_is_refused(client_for, pat, chat, ten, query):
    assert client_for(pat).get(f"/api/messages/{chat}/?{query.format(*ten)}").status_code == 400


# Search


@pytest.mark.parametrize(
    "words,found",
    [
        ("KITCHEN", ["The kitchen tap drips"]),
        ("tap drip", ["The kitchen tap drips"]),
        ("grÜsse", ["Schöne Grüße, GRÜSSE"]),
        ("100%", ["It is 100% done (really)."]),
        ("(REALLY).", ["It is 100% done (really)."]),
        ("100_", []),
        ("tap radiator", []),
    ],
)
def test_search_finds_all_words_whatever_their_case_and_letters_are_letters(client_for, casey, pat, chat, words, found):
    for text in ("The kitchen tap drips", "Schöne Grüße, GRÜSSE", "It is 100% done (really)."):
        send(client_for(casey), chat, text)
    for actor in (casey, pat):
        answer = client_for(actor).get("/api/messages/search/", {"q": words}).json()
        assert [row["body"] for row in answer["results"]] == found
        assert answer["searched"]["words"] == words.split()
        assert "not the names or contents of files" in answer["searched"]["looked_in"]


def test_search_is_in_one_conversation_or_in_all_of_mine_and_in_nobody_elses(client_for, casey, pat, sam, omar, chat):
    elsewhere = opened(casey, sam, uuid7())
    send(client_for(pat), chat, "The tap of Pat")
    send(client_for(sam), elsewhere, "The tap of Sam")
    mine = client_for(casey)
    assert [row["body"] for row in mine.get("/api/messages/search/?q=tap").json()["results"]] == [
        "The tap of Sam",
        "The tap of Pat",
    ]
    [row] = mine.get(f"/api/messages/search/?q=tap&chat_id={chat}").json()["results"]
    assert (row["body"], row["chat_id"]) == ("The tap of Pat", str(chat))
    assert client_for(omar).get("/api/messages/search/?q=tap").json()["results"] == []
    assert client_for(pat).get("/api/messages/search/?q=Sam").json()["results"] == []
    for stranger in (omar, sam):
        assert client_for(stranger).get(f"/api/messages/search/?q=tap&chat_id={chat}").status_code == 404
    assert client_for(None).get("/api/messages/search/?q=tap").status_code == 401


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=tap&chat_id=1", f"q={'x' * 101}"])
def test_an_odd_search_is_refused(client_for, casey, chat, query):
    assert client_for(casey).get(f"/api/messages/search/?{query}").status_code == 400


def test_search_finds_neither_what_was_taken_back_nor_steps_of_the_deal(client_for, casey, pat, chat, thing):
    mine = client_for(casey)
    sent = send(mine, chat, "The tap").json()["id"]
    mine.post(f"/api/messages/{chat}/{sent}/delete/")
    noted(casey, pat, thing, "The tap is mended.")
    assert mine.get("/api/messages/search/?q=tap").json()["results"] == []


# The list, and one conversation


def test_the_list_is_narrowed_by_name_unread_and_subject(client_for, casey, pat, sam, chat):
    with_sam = opened(casey, sam, uuid7())
    send(client_for(sam), with_sam)
    mine = client_for(casey)

    def listed(query: str) -> list[str]:
        return [row["id"] for row in mine.get(f"/api/messages/?{query}").json()["results"]]

    assert listed("q=pat") == [str(chat)]
    assert listed("q=casey") == []
    assert listed("unread=true") == [str(with_sam)]
    assert listed(f"about={THING}") == [str(with_sam), str(chat)]
    assert listed("about=job") == []


def test_one_conversation_is_as_in_the_list_and_nobody_elses(client_for, casey, pat, omar, ada, chat):
    send(client_for(pat), chat)
    mine = client_for(casey)
    one = mine.get(f"/api/messages/conversations/{chat}/").json()
    assert one == mine.get("/api/messages/").json()["results"][0]
    assert (one["other"]["name"], one["allowed_actions"]) == ("Pat Contractor", ["send", "report"])
    for actor in (omar, ada):
        assert client_for(actor).get(f"/api/messages/conversations/{chat}/").status_code == 404
    assert client_for(None).get(f"/api/messages/conversations/{chat}/").status_code == 401


# Steps of the deal


def noted(one, other, thing, text: str, key: str = "1") -> None:
    with edge_transaction():
        services.note(
            between=(one.known_id(), other.known_id()),
            subject_type=THING,
            subject_id=thing,
            key=key,
            code="thing.done",
            text=text,
            params={"amount": {"amount": 5, "currency": "USD"}},
            link="/things",
        )


def test_a_step_opens_the_conversation_stands_there_once_and_is_unread_by_nobody(client_for, casey, pat, thing):
    for _ in range(2):
        noted(casey, pat, thing, "It is done.")
    for actor in (casey, pat):
        [row] = client_for(actor).get("/api/messages/").json()["results"]
        step = row["last_message"]
        assert (step["kind"], step["sender_id"], step["mine"], step["body"]) == ("system", None, False, "It is done.")
        assert (step["note"]["code"], step["note"]["link"], step["allowed_actions"]) == ("thing.done", "/things", [])
        assert step["note"]["params"] == {"amount": {"amount": 5, "currency": "USD"}}
        assert row["unread_count"] == 0
    assert Message.objects.count() == 1
    noted(casey, pat, thing, "Again.", key="2")
    assert [row["body"] for row in history(client_for(pat), row["id"])] == ["Again.", "It is done."]


# Queries


def test_query_counts_are_pinned_and_independent_of_the_page(client_for, casey, pat, thing, django_assert_num_queries):
    chat = opened(casey, pat, thing)
    client = client_for(casey)
    for more in (2, 6):
        for number in range(more):
            asked = send(client_for(pat), chat, f"word {more} {number}").json()["id"]
            send(client_for(casey), chat, "word", reply_to=asked)
            noted(casey, pat, thing, "Done", key=f"{more} {number}")
        counts = {
            f"{chat}/?page_size=100": 5,
            f"{chat}/?around={asked}": 6,
            "search/?q=word&page_size=100": 4,
            f"search/?q=word&chat_id={chat}": 5,
            f"conversations/{chat}/": 4,
            "unread/": 2,
        }
        for path, count in counts.items():
            with django_assert_num_queries(count):
                assert client.get(f"/api/messages/{path}").status_code == 200
