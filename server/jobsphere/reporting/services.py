"""What is said, set and made: details of contractors, thresholds, rates, reports and their corrections."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.invoices.selectors import brand
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import is_currency
from jobsphere.outbox import services as outbox
from jobsphere.reporting import policies, selectors
from jobsphere.reporting.checking import checked
from jobsphere.reporting.errors import NothingToReport, OperatorUnknown
from jobsphere.reporting.events import SellerAsked, SellerWithheld
from jobsphere.reporting.models import ExchangeRate, Report, ReportLine, Seller, Threshold
from jobsphere.reporting.papers import dac7
from jobsphere.reporting.papers.form_1099_k import Form, csv_of
from jobsphere.reporting.rules import EUROPEAN_UNION, Regime, Standing, missing_in, step_due
from jobsphere.reporting.types import Figures, SellerRow

FIRST_YEAR, LAST_YEAR = 2011, 2100


@dataclass(frozen=True, slots=True)
class Draft:
    """A line that is to be reported: a person in one currency, and the line that it corrects, if any."""

    user_id: UUID
    details: Mapping[str, str]
    figures: Figures
    digest: str
    before: ReportLine | None = None
    deleted: bool = False


def save_details(*, actor: Actor, **said: str) -> UUID:
    """Keep who the actor is for a tax authority. Withdrawals that waited for it go on once nothing is missing.

    Raises InvalidInput for numbers, days and countries that cannot be right.
    """
    require_transaction()
    details = checked(said, clock.now().date())
    complete = not missing_in(details)
    row = Seller.objects.filter(user_id=actor.known_id()).first() or Seller(user_id=actor.known_id())
    row.details, row.complete = details, complete
    if complete:
        row.withheld_at, row.asked_at, row.reminders = None, None, 0
    row.save()
    # What was said is sealed; the trail says only that it was, and of which country.
    detail = {"country": details["country"], "complete": complete}
    audit.record(actor=actor, verb="seller.save", target_type="user", target_id=actor.known_id(), detail=detail)
    return row.pk


def add_threshold(
    *, actor: Actor, regime: str, year: int, amount: int, activities: int, both: bool, source: str
) -> UUID:
    """Say from which amounts on people are reported from a year on; for administrators. Raises Forbidden."""
    policies.require_reporter(actor)
    require_transaction()
    row = Threshold.objects.create(
        regime=Regime(regime), year=year, amount=amount, activities=activities, both=both, source=source
    )
    detail = {"regime": regime, "year": year, "amount": amount, "activities": activities, "source": source}
    audit.record(actor=actor, verb="threshold.add", target_type="threshold", target_id=row.pk, detail=detail)
    return row.pk


def add_rate(*, actor: Actor, year: int, currency: str, into: str, millionths: int, source: str) -> UUID:
    """Say what a currency is worth in a year; for administrators. Raises Forbidden, InvalidInput."""
    policies.require_reporter(actor)
    require_transaction()
    for name, code in (("currency", currency), ("into", into)):
        if not is_currency(code):
            raise InvalidInput.at(f"/{name}", "currency", "The currency is not a known ISO 4217 code.")
    row = ExchangeRate.objects.create(year=year, currency=currency, into=into, millionths=millionths, source=source)
    detail = {"year": year, "currency": currency, "into": into, "millionths": millionths, "source": source}
    audit.record(actor=actor, verb="exchange-rate.add", target_type="exchange-rate", target_id=row.pk, detail=detail)
    return row.pk


def make_report(*, actor: Actor, year: int, regime: str) -> list[UUID]:
    """Make the files of a year: what is new, and, where something was reported before and has changed, corrections.

    Who is incomplete is left out, and reported by an additional file later. Raises Forbidden, OperatorUnknown, and
    NothingToReport when everything was said already.
    """
    policies.require_reporter(actor)
    require_transaction()
    kind = Regime(regime)
    if problems := selectors.operator_problems():
        raise OperatorUnknown(f"Set the brand first: {', '.join(problems)}.", missing=list(problems))
    new, changed = _drafts(kind, year)
    made = [_write(actor, kind, year, drafts) for drafts in (changed, new) if drafts]
    if not made:
        raise NothingToReport("Nobody is to be reported, or everything was reported already and has not changed.")
    return made


def read_report(*, actor: Actor, report_id: UUID) -> tuple[str, str, str]:
    """Return a file with its name and type, and leave a trace of who read it. Raises Forbidden, NotFound."""
    require_transaction()
    row = policies.get_report_for(actor, report_id)
    audit.record(actor=actor, verb="seller-report.read", target_type="seller-report", target_id=row.pk)
    is_xml = row.regime == Regime.DAC7
    name = f"{row.message_ref}.{'xml' if is_xml else 'csv'}"
    return row.content, name, "application/xml" if is_xml else "text/csv; charset=utf-8"


def ask_sellers() -> int:
    """Ask contractors who earned lately for what is missing, remind them twice, and withhold in the end.

    Only where the operator is in a country whose law asks: the Union (then withdrawals wait after 60 days) or the
    United States (never: backup withholding is between them and the IRS). Returns how many were told something.
    """
    require_transaction()
    country = brand().country
    if country not in EUROPEAN_UNION and country != "US":
        return 0
    told = 0
    # What was earned last year is reported in this one, and may still lack something.
    this = clock.now().year
    sellers = {each.user_id: each for year in (this - 1, this) for each in selectors.sellers_of(year)}
    for each in sellers.values():
        if each.standing is Standing.INCOMPLETE and (each.missing or not each.country):
            told += _ask(each, may_withhold=country in EUROPEAN_UNION)
    return told


def _ask(seller: SellerRow, *, may_withhold: bool) -> bool:
    row = Seller.objects.filter(user_id=seller.user_id).first()
    if row is None:
        row = Seller.objects.create(user_id=seller.user_id, details={})
    now = clock.now()
    if row.asked_at is None:
        update_where(Seller, {"pk": row.pk, "asked_at": None, "complete": False}, asked_at=now)
        outbox.publish(SellerAsked(user_id=seller.user_id, reminder=0))
        return True
    step = step_due(row.asked_at, row.reminders, now=now, may_withhold=may_withhold)
    waiting = {"pk": row.pk, "complete": False, "reminders": row.reminders, "withheld_at": None}
    if step.reminder and update_where(Seller, waiting, reminders=step.reminder):
        outbox.publish(SellerAsked(user_id=seller.user_id, reminder=step.reminder))
        return True
    if step.withhold and update_where(Seller, waiting, withheld_at=now):
        audit.record(actor=SYSTEM, verb="seller.withhold", target_type="user", target_id=seller.user_id)
        outbox.publish(SellerWithheld(user_id=seller.user_id))
        return True
    return False


def _drafts(regime: Regime, year: int) -> tuple[list[Draft], list[Draft]]:
    """Return what is new, and what corrects a line that was reported: changed, or not to be reported any more."""
    last: dict[tuple[UUID, str], ReportLine] = {}
    for line in ReportLine.objects.filter(report__year=year, report__regime=regime).order_by("id"):
        last[line.user_id, line.currency] = line
    wanted = {(draft.user_id, draft.figures.currency): draft for draft in _wanted(regime, year)}
    new, changed = [], []
    for key, draft in wanted.items():
        before = last.get(key)
        if before is None or before.change == "deleted":
            new.append(draft)
        elif before.digest != draft.digest:
            changed.append(Draft(draft.user_id, draft.details, draft.figures, draft.digest, before))
    known = {row.user_id: row for row in selectors.sellers_of(year)}
    for key, before in last.items():
        seller = known.get(key[0])
        # Who has just become incomplete is not taken back: what was said of them still stands.
        if (
            key not in wanted
            and before.change != "deleted"
            and (seller is None or seller.standing is Standing.EXCLUDED)
        ):
            details = Seller.objects.get(user_id=key[0]).details
            nothing = Figures(key[1], *([(0,) * 12] * 5))
            changed.append(Draft(key[0], details, nothing, "", before, deleted=True))
    return new, changed


def _wanted(regime: Regime, year: int) -> list[Draft]:
    rows = [row for row in selectors.sellers_of(year) if row.regime is regime and row.standing is Standing.REPORTABLE]
    details = {row.user_id: row.details for row in Seller.objects.filter(user_id__in=[row.user_id for row in rows])}
    drafts = []
    for row in rows:
        said = details[row.user_id]
        parts = row.figures if regime is Regime.DAC7 else (_in_dollars(row, year),)
        drafts += [
            Draft(row.user_id, said, part, _digest(said, part, regime)) for part in parts if _counts(part, regime)
        ]
    return drafts


def _counts(part: Figures, regime: Regime) -> bool:
    return any(part.gross if regime is Regime.FORM_1099_K else part.paid)


def _in_dollars(row: SellerRow, year: int) -> Figures:
    """Return a year in US dollars, which the form is in; the rates were found when the standing was."""
    rates = selectors.rates_of(year)

    def months(name: str) -> tuple[int, ...]:
        return tuple(
            sum(
                amounts[at]
                if each.currency == "USD"
                else selectors.converted(amounts[at], rates[each.currency, "USD"], each.currency, "USD")
                for each in row.figures
                for amounts in [getattr(each, name)]
            )
            for at in range(12)
        )

    count = tuple(sum(each.transactions[at] for each in row.figures) for at in range(12))
    return Figures("USD", months("paid"), months("fees"), months("gross"), count, count)


def _digest(details: Mapping[str, str], figures: Figures, regime: Regime) -> str:
    names = ("gross", "transactions") if regime is Regime.FORM_1099_K else ("paid", "fees", "activities")
    said = [dict(details), figures.currency, *(list(getattr(figures, name)) for name in names)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _write(actor: Actor, regime: Regime, year: int, drafts: Sequence[Draft]) -> UUID:
    """Write one file with its lines; all of its drafts are new, or all of them are corrections."""
    operator = brand()
    report_id, now = uuid7(), clock.now()
    ref = f"{operator.country}{year}-{regime.upper()}-{report_id.hex}"
    first = Report.objects.filter(year=year, regime=regime).order_by("id").first()
    is_correction = drafts[0].before is not None
    refs = [f"{ref}-{number}" for number in range(1, len(drafts) + 1)]
    if regime is Regime.DAC7:
        operator_ref = f"{first.message_ref if is_correction and first else ref}-OP"
        message = dac7.Message(year, ref, operator_ref, now, is_correction)
        content = dac7.xml_of(message, operator, [_line(draft, each) for draft, each in zip(drafts, refs, strict=True)])
    else:
        content = csv_of(operator, [form_of(year, draft) for draft in drafts])
    before = drafts[0].before
    report = Report.objects.create(
        id=report_id,
        year=year,
        regime=regime,
        corrects_id=before.report_id if before else None,
        made_by_id=actor.id,
        message_ref=ref,
        lines_count=len(drafts),
        digest=hashlib.sha256(content.encode()).hexdigest(),
        content=content,
    )
    ReportLine.objects.bulk_create([_stored(report, draft, each) for draft, each in zip(drafts, refs, strict=True)])
    detail = {
        "year": year,
        "regime": regime,
        "lines": len(drafts),
        "correction": is_correction,
        "digest": report.digest,
    }
    audit.record(
        actor=actor, verb="seller-report.make", target_type="seller-report", target_id=report.pk, detail=detail
    )
    return report.pk


def _change(draft: Draft) -> str:
    return "deleted" if draft.deleted else "corrected" if draft.before else "new"


def _line(draft: Draft, ref: str) -> dac7.Line:
    corrects = draft.before.doc_ref if draft.before else ""
    return dac7.Line(draft.details, draft.figures, ref, _change(draft), corrects)


def form_of(year: int, draft: Draft) -> Form:
    """Return the form of a draft."""
    figures = draft.figures
    account = draft.user_id.hex[:12].upper()
    return Form(year, account, draft.details, figures.gross, sum(figures.transactions), draft.before is not None)


def _stored(report: Report, draft: Draft, ref: str) -> ReportLine:
    figures: dict[str, Any] = {
        name: list(getattr(draft.figures, name)) for name in ("paid", "fees", "gross", "activities", "transactions")
    }
    return ReportLine(
        report=report,
        user_id=draft.user_id,
        currency=draft.figures.currency,
        doc_ref=ref,
        corrects=draft.before.doc_ref if draft.before else "",
        change=_change(draft),
        figures=figures,
        digest=draft.digest,
    )
