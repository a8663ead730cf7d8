"""The catalogue: what can be told, in which group a person finds it, and how it is sent when they chose nothing.

The words are in words/<language>.toml; where a message leads is in links.py.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.notifications.types import Choice, Digest, NewsGroup, NotificationType

TITLE_LENGTH = 120
BODY_LENGTH = 1000
LINK_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the catalogue. `email` and `push` are what holds unless a person chose.

    A required one cannot be hidden from the app nor from the mailbox, and waits for no quiet hour. An urgent one wakes
    a sleeping phone.
    """

    group: NewsGroup
    email: bool
    push: bool
    required: bool = False
    urgent: bool = False


T, G = NotificationType, NewsGroup
CATALOGUE: dict[NotificationType, Topic] = {
    T.JOB_NEW: Topic(G.JOBS, email=False, push=True),
    T.JOB_EXPIRED: Topic(G.JOBS, email=True, push=False),
    T.PROPOSAL_RECEIVED: Topic(G.PROPOSALS, email=True, push=True),
    T.PROPOSAL_SHORTLISTED: Topic(G.PROPOSALS, email=True, push=True),
    T.PROPOSAL_ACCEPTED: Topic(G.PROPOSALS, email=True, push=True),
    T.PROPOSAL_REJECTED: Topic(G.PROPOSALS, email=False, push=False),
    T.OFFER_RECEIVED: Topic(G.OFFERS, email=True, push=True, urgent=True),
    T.OFFER_ACCEPTED: Topic(G.OFFERS, email=True, push=True),
    T.OFFER_REJECTED: Topic(G.OFFERS, email=True, push=True),
    T.OFFER_WITHDRAWN: Topic(G.OFFERS, email=False, push=True),
    T.OFFER_EXPIRED: Topic(G.OFFERS, email=True, push=False),
    T.CONTRACT_STARTED: Topic(G.WORK, email=True, push=True),
    T.CONTRACT_COMPLETED: Topic(G.WORK, email=True, push=True),
    T.CONTRACT_CANCELLED: Topic(G.WORK, email=True, push=True),
    T.CONTRACT_REMINDER: Topic(G.WORK, email=True, push=True),
    T.CONTRACT_CHANGE: Topic(G.WORK, email=True, push=True),
    T.BOOKING_UPDATED: Topic(G.WORK, email=True, push=True),
    T.MILESTONE_SUBMITTED: Topic(G.WORK, email=True, push=True),
    T.MILESTONE_CHANGES_REQUESTED: Topic(G.WORK, email=True, push=True),
    T.MILESTONE_RELEASED: Topic(G.MONEY, email=True, push=True),
    T.PAYMENT_ACTION_REQUIRED: Topic(G.MONEY, email=True, push=True, required=True, urgent=True),
    T.PAYMENT_AUTHORIZED: Topic(G.MONEY, email=False, push=False),
    T.PAYMENT_RECEIVED: Topic(G.MONEY, email=True, push=False),
    T.PAYMENT_FAILED: Topic(G.MONEY, email=True, push=True, required=True),
    T.PAYMENT_REFUNDED: Topic(G.MONEY, email=True, push=True),
    T.PAYOUT_REQUESTED: Topic(G.MONEY, email=True, push=False),
    T.PAYOUT_PAID: Topic(G.MONEY, email=True, push=True),
    T.PAYOUT_FAILED: Topic(G.MONEY, email=True, push=True, required=True),
    T.PAYOUT_SETUP: Topic(G.MONEY, email=True, push=False),
    T.PLAN_UPDATED: Topic(G.MONEY, email=True, push=True),
    T.MESSAGE_RECEIVED: Topic(G.MESSAGES, email=False, push=True, urgent=True),
    T.REVIEW_RECEIVED: Topic(G.REVIEWS, email=True, push=True),
    T.DISPUTE_UPDATED: Topic(G.DISPUTES, email=True, push=True, required=True),
    T.ACCOUNT_SECURITY: Topic(G.ACCOUNT, email=True, push=True, required=True, urgent=True),
    T.ACCOUNT_VERIFICATION: Topic(G.ACCOUNT, email=True, push=True, required=True),
    T.ACCOUNT_PRIVACY: Topic(G.ACCOUNT, email=True, push=False, required=True),
    T.ACCOUNT_RESTRICTION: Topic(G.ACCOUNT, email=True, push=True, required=True),
    T.REPORT_UPDATED: Topic(G.ACCOUNT, email=True, push=True),
    T.STAFF_ALARM: Topic(G.OPERATIONS, email=True, push=True, required=True),
}

