"""Sentences in several languages, kept outside of the code and filled when somebody reads them (ADR 0021).

    words = Wording(Path(__file__).parent / "words")                  # en.toml, de.toml, …
    words.fill("offer.received.title", {"amount": Money(100000, "USD")}, Reader("de"))

A sentence names its values in braces; they keep their types until then, so that money, dates and lists read as the
reader's language writes them. A text with forms of number is a table of CLDR's forms (`one`, `other`); `count` chooses.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from jobsphere.kit.money import Money

#: The languages that are complete, by their own name.
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
SOURCE_LANGUAGE = "en"
#: Days are written as in Britain; money as everywhere in the marketplace.
_DAYS_OF = {"en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a language of LANGUAGES, and an IANA time zone."""

    language: str = SOURCE_LANGUAGE
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A value that is itself a sentence of the catalogue, so it is said in the reader's language."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


class Wording:
    """The sentences of one folder; each file is a language, each key the same in all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def texts(self) -> dict[str, dict[str, str]]:
        """Return every sentence by language and key; read once."""
        return {language: _flat(_read(self.folder / f"{language}.toml")) for language in LANGUAGES}

    def has(self, key: str) -> bool:
        """Say whether there is such a sentence."""
        return key in self.texts[SOURCE_LANGUAGE] or f"{key}.other" in self.texts[SOURCE_LANGUAGE]

    def template(self, key: str, reader: Reader, count: object = None) -> str:
        """Return a sentence before it is filled; raises KeyError for one that no language has."""
        texts = self.texts.get(reader.language, {})
        form = Locale(reader.language).plural_form(count) if isinstance(count, int) else "other"
        for name in (key, f"{key}.{form}", f"{key}.other"):
            if name in texts:
                return texts[name]
        if reader.language == SOURCE_LANGUAGE:
            raise KeyError(f"{self.folder} has no sentence {key!r}")
        return self.template(key, Reader(SOURCE_LANGUAGE, reader.time_zone), count)

    def fill(self, key: str, params: Mapping[str, Any], reader: Reader) -> str:
        """Return the sentence as this person reads it; raises KeyError for a value that it wants and was not given."""
        return self.filled(self.template(key, reader, params.get("count")), params, reader)

    def filled(self, template: str, params: Mapping[str, Any], reader: Reader) -> str:
        """Fill a part of a sentence. What was filled in is not read again, so no value can add a place of its own."""
        return _Filling(self, reader).vformat(template, (), params)

    def wants(self, key: str) -> frozenset[str]:
        """Return the names of the values that a sentence wants."""
        texts = self.texts[SOURCE_LANGUAGE]
        forms = [text for name, text in texts.items() if name == key or name.rpartition(".")[0] == key]
        return frozenset().union(*(places(text) for text in forms))


class _Filling(Formatter):
    """Writes values as the reader's language does."""

    def __init__(self, words: Wording, reader: Reader) -> None:
        self.words, self.reader = words, reader

    def format_field(self, value: Any, format_spec: str) -> str:
        return self._said(value, format_spec)

    def _said(self, value: Any, style: str) -> str:
        match value:
            case Phrase():
                return self.words.fill(value.key, value.params, self.reader)
            case Money():
                return format_currency(value.major(), value.currency, locale=self.reader.language)
            case datetime() | date():
                return moment_text(value, self.reader, style)
            case bool():
                raise TypeError("a sentence cannot say yes or no; use a Phrase")
            case int():
                return format_decimal(value, locale=self.reader.language)
            case list() | tuple():
                return format_list([self._said(each, style) for each in value], locale=self.reader.language)
            case _:
                return str(value)


def moment_text(value: datetime | date, reader: Reader, style: str = "") -> str:
    """Return a day ("3 December 2026"), without its year for the style "day"; a moment also with time and zone."""
    locale = _DAYS_OF.get(reader.language, reader.language)
    local = value.astimezone(ZoneInfo(reader.time_zone)) if isinstance(value, datetime) else value
    if style == "day":
        return format_skeleton("MMMMd", local, locale=locale)
    day = format_date(local, "long", locale=locale)
    if not isinstance(local, datetime) or style == "date":
        return day
    zone = get_timezone_name(local, width="short", locale=locale)
    return f"{day}, {format_time(local, 'short', locale=locale)} {zone}"


def encode(value: Any) -> Any:
    """Return a value of a sentence as JSON that keeps its type."""
    match value:
        case Phrase():
            return {"$phrase": [value.key, {name: encode(each) for name, each in value.params.items()}]}
        case Money():
            return {"$money": [value.amount, value.currency]}
        case datetime():
            return {"$at": value.isoformat()}
        case date():
            return {"$on": value.isoformat()}
        case list() | tuple():
            return [encode(each) for each in value]
        case int() | str():
            return value
        case _:
            return str(value)


def decode(value: Any) -> Any:
    """Return what `encode` was given; ids come back as texts."""
    match value:
        case {"$phrase": [key, params]}:
            return Phrase(key, {name: decode(each) for name, each in params.items()})
        case {"$money": [amount, currency]}:
            return Money(amount, currency)
        case {"$at": text}:
            return datetime.fromisoformat(text)
        case {"$on": text}:
            return date.fromisoformat(text)
        case list():
            return [decode(each) for each in value]
        case _:
            return value


@lru_cache(maxsize=4096)
def places(template: str) -> frozenset[str]:
    """Return the names that stand in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def best_language(accepted: str, default: str = SOURCE_LANGUAGE) -> str:
    """Return the language of ours that an Accept-Language header likes best."""
    wishes = []
    for position, part in enumerate(accepted.split(",")[:20]):
        tag, _, rest = part.strip().partition(";")
        language = tag.split("-")[0].lower()
        if language in LANGUAGES:
            wishes.append((-_quality(rest), position, language))
    return min(wishes)[2] if wishes else default


def _quality(text: str) -> float:
    try:
        return float(text.partition("q=")[2] or 1)
    except ValueError:
        return 0.0


def _read(path: Path) -> Mapping[str, Any]:
    with path.open("rb") as source:
        return tomllib.load(source)


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value}
    return flat
