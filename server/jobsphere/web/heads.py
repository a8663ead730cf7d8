"""What a page says of itself to search engines and to those who share its address: the head of the one page of the app.

Apps register what they show to everybody (`public_page`, `listed_pages` in their `heads.py`); every other address gets
the general words and is asked not to be listed, whether there is something behind it or not. So nothing is told here
that a stranger could not read on the page itself, and an address that is private looks like one that does not exist.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from typing import Any
from xml.sax.saxutils import escape as escape_xml

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jobsphere.kit.errors import NotFound
from jobsphere.web.citymap import city_map

#: What fits into a result of a search engine.
DESCRIPTION_LENGTH = 160
#: The protocol allows 50,000 addresses in a file; the newest are worth more than the rest.
MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class Head:
    """Title and description of a page; `about` is schema.org's description of what it shows."""

    title: str
    description: str
    listed: bool = True
    kind: str = "website"
    about: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page for the site map."""

    path: str
    changed_at: datetime | None = None


GENERAL = Head(
    "JobSphere: work done, money safe",
    "Post a job, choose a contractor, pay into protection, release when it is done. You always see where the money is.",
)
_STANDING = {
    "/": GENERAL,
    "/jobs": Head(
        "Find work: open jobs on JobSphere",
        "Open jobs near and far, on a list and on a map. The budget is reserved before you begin.",
    ),
    "/contractors": Head(
        "Find a contractor on JobSphere",
        "Look by trade, price, stars and distance; book or invite directly. Your money is protected until it is done.",
    ),
    "/help": Head("How the money works on JobSphere", "Where your money is at every step, in one picture."),
    "/terms": Head("Terms of JobSphere", "The rules that hold between you and this marketplace."),
    "/privacy": Head("Privacy on JobSphere", "What we keep, why, for how long, and how to have it erased."),
}
_PAGES: dict[re.Pattern[str], Callable[[str], Head]] = {}
_LISTS: list[Callable[[], Iterable[ListedPage]]] = []
_BETWEEN = re.compile(rb"<!-- head -->.*?<!-- /head -->", re.S)


def public_page(pattern: str, head: Callable[[str], Head]) -> None:
    """Register what is said of an address with one part that varies; `head` raises NotFound for what is not public."""
    _PAGES[re.compile(pattern)] = head


def listed_pages(pages: Callable[[], Iterable[ListedPage]]) -> None:
    """Register pages for the site map, newest first."""
    _LISTS.append(pages)


def head_of(path: str) -> Head:
    """Return what is said of an address of the app; never raises, because the app must open without a database too."""
    path = path.rstrip("/") or "/"
    if path in _STANDING:
        return _STANDING[path]
    for pattern, head in _PAGES.items():
        if found := pattern.fullmatch(path):
            try:
                return head(found[1])
            except (NotFound, DatabaseError):
                break
    return Head(GENERAL.title, GENERAL.description, listed=False)


def with_head(page: bytes, path: str) -> bytes:
    """Return the app's page with the head of this address."""
    return _BETWEEN.sub(lambda _: _rendered(head_of(path), path).encode(), page, count=1)


def _rendered(head: Head, path: str) -> str:
    title, text = escape(head.title), escape(shortened(head.description))
    address = escape(f"{settings.PUBLIC_URL}{path.rstrip('/') or '/'}")
    lines = [f"<title>{title}</title>", f'<meta name="description" content="{text}" />']
    if head.listed:
        lines += [
            f'<link rel="canonical" href="{address}" />',
            f'<meta property="og:url" content="{address}" />',
            f'<meta property="og:type" content="{head.kind}" />',
            '<meta property="og:site_name" content="JobSphere" />',
            f'<meta property="og:title" content="{title}" />',
            f'<meta property="og:description" content="{text}" />',
            f'<meta property="og:image" content="{escape(settings.PUBLIC_URL)}/icon-512.png" />',
            '<meta name="twitter:card" content="summary" />',
        ]
        if head.about:
            lines.append(f'<script type="application/ld+json">{_json(head.about)}</script>')
    else:
        lines.append('<meta name="robots" content="noindex" />')
    if found := city_map():
        lines.append(f'<meta name="jobsphere-map" content="{escape(json.dumps(asdict(found)))}" />')
    return "\n    ".join(lines)


def _json(about: dict[str, Any]) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps({"@context": "https://schema.org", **about}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def shortened(text: str) -> str:
    """Return one line of the length that is shown, cut between words."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION_LENGTH:
        return line
    return line[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Answer every address that search engines may list: sitemaps.org, newest first."""
    pages = [ListedPage(path) for path in _STANDING]
    for found in _LISTS:
        pages += found()
    entries = "".join(_entry(page) for page in pages[:MOST_PAGES])
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
    return HttpResponse(text, content_type="application/xml", headers={"Cache-Control": "public, max-age=3600"})


def _entry(page: ListedPage) -> str:
    changed = f"<lastmod>{page.changed_at.date().isoformat()}</lastmod>" if page.changed_at else ""
    return f"<url><loc>{escape_xml(settings.PUBLIC_URL + page.path)}</loc>{changed}</url>\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer what crawlers may read: the pages, and the API only as far as pages of the public need it."""
    text = (
        "User-agent: *\n"
        "Allow: /api/jobs/\nAllow: /api/contractors/\nAllow: /api/categories/\n"
        "Disallow: /api/\nDisallow: /sandbox/\nDisallow: /admin/\n"
        f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml\n"
    )
    headers = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
