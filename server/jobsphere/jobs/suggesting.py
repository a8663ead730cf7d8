"""Suggestions for a job from a document of one's own. Nothing is written: the customer takes what is right."""

from django.conf import settings

from jobsphere.files.documents.selectors import text_of
from jobsphere.files.types import DocumentTextView, TextStatus
from jobsphere.jobs.drafting import JobDraft, draft_job
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.profiles.suggesting import all_words, category_names


def suggest_job(viewer: Actor, filename: str) -> tuple[DocumentTextView, JobDraft | None]:
    """Return where the reading stands, and the draft once there are words; four queries.

    Raises NotFound for anybody else's document.
    """
    found = text_of(viewer, filename)
    if found.status is not TextStatus.READY:
        return found, None
    today, currency = clock.now().date(), settings.DEFAULT_CURRENCY
    return found, draft_job(found.text, all_words(), category_names(), currency=currency, today=today)