#: A device more, and the one that was silent longest is forgotten.
DEVICES_OF_ONE = 20
#: A push message that could not be delivered for so long has been overtaken.
PUSH_LIFETIME = timedelta(hours=24)
#: When digests are written, by the person's own clock; weekly ones on Mondays.
DIGEST_HOUR = 8
#: Lines of a digest; the rest is a number.
DIGEST_LINES = 20
#: What a newer one has taken the place of is kept so long.
FOLDED_KEPT = timedelta(days=30)


def type_of(message: str) -> NotificationType:
    """Return the type of a message: what stands before the stroke. Raises ValueError for one that we do not have."""
    return NotificationType(message.partition("/")[0])


def check_choices(choices: Collection[Choice]) -> None:
    """Raise InvalidInput for a type that is named twice, or a required one that would be hidden."""
    errors, seen = [], set()
    for index, choice in enumerate(choices):
        if choice.type in seen:
            errors.append(FieldError(f"/preferences/{index}/type", "twice", "Each type once."))
        if CATALOGUE[choice.type].required:
            detail = "This one always shows in the app and comes by e-mail, because money or safety hangs on it."
            hidden = [name for name in ("in_app", "email") if not getattr(choice, name)]
            errors += [FieldError(f"/preferences/{index}/{name}", "required", detail) for name in hidden]
        seen.add(choice.type)
    if errors:
        raise InvalidInput(errors)


def quiet_until(moment: datetime, time_zone: str, start: time | None, end: time | None) -> datetime | None:
    """Return when the quiet hours end that this moment is in; None when it is in none.

    They go by the clock on the person's wall: on the night that is an hour longer they are too.
    """
    if start is None or end is None or start == end:
        return None
    local = moment.astimezone(ZoneInfo(time_zone))
    clock = local.time()
    over_midnight = start > end
    inside = (clock >= start or clock < end) if over_midnight else start <= clock < end
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if over_midnight and clock >= start else 0)
    ends = datetime.combine(day, end, tzinfo=local.tzinfo)
    # The hour that comes twice in autumn: its second coming, when the first is over.
    return ends if ends.timestamp() > moment.timestamp() else ends.replace(fold=1)


def digest_due(moment: datetime, time_zone: str, digest: Digest, last: datetime | None) -> bool:
    """Say whether a digest is to be written now: after the hour of the person's clock, once a day or a Monday."""
    local = moment.astimezone(ZoneInfo(time_zone))
    if digest == Digest.OFF or local.hour < DIGEST_HOUR or (digest == Digest.WEEKLY and local.weekday() != 0):
        return False
    return last is None or last.astimezone(ZoneInfo(time_zone)).date() < local.date()


def check_settings(quiet_from: time | None, quiet_to: time | None, time_zone: str) -> None:
    """Raise InvalidInput for half of the quiet hours, or a time zone that does not exist."""
    errors = []
    if (quiet_from is None) != (quiet_to is None):
        errors.append(FieldError("/quiet_to", "both", "Quiet hours have a beginning and an end, or neither."))
    if time_zone not in available_timezones():
        errors.append(FieldError("/time_zone", "unknown", "Name a time zone as in Europe/Berlin."))
    if errors:
        raise InvalidInput(errors)
