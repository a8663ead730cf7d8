"""1,000 wrong passwords or codes from 50 addresses: none gets in, and the owner still can (R13)."""

from datetime import timedelta

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.users import services
from jobsphere.users.errors import TooManyAttempts
from jobsphere.users.models import AttemptCounter, KnownDevice, OneTimeCode, Session, User
from jobsphere.users.tests.people import (
    CASEY,
    code_in_last_letter,
    digits,
    later,
    phone,
    post,
    sets_up_totp,
    signs_in,
    wrong,
)
from jobsphere.users.tests.test_services import at_once
from jobsphere.users.types import Device

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = [f"203.0.113.{number}" for number in range(1, 51)]


@pytest.fixture(autouse=True)
def _open_doors(settings):
    """The throttle by address would stop a flood first; what is proven here stands behind it."""
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "sign-in": "100000/min"}


def flood(path: str, body: dict[str, str], field: str, value) -> list[int]:
    """Try a thousand values from fifty addresses in turn; returns the statuses."""
    strangers = [phone(address) for address in ADDRESSES]
    return [post(strangers[each % 50], path, {**body, field: value(each)}).status_code for each in range(1000)]


def test_a_thousand_wrong_passwords_from_fifty_addresses_let_nobody_in_and_the_owner_can(casey):
    owner = phone("198.51.100.7")
    signs_in(owner)
    statuses = flood("login", CASEY, "password", lambda each: f"guess-{each}")
    assert set(statuses) == {401, 429}
    assert statuses.count(401) == 30  # of the whole thousand, so many were looked at
    # Not even the right password helps a stranger now, and nobody learns that it was right.
    late = post(phone(ADDRESSES[0]), "login", CASEY)
    assert (late.status_code, late.json()["code"]) == (429, "too-many-attempts")
    assert 60 < int(late["Retry-After"]) <= 3600
    assert Session.objects.count() == 1
    # The owner's own phone has attempts of its own, wherever it is.
    owner.defaults["REMOTE_ADDR"] = ADDRESSES[3]
    signs_in(owner)
    assert Session.objects.count() == 2


def test_an_owner_without_a_known_device_ends_the_wait_by_mail(casey, run_worker):
    for address in ADDRESSES[:4]:
        for _ in range(10):
            post(phone(address), "login", {**CASEY, "password": "x"})
    owner = phone("198.51.100.7")
    assert post(owner, "login", CASEY).status_code == 429
    ticket = post(owner, "password-reset", {"email": CASEY["email"]}).json()["ticket"]
    run_worker()
    new = {"ticket": ticket, "code": code_in_last_letter(), "password": "orchid-bucket-55"}
    owner.defaults["HTTP_X_DEVICE_TOKEN"] = post(owner, "password-reset/confirm", new).json()["device_token"]
    for _ in range(40):  # the strangers go on
        post(phone(ADDRESSES[9]), "login", {**CASEY, "password": "x"})
    signs_in(owner, password="orchid-bucket-55")


def test_the_answer_is_the_same_for_an_address_that_nobody_has(casey):
    told = {}
    for email in ("casey@example.com", "nobody@example.com"):
        stranger = phone("203.0.113.200" if email[0] == "c" else "203.0.113.201")
        answers = [post(stranger, "login", {"email": email, "password": "x"}) for _ in range(11)]
        told[email] = [(each.status_code, each.json()["code"], each.json()["detail"]) for each in answers]
    assert told["casey@example.com"] == told["nobody@example.com"]
    assert told["casey@example.com"][-1][0] == 429


def test_one_address_cannot_spray_one_password_over_many_accounts(casey):
    stranger = phone("203.0.113.77")
    statuses = [
        post(stranger, "login", {"email": f"person-{number}@example.com", "password": "Summer-2026-now"}).status_code
        for number in range(101)
    ]
    assert statuses == [401] * 100 + [429]


def test_a_right_password_gives_its_attempt_back(casey):
    for _ in range(25):
        assert post(phone("203.0.113.5"), "login", CASEY).status_code == 200
    assert set(AttemptCounter.objects.values_list("used", flat=True)) == {0}


