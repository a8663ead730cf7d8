"""Claims, decisions, what a restriction keeps people from, how it ends, and appeals."""

from datetime import timedelta

import pytest
from django.core import mail

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.errors import Conflict, Forbidden, NotFound, WrongStatus
from jobsphere.moderation import links, policies, rules, selectors, services, staff, tasks
from jobsphere.moderation.errors import (
    AccountRestricted,
    AppealNotPossible,
    CaseIsClaimed,
    NotImpartial,
)
from jobsphere.moderation.models import Appeal, Case, Decision, Report, Restriction
from jobsphere.moderation.tests.conftest import claim, decide, moderator, report, verdict
from jobsphere.moderation.types import CaseFilter, RestrictedAct
from jobsphere.notifications.models import Notification
from jobsphere.outbox.models import StoredEvent
from jobsphere.users.models import User
from jobsphere.users.services import reactivate_person
from tests.cast import PASSWORD, person

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = (Case, Decision, Restriction, Appeal, AuditEntry, StoredEvent)


def appeal(actor, decision_id, words="I did not."):
    with edge_transaction():
        return services.appeal(actor=actor, decision_id=decision_id, words=words)


def answer(actor, appeal_id, *, overturn=True):
    with edge_transaction():
        return services.decide_appeal(actor=actor, appeal_id=appeal_id, overturn=overturn, reasons="It was a joke.")


def refused_with(error, call, rows):
    before = rows(*TABLES)
    with pytest.raises(error) as refused:
        call()
    assert rows(*TABLES) == before
    return refused.value


def test_one_claims_and_a_colleague_is_told_who(notes, casey, mo, nia, rows):
    report(casey, notes.pin())
    case = Case.objects.get()
    claim(mo, case.id)
    claim(mo, case.id)
    refused = refused_with(CaseIsClaimed, lambda: claim(nia, case.id), rows)
    assert refused.fields["claimed_by"] == "Mo Moderator"
    with clock.travel(rules.CLAIM_HELD + timedelta(minutes=1)):
        claim(nia, case.id)
    assert Case.objects.get().claimed_by_id == nia.id
    with edge_transaction():
        services.release_case(actor=nia, case_id=case.id)
    assert Case.objects.get().status == "open"


def test_only_who_claimed_decides_and_only_once(notes, casey, mo, nia, rows):
    report(casey, notes.pin())
    case = Case.objects.get()

    def decides(actor):
        with edge_transaction():
            services.decide_case(actor=actor, case_id=case.id, verdict=verdict("warn"))

    refused_with(WrongStatus, lambda: decides(mo), rows)
    claim(mo, case.id)
    refused_with(CaseIsClaimed, lambda: decides(nia), rows)
    decides(mo)
    refused_with(WrongStatus, lambda: decides(mo), rows)


def test_who_is_concerned_does_not_decide(notes, casey, sam, mo, rows):
    reporter = moderator("Rita Reporter")
    notes.readers.add(reporter.known_id())
    key = notes.pin()
    report(reporter, key)
    case = Case.objects.get()
    refused_with(NotImpartial, lambda: claim(reporter, case.id), rows)
    User.objects.filter(pk=notes.owner.id).update(rights=["moderation"])
    accused = User.objects.get(pk=notes.owner.id).actor()
    refused_with(NotImpartial, lambda: claim(accused, case.id), rows)
    refused_with(Forbidden, lambda: claim(mo, case.id), rows)  # about staff: an administrator decides
    claim(person("Bea Admin", is_superuser=True), case.id)


def test_without_the_right_nothing_is_seen_or_done(notes, casey, sam, rows):
    report(casey, notes.pin())
    case = Case.objects.get()
    for look in (
        lambda: staff.cases(sam, CaseFilter()),
        lambda: staff.case_page(sam, case.id),
        lambda: staff.appeals(sam),
        lambda: staff.waiting(sam),
        lambda: claim(sam, case.id),
    ):
        refused_with(Forbidden, look, rows)


