"""Consent, a new address, closing and coming back (issue 4, 2)."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from rest_framework.test import APIClient

from jobsphere.accounts.models import Closure, Consent, EmailChange
from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import savepoint
from jobsphere.kit import clock
from jobsphere.users.models import Session, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

OLD, NEW = "casey@example.com", "casey@new.example"


def login(email=OLD):
    return APIClient().post("/api/auth/login/", {"email": email, "password": PASSWORD}, format="json")


def letter_to(address: str):
    return next(letter for letter in reversed(mail.outbox) if letter.to == [address])


def code_to(address: str) -> str:
    found = re.search(r"^\d{6}$", letter_to(address).body, re.M)
    assert found
    return found[0]


def begin(client, run_worker, email=NEW):
    answer = client.post("/api/account/email/", {"email": email, "password": PASSWORD}, format="json")
    run_worker()
    return answer


def confirm(client, code: str):
    return client.post("/api/account/email/confirm/", {"code": code}, format="json")


# A new address


def test_the_address_changes_when_both_have_answered_and_every_session_ends(client_for, casey, run_worker):
    client = client_for(casey)
    assert begin(client, run_worker).status_code == 202
    assert confirm(client, code_to(OLD)).json() == {"changed": False}
    assert client.get("/api/account/").json()["email_change"]["old_confirmed"] is True
    assert User.objects.get(pk=casey.id).email == OLD
    assert confirm(client, code_to(NEW)).json() == {"changed": True}
    assert client.get("/api/account/").status_code == 401
    assert (login(OLD).status_code, login(NEW).status_code) == (401, 200)
    assert AuditEntry.objects.filter(verb="email.change", target_id=casey.id).count() == 1


def test_the_reader_of_the_old_address_stops_it_without_signing_in(client_for, casey, run_worker):
    client = client_for(casey)
    begin(client, run_worker)
    found = re.search(r"token=(\S+)", letter_to(OLD).body)
    assert found
    stop = {"token": found[1]}
    assert APIClient().post("/api/account/email/cancel/", stop, format="json").status_code == 204
    assert APIClient().post("/api/account/email/cancel/", stop, format="json").status_code == 404
    for address in (OLD, NEW):
        assert confirm(client, code_to(address)).status_code == 400
    assert User.objects.get(pk=casey.id).email == OLD


def test_an_address_that_is_taken_is_told_to_its_owner_alone(client_for, casey, pat, run_worker):
    client = client_for(casey)
    free = begin(client, run_worker)
    taken = begin(client, run_worker, "pat@example.com")
    assert (taken.status_code, taken.json().keys()) == (free.status_code, free.json().keys())
    assert "belongs to an account already" in letter_to("pat@example.com").body
    assert confirm(client, code_to(OLD)).json() == {"changed": False}
    assert User.objects.get(pk=pat.id).email == "pat@example.com"


def test_ten_guesses_and_the_change_is_over(client_for, casey, run_worker):
    client = client_for(casey)
    begin(client, run_worker)
    right = code_to(OLD)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(10):
        assert confirm(client, wrong).json()["code"] == "email-change-refused"
    assert confirm(client, right).status_code == 400
    assert EmailChange.objects.get().old_confirmed_at is None


def test_without_the_password_nothing_begins(client_for, casey, run_worker):
    body = {"email": NEW, "password": "wrong"}
    assert client_for(casey).post("/api/account/email/", body, format="json").status_code == 400
    run_worker()
    assert not EmailChange.objects.exists()
    assert not mail.outbox


def test_codes_rest_as_hashes_only(client_for, casey, run_worker):
    begin(client_for(casey), run_worker)
    row = EmailChange.objects.values().get()
    assert code_to(OLD) not in str(row)
    assert code_to(NEW) not in str(row)


# Closing and coming back


def test_a_closed_account_can_be_opened_again_with_the_password(client_for, casey, run_worker):
    client = client_for(casey)
    closed = client.post("/api/account/deactivate/", {"password": PASSWORD}, format="json")
    assert closed.status_code == 200
    assert client.get("/api/account/").status_code == 401
    assert login().status_code in (401, 403)
    wrong = APIClient().post("/api/account/recover/", {"email": OLD, "password": "wrong"}, format="json")
    assert wrong.status_code == 401
    back = APIClient().post("/api/account/recover/", {"email": OLD, "password": PASSWORD}, format="json")
    assert back.status_code == 204
    assert login().status_code == 200
    run_worker()
    assert [letter.subject for letter in mail.outbox] == [
        "Your JobSphere account is closed",
        "Welcome back to JobSphere",
    ]


def test_a_deletion_can_be_taken_back_within_the_grace_period(client_for, casey):
    client_for(casey).post("/api/account/delete/", {"password": PASSWORD}, format="json")
    body = {"email": OLD, "password": PASSWORD}
    assert APIClient().post("/api/account/recover/", body, format="json").status_code == 204
    assert Closure.objects.get().status == "recovered"
    assert User.objects.get(pk=casey.id).name == "Casey Customer"


def test_after_half_a_year_only_support_can_open_it(client_for, casey):
    client_for(casey).post("/api/account/deactivate/", {"password": PASSWORD}, format="json")
    with clock.travel(timedelta(days=181)):
        body = {"email": OLD, "password": PASSWORD}
        assert APIClient().post("/api/account/recover/", body, format="json").status_code == 404
    assert not User.objects.get(pk=casey.id).is_active


def test_who_was_closed_by_staff_cannot_open_it(client_for, casey, ada):
    client_for(ada).post(f"/api/admin/users/{casey.id}/deactivate/", {"reason": "Fraud."}, format="json")
    body = {"email": OLD, "password": PASSWORD}
    assert APIClient().post("/api/account/recover/", body, format="json").status_code == 404
    assert not User.objects.get(pk=casey.id).is_active


@pytest.mark.parametrize("what", ["deactivate", "delete"])
def test_closing_needs_the_password(client_for, casey, what):
    client = client_for(casey)
    assert client.post(f"/api/account/{what}/", {"password": "wrong"}, format="json").status_code == 400
    assert client.get("/api/account/").status_code == 200
    assert not Closure.objects.exists()
    assert Session.objects.filter(user_id=casey.id, revoked_at=None).exists()


# Consent


def test_every_word_of_consent_is_kept(client_for, casey):
    client = client_for(casey)
    for given in (True, False):
        body = {"kind": "marketing", "version": "2026-11", "given": given, "source": "sign-up"}
        answer = client.post("/api/account/consents/", body, format="json")
        assert answer.status_code == 201
    [now] = client.get("/api/account/consents/").json()["results"]
    assert (now["kind"], now["given"]) == ("marketing", False)
    assert list(Consent.objects.order_by("pk").values_list("given", flat=True)) == [True, False]
    for change in (lambda: Consent.objects.update(given=True), lambda: Consent.objects.all().delete()):
        with pytest.raises(IntegrityError), savepoint_or_none():
            change()


def savepoint_or_none():
    from django.db import connection, transaction

    return savepoint() if connection.in_atomic_block else transaction.atomic()


def test_the_terms_cannot_be_taken_back(client_for, casey):
    body = {"kind": "terms", "version": "1", "given": False}
    assert client_for(casey).post("/api/account/consents/", body, format="json").status_code == 409
    assert not Consent.objects.exists()


def test_a_stranger_finds_nothing(client_for, casey, omar, run_worker):
    mine = client_for(casey)
    mine.post("/api/account/exports/")
    run_worker()
    url = mine.get("/api/account/exports/").json()["results"][0]["url"]
    assert client_for(omar).get(url).status_code == 404
    assert APIClient().get(url).status_code == 401


def test_query_counts_are_pinned(client_for, casey, django_assert_num_queries):
    client = client_for(casey)
    with django_assert_num_queries(2):
        client.get("/api/account/consents/")
    with django_assert_num_queries(2):
        client.get("/api/account/exports/")
