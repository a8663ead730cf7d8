"""What moderation holds about a person.

Whom somebody blocked, and who reported whom, is theirs alone: the export of the other one never says so. After an
erasure decisions stay, by id and without the person's name in them, so that figures and appeals of others stay true.
"""

from django.db.models import Q

from jobsphere.moderation.models import Appeal, Block, Case, Decision, Report, Restriction
from jobsphere.users.personal_data import Data, Subject, scrub, table

REMOVED = "[removed with the account that it was about]"


def export(subject: Subject) -> Data:
    """Return whom the person blocked, what they reported, and what was decided about them with its reasons."""
    reports = Report.objects.filter(reporter_id=subject.id)
    decisions = Decision.objects.filter(person_id=subject.id).exclude(measure="dismiss")
    acts = ("posting", "proposing", "messaging", "suspends")
    return {
        "blocked": table(Block.objects.filter(blocker_id=subject.id), "blocked_id", "created_at"),
        "reports": table(reports, "case__subject_type", "case__subject_title", "rule", "words", "created_at"),
        "decisions": table(
            decisions, "id", "case__subject_type", "case__subject_title", "measure", "rule", "facts", "created_at"
        ),
        "restrictions": table(
            Restriction.objects.filter(person_id=subject.id), "decision_id", "status", *acts, "until", "ended_at"
        ),
        "appeals": table(
            Appeal.objects.filter(decision__person_id=subject.id), "words", "status", "reasons", "created_at"
        ),
    }


def erase(subject: Subject) -> None:
    """Forget blocks of and against the person, their own words, and the evidence about them."""
    Block.objects.filter(Q(blocker_id=subject.id) | Q(blocked_id=subject.id)).delete()
    Report.objects.filter(reporter_id=subject.id).update(words="")
    about = Case.objects.filter(person_id=subject.id)
    Report.objects.filter(case__in=about).update(snapshot={})
    about.update(subject_title=REMOVED)
    Decision.objects.filter(person_id=subject.id).update(removed={})
    Appeal.objects.filter(decision__person_id=subject.id).update(words=REMOVED)
    near = Q(person_id=subject.id) | Q(reports__reporter_id=subject.id)
    cases = Case.objects.filter(pk__in=Case.objects.filter(near).values("pk"))
    scrub(cases, ("subject_title",), subject)
    scrub(Report.objects.filter(case__in=cases), ("words",), subject)
    scrub(Decision.objects.filter(case__in=cases), ("facts",), subject)
    scrub(Appeal.objects.filter(decision__case__in=cases), ("words", "reasons"), subject)
    _scrub_evidence(subject)


def _scrub_evidence(subject: Subject) -> None:
    """Evidence about others that the person reported may quote the person: a conversation has two sides."""
    for row in Report.objects.filter(case__reports__reporter_id=subject.id).exclude(snapshot={}):
        Report.objects.filter(pk=row.pk).update(snapshot=_scrubbed(row.snapshot, subject))
    for decision in Decision.objects.filter(case__reports__reporter_id=subject.id).exclude(removed={}):
        Decision.objects.filter(pk=decision.pk).update(removed=_scrubbed(decision.removed, subject))


def _scrubbed(value: object, subject: Subject) -> object:
    match value:
        case str():
            return subject.scrubbed(value)
        case dict():
            return {name: _scrubbed(each, subject) for name, each in value.items()}
        case list():
            return [_scrubbed(each, subject) for each in value]
    return value
