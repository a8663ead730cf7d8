"""Sessions over HTTP: cookies of browsers, tokens of phones, devices, the letter that undoes a sign-in (R14, R15)."""

import pytest
from django.core import mail

from jobsphere.users.models import KnownDevice, Session, User
from jobsphere.users.tests.people import (
    CASEY,
    browser,
    code_in_last_letter,
    later,
    phone,
    post,
    signs_in,
    token_in_last_letter,
)
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

REFRESH = "jobsphere-refresh"
DEVICE = "jobsphere-device"


# Browsers


def test_a_browser_never_sees_its_refresh_token(casey):
    client = browser()
    answer = post(client, "login", CASEY)
    assert answer.status_code == 200
    assert "refresh_token" not in answer.json()
    assert "device_token" not in answer.json()
    for name in (REFRESH, DEVICE):
        cookie = answer.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/api/auth")
        assert not cookie["secure"]  # plain HTTP here; see the next test
    assert Session.objects.get().client == "web"


def test_over_https_the_cookies_are_secure_and_say_so_in_their_name(casey, settings):
    settings.PUBLIC_URL = "https://jobs.example"
    client = browser()
    answer = post(client, "login", CASEY, secure=True)
    assert answer.cookies[f"__Secure-{REFRESH}"]["secure"] is True
    assert answer.cookies[f"__Secure-{DEVICE}"]["secure"] is True
    assert post(client, "refresh", secure=True).status_code == 200


