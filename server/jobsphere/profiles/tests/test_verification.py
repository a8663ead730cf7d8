"""Papers: handed in, decided, shown as badges, asked for before hiring, reminded of and ended (issue 4, 4)."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection

from jobsphere.audit.models import AuditEntry
from jobsphere.files.models import StoredFile
from jobsphere.kit import clock
from jobsphere.notifications.models import Notification
from jobsphere.profiles.models import Verification
from jobsphere.profiles.tasks import end_and_remind
from jobsphere.profiles.types import Badge, VerificationKind, VerificationStatus
from jobsphere.profiles.verification import rules
from jobsphere.users.models import User
from tests.cast import person
from tests.marketplace import make_profile

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = "PASS-4711-PAT"


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path) -> None:
    default = {"BACKEND": "jobsphere.files.stores.local.LocalStore", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def clerk(db):
    """Staff who look at papers, and may do nothing else."""
    actor = person("Vera Verifier")
    User.objects.filter(pk=actor.known_id()).update(rights=["verification"])
    return User.objects.get(pk=actor.known_id()).actor()


def upload(client, purpose="document") -> dict:
    page = io.BytesIO(b"%PDF-1.4 " + purpose.encode() + b"\n%%EOF")
    page.name = "paper.pdf"
    return client.post("/api/upload", {"file": page, "purpose": purpose}, format="multipart").json()


def paper(client, kind="identity", days=400, **changes) -> dict:
    return {
        "kind": kind,
        "number": NUMBER,
        "issuer": "Old Town",
        "expires_on": str(clock.now().date() + timedelta(days=days)),
        "file_ids": [upload(client)["id"]],
        **changes,
    }


def hand_in(client, **changes) -> dict:
    answer = client.post("/api/verifications/", paper(client, **changes), format="json")
    assert answer.status_code == 201, answer.json()
    return answer.json()


def decide(client, paper_id, what, reason="Looked at it."):
    body = None if what == "approve" else {"reason": reason}
    return client.post(f"/api/admin/verifications/{paper_id}/{what}/", body, format="json")


# Handing in


def test_a_paper_waits_for_staff_and_its_number_rests_sealed(client_for, pat):
    client = client_for(pat)
    mine = hand_in(client)
    assert (mine["status"], mine["number"], mine["allowed_actions"]) == ("submitted", NUMBER, ["withdraw"])
    assert [each["id"] for each in client.get("/api/verifications/").json()["results"]] == [mine["id"]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM profiles_verification")
        assert NUMBER not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    "change,pointer",
    [
        ({"file_ids": []}, "/file_ids"),
        ({"expires_on": None}, "/expires_on"),
        ({"expires_on": "2020-01-01"}, "/expires_on"),
        ({"kind": "charm"}, "/kind"),
        ({"status": "approved"}, "/status"),
    ],
)
def test_a_wrong_paper_names_the_field_and_leaves_nothing(client_for, pat, change, pointer):
    client = client_for(pat)
    answer = client.post("/api/verifications/", {**paper(client), **change}, format="json")
    assert answer.status_code == 400
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert not Verification.objects.exists()


def test_only_sealed_files_of_ones_own_are_taken(client_for, pat, sam):
    client = client_for(pat)
    open_file, sams = upload(client, "attachment")["id"], upload(client_for(sam))["id"]
    for file_id in (open_file, sams):
        answer = client.post("/api/verifications/", paper(client, file_ids=[file_id]), format="json")
        assert answer.json()["errors"][0]["pointer"] == "/file_ids/0"
    assert not Verification.objects.exists()


def test_a_customer_hands_nothing_in_and_a_stranger_sees_nothing(client_for, pat, casey, sam):
    assert client_for(casey).get("/api/verifications/").status_code == 403
    mine = hand_in(client_for(pat))
    rival = client_for(sam)
    assert rival.get(f"/api/verifications/{mine['id']}/").status_code == 404
    assert rival.post(f"/api/verifications/{mine['id']}/withdraw/").status_code == 404
    assert rival.get(mine["files"][0]["url"]).status_code == 404
    assert Verification.objects.get().status == "submitted"


def test_eight_papers_wait_at_most(client_for, pat):
    client = client_for(pat)
    for _ in range(rules.MAX_WAITING):
        hand_in(client, kind="qualification")
    assert client.post("/api/verifications/", paper(client), format="json").status_code == 409
    assert Verification.objects.count() == rules.MAX_WAITING


# Staff


def test_staff_read_the_pages_approve_and_the_badge_shows(taxonomy, client_for, pat, clerk, run_worker):
    make_profile(pat)
    client, staff = client_for(pat), client_for(clerk)
    mine = hand_in(client)
    [waiting] = staff.get("/api/admin/verifications/?status=submitted").json()["results"]
    assert (waiting["person_name"], waiting["number"]) == (pat.name, NUMBER)
    assert b"".join(staff.get(waiting["files"][0]["url"]).streaming_content).startswith(b"%PDF")
    assert decide(staff, mine["id"], "approve").json()["status"] == "approved"
    assert client.get(f"/api/contractors/{pat.id}/").json()["badges"] == ["identity_verified"]
    assert client.get("/api/contractors/").json()["results"][0]["badges"] == ["identity_verified"]
    assert AuditEntry.objects.get(verb="verification.approve").actor_id == clerk.id
    run_worker()
    assert Notification.objects.get(user_id=pat.id).title == "Your identity paper is approved"


def test_asked_again_the_contractor_answers_and_the_queue_has_it_back(client_for, pat, clerk, run_worker):
    client, staff = client_for(pat), client_for(clerk)
    mine = hand_in(client)
    assert decide(staff, mine["id"], "ask-again", "The photo is blurred.").json()["status"] == "more_needed"
    run_worker()
    assert Notification.objects.get(user_id=pat.id).body == "The photo is blurred."
    again = client.put(f"/api/verifications/{mine['id']}/", paper(client, number="NEW-1"), format="json").json()
    assert (again["status"], again["number"], len(again["files"])) == ("submitted", "NEW-1", 2)


def test_a_rejection_needs_a_reason_and_an_approval_can_be_taken_back(taxonomy, client_for, pat, clerk):
    make_profile(pat)
    staff = client_for(clerk)
    mine = hand_in(client_for(pat))
    assert decide(staff, mine["id"], "reject", "").status_code == 400
    assert Verification.objects.get().status == "submitted"
    decide(staff, mine["id"], "approve")
    assert decide(staff, mine["id"], "reject", "It was forged.").json()["status"] == "rejected"
    assert client_for(pat).get(f"/api/contractors/{pat.id}/").json()["badges"] == []
    assert decide(staff, mine["id"], "approve").status_code == 409


def test_nobody_decides_about_their_own_paper_or_without_the_right(client_for, pat, casey):
    mine = hand_in(client_for(pat))
    User.objects.filter(pk=pat.id).update(rights=["verification"])
    for actor in (pat, casey):
        assert decide(client_for(actor), mine["id"], "approve").status_code == 403
    assert Verification.objects.get().status == "submitted"


def test_a_paper_taken_back_loses_its_pages_and_number(client_for, pat, run_worker):
    client = client_for(pat)
    mine = hand_in(client)
    gone = client.post(f"/api/verifications/{mine['id']}/withdraw/").json()
    assert (gone["status"], gone["files"], gone["number"]) == ("withdrawn", [], "")
    assert client.get(mine["files"][0]["url"]).status_code == 404
    assert StoredFile.objects.get().deleted_at
    assert client.post(f"/api/verifications/{mine['id']}/withdraw/").status_code == 409


# What is asked for


@pytest.mark.parametrize("category", ["", "plumbers", "home-repair"])
def test_what_is_asked_for_in_all_or_in_the_group_counts_too(taxonomy, client_for, clerk, pat, category):
    from jobsphere.profiles.models import Category
    from jobsphere.profiles.verification.selectors import missing_for_hiring

    group = Category.objects.get(slug="plumbers").parent
    slug = group.slug if category == "home-repair" and group else category
    staff = client_for(clerk)
    body = {"category": slug, "kinds": ["identity"]}
    for _ in range(2):
        assert staff.put("/api/admin/verifications/requirements/", body, format="json").status_code == 200
    assert missing_for_hiring(pat.known_id(), "plumbers") == (VerificationKind.IDENTITY,)
    assert staff.get("/api/admin/verifications/requirements/").json()["results"] == [body]


# Time


def test_reminders_go_out_at_30_7_and_1_days_once_and_then_it_lapses(taxonomy, client_for, pat, clerk, run_worker):
    make_profile(pat)
    mine = hand_in(client_for(pat), days=40)
    decide(client_for(clerk), mine["id"], "approve")
    sent = []
    for day in range(42):
        with clock.travel(timedelta(days=day)):
            for _ in range(2):
                end_and_remind()
            sent.append(Notification.objects.filter(key__startswith="verification.reminder").count())
    assert [sent.index(count) for count in (1, 2, 3)] == [10, 33, 39]
    assert sent[-1] == 3
    assert Verification.objects.get().status == "lapsed"
    assert client_for(pat).get(f"/api/contractors/{pat.id}/").json()["badges"] == []
    with clock.travel(timedelta(days=42)):
        run_worker()
    assert Notification.objects.filter(user_id=pat.id, title="Your identity paper has run out").count() == 1


def test_a_paper_that_has_run_out_counts_no_more_even_before_the_clock_came_by(taxonomy, client_for, pat, clerk):
    make_profile(pat)
    decide(client_for(clerk), hand_in(client_for(pat), days=5)["id"], "approve")
    with clock.travel(timedelta(days=6)):
        assert client_for(pat).get(f"/api/contractors/{pat.id}/").json()["badges"] == []
    assert Verification.objects.get().status == "approved"


# Rules


def test_badges_follow_from_kinds():
    assert rules.badges(["insurance", "identity"]) == (Badge.IDENTITY_VERIFIED, Badge.INSURED)
    assert rules.badges([]) == ()


def test_final_statuses_are_final():
    gone = {VerificationStatus.REJECTED, VerificationStatus.LAPSED, VerificationStatus.WITHDRAWN}
    assert rules.VERIFICATION.final() == gone


@pytest.mark.parametrize("left,last,due", [(31, None, None), (30, None, 30), (30, 30, None), (6, None, 7), (1, 7, 1)])
def test_the_nearest_reminder_that_was_not_sent_is_due(left, last, due):
    today = date(2026, 1, 1)
    assert rules.reminder_due(today + timedelta(days=left), today, last) == due


def test_query_counts_of_papers_are_pinned(client_for, pat, clerk, django_assert_num_queries):
    client, staff = client_for(pat), client_for(clerk)
    for _ in range(3):
        hand_in(client)
    with django_assert_num_queries(3):
        client.get("/api/verifications/")
    with django_assert_num_queries(3):
        staff.get("/api/admin/verifications/")
