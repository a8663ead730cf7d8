"""A bank takes a payment back while somebody releases or refunds it: whoever is first, nobody gets the money twice."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from jobsphere.kit.actor import Actor
from jobsphere.payments.models import Chargeback, Payment
from tests.races.conftest import Post
from tests.races.running import ROUNDS as MANY
from tests.races.running import race
from tests.races.test_deals import collected, post_all
from tests.stories.people import books

#: An even number, as every second one is won; each takes a whole deal.
ROUNDS = MANY // 3 // 2 * 2
Settle = Callable[[], None]


@pytest.fixture
def contested(delivered: Callable[..., Any], sandbox: Any) -> Callable[[], tuple[Any, str, list[Any]]]:
    """Return a function that hands in work whose payment a bank takes back: contract, chargeback, untold letters."""

    def make() -> tuple[Any, str, list[Any]]:
        contract = delivered()
        collected(sandbox)
        payment = Payment.objects.latest("pk")
        dispute = sandbox.controls.open_dispute(payment.gateway_id)
        return contract, dispute, collected(sandbox)

    return make


@pytest.mark.parametrize("verb", ["release", "refund"])
def test_a_chargeback_against_a_verb_never_pays_twice(
    casey: Actor,
    pat: Actor,
    contested: Any,
    post: Post,
    sandbox: Any,
    settle: Settle,
    run_worker: Settle,
    verb: str,
):
    who = casey if verb == "release" else pat

    def heard(letters: list[Any]) -> None:
        post_all(sandbox, letters)
        run_worker()

    for number in range(ROUNDS):
        contract, dispute, letters = contested()
        milestone = contract["milestones"][0]["id"]
        body = {} if verb == "release" else {"reason": "It went wrong."}
        (status, _), _ = race(partial(post, who, f"milestones/{milestone}/{verb}/", body), partial(heard, letters))
        assert status in (200, 409)
        settle()
        books()
        sandbox.controls.close_dispute(dispute, won=bool(number % 2))
        settle()
        books()
    assert Chargeback.objects.count() == ROUNDS
    assert Chargeback.objects.filter(status="won").count() == ROUNDS // 2


def test_two_workers_hear_of_a_chargeback_at_once_and_book_it_once(
    contested: Any, sandbox: Any, settle: Settle, run_worker: Settle
):
    for number in range(1, ROUNDS + 1):
        _, _, letters = contested()
        race(*[partial(post_all, sandbox, letters)] * 4)
        race(run_worker, run_worker)
        settle()
        books()
        assert Chargeback.objects.count() == number
