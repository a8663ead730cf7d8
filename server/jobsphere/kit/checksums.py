"""The check digits of card numbers and bank accounts: what tells them from other long numbers."""

#: How long an IBAN is in each country (SWIFT's registry); a text of another length is none.
_IBAN_LENGTHS = {
    length: frozenset(countries.split())
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FK FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU XK MN",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
}
_LENGTH_BY_COUNTRY = {country: length for length, countries in _IBAN_LENGTHS.items() for country in countries}


def passes_luhn(digits: str) -> bool:
    """Say whether the last digit checks the others (ISO/IEC 7812), as it does on every payment card."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card_number(digits: str) -> bool:
    """Say whether these digits can be a payment card's: 13 to 19, checked, and not begun with 0 or 1.

    1 is left to airlines' own cards, which we do not take; milliseconds and nanoseconds since 1970 begin with it.
    """
    return 13 <= len(digits) <= 19 and digits[0] not in "01" and passes_luhn(digits)


def iban_length(text: str) -> int | None:
    """Return how long an IBAN that begins so is in its country, None for a country without."""
    return _LENGTH_BY_COUNTRY.get(text[:2].upper())


def is_iban(text: str) -> bool:
    """Say whether a text without spaces is an IBAN: its country's length, and checked (ISO 13616, modulo 97)."""
    if not text.isascii() or not text.isalnum() or len(text) != iban_length(text):
        return False
    moved = text[4:] + text[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
