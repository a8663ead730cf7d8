"""What edges of apps above need of a sign-in: where a request comes from, and a password that is asked for again."""

from jobsphere.users.api.views.base import committed, confirm_owner, device_of

__all__ = ["committed", "confirm_owner", "device_of"]
