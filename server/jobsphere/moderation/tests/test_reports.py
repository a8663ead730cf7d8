"""Notice: who can report what, what is kept, and what bounds it."""

from datetime import timedelta

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.audit.selectors import entries_about
from jobsphere.kit import clock
from jobsphere.kit.errors import InvalidInput, NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.moderation import rules
from jobsphere.moderation.errors import AlreadyReported, ReportsPaused
from jobsphere.moderation.models import Case, Report
from jobsphere.moderation.tests.conftest import decide, report, verdict
from jobsphere.notifications.models import Notification
from jobsphere.outbox.models import StoredEvent

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_reported_is_kept_as_it_was(notes, casey, sam):
    key = notes.pin()
    report(casey, key)
    notes.words[key] = "Have a nice day."
    report(sam, key)
    assert [row.snapshot for row in Report.objects.order_by("pk")] == [
        {"words": "You are a fool."},
        {"words": "Have a nice day."},
    ]
    assert Case.objects.get().reports.count() == 2, "what several say about one thing is one case"


def test_only_who_can_see_a_thing_can_report_it(notes, omar, rows):
    before = rows(Case, Report, AuditEntry, StoredEvent)
    with pytest.raises(NotFound) as strangers:
        report(omar, notes.pin())
    with pytest.raises(NotFound) as nothing:
        report(omar, uuid7())
    with pytest.raises(NotFound):
        report(omar, uuid7(), subject_type="weather")
    assert strangers.value.detail == nothing.value.detail
    assert rows(Case, Report, AuditEntry, StoredEvent) == before


def test_nobody_reports_themselves(notes, pat, rows):
    before = rows(Case, Report, AuditEntry)
    with pytest.raises(InvalidInput):
        report(pat, notes.pin())
    assert rows(Case, Report, AuditEntry) == before


def test_one_open_report_for_each_thing_and_another_once_it_is_decided(notes, casey, mo):
    key = notes.pin()
    first = report(casey, key)
    with pytest.raises(AlreadyReported) as refused:
        report(casey, key)
    assert refused.value.fields["report_id"] == str(first)
    assert Report.objects.count() == 1
    decide(mo, Case.objects.get().id, verdict("dismiss"))
    report(casey, key)
    assert Case.objects.count() == 2


def test_reports_without_reason_pause_their_author_and_nobody_else(notes, casey, sam, mo):
    for _ in range(rules.UNFOUNDED_REPORTS):
        report(casey, notes.pin())
        decide(mo, Case.objects.latest("pk").id, verdict("dismiss", unfounded=True))
    count = Report.objects.count()
    with pytest.raises(ReportsPaused) as refused:
        report(casey, notes.pin())
    assert refused.value.fields["retry_after"] > 0
    assert Report.objects.count() == count
    report(sam, notes.pin())
    with clock.travel(rules.UNFOUNDED_PERIOD + timedelta(days=1)):
        report(casey, notes.pin())


def test_a_pile_of_open_reports_is_enough(notes, casey, monkeypatch):
    monkeypatch.setattr(rules, "OPEN_REPORTS", 2)
    for _ in range(2):
        report(casey, notes.pin())
    with pytest.raises(ReportsPaused):
        report(casey, notes.pin())
    assert Report.objects.count() == 2


def test_the_reporter_hears_of_the_receipt_and_of_the_outcome(notes, casey, sam, mo, run_worker):
    key = notes.pin()
    report(casey, key)
    report(sam, key)
    run_worker()
    decide(mo, Case.objects.get().id, verdict("warn"))
    run_worker()
    for reporter in (casey, sam):
        told = Notification.objects.filter(user_id=reporter.id).order_by("pk").values_list("title", flat=True)
        assert list(told) == ["We have your report", "Your report is answered"]


def test_nothing_tells_the_person_who_reported_them(notes, casey, pat, mo, run_worker):
    report(casey, notes.pin())
    decide(mo, Case.objects.get().id, verdict("warn"))
    run_worker()
    assert not any("Casey" in str(entry) or str(casey.id) in str(entry) for entry in entries_about(pat.id))
    told = Notification.objects.get(user_id=pat.id)
    assert str(casey.id) not in str(told.metadata)


def test_reporting_over_http(notes, casey, client_for, django_assert_num_queries):
    client = client_for(casey)
    body = {"subject_type": "note", "subject_id": str(notes.pin()), "rule": "respect", "words": " He insults me. "}
    made = client.post("/api/reports/", body, format="json")
    assert made.status_code == 201, made.content
    assert (made.json()["words"], made.json()["acted"], made.json()["decided_at"]) == ("He insults me.", None, None)
    report(casey, notes.pin())
    report(casey, notes.pin())
    for size in (1, 3):
        with django_assert_num_queries(2):
            mine = client.get("/api/reports/", {"page_size": size}).json()["results"]
        assert len(mine) == size
    assert mine[-1] == made.json()


@pytest.mark.parametrize(
    "change", [{"rule": "taste"}, {"subject_type": "Note!"}, {"subject_id": "x"}, {"words": "x" * 2001}, {"extra": 1}]
)
def test_what_cannot_be_read_is_refused(notes, casey, client_for, rows, change):
    body = {"subject_type": "note", "subject_id": str(notes.pin()), "rule": "respect", **change}
    before = rows(Case, Report, AuditEntry)
    assert client_for(casey).post("/api/reports/", body, format="json").status_code == 400
    assert rows(Case, Report, AuditEntry) == before


def test_reports_are_work_for_a_human_so_they_are_few(notes, casey, client_for, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "report": "2/hour"}
    client = client_for(casey)
    bodies = [{"subject_type": "note", "subject_id": str(notes.pin()), "rule": "spam"} for _ in range(3)]
    answers = [client.post("/api/reports/", body, format="json") for body in bodies]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert Report.objects.count() == 2
    assert client.get("/api/reports/").status_code == 200


def test_the_rules_of_the_house_are_for_everybody(client_for, notes):
    shown = client_for().get("/api/reports/rules/").json()
    assert {each["code"] for each in shown["results"]} == {each.value for each in rules.HOUSE_RULES}
    assert {"note", "job", "proposal", "message", "profile", "conversation"} <= set(shown["subject_types"])
