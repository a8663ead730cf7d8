"""What is said to a bank: assembled from the record of whatever a payment paid for.

Higher floors register who knows that record, by the purpose of the payment; payments asks them all when somebody looks
at the draft, and once more when it is sent, so it is never older than the answer.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from uuid import UUID

from jobsphere.payments.gateways.base import DisputeEvidence
from jobsphere.payments.models import Chargeback

#: The gateway takes at most so many characters of one text.
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the record, for a person who knows neither of the two; sections are read by `order`."""

    title: str
    text: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class Record:
    """What one supplier knows: sections of the text, and what the bank has a field of its own for."""

    sections: tuple[Section, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


#: (purpose_id, payment_id) -> what is known; looked at without a viewer, so only for finance and the bank.
Supplier = Callable[[UUID, UUID], Record]


@dataclass(frozen=True, slots=True)
class Draft:
    """The evidence as it would be sent now, and the whole of it as one readable text."""

    evidence: DisputeEvidence
    text: str
    #: The fields that finance has changed.
    edited: tuple[str, ...]


_suppliers: dict[str, list[Supplier]] = defaultdict(list)


def register(purpose_type: str, supplier: Supplier) -> None:
    """Register who knows the record of a purpose; called from `AppConfig.ready` of the app that owns it."""
    if supplier not in _suppliers[purpose_type]:
        _suppliers[purpose_type].append(supplier)


def draft_of(row: Chargeback) -> Draft:
    """Return the draft for a chargeback; what finance has changed takes the place of what was assembled.

    Once it is submitted, this is what was sent.
    """
    kept: dict[str, str] = row.evidence or {}
    if row.submitting_at or row.evidence_sent_at:
        final = replace(DisputeEvidence(), **kept)
        return Draft(final, readable(final), ())
    evidence = replace(_assembled(row), **kept)
    return Draft(evidence, readable(evidence), tuple(sorted(kept)))


def readable(evidence: DisputeEvidence) -> str:
    """Return the evidence as one text, as the bank will read it."""
    parts = [f"{name.replace('_', ' ').capitalize()}\n{text}" for name, text in asdict(evidence).items() if text]
    return "\n\n".join(parts)


def _assembled(row: Chargeback) -> DisputeEvidence:
    payment = row.payment
    records = [supply(payment.purpose_id, payment.pk) for supply in _suppliers[payment.purpose_type]]
    fields: dict[str, str] = {
        "customer_name": payment.payer.name,
        "customer_email": payment.payer.email,
    }
    for record in records:
        fields |= record.fields
    sections = sorted((each for record in records for each in record.sections), key=lambda each: each.order)
    text = "\n\n".join(f"{each.title}\n{each.text}" for each in sections if each.text)
    fields["uncategorized_text"] = _cut(text)
    return replace(DisputeEvidence(), **{name: _cut(value) for name, value in fields.items()})


def _cut(text: str) -> str:
    """Shorten what the gateway would not take, and say so."""
    mark = "\n[… shortened]"
    return text if len(text) <= LONGEST else text[: LONGEST - len(mark)] + mark
