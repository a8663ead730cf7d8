"""What contractors say of themselves, checked offline: tax numbers and accounts by their digits, days, countries."""

import re
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any

import stdnum.exceptions
from stdnum import iban

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.reporting.rules import EUROPEAN_UNION
from jobsphere.reporting.types import FIELDS

#: Which numbers a country gives its taxpayers; one of them must fit. A country that is not here passes as it is.
_TAX_NUMBERS = {
    "AT": "tin vat",
    "BE": "nn vat",
    "BG": "egn pnf vat",
    "CZ": "rc dic",
    "DE": "idnr",
    "DE entity": "stnr vat",
    "DK": "cpr cvr",
    "EE": "ik kmkr",
    "ES": "nif",
    "FI": "hetu alv",
    "FR": "nif siren tva",
    "GB": "nino utr vat",
    "GR": "amka vat",
    "HR": "oib",
    "HU": "anum",
    "IE": "pps vat",
    "IT": "codicefiscale iva",
    "LT": "asmens pvm",
    "LV": "pvn",
    "NL": "bsn btw",
    "PL": "pesel nip",
    "PT": "nif",
    "RO": "cnp cui",
    "SE": "personnummer orgnr vat",
    "SI": "emso ddv",
    "SK": "rc dph",
    "US": "tin",
}


def checked(said: Mapping[str, str], today: date) -> dict[str, str]:
    """Return what was said, tidied; raises InvalidInput for what cannot be right. What is missing may come later."""
    found = {name: " ".join(str(said.get(name, "")).split()) for name in FIELDS}
    found["kind"] = found["kind"] or "person"
    problems: list[FieldError] = []
    for name in ("country", "birth_country"):
        found[name] = found[name].upper()
        if found[name] and not re.fullmatch("[A-Z]{2}", found[name]):
            problems.append(FieldError(f"/{name}", "country", "Write the country as two letters, such as DE."))
    if found["birth_date"] and not _is_birthday(found["birth_date"], today):
        problems.append(FieldError("/birth_date", "birthday", "Write your day of birth as 1980-05-31."))
    if found["tin"] and found["country"]:
        found["tin"] = _compact(found["tin"])
        if not _is_tax_number(found["country"], found["kind"], found["tin"]):
            text = f"This is no tax number of {found['country']}: compare it with a letter of your tax office."
            problems.append(FieldError("/tin", "tax-number", text))
    problems += _numbers(found)
    if problems:
        raise InvalidInput(problems)
    return found


def _numbers(found: dict[str, str]) -> list[FieldError]:
    problems = []
    if found["vat_number"] and found["country"] in EUROPEAN_UNION:
        found["vat_number"] = _compact(found["vat_number"])
        if not _passes("eu.vat", found["vat_number"]):
            text = "This is no VAT number: it begins with two letters of its country."
            problems.append(FieldError("/vat_number", "tax-number", text))
    if found["account"]:
        found["account"] = _compact(found["account"])
        looks_like_iban = re.match("[A-Z]{2}[0-9]{2}", found["account"])
        if looks_like_iban and not iban.is_valid(found["account"], check_country=False):
            problems.append(FieldError("/account", "iban", "This is no IBAN: two of its digits check the others."))
    return problems


def _compact(text: str) -> str:
    return re.sub(r"[\s.]", "", text).upper()


def _is_tax_number(country: str, kind: str, number: str) -> bool:
    names = _TAX_NUMBERS.get(f"{country} {kind}", _TAX_NUMBERS.get(country, "")).split()
    return not names or any(_passes(f"{country.lower()}.{name}", number) for name in names)


def _passes(module: str, number: str) -> bool:
    try:
        checker: Any = import_module(f"stdnum.{module}")
    except ImportError:
        return False
    try:
        checker.validate(number)
    except stdnum.exceptions.ValidationError:
        return False
    return True


def _is_birthday(text: str, today: date) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return date(1900, 1, 1) <= day < today
