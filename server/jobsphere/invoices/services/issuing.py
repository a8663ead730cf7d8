"""Issue the documents that a movement of money makes (ADR 0028)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Sum

from jobsphere.audit import services as audit
from jobsphere.contracts.selectors import describing
from jobsphere.db.transactions import require_transaction
from jobsphere.invoices import brands, categories, selectors, wording
from jobsphere.invoices.events import InvoiceIssued
from jobsphere.invoices.models import Brand, Invoice, InvoiceLine, InvoiceWords
from jobsphere.invoices.parties import Parties
from jobsphere.invoices.rules import (
    FEES,
    Draft,
    InvoiceKind,
    InvoiceType,
    Supply,
    TaxShare,
    issuer_of,
    number_text,
    share_tax,
    tax_of_credit,
    tax_within,
)
from jobsphere.invoices.services.numbering import next_number
from jobsphere.invoices.taxes import AppliedTax, tax_between
from jobsphere.invoices.types import Cause, Words
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.money import Money
from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKind, account, credit, debit
from jobsphere.outbox import services as outbox
from jobsphere.outbox.errors import Postpone
from jobsphere.payments.types import Described
from jobsphere.plans.selectors.describing import title_of

#: Which documents are between the operator and the customer; all other fees are the contractor's.
_CUSTOMER_PAYS = frozenset({InvoiceKind.WORK, InvoiceKind.KEPT_FEE})
#: How soon a credit note looks for its invoice again.
_SOON = timedelta(seconds=2)
_UNNAMED = Described("Work", "", "")


def issue(*, cause: Cause, drafts: Sequence[Draft]) -> list[UUID]:
    """Issue the documents that a cause makes, each once however often this is called; returns the new ones' ids.

    In one transaction: number, document, the tax that the operator owes on its own fee (a transfer off the
    income into tax payable, or back), audit entry and event. Raises Postpone when a credit
    note comes before its invoice.
    """
    require_transaction()
    there = set(Invoice.objects.filter(cause_id=cause.id).values_list("kind", "type"))
    wanted = [draft for draft in drafts if (draft.kind, draft.type) not in there]
    if not wanted:
        return []
    brand = brands.current()
    parties = Parties(cause.contractor_id, cause.customer_id, brand)
    holds = [line.hold_id for draft in wanted for line in draft.lines if line.hold_id]
    named = describing.holds(holds)
    return [_issue(cause, draft, parties, named, brand) for draft in wanted]


def _issue(cause: Cause, draft: Draft, parties: Parties, named: Mapping[UUID, Described], brand: Brand | None) -> UUID:
    corrected = _corrected(cause, draft) if draft.type is InvoiceType.CREDIT_NOTE else None
    seller, buyer = parties.of(draft.kind)
    today = clock.now().date()
    tax = (
        _tax_of(corrected)
        if corrected
        else tax_between(
            seller=seller.tax_party(),
            buyer=buyer.tax_party(),
            supply=Supply.WORK if draft.kind is InvoiceKind.WORK else Supply.FEES,
            category_of=partial(categories.of_contract, cause.contract_id),
            on=today,
        )
    )
    if corrected is None and draft.kind is InvoiceKind.WORK and not seller.may_be_billed_for:
        tax = AppliedTax(tax.treatment)
    gross = Money(draft.gross, draft.lines[0].gross.currency)
    share = _share(gross, tax, corrected)
    words = wording.words(
        kind=draft.kind,
        type_=draft.type,
        seller=seller,
        buyer=buyer,
        tax=tax,
        lines=[named.get(line.hold_id, _UNNAMED) if line.hold_id else _named(cause) for line in draft.lines],
        corrects=corrected.number if corrected else "",
        operator=brand.name if brand else brands.default().name,
    )
    row = _store(cause, draft, today, gross, share, tax, words, corrected, brand)
    _book_tax(row, draft.kind)
    _record(row)
    return row.pk


def _named(cause: Cause) -> Described:
    return title_of(cause.plan_period_id) if cause.plan_period_id else _UNNAMED


def _store(
    cause: Cause,
    draft: Draft,
    today: date,
    gross: Money,
    share: TaxShare,
    tax: AppliedTax,
    words: Words,
    corrected: Invoice | None,
    brand: Brand | None,
) -> Invoice:
    issuer = issuer_of(draft.kind, cause.contractor_id)
    sequence = next_number(issuer, today.year)
    is_ours = draft.kind is not InvoiceKind.WORK
    payer = cause.customer_id if draft.kind in _CUSTOMER_PAYS else None
    row = Invoice.objects.create(
        issuer=issuer,
        year=today.year,
        sequence=sequence,
        number=number_text(issuer, today.year, sequence),
        kind=draft.kind,
        type=draft.type,
        seller_id=None if is_ours else cause.contractor_id,
        buyer_id=payer or cause.contractor_id,
        contract_id=cause.contract_id,
        payout_id=cause.payout_id,
        plan_period_id=cause.plan_period_id,
        corrects=corrected,
        issued_on=today,
        currency=gross.currency,
        gross=gross.amount,
        net=share.net.amount,
        tax=share.tax.amount,
        treatment=tax.treatment,
        basis_points=tax.basis_points,
        brand=brand,
        words_digest=digest_of(words),
        cause=cause.name,
        cause_id=cause.id,
    )
    taxes = share_tax(share.tax, [line.gross for line in draft.lines])
    InvoiceLine.objects.bulk_create(
        InvoiceLine(invoice=row, position=position, hold_id=line.hold_id, gross=line.gross.amount, tax=part.amount)
        for position, (line, part) in enumerate(zip(draft.lines, taxes, strict=True), start=1)
    )
    InvoiceWords.objects.create(invoice=row, content=words)
    return row


def digest_of(words: Words) -> str:
    """Return what binds a document's words to it."""
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _corrected(cause: Cause, draft: Draft) -> Invoice | None:
    """Return the invoice that a credit note takes back: the newest of its kind for the same money.

    Raises Postpone when it is not there yet: its event is still on its way. Money from before there were documents
    has none.
    """
    hold_id = draft.lines[0].hold_id
    about = {"payout_id": cause.payout_id, "plan_period_id": cause.plan_period_id}
    same = {"lines__hold_id": hold_id} if hold_id else {name: known for name, known in about.items() if known}
    rows = Invoice.objects.filter(kind=draft.kind, type=InvoiceType.INVOICE, **same).select_related("words")
    found = rows.order_by("-id").first()
    if found is None and not selectors.is_from_before(hold_id):
        raise Postpone(_SOON)
    return found


