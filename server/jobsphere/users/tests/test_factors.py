"""Second factors: the authenticator app, recovery codes, passkeys; and step-up (R14)."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection

from jobsphere.audit.models import AuditEntry
from jobsphere.outbox.models import StoredEvent
from jobsphere.users import services, totp
from jobsphere.users.errors import StepExpired
from jobsphere.users.models import Authenticator, Passkey, RecoveryCode, Session, SignInStep
from jobsphere.users.tests.people import (
    CASEY,
    SoftwareKey,
    adds_passkey,
    digits,
    later,
    phone,
    post,
    sets_up_totp,
    signs_in,
    wrong,
)
from jobsphere.users.tests.test_services import at_once
from jobsphere.users.types import Proof, TokenPair
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mine(casey):
    """Casey's phone, signed in."""
    client = phone()
    signs_in(client)
    return client


def ticket_of(client, **changes) -> str:
    """Give the password, and return the ticket of the next step."""
    answer = post(client, "login", {**CASEY, **changes})
    assert (answer.status_code, answer.json()["code"]) == (401, "mfa-required"), answer.json()
    return str(answer.json()["ticket"])


# The authenticator app


@pytest.mark.parametrize(
    "seconds,code",
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_digits_are_those_of_rfc_6238(seconds, code):
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    moment = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(secret, totp.step_at(moment)) == code
    assert totp.matching_step(secret, code, moment) == seconds // 30
    assert totp.matching_step(secret, code, datetime.fromtimestamp(seconds + 90, UTC)) is None


def test_an_authenticator_app_is_set_up_by_qr_code_and_then_asked_for(mine, run_worker):
    begun = post(mine, "mfa/totp").json()
    assert begun["qr_svg"].startswith("<?xml") or begun["qr_svg"].startswith("<svg")
    assert begun["otpauth_uri"] == (
        f"otpauth://totp/JobSphere:casey@example.com?secret={begun['secret']}&issuer=JobSphere"
    )
    assert post(phone(), "login", CASEY).status_code == 200  # not in force before it was confirmed
    refused = post(mine, "mfa/totp/confirm", {"code": wrong(digits(begun["secret"]))})
    assert (refused.status_code, refused.json()["code"]) == (400, "proof-refused")
    confirmed = post(mine, "mfa/totp/confirm", {"code": digits(begun["secret"])})
    assert len(set(confirmed.json()["recovery_codes"])) == 10
    shown = mine.get("/api/auth/mfa/").json()
    assert (shown["enabled"], shown["totp"], shown["recovery_codes_left"]) == (True, True, 10)
    first = post(mine, "login", CASEY)
    assert first.json()["methods"] == ["totp", "recovery_code"]
    assert "access_token" not in first.json()
    run_worker()
    assert "authenticator app now protects" in mail.outbox[-1].body
    assert StoredEvent.objects.filter(name="user.factors_changed").count() == 1


def test_the_secret_rests_sealed(mine):
    secret, codes = sets_up_totp(mine)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM users_authenticator")
        kept = cursor.fetchone()[0]
    assert secret not in kept
    assert Authenticator.objects.get().secret == secret
    rows = str(list(RecoveryCode.objects.values()))
    assert not [code for code in codes if code in rows]


def test_the_right_digits_open_a_session_once(mine, run_worker):
    secret, _ = sets_up_totp(mine)
    code = digits(secret)
    first = ticket_of(mine)
    done = post(mine, "mfa/verify", {"ticket": first, "code": code})
    assert done.status_code == 200
    assert done.json()["user"]["email"] == "casey@example.com"
    assert Session.objects.order_by("-pk")[0].method == "totp"
    again = post(mine, "mfa/verify", {"ticket": first, "code": digits(secret, shift=1)})
    assert (again.status_code, again.json()["code"]) == (400, "step-expired")
    # Whoever looked over the shoulder comes too late, with the same and with older digits.
    for old in (code, digits(secret, shift=-1)):
        late = post(mine, "mfa/verify", {"ticket": ticket_of(mine), "code": old})
        assert (late.status_code, late.json()["code"]) == (400, "proof-refused")
    assert Session.objects.count() == 2
    assert AuditEntry.objects.filter(verb="mfa.reused").count() == 2
    run_worker()
    assert "came a second time" in mail.outbox[-1].body


def test_a_ticket_takes_five_tries_ten_minutes_and_one_person(mine, pat):
    secret, _ = sets_up_totp(mine)
    ticket = ticket_of(mine)
    for _ in range(5):
        assert post(mine, "mfa/verify", {"ticket": ticket, "code": wrong(digits(secret))}).status_code == 400
    assert post(mine, "mfa/verify", {"ticket": ticket, "code": digits(secret)}).json()["code"] == "step-expired"
    ticket = ticket_of(mine)
    later(minutes=11)
    assert post(mine, "mfa/verify", {"ticket": ticket, "code": digits(secret)}).json()["code"] == "step-expired"
    of_pat = phone()
    signs_in(of_pat, email="pat@example.com")
    secret_of_pat, _ = sets_up_totp(of_pat)
    Authenticator.objects.update(last_step=0)
    stolen = post(mine, "mfa/verify", {"ticket": ticket_of(mine), "code": digits(secret_of_pat)})
    assert stolen.status_code == 400
    assert Session.objects.count() == 2


def test_of_parallel_uses_of_one_code_exactly_one_opens_a_session(mine):
    secret, recovery_codes = sets_up_totp(mine)
    before = Session.objects.count()
    code = digits(secret)
    tickets = iter([ticket_of(mine) for _ in range(3)])

    def use():
        return services.verify_second_factor(ticket=next(tickets), proof=Proof(code=code))

    assert sum(isinstance(each, TokenPair) for each in at_once(use, 3)) == 1
    one = ticket_of(mine)
    outcomes = at_once(
        lambda: services.verify_second_factor(ticket=one, proof=Proof(recovery_code=recovery_codes[0])), 3
    )
    assert sum(isinstance(each, TokenPair) for each in outcomes) == 1
    assert Session.objects.count() == before + 2


def test_a_recovery_code_works_once_and_its_owner_is_told(mine, run_worker):
    _, codes = sets_up_totp(mine)
    spoken = codes[0].upper().replace("-", " ")
    assert post(mine, "mfa/verify", {"ticket": ticket_of(mine), "recovery_code": spoken}).status_code == 200
    assert post(mine, "mfa/verify", {"ticket": ticket_of(mine), "recovery_code": codes[0]}).status_code == 400
    assert mine.get("/api/auth/mfa/").json()["recovery_codes_left"] == 9
    run_worker()
    assert "recovery codes was used" in mail.outbox[-1].body
    fresh = post(mine, "mfa/recovery-codes").json()["recovery_codes"]
    assert not set(fresh) & set(codes)
    assert post(mine, "mfa/verify", {"ticket": ticket_of(mine), "recovery_code": codes[1]}).status_code == 400
    assert post(mine, "mfa/verify", {"ticket": ticket_of(mine), "recovery_code": fresh[0]}).status_code == 200


def test_removing_the_last_factor_removes_its_recovery_codes(mine):
    sets_up_totp(mine)
    assert mine.delete("/api/auth/mfa/totp/").status_code == 204
    assert not RecoveryCode.objects.exists()
    assert post(mine, "login", CASEY).status_code == 200
    assert mine.delete("/api/auth/mfa/totp/").status_code == 404
    assert post(mine, "mfa/recovery-codes").status_code == 409


@pytest.mark.parametrize("body", [{}, {"code": "12345"}, {"code": "123456", "recovery_code": "x"}, {"credential": []}])
def test_one_proof_is_asked_for(mine, body):
    sets_up_totp(mine)
    assert post(mine, "mfa/verify", {"ticket": ticket_of(mine), **body}).status_code == 400
    assert Session.objects.count() == 1


# Passkeys


def test_a_passkey_signs_in_alone_and_counts_as_two_factors(mine, run_worker):
    key = SoftwareKey()
    made = adds_passkey(mine, key, "My laptop")
    assert made.status_code == 201
    assert len(made.json()["recovery_codes"]) == 10
    assert [row["name"] for row in mine.get("/api/auth/mfa/passkeys/").json()["results"]] == ["My laptop"]
    begun = post(phone(), "passkey/options").json()
    assert begun["options"]["userVerification"] == "required"
    assert not begun["options"].get("allowCredentials")  # it says nothing about anybody
    done = post(phone(), "passkey", {"ticket": begun["ticket"], "credential": key.signs(begun["options"])})
    assert done.status_code == 200
    assert done.json()["user"]["email"] == "casey@example.com"
    assert Session.objects.order_by("-pk")[0].method == "passkey"
    run_worker()
    assert [letter.subject for letter in mail.outbox].count("Your JobSphere account was changed") == 1


def test_a_passkey_is_a_second_step_after_the_password(mine):
    key = SoftwareKey(user_verified=False)
    adds_passkey(mine, key)
    answer = post(mine, "login", CASEY)
    assert answer.json()["methods"] == ["passkey", "recovery_code"]
    ticket = answer.json()["ticket"]
    options = post(mine, "mfa/verify/passkey/options", {"ticket": ticket}).json()["options"]
    assert [each["id"] for each in options["allowCredentials"]] == [Passkey.objects.get().credential_id]
    done = post(mine, "mfa/verify", {"ticket": ticket, "credential": key.signs(options)})
    assert done.status_code == 200


@pytest.mark.parametrize("trouble", ["challenge", "origin", "key", "unverified", "replay", "copied", "nonsense"])
def test_a_passkey_that_does_not_hold_opens_nothing(mine, trouble):
    key = SoftwareKey()
    adds_passkey(mine, key)
    begun = post(phone(), "passkey/options").json()
    good = key.signs(begun["options"])
    if trouble == "challenge":
        answer = key.signs(begun["options"], challenge=post(phone(), "passkey/options").json()["options"]["challenge"])
    elif trouble == "origin":
        key.origin = "https://jobsphere.example.evil"
        answer = key.signs(begun["options"])
    elif trouble == "key":
        other = SoftwareKey()
        other.credential_id = key.credential_id
        answer = other.signs(begun["options"])
    elif trouble == "unverified":
        key.user_verified = False
        answer = key.signs(begun["options"])
    elif trouble == "replay":
        assert post(phone(), "passkey", {"ticket": begun["ticket"], "credential": good}).status_code == 200
        Session.objects.order_by("-pk")[0].delete()
        answer = good
    elif trouble == "copied":
        Passkey.objects.update(sign_count=99)
        answer = good
    else:
        answer = {"id": "x", "response": {"signature": 5}}
    refused = post(phone(), "passkey", {"ticket": begun["ticket"], "credential": answer})
    assert refused.status_code == 400
    assert refused.json()["code"] in ("proof-refused", "step-expired")
    assert Session.objects.count() == 1


@pytest.mark.parametrize("trouble", ["origin", "challenge", "twice", "another's ticket"])
def test_a_passkey_is_not_kept_when_its_making_does_not_hold(mine, pat, trouble):
    key = SoftwareKey(origin="https://evil.example" if trouble == "origin" else "")
    begun = post(mine, "mfa/passkeys/options").json()
    body = {"ticket": begun["ticket"], "credential": key.makes(begun["options"])}
    client = mine
    if trouble == "challenge":
        body["ticket"] = post(mine, "mfa/passkeys/options").json()["ticket"]
    if trouble == "twice":
        assert post(mine, "mfa/passkeys", body).status_code == 201
    if trouble == "another's ticket":
        client = phone()
        signs_in(client, email="pat@example.com")
    before = Passkey.objects.count()
    assert post(client, "mfa/passkeys", body).status_code == 400
    assert Passkey.objects.count() == before


def test_nobody_touches_anothers_passkey(mine, pat):
    adds_passkey(mine, SoftwareKey())
    of_pat = phone()
    signs_in(of_pat, email="pat@example.com")
    address = f"/api/auth/mfa/passkeys/{Passkey.objects.get().id}/"
    assert of_pat.patch(address, {"name": "Mine"}, format="json").status_code == 404
    assert of_pat.delete(address).status_code == 404
    assert Passkey.objects.get().name == "Laptop"
    assert mine.patch(address, {"name": "Mine"}, format="json").status_code == 204
    assert Passkey.objects.get().name == "Mine"
    assert mine.delete(address).status_code == 204
    assert post(mine, "login", CASEY).status_code == 200


# Step-up


SENSITIVE = [
    ("post", "/api/auth/mfa/totp/"),
    ("delete", "/api/auth/mfa/totp/"),
    ("post", "/api/auth/mfa/recovery-codes/"),
    ("post", "/api/auth/mfa/passkeys/options/"),
    ("post", "/api/auth/mfa/passkeys/"),
    ("delete", "/api/auth/social/google/link/"),
    ("post", "/api/payouts/connect"),
    ("post", "/api/payouts/withdraw"),
]


@pytest.mark.parametrize(("method", "path"), SENSITIVE, ids=str)
def test_what_cannot_be_taken_back_asks_for_a_recent_proof_and_changes_nothing(mine, method, path, rows_now):
    later(minutes=16)
    before = rows_now()
    refused = getattr(mine, method)(path, {}, format="json", headers={"Idempotency-Key": "k-123456789"})
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (403, "reauthentication-required")
    assert problem["reauthenticate_url"] == "/api/auth/reauthenticate/"
    assert rows_now() == before
    assert post(mine, "reauthenticate", {"password": PASSWORD}).status_code == 200
    after = getattr(mine, method)(path, {}, format="json", headers={"Idempotency-Key": "k-123456789"})
    assert after.json().get("code") != "reauthentication-required" if after.content else True


@pytest.fixture
def rows_now():
    """Return a function that counts what a refusal must not add."""
    return lambda: [
        table.objects.count() for table in (AuditEntry, StoredEvent, Authenticator, Passkey, RecoveryCode, SignInStep)
    ]


def test_a_wrong_password_confirms_nothing_and_five_are_enough_without_harm_to_other_sessions(mine):
    other = phone()
    signs_in(other)
    later(minutes=16)
    for _ in range(5):
        refused = post(mine, "reauthenticate", {"password": "wrong"})
        assert (refused.status_code, refused.json()["code"]) == (400, "proof-refused")
    blocked = post(mine, "reauthenticate", {"password": PASSWORD})
    assert (blocked.status_code, blocked.json()["code"]) == (429, "too-many-attempts")
    assert post(mine, "mfa/totp").status_code == 403
    assert post(other, "reauthenticate", {"password": PASSWORD}).status_code == 200
    assert post(other, "mfa/totp").status_code == 200


def test_who_has_a_second_factor_confirms_with_it_and_not_with_the_password_alone(mine):
    secret, _ = sets_up_totp(mine)
    later(minutes=16)
    assert mine.get("/api/auth/reauthenticate/").json()["methods"] == ["totp", "recovery_code"]
    assert post(mine, "reauthenticate", {"password": PASSWORD}).status_code == 400
    assert mine.delete("/api/auth/mfa/totp/").status_code == 403
    assert Authenticator.objects.exists()
    until = post(mine, "reauthenticate", {"code": digits(secret)})
    assert until.status_code == 200, until.json()
    assert mine.delete("/api/auth/mfa/totp/").status_code == 204


def test_a_passkey_confirms_too(mine):
    key = SoftwareKey()
    adds_passkey(mine, key)
    later(minutes=16)
    begun = post(mine, "reauthenticate/passkey/options").json()
    body = {"ticket": begun["ticket"], "credential": key.signs(begun["options"])}
    assert post(mine, "reauthenticate", body).status_code == 200
    assert post(mine, "reauthenticate", body).status_code == 400
    assert post(mine, "mfa/passkeys/options").status_code == 200


def test_moving_the_marketplaces_clock_asks_nobody_again(mine):
    from datetime import timedelta

    from jobsphere.kit import clock

    with clock.travel(timedelta(days=3)):
        assert post(mine, "mfa/totp").status_code == 200


def test_a_step_of_nobody_opens_nothing(mine):
    refused = services.steps.expired()
    assert isinstance(refused, StepExpired)
    assert post(mine, "mfa/verify", {"ticket": "guessed", "code": "000000"}).json()["code"] == "step-expired"
    assert post(mine, "mfa/verify/passkey/options", {"ticket": "guessed"}).json()["code"] == "step-expired"
