"""Makes a key for Web Push."""

from typing import Any

from django.core.management.base import BaseCommand

from jobsphere.notifications.push import vapid


class Command(BaseCommand):
    help = (
        "Print a new VAPID_PRIVATE_KEY. With another key than before, every browser must turn notifications on again."
    )

    def handle(self, **options: Any) -> None:
        """Print it alone, so that it can be redirected into a secret's file."""
        self.stdout.write(vapid.new_private_key())