def test_a_known_device_has_limits_too_and_another_persons_device_counts_as_a_strangers(casey, pat):
    owner = phone("198.51.100.7")
    signs_in(owner)
    statuses = [post(owner, "login", {**CASEY, "password": "x"}).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    of_pat = phone("198.51.100.8")
    signs_in(of_pat, email="pat@example.com")
    before = AttemptCounter.objects.count()
    post(of_pat, "login", {**CASEY, "password": "x"})
    assert AttemptCounter.objects.count() > before
    assert not KnownDevice.objects.filter(user_id=casey.id).exclude(sessions__user_id=casey.id).exists()


def test_a_thousand_wrong_second_factors_let_nobody_in_though_the_password_is_known(casey, run_worker):
    owner = phone("198.51.100.7")
    signs_in(owner)
    secret, _ = sets_up_totp(owner)
    strangers = [phone(address) for address in ADDRESSES]
    tickets = [post(each, "login", CASEY).json()["ticket"] for each in strangers]
    looked_at, opened = 0, 0
    for each in range(1000):
        body = {"ticket": tickets[each % 50], "code": wrong(digits(secret))}
        second = post(strangers[each % 50], "mfa/verify", body)
        looked_at += second.status_code == 400
        opened += second.status_code == 200
    assert (looked_at, opened) == (10, 0)
    assert Session.objects.count() == 1
    # The owner's phone has attempts of its own.
    ticket = post(owner, "login", CASEY).json()["ticket"]
    assert post(owner, "mfa/verify", {"ticket": ticket, "code": digits(secret)}).status_code == 200


def test_a_thousand_wrong_codes_for_a_new_password_change_nothing_and_the_owner_can(casey, run_worker):
    before = User.objects.get(pk=casey.id).password
    tickets: list[str] = []
    for address in ADDRESSES:
        answer = post(phone(address), "password-reset", {"email": CASEY["email"]})
        if answer.status_code == 202:
            tickets.append(answer.json()["ticket"])
    assert len(tickets) == 20  # letters to one address in an hour
    run_worker()
    new = {"password": "orchid-bucket-55", "code": "000000"}
    statuses = flood("password-reset/confirm", new, "ticket", lambda each: tickets[each % len(tickets)])
    assert set(statuses) == {400}
    assert not OneTimeCode.objects.exclude(attempts_left=0).exists()
    assert User.objects.get(pk=casey.id).password == before
    # An hour later (or at once, on a device that is known) the owner gets a letter of their own.
    later(minutes=61)
    owner = phone("198.51.100.7")
    ticket = post(owner, "password-reset", {"email": CASEY["email"]}).json()["ticket"]
    run_worker()
    mine = {**new, "ticket": ticket, "code": code_in_last_letter()}
    assert post(owner, "password-reset/confirm", mine).status_code == 200


def test_letters_that_strangers_asked_for_do_not_hold_up_a_known_device(casey, run_worker):
    owner = phone("198.51.100.7")
    signs_in(owner)
    for address in ADDRESSES[:25]:
        post(phone(address), "password-reset", {"email": CASEY["email"]})
    assert post(phone("192.0.2.1"), "password-reset", {"email": CASEY["email"]}).status_code == 429
    assert post(owner, "password-reset", {"email": CASEY["email"]}).status_code == 202


def test_parallel_guesses_cannot_outrun_the_limit(casey):
    def guess() -> bool:
        try:
            services.begin_sign_in_attempt(email=CASEY["email"], device=Device(address="203.0.113.9"))
        except TooManyAttempts:
            return False
        return True

    with edge_transaction():
        for _ in range(7):
            guess()
    outcomes = [taken for _ in range(3) for taken in at_once(lambda: _quietly(guess), 4)]
    assert sum(outcomes) == 3


def _quietly(guess) -> bool:
    return bool(guess())


def test_counters_hold_nobodys_address_in_clear(casey):
    post(phone("203.0.113.9"), "login", {**CASEY, "password": "x"})
    kept = str(list(AttemptCounter.objects.values()))
    assert "casey" not in kept
    assert "203.0.113.9" not in kept


def test_moving_the_marketplaces_clock_gives_no_attempts_back(casey):
    from jobsphere.kit import clock

    stranger = phone("203.0.113.9")
    for _ in range(10):
        post(stranger, "login", {**CASEY, "password": "x"})
    with clock.travel(timedelta(days=30)):
        assert post(stranger, "login", CASEY).status_code == 429
    later(minutes=16)
    assert post(stranger, "login", CASEY).status_code == 200