def test_a_restriction_keeps_from_what_it_names_and_says_why(decided, pat):
    decision = decided("restrict", days=7)
    for act in (RestrictedAct.POSTING, RestrictedAct.PROPOSING):
        policies.require_unrestricted(pat, act)
    with pytest.raises(AccountRestricted) as refused:
        policies.require_unrestricted(pat, RestrictedAct.MESSAGING)
    assert refused.value.fields["statement_url"] == f"/safety/statements/{decision}"
    assert refused.value.fields["until"] is not None
    assert "Treat people with respect" in refused.value.detail
    assert "Casey" not in refused.value.detail


def test_being_unrestricted_costs_one_query(pat, django_assert_num_queries):
    with django_assert_num_queries(1):
        policies.require_unrestricted(pat, RestrictedAct.POSTING)


def test_a_restriction_ends_by_itself_and_the_person_hears_of_it(decided, pat, run_worker):
    decided("restrict", days=7)
    run_worker()
    with clock.travel(timedelta(days=7, minutes=1)):
        policies.require_unrestricted(pat, RestrictedAct.MESSAGING)  # also before the clock has tidied up
        tasks.end_restrictions()
        tasks.end_restrictions()
        run_worker()
    row = Restriction.objects.get()
    assert (row.status, AuditEntry.objects.filter(verb="restriction.expire").count()) == ("expired", 1)
    told = Notification.objects.filter(user_id=pat.id).order_by("pk").values_list("title", flat=True)
    assert list(told) == ["Your account is restricted", "Your account is free again"]


def test_one_until_lifted_does_not_end_by_itself(decided, pat, mo, rows):
    decided("restrict", days=None)
    with clock.travel(timedelta(days=3000)):
        tasks.end_restrictions()
        with pytest.raises(AccountRestricted):
            policies.require_unrestricted(pat, RestrictedAct.MESSAGING)
    held = Restriction.objects.get()

    def lift():
        with edge_transaction():
            services.lift_restriction(actor=mo, restriction_id=held.id, reason="Enough.")

    lift()
    policies.require_unrestricted(pat, RestrictedAct.MESSAGING)
    refused_with(WrongStatus, lift, rows)


def test_a_suspended_person_cannot_sign_in_and_reads_why(decided, pat, client_for, run_worker):
    browser = client_for(pat)
    decision = decided("suspend", days=None)
    assert browser.get("/api/auth/me/").status_code == 401
    sign_in = {"email": "pat@example.com", "password": PASSWORD}
    refused = client_for().post("/api/auth/login/", sign_in, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "account-suspended")
    token = refused.json()["statement_url"].partition("#token=")[2]
    shown = client_for().post("/api/statements/open/", {"token": token}, format="json").json()
    assert (shown["id"], shown["restriction"]["suspends"]) == (str(decision), True)
    wrong = client_for().post("/api/auth/login/", {**sign_in, "password": "not it at all"}, format="json")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "sign-in-failed"), "only its owner learns of it"
    run_worker()
    [letter] = [each for each in mail.outbox if each.to == ["pat@example.com"]]
    assert "Pat called Casey a fool." in letter.body
    assert "/appeal#token=" in letter.body


def test_nobody_else_opens_a_suspended_account(decided, pat, ada, client_for, rows):
    decided("suspend")

    def reactivate():
        with edge_transaction():
            reactivate_person(actor=ada, user_id=pat.known_id(), reason="I like him.")

    before = rows(User, *TABLES)
    with pytest.raises(Forbidden):
        reactivate()
    recover = {"email": "pat@example.com", "password": PASSWORD}
    assert client_for().post("/api/account/recover/", recover, format="json").status_code in (403, 404)
    assert rows(User, *TABLES) == before


def test_a_suspension_that_ends_opens_the_account_but_not_one_that_its_owner_had_closed(decided, pat, omar, mo):
    decided("suspend", days=1)
    with clock.travel(timedelta(days=1, minutes=1)):
        tasks.end_restrictions()
    assert User.objects.get(pk=pat.id).is_active
    User.objects.filter(pk=pat.id).update(is_active=False)
    decided("suspend", days=1)
    with clock.travel(timedelta(days=1, minutes=1)):
        tasks.end_restrictions()
    assert not User.objects.get(pk=pat.id).is_active