def test_the_cookie_renews_the_session_and_rotates(casey):
    client = browser()
    first = post(client, "login", CASEY).cookies[REFRESH].value
    answer = post(client, "refresh")
    assert answer.status_code == 200
    assert "refresh_token" not in answer.json()
    assert answer.cookies[REFRESH].value != first
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access_token']}")
    assert client.get("/api/auth/me/").status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"HTTP_X_CLIENT": ""},
        {"HTTP_X_CLIENT": "mobile"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "", "HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "", "HTTP_SEC_FETCH_SITE": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["refresh", "logout"])
def test_another_sites_page_cannot_use_the_cookie_and_changes_nothing(casey, path, changes):
    client = browser()
    post(client, "login", CASEY)
    before = Session.objects.values().get()
    client.defaults.update(changes)
    refused = post(client, path)
    assert (refused.status_code, refused.json()["code"]) == (403, "foreign-origin")
    assert Session.objects.values().get() == before


def test_a_page_of_an_origin_that_the_operator_named_may(casey, settings):
    settings.CORS_ORIGINS = ["https://app.example"]
    client = browser()
    post(client, "login", CASEY)
    client.defaults.update({"HTTP_ORIGIN": "https://app.example", "HTTP_SEC_FETCH_SITE": "same-site"})
    assert post(client, "refresh").status_code == 200


def test_a_cookies_token_is_worth_nothing_in_a_body_nor_the_other_way_round(casey):
    client = browser()
    token = post(client, "login", CASEY).cookies[REFRESH].value
    assert post(phone(), "refresh", {"refresh_token": token}).status_code == 401
    of_phone = post(phone(), "login", CASEY).json()["refresh_token"]
    client.cookies[REFRESH] = of_phone
    assert post(client, "refresh").status_code == 401
    assert not Session.objects.exclude(revoked_at=None).exists()


def test_a_cookie_that_opens_nothing_is_taken_away(casey):
    client = browser()
    post(client, "login", CASEY)
    Session.objects.all().delete()
    refused = post(client, "refresh")
    assert refused.status_code == 401
    assert refused.cookies[REFRESH].value == ""


def test_signing_out_takes_the_cookie_away_and_ends_the_session_even_without_an_access_token(casey):
    client = browser()
    post(client, "login", CASEY)
    answer = post(client, "logout")
    assert answer.status_code == 204
    assert answer.cookies[REFRESH].value == ""
    assert Session.objects.get().end_reason == "signed_out"


def test_who_says_mobile_in_the_body_gets_tokens_in_the_body(casey):
    answer = post(phone(HTTP_ORIGIN="https://app.example"), "login", {**CASEY, "client": "mobile"})
    assert answer.json()["refresh_token"]
    assert REFRESH not in answer.cookies


def test_reads_of_the_api_carry_no_cookie(casey):
    client = browser()
    paths = {cookie["path"] for cookie in post(client, "login", CASEY).cookies.values()}
    assert paths == {"/api/auth"}


# Two tabs, and thieves


def test_two_tabs_that_refresh_at_once_both_stay_signed_in(casey):
    client = browser()
    first = post(client, "login", CASEY).cookies[REFRESH].value
    successors = []
    for _tab in range(2):
        client.cookies[REFRESH] = first
        answer = post(client, "refresh")
        assert answer.status_code == 200
        successors.append(answer.cookies[REFRESH].value)
    assert successors[0] == successors[1] != first
    assert post(client, "refresh").status_code == 200


@pytest.mark.parametrize("how", ["late", "another browser", "another address", "two exchanges ago"])
def test_a_copy_of_a_used_token_ends_the_family(casey, how):
    owner = phone()
    stolen = signs_in(owner)["refresh_token"]
    body = post(owner, "refresh", {"refresh_token": stolen}).json()
    thief = phone()
    if how == "late":
        later(seconds=11)
    if how == "another browser":
        thief.defaults["HTTP_USER_AGENT"] = "curl"
    if how == "another address":
        thief = phone("203.0.113.9")
    if how == "two exchanges ago":
        body = post(owner, "refresh", {"refresh_token": body["refresh_token"]}).json()
    assert post(thief, "refresh", {"refresh_token": stolen}).status_code == 401
    assert post(owner, "refresh", {"refresh_token": body["refresh_token"]}).status_code == 401
    owner.credentials(HTTP_AUTHORIZATION=f"Bearer {body['access_token']}")
    assert owner.get("/api/auth/me/").status_code == 401
    assert Session.objects.get().end_reason == "reuse_detected"


def test_a_session_ends_however_often_it_is_refreshed(casey, settings):
    from datetime import timedelta

    client = phone()
    token = signs_in(client)["refresh_token"]
    row = Session.objects.get()
    Session.objects.update(created_at=row.created_at - settings.SESSION_LIFETIME + timedelta(seconds=1))
    token = post(client, "refresh", {"refresh_token": token}).json()["refresh_token"]
    Session.objects.update(created_at=row.created_at - settings.SESSION_LIFETIME)
    assert post(client, "refresh", {"refresh_token": token}).status_code == 401


# Lists, and ending them


def test_sessions_say_what_when_and_roughly_where(casey):
    signs_in(phone("203.0.113.77"))
    here = browser("2001:db8:5:6::7")
    answer = post(here, "login", CASEY)
    here.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access_token']}")
    rows = here.get("/api/auth/sessions/").json()["results"]
    assert [(row["place"], row["client"], row["method"], row["current"]) for row in rows] == [
        ("2001:db8:5::/48", "web", "password", True),
        ("203.0.113.0/24", "mobile", "password", False),
    ]


def test_with_a_list_of_the_operators_a_place_has_a_name(casey, settings, tmp_path):
    from jobsphere.users.tests.places import write_places

    settings.GEOIP_FILE = str(write_places(tmp_path / "places.mmdb", {"203.0.113.0/24": ("Lyon", "France")}))
    client = phone("203.0.113.77")
    signs_in(client)
    assert client.get("/api/auth/sessions/").json()["results"][0]["place"] == "Lyon, France"


def test_a_list_that_cannot_be_read_is_no_reason_to_fail(casey, settings, tmp_path):
    settings.GEOIP_FILE = str(tmp_path / "missing.mmdb")
    client = phone("203.0.113.77")
    signs_in(client)
    assert client.get("/api/auth/sessions/").json()["results"][0]["place"] == "203.0.113.0/24"


def test_all_other_devices_are_signed_out_at_once(casey, pat):
    here, there, of_pat = phone(), phone(), phone()
    signs_in(here)
    signs_in(there)
    signs_in(of_pat, email="pat@example.com")
    assert here.delete("/api/auth/sessions/").status_code == 204
    assert [each.get("/api/auth/me/").status_code for each in (here, there, of_pat)] == [200, 401, 200]


def test_signing_out_everywhere_ends_this_session_too(casey):
    here, there = phone(), phone()
    signs_in(here)
    signs_in(there)
    assert post(here, "logout", {"everywhere": True}).status_code == 204
    assert [each.get("/api/auth/me/").status_code for each in (here, there)] == [401, 401]


def test_a_changed_password_ends_the_other_sessions_and_needs_the_old_one(casey, run_worker):
    here, there = phone(), phone()
    signs_in(here)
    signs_in(there)
    before = User.objects.get(pk=casey.id).password
    wrong = post(here, "password", {"current_password": "wrong", "password": "orchid-bucket-55"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/current_password")
    weak = post(here, "password", {"current_password": PASSWORD, "password": "casey@example.com"})
    assert (weak.status_code, weak.json()["errors"][0]["pointer"]) == (400, "/password")
    assert User.objects.get(pk=casey.id).password == before
    assert post(here, "password", {"current_password": PASSWORD, "password": "orchid-bucket-55"}).status_code == 204
    assert [each.get("/api/auth/me/").status_code for each in (here, there)] == [200, 401]
    signs_in(phone(), password="orchid-bucket-55")
    run_worker()
    assert [each.to for each in mail.outbox if "password of your account was changed" in each.body]


# A new device


def test_the_first_device_gets_no_letter_a_new_one_does_and_a_known_one_does_not(casey, run_worker):
    first = phone()
    signs_in(first)
    run_worker()
    assert mail.outbox == []
    signs_in(phone("203.0.113.77"))
    run_worker()
    (letter,) = mail.outbox
    assert letter.to == ["casey@example.com"]
    assert "from 203.0.113.0/24" in letter.body
    signs_in(first)
    run_worker()
    assert len(mail.outbox) == 1
    assert KnownDevice.objects.count() == 2


def test_this_was_not_me_ends_every_session_and_leads_to_a_new_password(casey, run_worker):
    owner, thief = phone(), phone("203.0.113.77")
    signs_in(owner)
    signs_in(thief)
    run_worker()
    link = token_in_last_letter()
    answer = post(phone(), "sessions/not-me", {"token": link})
    assert answer.status_code == 200
    assert [each.get("/api/auth/me/").status_code for each in (owner, thief)] == [401, 401]
    assert set(Session.objects.values_list("end_reason", flat=True)) == {"not_me"}
    assert not KnownDevice.objects.exists()
    run_worker()
    new = {"ticket": answer.json()["ticket"], "code": code_in_last_letter(), "password": "orchid-bucket-55"}
    assert post(phone(), "password-reset/confirm", new).status_code == 200
    assert post(thief, "login", CASEY).status_code == 401
    signs_in(phone(), password="orchid-bucket-55")


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_a_made_up_link_ends_nothing(casey, token):
    owner = phone()
    access = signs_in(owner)["access_token"]
    for made_up in (token or access, token):
        assert post(phone(), "sessions/not-me", {"token": made_up}).status_code == 400
    assert owner.get("/api/auth/me/").status_code == 200


# The letters' links


def test_the_link_of_a_letter_does_what_ticket_and_code_do_once(casey, run_worker):
    post(phone(), "password-reset", {"email": CASEY["email"]})
    run_worker()
    link = token_in_last_letter()
    assert "/reset-password#token=" in mail.outbox[-1].body
    new = {"token": link, "password": "orchid-bucket-55"}
    assert post(phone(), "verify-email", {"token": link}).status_code == 400  # another purpose
    assert post(phone(), "password-reset/confirm", {**new, "password": "casey@example"}).status_code == 400
    assert post(phone(), "password-reset/confirm", new).status_code == 200
    assert post(phone(), "password-reset/confirm", new).status_code == 400
    signs_in(phone(), password="orchid-bucket-55")


def test_an_expired_link_is_refused(casey, run_worker):
    post(phone(), "password-reset", {"email": CASEY["email"]})
    run_worker()
    later(minutes=16)
    new = {"token": token_in_last_letter(), "password": "orchid-bucket-55"}
    assert post(phone(), "password-reset/confirm", new).status_code == 400
    signs_in(phone())


# Passwords


@pytest.mark.parametrize(
    "password",
    ["short-one-1", "jobsphere2026", "passwordpassword", "Casey Customer1", "aaaaaaaaaaaa", "qwertyuiop12345"],
)
def test_passwords_that_are_guessed_first_are_refused(db, password):
    body = {"name": "Casey Customer", "email": "casey.customer@example.com", "role": "customer", "password": password}
    refused = post(phone(), "register", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/password")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "password", ["a short sentence is good", "x" * 3 + "ünïcödé ✓ 漢字 " * 5, "l0ng-enough-but-plain"]
)
def test_any_letters_and_any_length_up_to_128_are_welcome(db, password):
    body = {"name": "Nia", "email": "nia@example.com", "role": "customer", "password": password}
    assert post(phone(), "register", body).status_code == 201
    signs_in(phone(), email="nia@example.com", password=password)


# Proof of work


def test_after_failures_a_client_shows_work_where_the_operator_wants_it(casey, settings):
    from jobsphere.users.human import leading_zero_bits

    settings.PROOF_OF_WORK, settings.PROOF_OF_WORK_BITS = "after-failures", 8
    client = phone("203.0.113.9")
    for _ in range(3):
        assert post(client, "login", {**CASEY, "password": "x"}).status_code == 401
    asked = post(client, "login", CASEY)
    assert (asked.status_code, asked.json()["code"], asked.json()["bits"]) == (428, "work-required", 8)
    assert Session.objects.count() == 0
    challenge = asked.json()["challenge"]
    nonce = next(each for each in range(100_000) if leading_zero_bits(f"{challenge}:{each}") >= 8)
    lazy = next(each for each in range(100_000) if leading_zero_bits(f"{challenge}:{each}") < 8)
    for bad in (f"{challenge}:{lazy}", f"{challenge}", f"1{challenge}:{nonce}", "x:1", ""):
        assert post(client, "login", CASEY, headers={"X-Proof-Of-Work": bad}).status_code == 428
    done = {"X-Proof-Of-Work": f"{challenge}:{nonce}"}
    assert post(client, "login", CASEY, headers=done).status_code == 200
    assert post(client, "login", CASEY, headers=done).status_code == 428  # each challenge once
    assert post(phone("198.51.100.7"), "login", CASEY).status_code == 200
