"""Sign-up to closing the account, over HTTP (R2-R7, R11, R13)."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import identify_hasher
from django.core import mail
from rest_framework.test import APIClient

from jobsphere.audit.models import AuditEntry
from jobsphere.outbox.models import StoredEvent
from jobsphere.users.models import AttemptCounter, OneTimeCode, Session, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

NEW = {"name": "Nia New", "email": "nia@example.com", "password": "tulip-anchor-93", "role": "customer"}


@pytest.fixture
def web() -> APIClient:
    return APIClient(HTTP_USER_AGENT="Firefox on a laptop")


def sign_in(client: APIClient, email="casey@example.com", password=PASSWORD) -> dict:
    response = client.post("/api/auth/login/", {"email": email, "password": password}, format="json")
    assert response.status_code == 200, response.json()
    body = response.json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {body['access_token']}")
    return body


def a_while_later(**by: int) -> None:
    """Let time pass for what was counted and sent: credentials obey the machine's clock, so their rows are aged."""
    for table in (OneTimeCode, AttemptCounter):
        column = "created_at" if table is OneTimeCode else "began_at"
        for row in table.objects.all():
            table.objects.filter(pk=row.pk).update(**{column: getattr(row, column) - timedelta(**by)})
    for pk, rotated_at in Session.objects.values_list("pk", "rotated_at"):
        Session.objects.filter(pk=pk).update(rotated_at=rotated_at and rotated_at - timedelta(**by))


def code_in_last_letter() -> str:
    return next(word for word in mail.outbox[-1].body.split() if word.isdigit() and len(word) == 6)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


# Sign-up


def test_who_signs_up_can_sign_in_at_once_and_has_the_role(web):
    assert web.post("/api/auth/register/", NEW, format="json").status_code == 201
    me = sign_in(web, NEW["email"], NEW["password"])["user"]
    assert (me["name"], me["roles"], me["email_verified"]) == ("Nia New", ["customer"], False)
    assert web.get("/api/auth/me/").json() == me


def test_one_login_may_have_both_roles_from_the_start(web):
    body = {**NEW, "roles": ["contractor", "customer"]}
    body.pop("role")
    assert web.post("/api/auth/register", body, format="json").status_code == 201
    assert sign_in(web, NEW["email"], NEW["password"])["user"]["roles"] == ["contractor", "customer"]


def test_sign_up_leaves_an_event_and_an_audit_entry(web):
    web.post("/api/auth/register/", NEW, format="json")
    nia = User.objects.get(email=NEW["email"])
    assert StoredEvent.objects.get(aggregate_id=nia.id).name == "user.registered"
    assert AuditEntry.objects.get(target_id=nia.id).verb == "user.register"


def test_a_known_address_gets_the_same_answer_and_only_its_owner_learns_of_it(web, casey, run_worker):
    fresh = web.post("/api/auth/register/", NEW, format="json")
    before = User.objects.get(pk=casey.id)
    known = web.post("/api/auth/register/", {**NEW, "email": "CASEY@example.com"}, format="json")
    assert known.status_code == fresh.status_code == 201
    assert known.json().keys() == fresh.json().keys()
    assert known.json()["detail"] == fresh.json()["detail"]
    assert len(known.json()["ticket"]) == len(fresh.json()["ticket"])
    after = User.objects.get(pk=casey.id)
    assert (after.password, after.name) == (before.password, before.name)
    run_worker()
    assert [letter.to for letter in mail.outbox if "already have" in letter.subject] == [["casey@example.com"]]


@pytest.mark.parametrize(
    "change,pointer",
    [
        ({"email": "not-an-address"}, "/email"),
        ({"password": "short"}, "/password"),
        ({"password": "password123"}, "/password"),
        ({"password": "nia@example.com"}, "/password"),
        ({"password": "20391847561"}, "/password"),
        ({"name": ""}, "/name"),
        ({"name": "\u200b\u200b"}, "/name"),
        ({"role": "admin"}, "/role"),
        ({"role": None}, "/role"),
        ({"is_superuser": True}, "/is_superuser"),
        ({"rights": ["finance"]}, "/rights"),
    ],
)
def test_bad_sign_up_names_the_field_and_makes_nobody(web, change, pointer):
    response = web.post("/api/auth/register/", {**NEW, **change}, format="json")
    assert response.status_code == 400
    assert pointer in [error["pointer"] for error in response.json()["errors"]]
    assert not User.objects.exists()
    assert not OneTimeCode.objects.exists()


