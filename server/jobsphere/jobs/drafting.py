"""A draft of a job out of a document (an enquiry, a list of works). Pure rules; the customer confirms every part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobsphere.kit.money import Money, minor_digits
from jobsphere.profiles.wording import Word, categories_of, found_words, without_private

TITLE, DESCRIPTION, SKILLS = 140, 10_000, 15
_BUDGET = re.compile(
    r"\b(?:budget|price|cost|up to|not more than|maximum)\b[^\n\d]{0,40}([\d][\d.,' ]*\d|\d)", re.IGNORECASE
)
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})\b", re.IGNORECASE)
_DUE = re.compile(r"\b(?:by|until|before|deadline|due|finished|completed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class JobDraft:
    """What a document suggests; empty where it says nothing."""

    title: str
    description: str
    category: str
    skills: tuple[str, ...]
    budget: Money | None
    due_on: date | None


def draft_job(text: str, words: Sequence[Word], categories: dict[str, str], *, currency: str, today: date) -> JobDraft:
    """Return what a document suggests. `categories` are names by slug."""
    skills = found_words(text, words)
    category = next(iter(categories_of(skills, text, categories, 1)), "")
    return JobDraft(
        title=_title(text),
        description=without_private(text)[:DESCRIPTION],
        category=category,
        skills=tuple(word.slug for word in skills if word.category == category)[:SKILLS],
        budget=_budget(text, currency),
        due_on=_due(text, today),
    )


def _title(text: str) -> str:
    """Return the first line, up to its first full stop when it is long."""
    first = next(iter(without_private(text).splitlines()), "")
    return first if len(first) <= TITLE else first[:TITLE].rsplit(" ", 1)[0]


def _budget(text: str, currency: str) -> Money | None:
    """Return the first amount that is called a budget, in whole units of the marketplace's own currency."""
    found = _BUDGET.search(text)
    if not found:
        return None
    whole = re.sub(r"[.,]\d{2}$", "", found.group(1))
    digits = re.sub(r"\D", "", whole)
    amount = int(digits[:9] or 0) * 10 ** minor_digits(currency)
    return Money(amount, currency) if amount else None


def _due(text: str, today: date) -> date | None:
    """Return the first day to come in a line that speaks of an end."""
    for line in text.splitlines():
        if _DUE.search(line):
            days = [day for day in _days(line) if day > today]
            if days:
                return days[0]
    return None


def _days(line: str) -> list[date]:
    iso = [(int(year), int(month), int(day)) for year, month, day in _DAY.findall(line)]
    worded = [
        (int(year), _MONTHS.index(month.lower()) + 1, int(day))
        for day, month, year in _WORDED.findall(line)
        if month.lower() in _MONTHS
    ]
    return [day for parts in iso + worded if (day := _date(*parts))]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
