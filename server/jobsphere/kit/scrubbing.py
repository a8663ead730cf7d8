"""Takes secrets out of what is written down about our own doings: log lines, kept tracebacks, error reports.

    scrub_text("charged 4242 4242 4242 4242")          # "charged [scrubbed]"
    scrub_fields({"password": "x", "amount": 1200})     # {"password": "[scrubbed]", "amount": 1200}

Two ways, because each misses what the other sees: by name (a field, a key, `token=…` in a text) and by shape (a card
number that passes its check digit, a signed token, 256 random bits). Ids, amounts, times and addresses of pages stay.
What is short and shapeless, such as a password in the middle of a sentence, no machine can find: do not log it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from re import Match
from typing import Any
from uuid import UUID

from jobsphere.kit.checksums import iban_length, is_card_number, is_iban

BLANK = "[scrubbed]"

#: A value under a name with one of these in it is secret …
_SECRET_PARTS = re.compile(r"passw(?:or)?d|passphrase|secret|token|authorization|cookie|api[_-]?key", re.IGNORECASE)
#: … and under a name that has one of these as a word of its own ("card_number", not "discarded").
_SECRET_WORDS = frozenset(
    ("card", "cvc", "cvv", "iban", "key", "keys", "ticket", "otp", "pin", "credential", "credentials")
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
#: Names of one-time codes, which are secret when they are six digits; "code" is also what our problems are called by.
_CODE_NAMES = frozenset({"code", "recovery_code", "verification_code"})

# A piece begins where no letter or digit stands before it, or after what escapes one: "\n", "%20".
_BEGIN = r"(?:(?<![A-Za-z0-9%])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))"
_UUID = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
#: How numbers are set apart: a space (also the one that does not break, also escaped in an address) or a dash.
_GAP = r"(?:[ \u00a0-]|%20|\+)"


def scrub_text(text: str) -> str:
    """Return the text without secrets. Again, it stays as it is."""
    small = text.lower()
    for rule in _RULES:
        text = rule.apply(text, small)
    return text


def scrub_fields(fields: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return the fields without secrets, by their names and by their shapes, however deep."""
    return {
        scrub_text(name) if isinstance(name, str) else name: scrub_value(value, name=str(name))
        for name, value in fields.items()
    }


