"""Sign-in with Google and Facebook, against a provider that listens on a real port and signs with real keys (R7)."""

import pytest
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail

from jobsphere.users.models import Passkey, Session, SocialLogin, User
from jobsphere.users.tests.people import (
    CASEY,
    SoftwareKey,
    adds_passkey,
    browser,
    code_in_last_letter,
    digits,
    later,
    phone,
    post,
    sets_up_totp,
    signs_in,
    wrong,
)
from jobsphere.users.tests.provider import CLIENT_ID, CLIENT_SECRET, Provider, Visitor
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

NIA = Visitor(sub="2001", email="nia@example.com", name="Nia New")


@pytest.fixture
def google(settings):
    """Google, as far as we can tell."""
    provider = Provider()
    settings.SOCIAL_PROVIDERS = {
        name: {"title": name.title(), "client_id": "", "client_secret": "", "issuer": provider.issuer}
        for name in ("google", "facebook")
    }
    settings.SOCIAL_PROVIDERS["google"].update(client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
    yield provider
    provider.close()


def comes_back(client, provider, body=None, *, path="social/google", **changes):
    """Go to the provider, say yes, come back; returns our answer."""
    begun = post(client, path, body)
    assert begun.status_code == 200, begun.json()
    back = provider.consent(begun.json()["authorization_url"])
    return post(client, "social/google/return", {"ticket": begun.json()["ticket"], **back, **changes})


def test_without_an_id_there_is_no_such_way_to_sign_in(db):
    assert phone().get("/api/auth/social/").json() == {"results": []}
    for path in ("social/google", "social/google/return", "social/nobody"):
        assert post(phone(), path).status_code == 404


def test_only_what_is_set_up_is_shown(google):
    assert phone().get("/api/auth/social/").json() == {"results": [{"name": "google", "title": "Google"}]}
    assert post(phone(), "social/facebook").status_code == 404


def test_somebody_new_is_signed_up_with_a_proven_address_and_no_password(google):
    google.visitor = NIA
    client = browser()
    answer = comes_back(client, google, {"roles": ["customer"]})
    assert answer.status_code == 200, answer.json()
    me = answer.json()["user"]
    assert (me["name"], me["email"], me["email_verified"], me["roles"]) == (
        "Nia New", "nia@example.com", True, ["customer"],
    )  # fmt: skip
    nia = User.objects.get()
    assert not nia.has_usable_password()
    assert Session.objects.get().method == "social"
    # The second time the subject is known; the address may even have changed there.
    google.visitor = Visitor(sub="2001", email="other@example.com")
    assert comes_back(browser(), google).status_code == 200
    assert User.objects.get() == nia
    assert post(phone(), "login", {"email": "nia@example.com", "password": ""}).status_code == 400


def test_who_is_new_and_did_not_say_is_asked_for_a_role(google):
    google.visitor = NIA
    client = phone()
    asked = comes_back(client, google)
    assert (asked.status_code, asked.json()["code"], asked.json()["needs"]) == (409, "social-needs-more", ["role"])
    assert not User.objects.exists()
    done = post(client, "social/finish", {"ticket": asked.json()["ticket"], "roles": ["contractor"]})
    assert done.json()["user"]["roles"] == ["contractor"]
    assert post(client, "social/finish", {"ticket": asked.json()["ticket"], "roles": ["customer"]}).status_code == 400
    assert User.objects.count() == 1


def test_an_address_that_has_an_account_is_linked_only_after_proof(google, casey, run_worker):
    EmailAddress.objects.create(user_id=casey.id, email="casey@example.com", primary=True, verified=True)
    client = phone()
    asked = comes_back(client, google, {"roles": ["contractor"]})
    assert (asked.status_code, asked.json()["needs"]) == (409, ["code"])
    assert not SocialLogin.objects.exists()
    assert not Session.objects.exists()
    run_worker()
    ticket, code = asked.json()["ticket"], code_in_last_letter()
    assert post(client, "social/finish", {"ticket": ticket, "code": wrong(code)}).status_code == 400
    assert not SocialLogin.objects.exists()
    done = post(client, "social/finish", {"ticket": ticket, "code": code})
    assert done.json()["user"]["id"] == str(casey.id)
    assert done.json()["user"]["roles"] == ["customer"]
    assert comes_back(phone(), google).status_code == 200
    signs_in(phone())  # the password still works: the address was casey's own before


def test_who_proves_an_address_that_nobody_had_proven_takes_the_account_over_whole(google, casey, run_worker):
    EmailAddress.objects.create(user_id=casey.id, email="casey@example.com", primary=True, verified=False)
    squatter = phone()
    signs_in(squatter)
    adds_passkey(squatter, SoftwareKey())
    asked = comes_back(phone(), google)
    run_worker()
    done = post(phone(), "social/finish", {"ticket": asked.json()["ticket"], "code": code_in_last_letter()})
    assert done.status_code == 200, done.json()
    assert squatter.get("/api/auth/me/").status_code == 401
    assert post(squatter, "login", CASEY).status_code == 401
    assert not Passkey.objects.exists()
    assert done.json()["user"]["email_verified"] is True


def test_an_address_that_the_provider_does_not_vouch_for_is_proven_first_whether_it_is_known_or_not(
    google, casey, run_worker
):
    told = []
    for email in ("casey@example.com", "nobody@example.com"):
        google.visitor = Visitor(sub=email, email=email, email_verified=False)
        answer = comes_back(phone(), google, {"roles": ["customer"]})
        told.append((answer.status_code, {**answer.json(), "ticket": "", "request_id": ""}))
    assert told[0] == told[1]
    assert User.objects.count() == 1
    run_worker()
    assert sorted(letter.to for letter in mail.outbox) == [["casey@example.com"], ["nobody@example.com"]]
    letter = next(each for each in mail.outbox if each.to == ["nobody@example.com"])
    code = next(word for word in str(letter.body).split() if word.isdigit() and len(word) == 6)
    done = post(phone(), "social/finish", {"ticket": answer.json()["ticket"], "code": code})
    assert done.json()["user"]["email"] == "nobody@example.com"


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody else"},
        {"aud": [CLIENT_ID, "b"], "azp": "b"},
        {"iss": "https://evil.example"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
    ],
    ids=str,
)
def test_a_statement_that_does_not_hold_signs_nobody_in(google, casey, lies):
    google.visitor, google.lies = NIA, lies
    refused = comes_back(phone(), google, {"roles": ["customer"]})
    assert (refused.status_code, refused.json()["code"]) == (401, "social-refused")
    assert User.objects.count() == 1
    assert not Session.objects.exists()


