"""Documents, their numbers, tax rates and who pays taxes where. Documents are append-only in the database."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.encryption_fields import EncryptedJSONField
from jobsphere.db.models import Record
from jobsphere.invoices.rules import InvoiceKind, InvoiceType, Supply, Treatment
from jobsphere.kit.money import Money


def _choices(values: type) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in values]  # type: ignore[attr-defined]


class Start(Record):
    """There was money before there were documents: `created_at` is from when on each movement has its own."""


class Brand(Record):
    """How the operator appears on documents from then on. Never changed: a new version is a new row."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=500, blank=True)
    country = models.CharField(max_length=2, blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    colour = models.CharField(max_length=7)
    #: PNG, re-encoded by us, as base64; empty: none.
    logo = models.TextField(blank=True)
    footer = models.CharField(max_length=300, blank=True)


class TaxRate(Record):
    """What tax is in a price from a day on. Empty region or category: all of them. Ended, never changed."""

    country = models.CharField(max_length=2)
    region = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=60, blank=True)
    supply = models.CharField(max_length=8, choices=_choices(Supply))
    treatment = models.CharField(max_length=16, choices=_choices(Treatment))
    basis_points = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    #: Why nothing is charged; printed on the document.
    reason = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    #: The first day on which it holds no more.
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(basis_points__lte=10_000), name="tax_rate_at_most_all"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="tax_rate_days_in_order"
            ),
        ]
        indexes = [models.Index(fields=["country", "supply", "valid_from"], name="tax_rate_scope")]


class TaxDetails(Record):
    """Who a person is for the tax office; as they said, and sealed. One row a person, changed by themselves."""

    user = models.OneToOneField("users.User", models.PROTECT, related_name="+")
    business = models.BooleanField(default=False)
    #: They agreed that we draw up their invoices for them (self-billing).
    self_billing_at = models.DateTimeField(null=True)
    #: legal_name, address, country, region, tax_number.
    details = EncryptedJSONField(row_bound=False)


class InvoiceCounter(Record):
    """The last number of an issuer in a year. Raised in the transaction that uses it, so a rollback leaves no gap."""

    issuer = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "year"], name="one_invoice_counter_a_year")]


class Invoice(Record):
    """An issued document: numbers and codes only. Its words are beside it, sealed, and held to it by a digest.

    `seller` and `buyer` are empty where that is the operator. Amounts are positive; `type` gives the sign. The same
    event makes at most one document of a kind and type.
    """

    issuer = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16, choices=_choices(InvoiceKind))
    type = models.CharField(max_length=16, choices=_choices(InvoiceType))
    seller = models.ForeignKey("users.User", models.PROTECT, null=True, related_name="+")
    buyer = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    contract_id = models.UUIDField(null=True)
    payout_id = models.UUIDField(null=True)
    plan_period_id = models.UUIDField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="credit_notes")
    #: The day in UTC on which it was issued.
    issued_on = models.DateField()
    currency = models.CharField(max_length=3)
    gross = models.BigIntegerField()
    net = models.BigIntegerField()
    tax = models.BigIntegerField()
    treatment = models.CharField(max_length=16, choices=_choices(Treatment))
    basis_points = models.PositiveIntegerField()
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, related_name="+")
    #: SHA-256 of what InvoiceWords holds.
    words_digest = models.CharField(max_length=64)
    #: The event that caused it.
    cause = models.CharField(max_length=60)
    cause_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "sequence"], name="one_invoice_a_number"),
            models.UniqueConstraint(fields=["cause_id", "kind", "type"], name="one_invoice_a_cause"),
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("tax"), gross__gt=0, net__gte=0, tax__gte=0), name="invoice_adds_up"
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "-id"], name="invoice_by_buyer"),
            models.Index(fields=["seller", "-id"], name="invoice_by_seller"),
            models.Index(fields=["contract_id", "id"], name="invoice_by_contract"),
            models.Index(fields=["issued_on", "id"], name="invoice_by_day"),
            models.Index(
                fields=["plan_period_id", "id"], name="invoice_by_period", condition=Q(plan_period_id__isnull=False)
            ),
        ]

    def money(self, minor_units: int) -> Money:
        """Return an amount of this row as money."""
        return Money(minor_units, self.currency)


class InvoiceLine(Record):
    """A part of a document: the money of one hold."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    hold_id = models.UUIDField(null=True)
    gross = models.BigIntegerField()
    tax = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="one_invoice_line_a_position"),
            models.CheckConstraint(condition=Q(gross__gt=0, tax__gte=0, tax__lte=F("gross")), name="invoice_line_sane"),
        ]
        indexes = [models.Index(fields=["hold_id", "id"], name="invoice_line_by_hold")]


class InvoiceWords(Record):
    """Names, addresses and descriptions of a document as they were when it was issued, sealed.

    Beside the document and not in it, because a change of the key seals them again; the digest shows any other change.
    """

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="words")
    content = EncryptedJSONField(row_bound=False)
