"""The ledger's tables. Constraints here and the triggers of triggers.py guard them; README.md explains the scheme."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.ledger.constraints import CompositeForeignKey, IsInteger
from jobsphere.ledger.rules import MAX_LEGS, RunStatus, Side


class LedgerAccount(Record):
    """One account of the books. Balances are signed, debit positive, in minor units of the currency.

    The id is derived from the key (`AccountKey.id`), so that nobody has to look one up. `balance` and `sequence` (how
    many entries it has had) move only on tracked accounts, and only together with an entry. No index covers them, so
    that PostgreSQL can update the row in place (HOT).
    """

    kind = models.CharField(max_length=32)
    owner_type = models.CharField(max_length=32, blank=True)
    owner_id = models.CharField(max_length=64, blank=True)
    currency = models.CharField(max_length=3)
    normal_side = models.CharField(max_length=6)
    tracked = models.BooleanField()
    may_go_negative = models.BooleanField()
    balance = models.BigIntegerField(default=0)
    sequence = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "kind", "owner_type", "currency"], name="one_ledger_account_per_key"
            ),
            models.CheckConstraint(
                condition=Q(may_go_negative=True)
                | Q(normal_side=Side.DEBIT.value, balance__gte=0)
                | Q(normal_side=Side.CREDIT.value, balance__lte=0),
                name="ledger_balance_stays_on_its_side",
            ),
            models.CheckConstraint(condition=IsInteger(F("balance")), name="ledger_balance_is_an_integer"),
            models.CheckConstraint(
                condition=Q(sequence__isnull=True, balance=0)
                | Q(sequence__isnull=False, sequence__gte=1, tracked=True),
                name="ledger_balance_only_when_tracked",
            ),
            models.CheckConstraint(
                condition=Q(tracked=True) | Q(may_go_negative=True), name="ledger_limit_only_when_tracked"
            ),
            # At commit the newest entry that the row counts must exist: a balance cannot move without one.
            CompositeForeignKey(
                columns=("id", "sequence"),
                to_table="ledger_entry",
                to_columns=("account_id", "sequence"),
                name="ledger_balance_has_its_entry",
            ),
        ]


class Transfer(Record):
    """The seal of a set of entries: it is written last, when they are complete and balanced. `created_at` is the
    posting time. The business key (code, reference) makes posting idempotent.
    """

    code = models.CharField(max_length=64)
    reference = models.CharField(max_length=128)
    currency = models.CharField(max_length=3)
    legs = models.PositiveSmallIntegerField()
    source_type = models.CharField(max_length=32)
    source_id = models.CharField(max_length=64)
    memo = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "code"], name="one_ledger_transfer_per_reference"),
            models.UniqueConstraint(fields=["id", "legs"], name="ledger_transfer_with_its_legs"),
            models.CheckConstraint(condition=Q(legs__gte=2, legs__lte=MAX_LEGS), name="ledger_transfer_has_legs"),
        ]
        indexes = [models.Index(fields=["source_id", "source_type"], name="ledger_transfer_source")]


class Entry(Record):
    """One leg of a transfer on one account, never changed. On a tracked account it is also a link of the account's
    chain: `sequence` counts from 1 and `balance_after` is the account's balance behind it; both are NULL elsewhere.

    The foreign keys are ours to enforce: the composite one below for the transfer, and a trigger for the account,
    because PostgreSQL's own check would lock the hot platform account's row for every entry.
    """

    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, related_name="entries", db_constraint=False, db_index=False
    )
    legs = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    account = models.ForeignKey(
        LedgerAccount, on_delete=models.PROTECT, related_name="entries", db_constraint=False, db_index=False
    )
    amount = models.BigIntegerField()
    sequence = models.BigIntegerField(null=True)
    balance_after = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "position"], name="one_ledger_entry_per_position"),
            models.UniqueConstraint(fields=["account", "sequence"], name="one_ledger_entry_per_sequence"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=F("legs")), name="ledger_entry_within_its_legs"
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_amount_is_not_zero"),
            models.CheckConstraint(condition=IsInteger(F("amount")), name="ledger_amount_is_an_integer"),
            models.CheckConstraint(
                condition=Q(sequence__isnull=True, balance_after__isnull=True)
                | Q(sequence__isnull=False, sequence__gte=1, balance_after__isnull=False),
                name="ledger_entry_in_its_chain",
            ),
            # At commit the seal must exist, with this number of legs, all of whose positions are then taken.
            CompositeForeignKey(
                columns=("transfer_id", "legs"),
                to_table="ledger_transfer",
                to_columns=("id", "legs"),
                name="ledger_entry_is_sealed",
            ),
        ]
        indexes = [
            # The statement and the sum of an untracked account; a tracked one has its sequence.
            models.Index(fields=["account", "id"], name="ledger_entry_untracked", condition=Q(sequence__isnull=True))
        ]


class BalanceSnapshot(Record):
    """The sum of an untracked account's entries up to one of them. A cache: it can be deleted and made again."""

    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    up_to = models.UUIDField()
    balance = models.BigIntegerField()
    entries = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "up_to"], name="one_ledger_snapshot_per_entry")]


