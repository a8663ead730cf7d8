"""What the worker does for notifications: e-mail alerts (R86)."""

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.notifications.models import Notification
from jobsphere.outbox.subscriptions import job
from jobsphere.users.selectors import contact

_LETTER = """Hello {name},

{body}
{address}

--
You chose to have this by e-mail. You can change that under {settings_address}
"""


@job()
def send_alert(notification_id: str) -> None:
    """Send the letter once, unless the person has read it in the app meanwhile.

    Only to a proven address: what people do here must not fill the mailbox of somebody who never signed up. A crash
    between sending and noting it may send it twice.
    """
    told = Notification.objects.filter(pk=UUID(notification_id), emailed_at=None, read_at=None).first()
    person = contact(told.user_id) if told else None
    if told is None or person is None or not person.email_verified:
        return
    text = _LETTER.format(
        name=person.name,
        body=told.body or told.title,
        address=f"{settings.PUBLIC_URL}{told.link}" if told.link else "",
        settings_address=f"{settings.PUBLIC_URL}/settings/notifications",
    )
    EmailMessage(told.title, text, settings.DEFAULT_FROM_EMAIL, [person.email]).send()
    with edge_transaction():
        update_where(Notification, {"pk": told.pk}, emailed_at=clock.now())
