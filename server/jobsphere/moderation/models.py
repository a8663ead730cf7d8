"""Who keeps whom away; reports, the cases that they make, decisions with their reasons, restrictions and appeals."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.moderation.rules import FACTS_LENGTH, TITLE_LENGTH, WORDS_LENGTH
from jobsphere.moderation.types import AppealStatus, CaseStatus, HouseRule, Measure, RestrictionStatus

_UNDECIDED = Q(status__in=[CaseStatus.OPEN, CaseStatus.CLAIMED])


class Block(Record):
    """One person wants nothing to do with another, who is never told. It holds in both directions."""

    blocker = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    blocked = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="moderation_block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="moderation_block_another"),
        ]
        indexes = [models.Index(fields=["blocked", "blocker"], name="moderation_blocked_by")]


class Case(Record):
    """What has been reported about one thing of one person until staff decide; there is one at a time for a thing."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    subject_title = models.CharField(max_length=TITLE_LENGTH)
    person = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=[(each, each) for each in CaseStatus], default=CaseStatus.OPEN)
    answer_by = models.DateTimeField()
    claimed_by = models.ForeignKey("users.User", on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    #: Staff were told that it is overdue.
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], condition=_UNDECIDED, name="moderation_one_case_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.OPEN, claimed_by=None)
                | Q(~Q(status=CaseStatus.OPEN), claimed_by__isnull=False),
                name="moderation_claimed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "answer_by"], name="moderation_case_due"),
            models.Index(fields=["person", "id"], name="moderation_case_of"),
        ]


class Report(Record):
    """What one person said about a thing, and how the thing looked then, so that an edit hides nothing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=16, choices=[(each, each) for each in HouseRule])
    words = models.CharField(max_length=WORDS_LENGTH, blank=True)
    #: Emptied after MODERATION_EVIDENCE_DAYS, or when the person it is about is erased.
    snapshot = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="moderation_report_once")]
        indexes = [models.Index(fields=["reporter", "id"], name="moderation_report_by")]


class Decision(Record):
    """A statement of reasons: what was decided, on which facts and which rule, by whom. Its id time is its moment."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    person = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=8, choices=[(each, each) for each in Measure])
    facts = models.CharField(max_length=FACTS_LENGTH)
    rule = models.CharField(max_length=16, choices=[(each, each) for each in HouseRule], blank=True)
    content_removed = models.BooleanField(default=False)
    #: What was taken away of the thing, to be put back when an appeal is right; emptied with the evidence.
    removed = models.JSONField(default=dict)
    #: Nothing here decides by itself; the statement says so, and a future rule that does must say that it did.
    automated = models.BooleanField(default=False)
    unfounded = models.BooleanField(default=False)
    appeal_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(measure=Measure.DISMISS) | ~Q(rule=""), name="moderation_a_measure_stands_on_a_rule"
            ),
            models.CheckConstraint(condition=~Q(person=F("decided_by")), name="moderation_nobody_judges_themselves"),
        ]
        indexes = [models.Index(fields=["person", "id"], name="moderation_decision_of")]


class Restriction(Record):
    """What a person may not do because of a decision, and until when; None until it is lifted."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="restriction")
    person = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=8, choices=[(each, each) for each in RestrictionStatus], default=RestrictionStatus.ACTIVE
    )
    posting = models.BooleanField(default=False)
    proposing = models.BooleanField(default=False)
    messaging = models.BooleanField(default=False)
    #: The account is closed while it holds.
    suspends = models.BooleanField(default=False)
    #: The person had closed the account themselves before, so ending this does not open it.
    was_closed = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(posting=True) | Q(proposing=True) | Q(messaging=True),
                name="moderation_a_restriction_restricts",
            )
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(status=RestrictionStatus.ACTIVE), name="moderation_restricted_now"
            ),
            models.Index(fields=["until"], condition=Q(status=RestrictionStatus.ACTIVE), name="moderation_to_expire"),
        ]


class Appeal(Record):
    """The person concerned asks for another human to look at a decision; once for each."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    status = models.CharField(max_length=10, choices=[(each, each) for each in AppealStatus], default=AppealStatus.OPEN)
    words = models.CharField(max_length=WORDS_LENGTH)
    answer_by = models.DateTimeField()
    reviewer = models.ForeignKey("users.User", on_delete=models.PROTECT, null=True, related_name="+")
    reasons = models.CharField(max_length=FACTS_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=AppealStatus.OPEN, reviewer=None)
                | Q(~Q(status=AppealStatus.OPEN), reviewer__isnull=False),
                name="moderation_an_answer_is_somebodys",
            )
        ]
        indexes = [models.Index(fields=["status", "answer_by"], name="moderation_appeal_due")]
