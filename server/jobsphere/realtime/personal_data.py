"""What streams hold about a person: copies of what their own apps hold, for a day.

They are not exported a second time. Frames of others that name the person are deleted, too: their devices then find a
gap, and ask for everything afresh.
"""

from django.db.models import Q

from jobsphere.realtime.models import Frame, Presence, Stream
from jobsphere.users.personal_data import Data, Subject


def export(subject: Subject) -> Data:
    """Return how many frames wait for the person's devices, and what others may see of their presence."""
    seen = Presence.objects.filter(user_id=subject.id)
    return {
        "frames": Frame.objects.filter(user_id=subject.id).count(),
        "presence": list(seen.values("shown", "online", "seen_at")),
    }


def erase(subject: Subject) -> None:
    """Delete the person's stream and presence, and what others were told that names them."""
    named = Q(user_id=subject.id)
    for trace in subject.traces:
        named |= Q(payload__icontains=trace)
    Frame.objects.filter(named).delete()
    Stream.objects.filter(user_id=subject.id).delete()
    Presence.objects.filter(user_id=subject.id).delete()
