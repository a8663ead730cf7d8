"""What reporting says to the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.reporting.rules import Limit, Regime, SellerKind, Standing

__all__ = [
    "FIELDS",
    "Figures",
    "Limit",
    "Overview",
    "RateView",
    "Regime",
    "ReportView",
    "SellerKind",
    "SellerRow",
    "Standing",
]

#: The fields of a seller's details, each a text; `no_tin` is "yes" or "".
FIELDS = (
    *("kind", "first_name", "last_name", "legal_name", "street", "post_code", "city", "region", "country"),
    *("birth_date", "birth_city", "birth_country", "tin", "no_tin", "vat_number", "registration_number"),
    *("account", "account_holder"),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """A contractor's year in one currency, in minor units; lists have an entry for each month.

    `paid` is what they got, after fees and less what was taken back; `fees` were withheld from it. `gross` is what was
    paid for their work before fees, never lessened by refunds (26 CFR 1.6050W-1(a)(6)).
    """

    currency: str
    paid: tuple[int, ...]
    fees: tuple[int, ...]
    gross: tuple[int, ...]
    activities: tuple[int, ...]
    transactions: tuple[int, ...]

    def quarters(self, name: str) -> list[int]:
        """Return one of the lists by quarter."""
        months: tuple[int, ...] = getattr(self, name)
        return [sum(months[start : start + 3]) for start in (0, 3, 6, 9)]


@dataclass(frozen=True, slots=True)
class SellerRow:
    """A contractor in a year's report."""

    user_id: UUID
    name: str
    regime: Regime | None
    standing: Standing
    country: str
    missing: tuple[str, ...]
    problems: tuple[str, ...]
    figures: tuple[Figures, ...]
    reported_at: datetime | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class RateView:
    """A rate that the operator gave."""

    year: int
    currency: str
    into: str
    millionths: int
    source: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A file that was made."""

    id: UUID
    year: int
    regime: Regime
    message_ref: str
    corrects: str
    lines: int
    digest: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """A year: who is in it, what stands in the way of a file, and the files that were made."""

    year: int
    problems: tuple[str, ...]
    limits: Mapping[str, Limit]
    sellers: tuple[SellerRow, ...]
    by_country: Mapping[str, int]
    rates: tuple[RateView, ...]
    reports: tuple[ReportView, ...]