@pytest.mark.parametrize("trouble", ["another key", "shared secret", "none", "unknown key"])
def test_a_signature_that_is_not_the_providers_signs_nobody_in(google, trouble):
    google.visitor = NIA
    if trouble == "another key":
        google.sign_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if trouble == "shared secret":
        google.algorithm, google.sign_with = "HS256", CLIENT_SECRET * 2
    if trouble == "none":
        google.algorithm, google.sign_with = "none", ""
    client = phone()
    begun = post(client, "social/google", {"roles": ["customer"]}).json()
    back = google.consent(begun["authorization_url"])
    if trouble == "unknown key":
        post(client, "social/google/return", {"ticket": begun["ticket"], **back, "state": "x"})
        real_keys, google.key_name = google.key_name, "key-2"
        google.get = lambda path, get=google.get: _renamed(get(path), real_keys)
    refused = post(client, "social/google/return", {"ticket": begun["ticket"], **back})
    assert refused.status_code == 401
    assert not User.objects.exists()


def _renamed(answer, name):
    status, body = answer
    return status, {**body, "keys": [{**each, "kid": name} for each in body["keys"]]} if "keys" in body else body


def test_new_keys_of_the_provider_are_fetched_when_they_are_first_seen(google):
    google.visitor = NIA
    assert comes_back(phone(), google, {"roles": ["customer"]}).status_code == 200
    google.key, google.key_name = rsa.generate_private_key(public_exponent=65537, key_size=2048), "key-2"
    assert comes_back(phone(), google).status_code == 200
    assert google.asked.count("/keys") == 2


@pytest.mark.parametrize("changes", [{"state": "guessed"}, {"code": "guessed"}, {"ticket": "guessed"}], ids=str)
def test_an_answer_for_another_browser_signs_nobody_in(google, changes):
    google.visitor = NIA
    refused = comes_back(phone(), google, {"roles": ["customer"]}, **changes)
    assert refused.status_code in (400, 401)
    assert not User.objects.exists()


