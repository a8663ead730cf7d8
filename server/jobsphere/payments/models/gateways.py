"""What was asked of a gateway, what it told, what it moved, and how it is."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.encryption_fields import EncryptedTextField
from jobsphere.db.models import Record
from jobsphere.kit.money import Money
from jobsphere.payments.rules import (
    UNSETTLED,
    CircuitState,
    OperationKind,
    OperationStatus,
)


class GatewayOperation(Record):
    """An intent to move money at a gateway, written before it is asked for, with its own stable idempotency key.

    The key under which it is sent changes only when the gateway itself has spoilt it (`generation`).
    """

    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in OperationKind])
    subject_type = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    gateway = models.CharField(max_length=32)
    key = models.CharField(max_length=128)
    generation = models.PositiveIntegerField(default=1)
    request = models.JSONField(default=dict)
    status = models.CharField(max_length=16, default=OperationStatus.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    first_sent_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    #: The next attempt asks the gateway what became of the last one before it sends anything.
    look_first = models.BooleanField(default=False)
    last_error = models.CharField(max_length=1000, blank=True)
    gateway_object_id = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "key"], name="one_gateway_operation_per_key"),
            models.UniqueConstraint(
                fields=["gateway", "kind", "gateway_object_id"],
                condition=Q(kind__in=["authorize", "refund", "transfer", "reverse_transfer", "pay_out"])
                & ~Q(gateway_object_id=""),
                name="one_gateway_operation_per_object",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="gateway_operation_subject"),
            models.Index(
                fields=["next_attempt_at"],
                name="gateway_operation_open",
                condition=Q(status__in=sorted(UNSETTLED)),
            ),
        ]

    @property
    def sent_key(self) -> str:
        """Return the idempotency key that the gateway gets."""
        return self.key if self.generation == 1 else f"{self.key}.{self.generation}"


class GatewayEvent(Record):
    """The inbox: what a gateway has told us, verified and stored once. Only a hint to look at the object again."""

    gateway = models.CharField(max_length=32)
    event_key = models.CharField(max_length=255)
    type = models.CharField(max_length=128)
    object_kind = models.CharField(max_length=32)
    object_id = models.CharField(max_length=255)
    payee_id = models.CharField(max_length=255, blank=True)
    happened_at = models.DateTimeField()
    #: As the gateway signed it: names, addresses, secrets of open payments. Retention empties it.
    body = EncryptedTextField()
    attempts = models.PositiveIntegerField(default=0)
    handled_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "event_key"], name="one_gateway_event_per_key"),
        ]
        indexes = [models.Index(fields=["id"], name="gateway_event_open", condition=Q(handled_at=None))]


class GatewayMovement(Record):
    """One line of our balance at a gateway (or of a payee's), as the gateway told it; only ever added.

    net = amount - fee is what the balance gained, signed. `happened_at` is the gateway's own time.
    """

    gateway = models.CharField(max_length=32)
    movement_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=24)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    fee = models.BigIntegerField()
    net = models.BigIntegerField()
    object_kind = models.CharField(max_length=24)
    object_id = models.CharField(max_length=255, blank=True)
    happened_at = models.DateTimeField()
    available_at = models.DateTimeField()
    payee_id = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "movement_id"], name="one_movement_per_gateway_id"),
            models.CheckConstraint(condition=Q(net=F("amount") - F("fee")), name="movement_nets_its_fee"),
        ]
        indexes = [
            models.Index(fields=["gateway", "happened_at"], name="movement_in_time"),
            models.Index(fields=["gateway", "object_id"], name="movement_of_object"),
        ]

    def money(self, minor_units: int) -> Money:
        """Return an amount of this row as money."""
        return Money(minor_units, self.currency)


class GatewayHealth(Record):
    """Whether a gateway answers, as all processes see it. A row is made with the first failure."""

    name = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=16, default=CircuitState.CLOSED)
    #: Somebody at the marketplace has opened it: only they close it again.
    forced = models.BooleanField(default=False)
    since = models.DateTimeField()
    #: Requests in a row that had no answer, and when the last one was.
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=255, blank=True)
    #: How often it has opened without an answer in between; the pauses grow with it.
    openings = models.PositiveIntegerField(default=0)
    #: From when on one new payment may see whether it answers again.
    retry_at = models.DateTimeField(null=True)