def test_two_suspensions_hold_until_the_last_one_ends(decided, pat, mo):
    decided("suspend", days=1)
    decided("suspend", days=9)
    with clock.travel(timedelta(days=1, minutes=1)):
        tasks.end_restrictions()
        assert not User.objects.get(pk=pat.id).is_active
    with clock.travel(timedelta(days=9, minutes=1)):
        tasks.end_restrictions()
    assert User.objects.get(pk=pat.id).is_active


def test_a_statement_is_for_the_person_alone(decided, pat, casey, client_for, django_assert_num_queries):
    decision = decided("warn")
    client = client_for(pat)
    with django_assert_num_queries(2):
        shown = client.get(f"/api/statements/{decision}/").json()
    assert (shown["measure"], shown["rule"]["code"], shown["automated"]) == ("warn", "respect", False)
    assert shown["allowed_actions"] == ["appeal"]
    assert "Casey" not in str({**shown, "facts": ""})
    assert client_for(casey).get(f"/api/statements/{decision}/").status_code == 404
    assert (
        client_for(casey).post(f"/api/statements/{decision}/appeal/", {"words": "x"}, format="json").status_code == 404
    )
    decided("restrict")
    for size in (1, 2):
        with django_assert_num_queries(2):
            assert len(client.get("/api/statements/", {"page_size": size}).json()["results"]) == size
    with django_assert_num_queries(2):
        assert [each["measure"] for each in client.get("/api/restrictions/").json()["results"]] == ["restrict"]


def test_of_a_dismissal_the_person_never_hears(decided, pat, client_for, run_worker):
    decision = decided("dismiss")
    run_worker()
    assert client_for(pat).get("/api/statements/").json()["results"] == []
    assert client_for(pat).get(f"/api/statements/{decision}/").status_code == 404
    assert not Notification.objects.filter(user_id=pat.id).exists()


def test_an_appeal_is_made_once_and_in_time(decided, pat, casey, settings, rows):
    decision = decided("warn")
    refused_with(NotFound, lambda: appeal(casey, decision), rows)
    with clock.travel(timedelta(days=settings.APPEAL_DAYS, minutes=1)):
        refused_with(AppealNotPossible, lambda: appeal(pat, decision), rows)
    appeal(pat, decision)
    refused_with(AppealNotPossible, lambda: appeal(pat, decision), rows)


def test_another_human_answers_and_what_was_restricted_is_free(decided, pat, mo, nia, rows, run_worker):
    decision = decided("restrict")
    made = appeal(pat, decision)
    run_worker()
    assert [each.user.name for each in Notification.objects.filter(type="staff.alarm").order_by("user__name")] == [
        "Ada Admin",
        "Nia Moderator",
    ]
    refused_with(NotImpartial, lambda: answer(mo, made), rows)
    answer(nia, made)
    policies.require_unrestricted(pat, RestrictedAct.MESSAGING)
    refused_with(WrongStatus, lambda: answer(nia, made), rows)
    shown = selectors.my_statement(pat, decision)
    assert shown.appeal is not None
    assert (shown.appeal.status, shown.appeal.reasons) == ("overturned", "It was a joke.")
    run_worker()
    assert Notification.objects.filter(user_id=pat.id).latest("pk").title == "Your appeal: you were right"


def test_a_decision_that_is_upheld_stands(decided, pat, nia):
    made = appeal(pat, decided("restrict"))
    answer(nia, made, overturn=False)
    with pytest.raises(AccountRestricted):
        policies.require_unrestricted(pat, RestrictedAct.MESSAGING)


def test_a_suspended_person_appeals_with_the_link_of_the_letter(decided, pat, nia, client_for):
    token = links.token_for(decided("suspend", days=None))
    body = {"token": token, "words": "It was my brother."}
    made = client_for().post("/api/statements/open/appeal/", body, format="json")
    assert (made.status_code, made.json()["appeal"]["status"]) == (201, "open")
    assert client_for().post("/api/statements/open/appeal/", body, format="json").status_code == 409
    for wrong in ("x", token[:-2], token + "a"):
        assert client_for().post("/api/statements/open/", {"token": wrong}, format="json").status_code == 404
    answer(nia, Appeal.objects.get().id)
    assert User.objects.get(pk=pat.id).is_active
    assert client_for(pat).get("/api/auth/me/").status_code == 200