def test_no_role_at_all_is_asked_for(web):
    body = {name: value for name, value in NEW.items() if name != "role"}
    assert web.post("/api/auth/register/", body, format="json").json()["errors"][0]["pointer"] == "/role"


def test_passwords_are_kept_as_argon2(web, settings):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]
    web.post("/api/auth/register/", NEW, format="json")
    assert identify_hasher(User.objects.get().password).algorithm == "argon2"


# Signing in and out


@pytest.mark.parametrize("email,password", [("casey@example.com", "wrong"), ("nobody@example.com", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_refusal(web, casey, email, password):
    response = web.post("/api/auth/login/", {"email": email, "password": password}, format="json")
    problem = response.json()
    assert response.status_code == 401
    assert (problem["code"], problem["detail"]) == (
        "sign-in-failed",
        "The e-mail address or the password is not right.",
    )
    assert not Session.objects.exists()


def test_an_unknown_address_costs_the_same_hashing_as_a_known_one(web, casey, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    original = MD5PasswordHasher.encode

    def counted(hasher, password, salt):
        hashed.append(password)
        return original(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for email in ("casey@example.com", "nobody@example.com"):
        hashed.clear()
        web.post("/api/auth/login/", {"email": email, "password": "wrong"}, format="json")
        assert len(hashed) == 1


def test_the_address_may_be_written_in_any_case(web, casey):
    assert sign_in(web, "Casey@Example.COM")["user"]["email"] == "casey@example.com"


def test_signing_out_kills_the_access_and_the_refresh_token_at_once(web, casey):
    body = sign_in(web)
    assert web.post("/api/auth/logout/").status_code == 204
    assert web.get("/api/auth/me/").status_code == 401
    refused = APIClient().post("/api/auth/refresh/", {"refresh_token": body["refresh_token"]}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (401, "refresh-refused")
    assert Session.objects.get().end_reason == "signed_out"


def test_who_has_only_the_refresh_token_can_sign_out_with_it(web, casey):
    body = sign_in(web)
    response = APIClient().post("/api/auth/logout/", {"refresh_token": body["refresh_token"]}, format="json")
    assert response.status_code == 204
    assert web.get("/api/auth/me/").status_code == 401


def test_signing_out_without_any_token_is_refused(web, casey):
    sign_in(web)
    assert APIClient().post("/api/auth/logout/").status_code == 401
    assert web.get("/api/auth/me/").status_code == 200


def test_sign_in_is_throttled_with_retry_after(web, casey, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "sign-in": "3/min"}
    answers = [
        web.post("/api/auth/login/", {"email": "casey@example.com", "password": "x"}, format="json") for _ in range(4)
    ]
    assert [each.status_code for each in answers] == [401, 401, 401, 429]
    assert int(answers[-1]["Retry-After"]) > 0


# Refresh


def test_refresh_gives_a_new_pair_in_the_same_session(web, casey):
    first = sign_in(web)
    second = web.post("/api/auth/refresh/", {"refresh_token": first["refresh_token"]}, format="json").json()
    assert second["session_id"] == first["session_id"]
    assert second["refresh_token"] != first["refresh_token"]
    web.credentials(HTTP_AUTHORIZATION=f"Bearer {second['access_token']}")
    assert web.get("/api/auth/me/").status_code == 200
    assert first["refresh_token"] not in str(list(Session.objects.values()))
    assert second["refresh_token"] not in str(list(Session.objects.values()))


def test_a_refresh_token_that_comes_twice_ends_the_whole_family(web, casey):
    first = sign_in(web)
    second = web.post("/api/auth/refresh/", {"refresh_token": first["refresh_token"]}, format="json").json()
    elsewhere = sign_in(APIClient())
    a_while_later(seconds=11)
    thief = web.post("/api/auth/refresh/", {"refresh_token": first["refresh_token"]}, format="json")
    assert thief.status_code == 401
    owner = web.post("/api/auth/refresh/", {"refresh_token": second["refresh_token"]}, format="json")
    assert owner.status_code == 401
    web.credentials(HTTP_AUTHORIZATION=f"Bearer {second['access_token']}")
    assert web.get("/api/auth/me/").status_code == 401
    assert Session.objects.get(pk=first["session_id"]).end_reason == "reuse_detected"
    assert StoredEvent.objects.filter(name="user.token_reuse_detected").count() == 1
    assert Session.objects.get(pk=elsewhere["session_id"]).revoked_at is None


def test_refresh_tokens_that_we_did_not_make_are_refused_and_end_nothing(web, casey):
    body = sign_in(web)
    session_hex = body["session_id"].replace("-", "")
    for forged in ("x", "..", f"{session_hex}.abc.def", body["refresh_token"][:-1] + "x", "ä.ö.ü"):
        response = web.post("/api/auth/refresh/", {"refresh_token": forged}, format="json")
        assert response.status_code in (400, 401)
    assert web.get("/api/auth/me/").status_code == 200


def test_an_expired_session_cannot_be_refreshed(web, casey, settings):
    settings.REFRESH_TOKEN_LIFETIME = timedelta(seconds=-1)
    body = sign_in(web)
    response = web.post("/api/auth/refresh/", {"refresh_token": body["refresh_token"]}, format="json")
    assert response.status_code == 401
    assert Session.objects.get().end_reason == ""


# The address


def test_the_code_from_the_letter_verifies_the_address_once(web, run_worker):
    ticket = web.post("/api/auth/register/", NEW, format="json").json()["ticket"]
    run_worker()
    code = code_in_last_letter()
    proof = {"ticket": ticket, "code": code}
    assert code not in str(list(OneTimeCode.objects.values()))
    assert web.post("/api/auth/verify-email/", proof, format="json").status_code == 200
    assert sign_in(web, NEW["email"], NEW["password"])["user"]["email_verified"] is True
    again = web.post("/api/auth/verify-email/", proof, format="json")
    assert (again.status_code, again.json()["code"]) == (400, "code-refused")


def test_five_wrong_codes_use_a_ticket_up_and_a_new_letter_helps(web, run_worker):
    ticket = web.post("/api/auth/register/", NEW, format="json").json()["ticket"]
    run_worker()
    code = code_in_last_letter()
    for _ in range(5):
        guess = web.post("/api/auth/verify-email/", {"ticket": ticket, "code": wrong(code)}, format="json")
        assert guess.status_code == 400
    late = web.post("/api/auth/verify-email/", {"ticket": ticket, "code": code}, format="json")
    assert late.status_code == 400
    assert not EmailAddress.objects.get().verified
    a_while_later(seconds=31)
    ticket = web.post("/api/auth/verify-email/resend/", {"email": NEW["email"]}, format="json").json()["ticket"]
    run_worker()
    proof = {"ticket": ticket, "code": code_in_last_letter()}
    assert web.post("/api/auth/verify-email/", proof, format="json").status_code == 200


def test_without_the_ticket_nobody_can_try_or_use_up_the_code(web, run_worker):
    ticket = web.post("/api/auth/register/", NEW, format="json").json()["ticket"]
    run_worker()
    code = code_in_last_letter()
    for _ in range(8):
        web.post("/api/auth/verify-email/", {"ticket": "guessed", "code": code}, format="json")
    proof = {"ticket": ticket, "code": code}
    assert web.post("/api/auth/verify-email/", proof, format="json").status_code == 200


def test_a_code_for_one_purpose_does_not_serve_another(web, run_worker):
    ticket = web.post("/api/auth/register/", NEW, format="json").json()["ticket"]
    run_worker()
    body = {"ticket": ticket, "code": code_in_last_letter(), "password": "another-tulip-71"}
    assert web.post("/api/auth/password-reset/confirm/", body, format="json").status_code == 400
    sign_in(web, NEW["email"], NEW["password"])


def test_an_expired_code_is_refused(web, run_worker):
    ticket = web.post("/api/auth/register/", NEW, format="json").json()["ticket"]
    run_worker()
    wish = OneTimeCode.objects.get()
    OneTimeCode.objects.update(expires_at=wish.created_at)
    proof = {"ticket": ticket, "code": code_in_last_letter()}
    assert web.post("/api/auth/verify-email/", proof, format="json").status_code == 400
    assert not EmailAddress.objects.get().verified


def test_the_wait_between_letters_grows_and_is_the_same_for_an_unknown_address(web, run_worker):
    web.post("/api/auth/register/", NEW, format="json")
    waits: dict[str, list[int]] = {NEW["email"]: [], "nobody@example.com": []}
    for email, told in waits.items():
        if email != NEW["email"]:
            web.post("/api/auth/verify-email/resend/", {"email": email}, format="json")
        for seconds in (30, 60, 120, 240):
            early = web.post("/api/auth/verify-email/resend/", {"email": email}, format="json")
            assert (early.status_code, early.json()["code"]) == (429, "letter-too-soon")
            told.append(int(early["Retry-After"]))
            a_while_later(seconds=seconds + 1)
            assert web.post("/api/auth/verify-email/resend/", {"email": email}, format="json").status_code == 202
        late = web.post("/api/auth/verify-email/resend/", {"email": email}, format="json")
        assert late.status_code == 429
        told.append(int(late["Retry-After"]) // 60)
    assert waits[NEW["email"]] == waits["nobody@example.com"]
    assert waits[NEW["email"]][:4] == pytest.approx([30, 60, 120, 240], abs=2)
    run_worker()
    assert len(mail.outbox) == 5


def test_where_the_operator_wants_it_an_unverified_address_cannot_sign_in(web, settings, run_worker):
    settings.REQUIRE_VERIFIED_EMAIL = True
    web.post("/api/auth/register/", NEW, format="json")
    login = {"email": NEW["email"], "password": NEW["password"]}
    refused = web.post("/api/auth/login/", login, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "email-not-verified")
    assert not Session.objects.exists()
    run_worker()
    proof = {"ticket": refused.json()["ticket"], "code": code_in_last_letter()}
    assert web.post("/api/auth/verify-email/", proof, format="json").status_code == 200
    assert web.post("/api/auth/login/", login, format="json").status_code == 200


# A forgotten password


def test_a_new_password_signs_every_device_out_at_once(web, casey, run_worker):
    sign_in(web)
    other = APIClient()
    ticket = other.post("/api/auth/password-reset/", {"email": "casey@example.com"}, format="json").json()["ticket"]
    run_worker()
    body = {"ticket": ticket, "code": code_in_last_letter(), "password": "orchid-bucket-55"}
    assert other.post("/api/auth/password-reset/confirm/", body, format="json").status_code == 200
    assert web.get("/api/auth/me/").status_code == 401
    old = other.post("/api/auth/login/", {"email": "casey@example.com", "password": PASSWORD}, format="json")
    assert old.status_code == 401
    sign_in(other, password="orchid-bucket-55")
    assert StoredEvent.objects.filter(name="user.password_reset").exists()


def test_asking_for_an_unknown_address_does_the_same_and_sends_nothing(
    web, casey, run_worker, django_assert_num_queries
):
    shapes = []
    for email in ("casey@example.com", "nobody@example.com"):
        with django_assert_num_queries(6):
            response = web.post("/api/auth/password-reset/", {"email": email}, format="json")
        shapes.append((response.status_code, response.json()["detail"], len(response.json()["ticket"])))
    assert shapes[0] == shapes[1]
    run_worker()
    assert [letter.to for letter in mail.outbox] == [["casey@example.com"]]


def test_a_weak_new_password_is_refused_and_the_code_stays_good(web, casey, run_worker):
    ticket = web.post("/api/auth/password-reset/", {"email": "casey@example.com"}, format="json").json()["ticket"]
    run_worker()
    body = {"ticket": ticket, "code": code_in_last_letter(), "password": "12345678"}
    refused = web.post("/api/auth/password-reset/confirm/", body, format="json")
    assert refused.json()["errors"][0]["pointer"] == "/password"
    sign_in(APIClient())
    body["password"] = "orchid-bucket-55"
    assert web.post("/api/auth/password-reset/confirm/", body, format="json").status_code == 200


# The account


def test_a_customer_can_become_a_contractor_too_but_not_stop_being_a_customer(client_for, casey):
    client = client_for(casey)
    added = client.patch("/api/auth/me/", {"roles": ["customer", "contractor"]}, format="json")
    assert added.json()["roles"] == ["contractor", "customer"]
    lost = client.patch("/api/auth/me/", {"roles": ["contractor"]}, format="json")
    assert (lost.status_code, lost.json()["errors"][0]["code"]) == (400, "role-kept")
    assert client.get("/api/auth/me/").json()["roles"] == ["contractor", "customer"]


@pytest.mark.parametrize("roles", [["customer", "admin"], ["king"], []])
def test_nobody_takes_a_role_that_is_not_for_the_taking(client_for, casey, roles):
    client = client_for(casey)
    assert client.patch("/api/auth/me/", {"roles": roles}, format="json").status_code == 400
    assert client.get("/api/auth/me/").json()["roles"] == ["customer"]


def test_name_and_phone_can_be_changed_and_the_address_cannot(client_for, casey):
    client = client_for(casey)
    changed = client.patch("/api/auth/me/", {"name": "Casey C.", "phone": "+1 555 0100"}, format="json")
    assert (changed.json()["name"], changed.json()["phone"]) == ("Casey C.", "+1 555 0100")
    assert client.patch("/api/auth/me/", {"email": "x@example.com"}, format="json").status_code == 400
    assert client.get("/api/auth/me/").json()["email"] == "casey@example.com"


def test_a_name_stays_on_one_line(client_for, casey):
    changed = client_for(casey).patch("/api/auth/me/", {"name": "Casey\r\nBcc:\t x"}, format="json")
    assert changed.json()["name"] == "Casey Bcc: x"


def test_closing_the_account_needs_the_password_and_ends_everything(web, casey):
    sign_in(web)
    other = APIClient()
    sign_in(other)
    refused = web.delete("/api/auth/me/", {"password": "wrong"}, format="json")
    assert refused.status_code == 400
    assert other.get("/api/auth/me/").status_code == 200
    assert web.delete("/api/auth/me/", {"password": PASSWORD}, format="json").status_code == 204
    assert web.get("/api/auth/me/").status_code == other.get("/api/auth/me/").status_code == 401
    again = web.post("/api/auth/login/", {"email": "casey@example.com", "password": PASSWORD}, format="json")
    assert (again.status_code, again.json()["code"]) == (403, "account-closed")
    assert User.objects.get(pk=casey.id).deactivated_at


def test_the_only_administrator_cannot_leave(client_for, ada):
    client = client_for(ada)
    assert client.delete("/api/auth/me/", {"password": PASSWORD}, format="json").status_code == 403
    assert client.get("/api/auth/me/").status_code == 200


# Sessions


def test_one_sees_ones_sessions_and_can_end_one(web, casey):
    here = sign_in(web)
    there = APIClient(HTTP_USER_AGENT="Phone")
    gone = sign_in(there)
    rows = web.get("/api/auth/sessions/").json()["results"]
    assert {(row["user_agent"], row["current"]) for row in rows} == {("Firefox on a laptop", True), ("Phone", False)}
    assert rows[0]["address"] == "127.0.0.1"
    assert web.delete(f"/api/auth/sessions/{gone['session_id']}/").status_code == 204
    assert there.get("/api/auth/me/").status_code == 401
    assert [row["id"] for row in web.get("/api/auth/sessions/").json()["results"]] == [here["session_id"]]


def test_a_stranger_cannot_end_my_session_nor_learn_that_it_exists(web, casey, client_for, omar):
    mine = sign_in(web)["session_id"]
    assert client_for(omar).delete(f"/api/auth/sessions/{mine}/").status_code == 404
    assert web.get("/api/auth/me/").status_code == 200


@pytest.mark.parametrize("path", ["/api/auth/me/", "/api/auth/sessions/"])
def test_a_visitor_is_asked_to_sign_in(web, path):
    response = web.get(path)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_query_counts_of_reading_are_pinned(client_for, casey, django_assert_num_queries):
    client = client_for(casey)
    for path in ("/api/auth/me/", "/api/auth/sessions/"):
        with django_assert_num_queries(2):
            assert client.get(path).status_code == 200


def test_a_proxy_header_does_not_change_whose_address_is_counted(web, casey, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "sign-in": "2/min"}
    answers = [
        web.post(
            "/api/auth/login/",
            {"email": "casey@example.com", "password": "x"},
            format="json",
            HTTP_X_FORWARDED_FOR=f"10.0.0.{number}",
        ).status_code
        for number in range(3)
    ]
    assert answers == [401, 401, 429]
