"""The ledger's tables. Constraints here and the triggers of triggers.py guard them; README.md explains the scheme."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.ledger.constraints import CompositeForeignKey, IsInteger
from jobsphere.ledger.rules import MAX_LEGS, Side


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