def test_what_waits_too_long_alarms_staff_once(notes, decided, casey, pat, mo, settings, run_worker):
    appeal(pat, decided("warn"))
    report(casey, notes.pin())
    run_worker()
    Notification.objects.all().delete()
    with clock.travel(timedelta(days=settings.APPEAL_ANSWER_DAYS, hours=1)):
        tasks.remind_of_the_overdue()
        tasks.remind_of_the_overdue()
    titles = Notification.objects.filter(user_id=mo.id).order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["A report waits for longer than promised", "An appeal waits for longer than promised"]


def test_old_evidence_is_thrown_away_but_not_under_an_open_appeal(decided, pat, settings):
    decided("warn")
    contested = decided("warn")
    after = timedelta(days=settings.MODERATION_EVIDENCE_DAYS, hours=1)
    appeal(pat, contested)
    with clock.travel(after):
        tasks.forget_old_evidence()
    first, second = Report.objects.order_by("pk")
    assert (first.snapshot, first.words) == ({}, "")
    assert second.snapshot == {"words": "You are a fool."}


def test_the_queue_costs_two_queries_whatever_its_length(notes, casey, sam, mo, nia, django_assert_num_queries):
    for _ in range(3):
        key = notes.pin()
        report(casey, key)
        report(sam, key, rule="spam")
    queue = staff.cases(mo, CaseFilter())
    for size in (1, 3):
        with django_assert_num_queries(2):
            assert len(queue[:size]) == size
    assert next(iter(queue)).reports == 2
    claim(mo, Case.objects.earliest("pk").id)
    found = {
        "mine": CaseFilter(mine=True),
        "open": CaseFilter(status="open"),
        "rule": CaseFilter(rule="spam"),
        "other rule": CaseFilter(rule="law"),
        "person": CaseFilter(person_id=casey.id),
        "type": CaseFilter(subject_type="note"),
        "overdue": CaseFilter(overdue=True),
    }
    assert {name: len(list(staff.cases(mo, wanted))) for name, wanted in found.items()} == {
        "mine": 1,
        "open": 2,
        "rule": 3,
        "other rule": 0,
        "person": 0,
        "type": 3,
        "overdue": 0,
    }


def test_a_case_shows_all_that_is_needed(notes, decided, casey, mo, nia, django_assert_num_queries):
    decided("warn")
    key = notes.pin("Fool!")
    report(casey, key)
    notes.words[key] = "Friend!"
    case = Case.objects.get(status="open")
    with django_assert_num_queries(6):
        page = staff.case_page(mo, case.id)
    assert page.now == {"words": "Friend!"}
    assert [each.snapshot for each in page.evidence] == [{"words": "Fool!"}]
    assert [each.measure for each in page.history] == ["warn"]
    assert (page.reports_about, page.reports_by, page.allowed_actions) == (2, 0, ("claim",))
    del notes.words[key]
    assert staff.case_page(mo, case.id).now is None
    with pytest.raises(NotFound):
        staff.case_page(mo, key)


def test_weeks_are_counted_with_the_empty_ones(decided, casey, notes, mo, nia, pat, django_assert_num_queries):
    now = clock.now()
    made = appeal(pat, decided("warn"))
    answer(nia, made)
    report(casey, notes.pin())
    with clock.travel(timedelta(days=7)):
        decide(mo, Case.objects.get(status="open").id, verdict("dismiss"))
    since, until = now - timedelta(weeks=2), now + timedelta(weeks=1, minutes=5)
    with django_assert_num_queries(3):
        weeks = staff.weeks(mo, since, until)
    assert [(each.reports, each.decided, each.overturned) for each in weeks] == [
        (0, 0, 0),
        (0, 0, 0),
        (2, 1, 1),
        (0, 1, 0),
    ]
    assert weeks[-1].to_decision is not None
    assert weeks[-1].to_decision >= timedelta(days=7)
    assert weeks[0].to_decision is None


def test_staff_that_decide_about_a_gone_person_get_no_fault(decided, pat, mo):
    User.objects.filter(pk=pat.id).update(is_active=False)
    decided("warn")
    with edge_transaction(), pytest.raises(Conflict):
        services.release_case(actor=mo, case_id=Case.objects.get().id)
