"""Reads of documents, rates, brand and tax details."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, When
from django.db.models.functions import TruncMonth

from jobsphere.db.composed import first
from jobsphere.escrow import selectors as escrow
from jobsphere.invoices import brands, policies
from jobsphere.invoices.models import Brand, Invoice, Start, TaxDetails, TaxRate
from jobsphere.invoices.rules import InvoiceKind, InvoiceType, Supply, Treatment, month_of
from jobsphere.invoices.types import (
    BrandView,
    InvoiceFilter,
    InvoiceLineView,
    InvoiceView,
    MonthTotals,
    PartyView,
    TaxDetailsView,
    TaxRateView,
)
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import require_finance


def invoices(viewer: Actor, wanted: InvoiceFilter) -> "QuerySet[Invoice]":
    """Return the viewer's documents for the API to page. Raises InvalidInput for a month that is none."""
    return _narrowed(policies.documents_of(viewer), viewer, wanted)


def all_invoices(viewer: Actor, wanted: InvoiceFilter) -> "QuerySet[Invoice]":
    """Return everybody's documents, for those who account for the money (Forbidden). `search`: part of a number."""
    rows = _narrowed(policies.all_documents(viewer), viewer, wanted)
    return rows.filter(number__icontains=wanted.search.strip()) if wanted.search.strip() else rows


def invoice_views(viewer: Actor, rows: Sequence[Invoice]) -> list[InvoiceView]:
    """Return a page of documents as the viewer sees them; two queries whatever its size."""
    ids = [row.pk for row in rows]
    full = Invoice.objects.filter(pk__in=ids).select_related("words", "brand", "corrects").prefetch_related("lines")
    found = {row.pk: row for row in full}
    return [_view(viewer, found[pk]) for pk in ids]


def invoice(viewer: Actor, invoice_id: UUID) -> InvoiceView:
    """Return one document; raises NotFound for anybody but the two of it and those who account for the money."""
    return _view(viewer, policies.get_invoice_for(viewer, invoice_id))


def months(viewer: Actor) -> list[MonthTotals]:
    """Return what the viewer's documents come to by month, newest first, and by what they are to them. One query."""
    me = viewer.known_id()
    sign = Case(When(type=InvoiceType.CREDIT_NOTE, then=-1), default=1, output_field=IntegerField())
    is_seller = Case(When(seller_id=me, then=1), default=0, output_field=IntegerField())
    rows = policies.documents_of(viewer).annotate(month=TruncMonth("issued_on"), sells=is_seller)
    sums = rows.values("month", "sells", "currency").annotate(
        documents=Count("pk"), total=Sum(F("gross") * sign), taxes=Sum(F("tax") * sign)
    )
    return [
        MonthTotals(
            month=f"{each['month']:%Y-%m}",
            role=policies.SELLER if each["sells"] else policies.BUYER,
            documents=each["documents"],
            gross=Money(int(each["total"]), each["currency"]),
            tax=Money(int(each["taxes"]), each["currency"]),
        )
        for each in sums.order_by("-month", "-sells", "currency")
    ]


def rates(viewer: Actor) -> list[TaxRateView]:
    """Return the whole table of rates, newest first, for those who account for the money (Forbidden)."""
    require_finance(viewer)
    return [_rate(viewer, row) for row in TaxRate.objects.order_by("country", "supply", "-valid_from", "-id")]


def rate(viewer: Actor, rate_id: UUID) -> TaxRateView:
    """Return one rate; raises Forbidden and NotFound."""
    require_finance(viewer)
    row = first(TaxRate, pk=rate_id)
    if row is None:
        raise NotFound("There is no such tax rate.")
    return _rate(viewer, row)


def brand() -> BrandView:
    """Return how the operator appears on documents now."""
    return brands.view_of(Brand.objects.order_by("-id").first())


def tax_details(viewer: Actor) -> TaxDetailsView:
    """Return who the viewer said they are for the tax office."""
    row = TaxDetails.objects.filter(user_id=viewer.known_id()).first()
    if row is None:
        return TaxDetailsView(missing=("legal_name", "address", "country"))
    missing = tuple(name for name in ("legal_name", "address", "country") if not row.details[name])
    return TaxDetailsView(
        **row.details, business=row.business, self_billing=row.self_billing_at is not None, missing=missing
    )


def is_from_before(hold_id: UUID | None) -> bool:
    """Say whether a hold is older than the documents, on a marketplace that had money before it had them."""
    start = Start.objects.order_by("id").first()
    return start is not None and hold_id is not None and escrow.hold(hold_id).created_at < start.created_at


def _narrowed(rows: "QuerySet[Invoice]", viewer: Actor, wanted: InvoiceFilter) -> "QuerySet[Invoice]":
    if wanted.month:
        try:
            month = month_of(wanted.month)
        except ValueError:
            raise InvalidInput.at("/month", "month", "Write the month as 2026-11.") from None
        rows = rows.filter(issued_on__gte=month.first, issued_on__lt=month.after)
    if wanted.role:
        rows = rows.filter(**{f"{wanted.role}_id": viewer.known_id()})
    names = ("kind", "type", "contract_id")
    given = {name: value for name in names if (value := getattr(wanted, name))}
    return rows.filter(Q(**given))


def _view(viewer: Actor, row: Invoice) -> InvoiceView:
    words = row.words.content
    lines = sorted(row.lines.all(), key=lambda line: line.position)
    return InvoiceView(
        id=row.pk,
        number=row.number,
        kind=InvoiceKind(row.kind),
        type=InvoiceType(row.type),
        heading=words["heading"],
        title=words["title"],
        issued_on=row.issued_on,
        created_at=row.created_at,
        contract_id=row.contract_id,
        payout_id=row.payout_id,
        corrects=words["corrects"],
        corrects_id=row.corrects_id,
        seller=PartyView(**words["seller"]),
        buyer=PartyView(**words["buyer"]),
        lines=tuple(
            InvoiceLineView(
                description=text,
                net=row.money(line.gross - line.tax),
                tax=row.money(line.tax),
                gross=row.money(line.gross),
            )
            for text, line in zip(words["lines"], lines, strict=True)
        ),
        net=row.money(row.net),
        tax=row.money(row.tax),
        gross=row.money(row.gross),
        treatment=Treatment(row.treatment),
        tax_name=words["tax"]["name"],
        basis_points=row.basis_points,
        notes=tuple(words["notes"]),
        role=policies.role_of(viewer, row),
        brand=brands.view_of(row.brand),
    )


def _rate(viewer: Actor, row: TaxRate) -> TaxRateView:
    names = ("id", "country", "region", "category", "basis_points", "name", "reason", "valid_from", "valid_until")
    return TaxRateView(
        **{name: getattr(row, name) for name in names},
        supply=Supply(row.supply),
        treatment=Treatment(row.treatment),
        allowed_actions=("end",) if row.valid_until is None and viewer.is_admin else (),
    )