def _tax_of(corrected: Invoice) -> AppliedTax:
    words = corrected.words.content["tax"]
    return AppliedTax(corrected.treatment, corrected.basis_points, words["name"], words["reason"])  # type: ignore[arg-type]


def _share(gross: Money, tax: AppliedTax, corrected: Invoice | None) -> TaxShare:
    if corrected is None:
        return tax_within(gross, tax.basis_points)
    before = corrected.credit_notes.aggregate(total=Sum("gross"))["total"] or 0
    return tax_of_credit(gross, credited_before=Money(before, gross.currency), basis_points=tax.basis_points)


def _book_tax(row: Invoice, kind: InvoiceKind) -> None:
    """Take the tax on our own fee out of the income, and owe it; a credit note gives it back."""
    if not row.tax or kind not in FEES:
        return
    tax = row.money(row.tax if row.type == InvoiceType.INVOICE else -row.tax)
    ledger.post(
        code="tax.due",
        reference=row.number,
        legs=[
            debit(account(AccountKind.REVENUE_TAX, row.currency), tax),
            credit(account(AccountKind.TAX_PAYABLE, row.currency), tax),
        ],
        source_type="invoice",
        source_id=row.pk,
        memo=f"{row.basis_points / 100:g} % in {row.number}",
    )


def _record(row: Invoice) -> None:
    detail: dict[str, Any] = {"number": row.number, "kind": row.kind, "type": row.type, "gross": row.money(row.gross)}
    audit.record(actor=SYSTEM, verb="invoice.issue", target_type="invoice", target_id=row.pk, detail=detail)
    outbox.publish(
        InvoiceIssued(
            invoice_id=row.pk,
            number=row.number,
            kind=str(row.kind),
            type=str(row.type),
            seller_id=row.seller_id,
            buyer_id=row.buyer_id,
            contract_id=row.contract_id,
            gross=row.money(row.gross),
            tax=row.money(row.tax),
        ),
        actor=SYSTEM,
    )
