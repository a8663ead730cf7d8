"""Two people at once where safety is decided: one decision, one case, one answer; nothing slips through a block."""

from functools import partial
from typing import Any

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.messaging import services as messaging
from jobsphere.messaging.models import Message
from jobsphere.moderation import services as moderation
from jobsphere.moderation.models import Appeal, Block, Case, Decision, Report, Restriction
from tests.cast import person
from tests.marketplace import make_job
from tests.races.conftest import Post
from tests.races.running import race

#: Each is a dozen requests, so fewer than the races of one request have.
ROUNDS = 6
RESTRICT = {"measure": "restrict", "acts": ["messaging"], "days": 7, "facts": "He insults people.", "rule": "respect"}


@pytest.fixture
def desks(stage: None) -> tuple[Actor, Actor, Actor]:
    """Three moderators."""
    names = ("Mo Moderator", "Nia Moderator", "Ora Moderator")
    made = [person(name, rights=["moderation"]) for name in names]
    return made[0], made[1], made[2]


def reported_job(post: Post, owner: Actor, reporter: Actor) -> str:
    """Let somebody report a new job; returns its case."""
    job = make_job(owner)
    status, _ = post(reporter, "reports/", {"subject_type": "job", "subject_id": str(job), "rule": "spam"})
    assert status == 201
    return str(Case.objects.get(subject_id=job, status__in=["open", "claimed"]).id)


@pytest.fixture(autouse=True)
def _many_reports(settings: Any) -> None:
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "report": "1000/min"}


def test_of_two_who_take_and_decide_a_case_at_once_one_does(casey: Actor, pat: Actor, desks, post: Post):
    def works(actor: Actor, case: str) -> list[int]:
        claimed = post(actor, f"admin/moderation/cases/{case}/claim/")[0]
        return [claimed, post(actor, f"admin/moderation/cases/{case}/decide/", RESTRICT)[0]]

    for played in range(1, ROUNDS + 1):
        case = reported_job(post, casey, pat)
        answers = race(partial(works, desks[0], case), partial(works, desks[1], case))
        assert sorted(answers) == [[200, 200], [409, 409]], answers
        assert Decision.objects.count() == Restriction.objects.count() == played


def test_one_who_decides_in_two_tabs_decides_once(casey: Actor, pat: Actor, desks, post: Post):
    for played in range(1, ROUNDS + 1):
        case = reported_job(post, casey, pat)
        post(desks[0], f"admin/moderation/cases/{case}/claim/")
        decide = partial(post, desks[0], f"admin/moderation/cases/{case}/decide/", RESTRICT)
        answers = race(decide, decide)
        assert sorted(status for status, _ in answers) == [200, 409], answers
        assert Decision.objects.count() == played


def test_two_who_report_one_thing_at_once_make_one_case(casey: Actor, pat: Actor, sam: Actor, post: Post):
    for played in range(1, ROUNDS + 1):
        body = {"subject_type": "job", "subject_id": str(make_job(casey)), "rule": "spam"}
        answers = race(partial(post, pat, "reports/", body), partial(post, sam, "reports/", body))
        assert [status for status, _ in answers] == [201, 201]
        assert (Case.objects.count(), Report.objects.count()) == (played, 2 * played)


def test_an_appeal_is_made_once_and_answered_once(casey: Actor, pat: Actor, desks, post: Post):
    for played in range(1, ROUNDS + 1):
        case = reported_job(post, casey, pat)
        post(desks[0], f"admin/moderation/cases/{case}/claim/")
        post(desks[0], f"admin/moderation/cases/{case}/decide/", RESTRICT)
        statement = Decision.objects.get(case_id=case).id
        appeal = partial(post, casey, f"statements/{statement}/appeal/", {"words": "It is no spam."})
        assert sorted(status for status, _ in race(appeal, appeal)) == [201, 409]
        path = f"admin/moderation/appeals/{Appeal.objects.latest('pk').id}/decide/"
        answers = race(
            partial(post, desks[1], path, {"overturn": True, "reasons": "It is no spam."}),
            partial(post, desks[2], path, {"overturn": False, "reasons": "It is spam indeed."}),
        )
        assert sorted(status for status, _ in answers) == [200, 409], answers
        overturned = answers[0][0] == 200
        assert Restriction.objects.latest("pk").status == ("lifted" if overturned else "active")
        assert Appeal.objects.exclude(status="open").count() == played
        Restriction.objects.update(status="lifted")  # so that the next round may post a job


def test_nothing_is_written_after_a_block_has_been_answered(casey: Actor, pat: Actor, post: Post):
    with edge_transaction():
        between = (casey.known_id(), pat.known_id())
        chat = messaging.open_conversation(actor=pat, between=between, subject_type="job", subject_id=make_job(casey))
    for played in range(ROUNDS):
        send = partial(post, pat, "messages/send/", {"chat_id": str(chat), "body": f"Round {played}"})
        sent, blocked = race(send, partial(post, casey, f"people/{pat.id}/block/"))
        assert blocked[0] == 200
        assert sent[0] in (201, 409), sent
        assert Message.objects.filter(body=f"Round {played}").exists() is (sent[0] == 201)
        assert send()[0] == 409
        with edge_transaction():
            moderation.unblock_person(actor=casey, person_id=pat.known_id())


def test_two_who_block_each_other_at_once_both_do(casey: Actor, pat: Actor, post: Post):
    for _ in range(ROUNDS):
        both = race(partial(post, casey, f"people/{pat.id}/block/"), partial(post, pat, f"people/{casey.id}/block/"))
        twice = race(partial(post, casey, f"people/{pat.id}/block/"), partial(post, casey, f"people/{pat.id}/block/"))
        assert [status for status, _ in both + twice] == [200] * 4
        assert Block.objects.count() == 2
        Block.objects.all().delete()