class DailyStatement(Record):
    """The sealed statement of one UTC day: written once, after the day has closed, and never changed.

    `chain` is the digest of the day's last transfer (statements.py says of what); `seal` closes the statement over it,
    its lines and the seal of the day before. Nothing can be posted before `until` any more.
    """

    number = models.PositiveIntegerField(unique=True)
    day = models.DateField(unique=True)
    until = models.DateTimeField(unique=True)
    transfers = models.BigIntegerField()
    entries = models.BigIntegerField()
    first_transfer = models.UUIDField(null=True)
    last_transfer = models.UUIDField(null=True)
    previous = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)


class DailyLine(Record):
    """All accounts of one kind and currency on one day, signed: closing = opening + debits - credits."""

    statement = models.ForeignKey(DailyStatement, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=32)
    currency = models.CharField(max_length=3)
    opening = models.BigIntegerField()
    debits = models.BigIntegerField()
    credits = models.BigIntegerField()
    closing = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "currency", "kind"], name="one_ledger_line_per_day_and_kind"),
        ]


class SealedTransfer(models.Model):
    """The digest of one transfer in its day's chain, so that an audit can name what was changed, added or lost."""

    transfer_id = models.UUIDField(primary_key=True)
    statement = models.ForeignKey(
        DailyStatement, on_delete=models.PROTECT, related_name="sealed", db_constraint=False, db_index=False
    )
    position = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="one_sealed_transfer_per_position"),
        ]

    def __str__(self) -> str:
        return f"sealed transfer {self.transfer_id}"


class ReconciliationRun(Record):
    """One run of the checks: who asked for it, how far it is, what it found."""

    started_by_id = models.UUIDField(null=True)
    started_by_name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=16, default=RunStatus.QUEUED)
    gateway = models.CharField(max_length=32, blank=True)
    since = models.DateTimeField(null=True)
    #: Each check that is done: name, how many differences, how many of them pending, milliseconds.
    checks = models.JSONField(default=list)
    checks_total = models.PositiveIntegerField(default=0)
    checks_done = models.PositiveIntegerField(default=0)
    current = models.CharField(max_length=100, blank=True)
    differences = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)


class Difference(Record):
    """A difference that runs have found. `created_at` is when it was first seen; `gone_at` when it no longer was.

    One that comes back after it was gone is a new one.
    """

    check_name = models.CharField(max_length=64)
    code = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    words = models.CharField(max_length=2000)
    currency = models.CharField(max_length=3, blank=True)
    amount = models.BigIntegerField(null=True)
    #: A matter of time so far: something is still under way.
    pending = models.BooleanField(default=False)
    first_run = models.ForeignKey(ReconciliationRun, on_delete=models.PROTECT, related_name="+")
    last_run = models.ForeignKey(ReconciliationRun, on_delete=models.PROTECT, related_name="+")
    last_seen_at = models.DateTimeField()
    times_seen = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_id = models.UUIDField(null=True)
    acknowledged_by_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "subject"], condition=Q(gone_at=None), name="one_open_difference_per_code_and_subject"
            ),
        ]
        indexes = [models.Index(fields=["check_name"], name="difference_open", condition=Q(gone_at=None))]