def test_a_code_that_was_stolen_on_its_way_is_worth_nothing_in_another_browser(google):
    google.visitor = NIA
    mine = post(phone(), "social/google", {"roles": ["customer"]}).json()
    stolen = google.consent(mine["authorization_url"])
    thiefs = post(phone(), "social/google", {"roles": ["customer"]}).json()
    state = google.consent(thiefs["authorization_url"])["state"]
    body = {"ticket": thiefs["ticket"], "state": state, "code": stolen["code"]}
    assert post(phone(), "social/google/return", body).status_code == 401
    assert not User.objects.exists()


def test_a_step_is_over_after_one_use_and_ten_minutes(google):
    google.visitor = NIA
    client = phone()
    begun = post(client, "social/google", {"roles": ["customer"]}).json()
    back = {"ticket": begun["ticket"], **google.consent(begun["authorization_url"])}
    later(minutes=11)
    assert post(client, "social/google/return", back).json()["code"] == "step-expired"
    begun = post(client, "social/google", {"roles": ["customer"]}).json()
    back = {"ticket": begun["ticket"], **google.consent(begun["authorization_url"])}
    assert post(client, "social/google/return", back).status_code == 200
    assert post(client, "social/google/return", back).json()["code"] == "step-expired"
    assert Session.objects.count() == 1


def test_a_redirect_address_that_the_operator_did_not_allow_is_refused(google, settings):
    refused = post(phone(), "social/google", {"redirect_uri": "https://evil.example/"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/redirect_uri")
    settings.SOCIAL_REDIRECT_URIS = ["jobsphere://social"]
    google.visitor = NIA
    body = {"redirect_uri": "jobsphere://social", "roles": ["customer"]}
    assert comes_back(phone(), google, body).status_code == 200


def test_a_second_factor_is_asked_for_here_too(google, casey):
    client = phone()
    signs_in(client)
    secret, _ = sets_up_totp(client)
    assert comes_back(client, google, path="social/google/link").json()["code"] == "mfa-required"
    asked = comes_back(phone(), google)
    assert (asked.status_code, asked.json()["code"]) == (401, "mfa-required")
    done = post(phone(), "mfa/verify", {"ticket": asked.json()["ticket"], "code": digits(secret)})
    assert done.status_code == 200


def test_who_is_signed_in_links_and_unlinks(google, casey, pat, run_worker):
    client = phone()
    signs_in(client)
    google.visitor = Visitor(sub="77", email="casey.elsewhere@example.com")
    assert comes_back(client, google, path="social/google/link").status_code == 200
    (row,) = client.get("/api/auth/social/linked/").json()["results"]
    assert (row["provider"], row["email"]) == ("google", "casey.elsewhere@example.com")
    assert comes_back(phone(), google).json()["user"]["id"] == str(casey.id)
    # It cannot open a second account, nor can another finish what casey began.
    of_pat = phone()
    signs_in(of_pat, email="pat@example.com")
    assert comes_back(of_pat, google, path="social/google/link").status_code == 409
    begun = post(client, "social/google/link").json()
    back = {"ticket": begun["ticket"], **google.consent(begun["authorization_url"])}
    assert post(of_pat, "social/google/return", back).status_code == 400
    assert post(phone(), "social/google/return", back).status_code == 400
    assert SocialLogin.objects.count() == 1
    assert of_pat.delete("/api/auth/social/google/link/").status_code == 404
    assert client.delete("/api/auth/social/google/link/").status_code == 204
    assert not SocialLogin.objects.exists()


def test_the_only_way_in_is_not_taken_away(google):
    google.visitor = NIA
    client = phone()
    answer = comes_back(client, google, {"roles": ["customer"]})
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access_token']}")
    assert client.delete("/api/auth/social/google/link/").status_code == 409
    assert SocialLogin.objects.exists()
    assert adds_passkey(client, SoftwareKey()).status_code == 201
    assert client.delete("/api/auth/social/google/link/").status_code == 204


def test_a_provider_that_is_down_changes_nothing_and_says_try_again(google, casey):
    google.down = True
    answer = post(phone(), "social/google", {"roles": ["customer"]})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    google.down = False
    google.issuer, real = "https://evil.example", google.issuer
    assert post(phone(), "social/google").status_code == 503  # who says to be another than we know is not asked
    google.issuer = real
    signs_in(phone(), password=PASSWORD)


def test_a_closed_account_stays_closed(google, casey):
    client = phone()
    signs_in(client)
    comes_back(client, google, path="social/google/link")
    User.objects.filter(pk=casey.id).update(is_active=False)
    assert comes_back(phone(), google).status_code == 401
    assert not Session.objects.filter(user__is_active=True).exists()
