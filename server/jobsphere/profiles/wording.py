"""Finds the taxonomy's words, years and the like in free text. Pure: for drafts from documents, here and in jobs."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: What nobody should publish by accident.
_PRIVATE = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|(?:\+|\b00)?\d[\d\s()./-]{7,}\d|https?://\S+|www\.\S+")
_YEARS = re.compile(r"\b(\d{1,2})\s*\+?\s*(?:years|yrs|jahre|ans|años)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\b((?:19|20)\d\d)\s*(?:-|–|—|to|until)\s*((?:19|20)\d\d|today|now|present|current)\b", re.IGNORECASE
)
_SMALL_WORDS = {"and", "of", "the", "for", "a", "in", "or", "to"}
MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A skill of the taxonomy, and the category where people look for it."""

    slug: str
    name: str
    category: str


def found_words(text: str, words: Iterable[Word]) -> list[Word]:
    """Return the skills that a text names, the most often named first: the whole name, or all its words in one line."""
    lines = [_stems(line) for line in text.splitlines()]
    counted = [(sum(_stems(word.name) <= line for line in lines), word) for word in words if _stems(word.name)]
    named = [(count, word) for count, word in counted if count]
    return [word for _, word in sorted(named, key=lambda each: -each[0])]


def categories_of(words: Sequence[Word], text: str, names: dict[str, str], most: int) -> list[str]:
    """Return the categories (slugs) that a text is about: named themselves, or by most of the skills that it names."""
    votes = Counter(word.category for word in words)
    whole = set().union(*(_stems(line) for line in text.splitlines()), set())
    for slug, name in names.items():
        if (stems := _stems(name)) and stems <= whole:
            votes[slug] += 3
    return [slug for slug, count in votes.most_common(most) if count > 1 or len(votes) == 1]


def years_in(text: str, *, this_year: int) -> int | None:
    """Return years of experience: said in words, or from the first year that a span begins with."""
    said = [int(number) for number in _YEARS.findall(text)]
    begun = [int(year) for year in _SINCE.findall(text)] + [int(year) for year, _ in _SPAN.findall(text)]
    reckoned = [this_year - year for year in begun if year <= this_year]
    years = [each for each in said or reckoned if 0 < each <= MOST_YEARS]
    return max(years, default=None)


def without_private(text: str) -> str:
    """Return the text without addresses, numbers and links."""
    lines = (_PRIVATE.sub("", line).strip(" |,;·•-") for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _stems(text: str) -> set[str]:
    """Return the beginnings of the words, so that "rewired" and "rewiring" meet; short words must be the same."""
    letters = re.findall(r"[^\W\d_]+", text.lower())
    return {_stem(word) for word in letters if word not in _SMALL_WORDS}


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ers", "ors", "ed", "er", "or", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