def scrub_value(value: Any, *, name: str = "") -> Any:
    """Return a value without secrets: containers are copied, objects that would show one become scrubbed text."""
    if value is None or isinstance(value, bool | float | UUID | Decimal | date | time | timedelta):
        return value
    if is_secret_name(name) or (name.lower() in _CODE_NAMES and re.fullmatch(r"\d{6}", str(value))):
        return BLANK
    if isinstance(value, str):
        return scrub_text(value)
    if isinstance(value, Mapping):
        return scrub_fields(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [scrub_value(each) for each in value]
    shown = str(value) if isinstance(value, int) else repr(value)
    scrubbed = scrub_text(shown)
    return value if scrubbed == shown else scrubbed


def is_secret_name(name: str) -> bool:
    """Say whether what stands under this name is never written down."""
    if _SECRET_PARTS.search(name):
        return True
    return not _SECRET_WORDS.isdisjoint(word.lower() for word in _WORDS.findall(name))


def scrub_report(event: Mapping[str, Any], hint: Any = None) -> dict[str, Any]:
    """Return an error report without secrets and without what people sent: a `before_send` of Sentry's SDK.

    Local variables, bodies, cookies and headers are left out whole; the rest is scrubbed as a log line is.
    """
    return scrub_fields(_without(event, _NEVER_REPORTED))


#: What a report has no need of: what a person sent, and the variables of every frame.
_NEVER_REPORTED = frozenset({"vars", "cookies", "headers", "data", "env", "query_string"})


def _without(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _without(each, names) for name, each in value.items() if name not in names}
    return [_without(each, names) for each in value] if isinstance(value, list) else value


def _scrub_card(found: Match[str]) -> str:
    """Blank the groups that together are a card number, wherever they stand in a row of groups."""
    text = found[0]
    if found["uuid"]:
        return text
    groups = [(each.start(), each.end()) for each in re.finditer(r"(?<!%)\d+", text.replace("%20", "   "))]
    for first, (start, _) in enumerate(groups):
        digits = ""
        for begin, end in groups[first:]:
            digits += text[begin:end]
            if is_card_number(digits):
                return text[:start] + BLANK + _CARD.sub(_scrub_card, text[end:])
    return text


def _scrub_iban(found: Match[str]) -> str:
    """Blank as many letters as an IBAN of that country has, if they check; look on in what follows."""
    text = found[0]
    if found["uuid"]:
        return text
    length, places = iban_length(text), [place for place, letter in enumerate(text) if letter.isalnum()]
    if length is None or len(places) < length:
        return text
    end = places[length - 1] + 1
    if (end < len(text) and text[end].isalnum()) or not is_iban("".join(text[place] for place in places[:length])):
        return text
    return BLANK + _IBAN.sub(_scrub_iban, text[end:])


def _scrub_random(found: Match[str]) -> str:
    """Blank 240 random bits or more; long names of files and functions have few capitals."""
    text = found[0]
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return BLANK if capitals >= 8 and small >= 8 else text


def _scrub_recovery_code(found: Match[str]) -> str:
    return BLANK if any(map(str.isdigit, found[0])) else found[0]


def _scrub_named(found: Match[str]) -> str:
    if found["value"] in ("None", "null", "True", "False", "true", "false", BLANK, BLANK.rstrip("]")):
        return found[0]
    return f"{found['before']}{BLANK}{found['after'] or ''}"


def _scrub_row(found: Match[str]) -> str:
    """Blank the values of a row that PostgreSQL quotes, unless they are ids and numbers alone."""
    harmless = re.fullmatch(rf"(?:{_UUID}|\d{{1,12}}|, )*", found["values"])
    return found[0] if harmless else f"{found['before']}({BLANK})"


#: Names of values in texts; "key" alone would be too many.
_NAMES = (
    *("password", "passwd", "passphrase", "secret", "token", "ticket", "credential", "authorization", "cookie"),
    *("cvc", "cvv", "iban", "otp", "apikey"),
    *("api_key", "api-key", "private_key", "access_key", "signing_key", "card_number", "card_no", "account_number"),
)
#: A name, and what stands between it and its value: `=`, `: `, `": `, `\": `.
_LONG_NAMES = "|".join(each for each in _NAMES if len(each) > 4)
_NAMED = rf"(?:(?<![a-z])(?:cvc|cvv|iban|otp)|{_LONG_NAMES})[a-z0-9_-]{{0,20}}\\?[\"']?\s{{0,4}}[=:]\s{{0,4}}b?"
_CARD = re.compile(rf"(?P<uuid>{_BEGIN}{_UUID})|{_BEGIN}\d{{3,19}}(?:{_GAP}\d{{3,19}}){{0,9}}(?![0-9A-Za-z])")
_IBAN = re.compile(
    rf"(?P<uuid>{_BEGIN}{_UUID})|{_BEGIN}[A-Za-z]{{2}}\d{{2}}(?:[ \u00a0-]?[A-Za-z0-9]){{11,60}}", re.ASCII
)

Replacement = str | Callable[[Match[str]], str]


class _Rule:
    """A pattern, what stands for what it finds, and words without which there is nothing to find."""

    def __init__(
        self, needles: Iterable[str], pattern: str | re.Pattern[str], replacement: Replacement = BLANK
    ) -> None:
        self.needles = tuple(needles)
        self.substitute = re.compile(pattern).sub
        self.replacement = replacement

    def apply(self, text: str, small: str) -> str:
        """Return the text without what this rule knows; `small` is the text in small letters."""
        if self.needles and not any(needle in small for needle in self.needles):
            return text
        return self.substitute(self.replacement, text)


_RULES = [
    _Rule(["-----begin"], r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}KEY-----|\Z)"),
    # Rows that PostgreSQL quotes: whatever a person wrote may stand in them.
    _Rule(
        ["failing row"],
        r"(?P<before>Failing row contains )\((?P<values>[\s\S]{0,2000}?)(?:\)(?=\.?(?:\s*$|\n|\\n))|\Z)",
        _scrub_row,
    ),
    _Rule(
        [")=("],
        r"(?P<before>Key \([\w, .\"()]{1,200}?\)=)\((?P<values>[\s\S]{0,600}?)\)(?= (?:already|is|conflicts))",
        _scrub_row,
    ),
    _Rule(["parameter $"], r"(parameter \$\d{1,4} = )'(?:[^']|''){0,4000}'?", rf"\g<1>'{BLANK}'"),
    _Rule(["line "], r"(?m)^(LINE \d{1,6}: )[^\n]*'[^\n]*$", rf"\g<1>{BLANK}"),
    # Headers, and who signs in to a database or a service by its address.
    _Rule(["bearer", "basic"], r"(?i)(\b(?:Bearer|Basic)(?:\s+|%20))[A-Za-z0-9._~+/=-]{12,}", rf"\g<1>{BLANK}"),
    _Rule(
        ["authorization: "], r"(?i)(\bauthorization: {1,4})(?![\[ ])[^\s,;\"'\\]{1,40} [^\s,;\"'\\]+", rf"\g<1>{BLANK}"
    ),
    _Rule(["cookie: "], r"(?im)(\bcookie: {1,4})(?![\[\"' ])[^\n\"'\\]+", rf"\g<1>{BLANK}"),
    _Rule(["://"], r"(?<=://)[^\s/@:\"'<>]{0,200}:[^\s/@\"'<>]{1,500}(?=@)"),
    # Whose letters they are is nobody's business who reads a log; the person's id is there to ask by.
    _Rule(["@"], r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"),
    # By shape: signed tokens, our refresh tokens, keys of gateways and clouds, secrets of Stripe's objects, 256 bits.
    _Rule(["eyj"], r"eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}"),
    _Rule(["."], rf"{_BEGIN}[0-9a-f]{{32}}\.[A-Za-z0-9_-]{{43}}(?:\.[0-9a-f]{{0,64}})?"),
    _Rule(
        ["_live_", "_test_", "whsec_", "gocspx-", "sk-"],
        rf"{_BEGIN}(?:(?:sk|rk)_(?:live|test)_|whsec_|GOCSPX-|sk-(?:proj-)?)[A-Za-z0-9_+/=-]{{8,}}",
    ),
    _Rule(["akia", "asia"], rf"{_BEGIN}(?:AKIA|ASIA)[0-9A-Z]{{16}}(?![A-Za-z0-9])"),
    _Rule(["_secret_"], rf"{_BEGIN}[a-z]{{2,6}}_[A-Za-z0-9]{{8,80}}_secret_[A-Za-z0-9]{{8,}}"),
    _Rule([], rf"{_BEGIN}[A-Za-z0-9_-]{{40,}}", _scrub_random),
    _Rule(["-"], rf"{_BEGIN}[2-9a-hjkmnp-z]{{5}}-[2-9a-hjkmnp-z]{{5}}(?![A-Za-z0-9-])", _scrub_recovery_code),
    # By name: in addresses of pages, in pairs, in JSON and Python that is quoted inside of a text.
    _Rule(["="], r"(?i)([?&#;](?:code|state)=)(?!\[)[^&\s\"'<>#\\]+", rf"\g<1>{BLANK}"),
    _Rule(
        _NAMES,
        rf"(?i)(?P<before>{_NAMED}(?P<quote>\\?[\"']))"
        r"(?P<value>(?:(?!(?P=quote))(?:\\[\s\S]|[^\\])){0,4000})(?P<after>(?P=quote)|$|)",
        _scrub_named,
    ),
    _Rule(_NAMES, rf"(?i)(?P<before>{_NAMED})(?P<value>[^\s,;&)\]}}\"'\\]+)(?P<after>)", _scrub_named),
    _Rule(
        ["code", "pin"],
        r"(?i)(\b(?:[a-z]{1,20}_)?(?:code|pin)\\?[\"']?\s{0,4}[=:]\s{0,4}\\?[\"']?)\d{6}(?!\d)",
        rf"\g<1>{BLANK}",
    ),
    # By their check digits.
    _Rule([], _IBAN, _scrub_iban),
    _Rule([], _CARD, _scrub_card),
]
