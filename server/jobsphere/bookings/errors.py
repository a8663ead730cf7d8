"""What can stand in the way of a booking."""

from jobsphere.kit.errors import Conflict


class SlotTaken(Conflict):
    """Somebody else has this time, or it is not offered any more: look at the free times again and choose another."""

    code = "slot-taken"
    title = "This time is not free any more"


class NotOpen(Conflict):
    """The contractor takes no bookings just now. Write to them, or post a job."""

    code = "calendar-closed"
    title = "No bookings are taken just now"


class TooFar(Conflict):
    """The contractor does not travel that far: choose a nearer place or another contractor."""

    code = "too-far"
    title = "That is farther than they travel"


class NotNow(Conflict):
    """It does not fit where the booking stands; `allowed_actions` of the booking says what does."""

    code = "booking-not-now"
    title = "That is not possible just now"
