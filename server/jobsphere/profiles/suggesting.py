"""Suggestions for a profile from a document of one's own. Nothing is written: the person takes what is right."""

from jobsphere.files.documents.selectors import text_of
from jobsphere.files.types import DocumentTextView, TextStatus
from jobsphere.kit import clock
from jobsphere.kit.actor import CONTRACTOR, Actor
from jobsphere.profiles import policies
from jobsphere.profiles.drafting import ProfileDraft, draft_profile
from jobsphere.profiles.models import Category, Skill
from jobsphere.profiles.wording import Word


def suggest_profile(viewer: Actor, filename: str) -> tuple[DocumentTextView, ProfileDraft | None]:
    """Return where the reading stands, and the draft once there are words; four queries.

    Raises NotFound for anybody else's document, Forbidden without the role.
    """
    policies.require_role(viewer, CONTRACTOR)
    found = text_of(viewer, filename)
    if found.status is not TextStatus.READY:
        return found, None
    return found, draft_profile(found.text, all_words(), category_names(), this_year=clock.now().year)


def all_words() -> list[Word]:
    """Return every skill of the taxonomy with its category, for `wording.found_words`."""
    rows = Skill.objects.order_by("pk").values_list("slug", "name", "category__slug")
    return [Word(*row) for row in rows]


def category_names() -> dict[str, str]:
    """Return the names of the categories where work is posted, by slug."""
    return dict(Category.objects.exclude(parent=None).order_by("pk").values_list("slug", "name"))
