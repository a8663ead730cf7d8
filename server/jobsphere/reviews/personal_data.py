"""What reviews hold about a person. Stars and words stay, because others decide by them; names in the words go."""

from django.db.models import Q

from jobsphere.reviews.models import Review, Round
from jobsphere.users.personal_data import Data, Subject, scrub, table


def export(subject: Subject) -> Data:
    """Return what the person wrote, and what was published of them."""
    written = Review.objects.filter(author_id=subject.id)
    received = Review.objects.filter(subject_id=subject.id, published_at__isnull=False)
    columns = ("id", "rating", "text", "status", "published_at", "reply", "replied_at", "created_at")
    return {"written": table(written, *columns), "received": table(received, *columns)}


def erase(subject: Subject) -> None:
    """Take name, address and number out of every review by or of the person, and out of the titles of their work."""
    scrub(
        Review.objects.filter(Q(author_id=subject.id) | Q(subject_id=subject.id)),
        ("text", "reply"),
        subject,
    )
    scrub(Round.objects.filter(Q(customer_id=subject.id) | Q(contractor_id=subject.id)), ("title",), subject)
