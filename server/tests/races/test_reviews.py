"""Two people, or two devices, review at once."""

from functools import partial

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.outbox import worker
from jobsphere.profiles.models import ContractorProfile
from jobsphere.reviews import services
from jobsphere.reviews.models import Review, Round
from tests.marketplace import make_profile
from tests.races.conftest import Post
from tests.races.running import race


def at_the_edge(verb):
    """Run a verb in a transaction of its own."""
    with edge_transaction():
        return verb()


def finished(casey: Actor, delivered, post: Post) -> str:
    """Make a contract that is completed, with its round open."""
    contract = delivered()
    assert post(casey, f"contracts/{contract['id']}/complete/")[0] == 200
    worker.drain()
    return str(contract["id"])


def test_of_two_who_write_at_once_both_are_shown_once(casey: Actor, pat: Actor, delivered, post: Post):
    make_profile(pat)
    for played in range(1, 9):
        contract_id = finished(casey, delivered, post)
        answers = race(
            partial(post, casey, "reviews/", {"contract_id": contract_id, "rating": 4}),
            partial(post, pat, "reviews/", {"contract_id": contract_id, "rating": 5}),
        )
        assert [status for status, _ in answers] == [201, 201], answers
        (row,) = Round.objects.filter(contract_id=contract_id)
        assert (row.written, row.published_at is not None) == (2, True)
        assert set(Review.objects.filter(round=row).values_list("status", flat=True)) == {"published"}
        profile = ContractorProfile.objects.get(pk=pat.known_id())
        assert (profile.rating_count, profile.rating_total) == (played, 4 * played)


def test_the_same_person_on_two_devices_reviews_once(casey: Actor, pat: Actor, delivered, post: Post):
    make_profile(pat)
    for _ in range(6):
        contract_id = finished(casey, delivered, post)
        answers = race(
            *(partial(post, casey, "reviews/", {"contract_id": contract_id, "rating": stars}) for stars in (4, 5))
        )
        assert sorted(status for status, _ in answers) == [201, 409], answers
        row = Round.objects.get(contract_id=contract_id)
        assert (row.written, row.published_at, Review.objects.filter(round=row).count()) == (1, None, 1)


def test_of_two_staff_who_hide_at_once_one_takes_the_stars_off(
    casey: Actor, pat: Actor, ada: Actor, delivered, post: Post
):
    make_profile(pat)
    contract_id = finished(casey, delivered, post)
    review_id = post(casey, "reviews/", {"contract_id": contract_id, "rating": 5})[1]["id"]
    post(pat, "reviews/", {"contract_id": contract_id, "rating": 5})
    remove = partial(services.remove_review, actor=ada, review_id=review_id)
    answers = race(*(lambda: at_the_edge(remove) for _ in range(2)))
    assert answers.count(None) == 1, answers
    profile = ContractorProfile.objects.get(pk=pat.known_id())
    assert (profile.rating_count, profile.rating_total) == (0, 0)
