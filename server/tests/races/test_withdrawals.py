"""A payee in a hurry: the wallet is emptied once, however many browsers ask."""

from collections.abc import Callable
from functools import partial
from typing import Any

from jobsphere.kit.actor import Actor
from jobsphere.payments.models import PayeeAccount
from tests.races.conftest import Post
from tests.races.running import race
from tests.stories.people import books

#: Fewer than elsewhere: each round has a whole deal before it.
ROUNDS = 5


def test_of_two_withdrawals_of_everything_at_once_one_is_made(
    casey: Actor, pat: Actor, delivered: Callable[..., Any], post: Post, settle: Callable[[], None], sandbox: Any
):
    post(pat, "payouts/connect")
    sandbox.controls.complete_onboarding(PayeeAccount.objects.get().gateway_id)
    post(pat, "payouts/refresh")
    for played in range(1, ROUNDS + 1):
        contract = delivered()
        assert post(casey, f"contracts/{contract['id']}/complete/")[0] == 200
        everything = {"amount": {"amount": 700_00, "currency": "USD"}}
        answers = race(*[partial(post, pat, "payouts/withdraw", everything)] * 2)
        assert sorted(status for status, _ in answers) == [201, 409], answers
        settle()
        assert len(sandbox.controls.objects("transfer")) == played
        assert books().get("wallet", 0) == 0
