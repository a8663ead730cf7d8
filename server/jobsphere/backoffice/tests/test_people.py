"""People as staff see them, and what staff may do to their accounts (R95, R99)."""

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.kit.ids import uuid7
from jobsphere.outbox.models import StoredEvent
from jobsphere.users.models import Session, User

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "He asked us to."}


def names(page) -> list[str]:
    return [each["name"] for each in page["results"]]


def test_everybody_is_listed_newest_first_a_page_at_a_time(admin, casey, pat, omar):
    first = admin.get("users/", page_size=2)
    assert names(first) == ["Omar Outsider", "Pat Contractor"]
    assert first["previous"] is None
    second = admin.client.get(first["next"]).json()
    assert names(second) == ["Casey Customer", "Ada Admin"]
    back = admin.client.get(second["previous"]).json()
    assert names(back) == names(first)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"search": "cas"}, ["Casey Customer"]),
        ({"search": "PAT@example"}, ["Pat Contractor"]),
        ({"search": "out omar"}, ["Omar Outsider"]),
        ({"search": "nobody"}, []),
        ({"role": "contractor"}, ["Omar Outsider", "Pat Contractor"]),
        ({"role": "admin"}, ["Ada Admin"]),
        ({"active": "false"}, []),
        ({"since": "2100-01-01T00:00:00Z"}, []),
    ],
)
def test_people_are_found(admin, casey, pat, omar, query, expected):
    assert names(admin.get("users/", **query)) == expected


def test_staff_are_found_by_their_right(admin, casey, pat):
    admin.post(f"users/{casey.id}/rights/grant/", {"right": "audit"})
    assert names(admin.get("users/", right="audit")) == ["Casey Customer"]
    assert names(admin.get("users/", right="aud")) == []


def test_a_page_costs_the_same_whatever_its_size(admin, casey, pat, omar, django_assert_num_queries):
    for size in (1, 4):
        with django_assert_num_queries(2):
            assert len(admin.get("users/", page_size=size)["results"]) == size


def test_an_account_is_closed_at_once_and_opened_again(admin, casey, client_for):
    browser = client_for(casey)
    assert browser.get("/api/auth/me/").status_code == 200
    shown = admin.post(f"users/{casey.id}/deactivate/", WHY)
    assert (shown["active"], shown["deactivated_at"] is None) == (False, False)
    assert browser.get("/api/auth/me/").status_code == 401
    entry = AuditEntry.objects.get(target_id=casey.id, verb="user.deactivate")
    assert (entry.actor_id, entry.detail) == (User.objects.get(name="Ada Admin").id, WHY)
    assert StoredEvent.objects.filter(aggregate_id=casey.id, name="user.deactivated").count() == 1
    shown = admin.post(f"users/{casey.id}/reactivate/", WHY)
    assert (shown["active"], shown["deactivated_at"]) == (True, None)
    assert browser.get("/api/auth/me/").status_code == 401, "the old session stays dead"
    assert client_for(casey).get("/api/auth/me/").status_code == 200


@pytest.mark.parametrize("verb", ["deactivate", "reactivate"])
def test_what_cannot_be_done_to_an_account_changes_nothing(admin, staff, casey, ada, verb, rows):
    clerk = staff("users")
    helper = admin.get("users/", right="users")["results"][0]["id"]
    other = staff("audit")
    colleague = admin.get("users/", right="audit")["results"][0]["id"]
    assert other is not clerk
    before = rows(User, AuditEntry, StoredEvent, Session)
    admin.post(f"users/{casey.id}/{verb}/", {}, expect=400)
    admin.post(f"users/{casey.id}/{verb}/", {"reason": "x"}, expect=400)
    admin.post(f"users/{casey.id}/{verb}/", {**WHY, "force": True}, expect=400)
    admin.post(f"users/{uuid7()}/{verb}/", WHY, expect=404)
    admin.post(f"users/{ada.id}/{verb}/", WHY, expect=403)
    clerk.post(f"users/{ada.id}/{verb}/", WHY, expect=403)
    clerk.post(f"users/{helper}/{verb}/", WHY, expect=403)
    clerk.post(f"users/{colleague}/{verb}/", WHY, expect=403)
    if verb == "reactivate":
        admin.post(f"users/{casey.id}/{verb}/", WHY, expect=409)
    assert rows(User, AuditEntry, StoredEvent, Session) == before


def test_an_account_is_closed_once(admin, casey, rows):
    admin.post(f"users/{casey.id}/deactivate/", WHY)
    before = rows(User, AuditEntry, StoredEvent)
    admin.post(f"users/{casey.id}/deactivate/", WHY, expect=409)
    assert rows(User, AuditEntry, StoredEvent) == before


def test_a_clerk_closes_accounts_but_makes_nobody_staff(staff, casey, rows):
    clerk = staff("users")
    clerk.post(f"users/{casey.id}/deactivate/", WHY)
    clerk.post(f"users/{casey.id}/reactivate/", WHY)
    before = rows(User, AuditEntry)
    clerk.post(f"users/{casey.id}/rights/grant/", {"right": "finance"}, expect=403)
    clerk.post(f"users/{casey.id}/rights/revoke/", {"right": "finance"}, expect=403)
    assert rows(User, AuditEntry) == before


def test_rights_are_granted_and_taken_back(admin, casey, client_for):
    assert admin.post(f"users/{casey.id}/rights/grant/", {"right": "audit"})["rights"] == ["audit"]
    assert client_for(casey).get("/api/admin/audit/").status_code == 200
    assert admin.post(f"users/{casey.id}/rights/revoke/", {"right": "audit"})["rights"] == []
    assert client_for(casey).get("/api/admin/audit/").status_code == 403
    verbs = AuditEntry.objects.filter(target_id=casey.id).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["right.grant", "right.revoke"]


def test_a_right_that_there_is_not_is_refused(admin, casey, rows):
    before = rows(User, AuditEntry)
    problem = admin.post(f"users/{casey.id}/rights/grant/", {"right": "everything"}, expect=400)
    assert problem["errors"][0]["pointer"] == "/right"
    assert rows(User, AuditEntry) == before
