"""A draft of a contractor's profile out of their CV. Pure rules; the person confirms, or does not, every part of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobsphere.profiles.rules import MAX_CATEGORIES, MAX_SKILLS
from jobsphere.profiles.wording import Word, categories_of, found_words, without_private, years_in

_ABOUT = re.compile(r"^(?:personal )?(?:profile|about(?: me)?|summary|objective|introduction)\s*:?$", re.IGNORECASE)
_HEADING = re.compile(
    r"^(?:(?-i:[A-Z][A-Z &/]{3,40})|(?:work |professional )?(?:experience|history|education|skills|languages|references"
    r"|qualifications|certificates|interests|contact)\s*:?)$",
    re.IGNORECASE,
)
_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "polish": "pl", "dutch": "nl", "turkish": "tr", "arabic": "ar", "russian": "ru", "ukrainian": "uk",
    "chinese": "zh", "mandarin": "zh", "japanese": "ja", "korean": "ko", "hindi": "hi", "vietnamese": "vi",
}  # fmt: skip
HEADLINE, BIO = 120, 1500
#: A paragraph that says something, where no heading announces one.
_TELLING = 80
_FIRST_LINES = 12


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """What a document suggests; empty where it says nothing."""

    headline: str
    bio: str
    skills: tuple[str, ...]
    categories: tuple[str, ...]
    years_of_experience: int | None
    languages: tuple[str, ...]


def draft_profile(text: str, words: Sequence[Word], categories: dict[str, str], *, this_year: int) -> ProfileDraft:
    """Return what a CV suggests. `categories` are names by slug."""
    skills = found_words(text, words)
    return ProfileDraft(
        headline=_headline(text, words, categories),
        bio=_bio(text),
        skills=tuple(word.slug for word in skills[:MAX_SKILLS]),
        categories=tuple(categories_of(skills, text, categories, min(3, MAX_CATEGORIES))),
        years_of_experience=years_in(text, this_year=this_year),
        languages=_languages(text),
    )


def _headline(text: str, words: Sequence[Word], categories: dict[str, str]) -> str:
    """Return the first line at the top that names a trade or a skill; the name itself stands above it."""
    trades = [Word(slug, name, slug) for slug, name in categories.items()]
    for line in without_private(text).splitlines()[:_FIRST_LINES]:
        if len(line) <= HEADLINE and not _HEADING.match(line) and found_words(line, [*trades, *words]):
            return line
    return ""


def _bio(text: str) -> str:
    """Return what stands under "Profile" or "About me", up to the next heading; else the first paragraph that tells."""
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        if _ABOUT.match(line):
            return _shortened(_until_heading(lines[number + 1 :]))
    return _shortened(next((line for line in lines if len(line) >= _TELLING), ""))


def _until_heading(lines: Sequence[str]) -> str:
    taken: list[str] = []
    for line in lines:
        if (_HEADING.match(line) and taken) or (not line and taken):
            break
        if line:
            taken.append(line)
    return " ".join(taken)


def _shortened(text: str) -> str:
    clean = " ".join(without_private(text).split())
    if len(clean) <= BIO:
        return clean
    return clean[:BIO].rsplit(". ", 1)[0].rstrip(".") + "."


def _languages(text: str) -> tuple[str, ...]:
    said = re.findall(r"[a-z]+", text.lower())
    return tuple(dict.fromkeys(_LANGUAGES[word] for word in said if word in _LANGUAGES))
