"""What a profile may say. Pure: no database, no HTTP."""

from collections.abc import Iterator, Mapping, Sequence

from babel.core import get_global

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.profiles.types import ContractorDetails, CustomerDetails, PortfolioDetails

MAX_LANGUAGES = 12
MAX_SKILLS = 30
MAX_CATEGORIES = 8
MAX_RADIUS_KM = 500
MAX_YEARS = 80


def check_contractor(details: ContractorDetails) -> None:
    """Raise InvalidInput that names every field of a contractor's profile that is wrong."""
    errors = [*_shared(details, "/contractor"), *_prices(details), *_numbers(details)]
    if not details.headline.strip():
        errors.append(FieldError("/contractor/headline", "blank", "Say in one line what you do."))
    if len(details.skills) > MAX_SKILLS:
        errors.append(FieldError("/contractor/skills", "too-many", f"Name at most {MAX_SKILLS} skills."))
    if len(details.categories) > MAX_CATEGORIES:
        errors.append(FieldError("/contractor/categories", "too-many", f"Name at most {MAX_CATEGORIES} categories."))
    _refuse(errors)


def check_customer(details: CustomerDetails) -> None:
    """Raise InvalidInput that names every field of a customer's profile that is wrong."""
    _refuse(list(_shared(details, "/customer")))


def check_portfolio_entry(details: PortfolioDetails) -> None:
    """Raise InvalidInput for an address that is no web address: it will be shown as a link."""
    if details.url and not details.url.startswith(("https://", "http://")):
        raise InvalidInput.at("/url", "scheme", "The address starts with https:// or http://.")


def is_language(code: str) -> bool:
    """Say whether the code is an ISO 639 language that we can name."""
    known: Mapping[str, object] = get_global("likely_subtags")
    return code.isascii() and code.islower() and 2 <= len(code) <= 3 and code in known


def missing(wanted: Sequence[str], known: Sequence[str], pointer: str, what: str) -> list[FieldError]:
    """Return an error for each wanted slug that is not known."""
    return [
        FieldError(f"{pointer}/{index}", "unknown", f"There is no {what} '{slug}'. GET the list for what there is.")
        for index, slug in enumerate(wanted)
        if slug not in known
    ]


def _shared(details: ContractorDetails | CustomerDetails, pointer: str) -> Iterator[FieldError]:
    if (details.latitude is None) != (details.longitude is None):
        yield FieldError(f"{pointer}/latitude", "incomplete", "Give latitude and longitude together, or neither.")
    if len(details.languages) > MAX_LANGUAGES:
        yield FieldError(f"{pointer}/languages", "too-many", f"Name at most {MAX_LANGUAGES} languages.")
    for index, code in enumerate(details.languages):
        if not is_language(code):
            detail = f"'{code[:20]}' is not an ISO 639 code such as en or es."
            yield FieldError(f"{pointer}/languages/{index}", "unknown", detail)


def _prices(details: ContractorDetails) -> Iterator[FieldError]:
    hourly, fixed = details.hourly_rate, details.fixed_from
    for name, price in (("hourly_rate", hourly), ("fixed_from", fixed)):
        if price is not None and price.amount <= 0:
            yield FieldError(f"/contractor/{name}/amount", "positive", "A price is greater than zero.")
    if hourly and fixed and hourly.currency != fixed.currency:
        yield FieldError("/contractor/fixed_from/currency", "mixed", "Both prices are in one currency.")


def _numbers(details: ContractorDetails) -> Iterator[FieldError]:
    if details.radius_km is not None and not 1 <= details.radius_km <= MAX_RADIUS_KM:
        yield FieldError("/contractor/radius_km", "out-of-range", f"The radius is 1 to {MAX_RADIUS_KM} km.")
    if details.years_of_experience is not None and not 0 <= details.years_of_experience <= MAX_YEARS:
        yield FieldError("/contractor/years_of_experience", "out-of-range", f"The years are 0 to {MAX_YEARS}.")


def _refuse(errors: Sequence[FieldError]) -> None:
    if errors:
        raise InvalidInput(errors)


def average(total: int, count: int) -> float | None:
    """Return the mean of stars to two places; None without any, because no number is made up."""
    return round(total / count, 2) if count else None
