"""The site is built as `make docs` builds it: strictly, and so that reading it asks no other host for anything."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.generated import DOCS
from tools.site.__main__ import main
from tools.site.hooks import OUTSIDE

#: What a browser fetches by itself.
_FETCHED = re.compile(r"<(?:link|script|img|iframe|source)\b[^>]*?\b(?:src|href)=[\"']?(?:https?:)?//", re.I)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built once: a broken link, anchor or line of the navigation fails here."""
    folder = tmp_path_factory.mktemp("site")
    assert main([str(folder)]) == 0
    return folder


def test_every_page_is_in_it(site: Path) -> None:
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} | set(OUTSIDE.values())
    wanted = {re.sub(r"README\.md$", "index.md", page).removesuffix(".md") + ".html" for page in pages}
    assert wanted - {path.relative_to(site).as_posix() for path in site.rglob("*.html")} == set()


def test_nothing_is_fetched_from_another_host(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert [page.name for page in pages if _FETCHED.search(page.read_text())] == []
    sheets = list(site.rglob("*.css"))
    assert [sheet.name for sheet in sheets if re.search(r"url\([\"']?(?:https?:)?//|@import", sheet.read_text())] == []
    # The theme would get this one from a CDN wherever a page asks for a diagram.
    assert [page.name for page in pages if re.search(r"<(pre|div) class=\"?mermaid", page.read_text())] == []
    assert pages
    assert sheets


def test_lists_that_follow_a_paragraph_are_lists(site: Path) -> None:
    assert not re.search(r"<p>[^<]*\n(?:- |\d+\. )", (site / "adr" / "0036-ship.html").read_text())
    assert "<li>" in (site / "adr" / "0036-ship.html").read_text()


def test_a_link_to_a_file_that_is_no_page_says_its_path(site: Path) -> None:
    words = (site / "operations.html").read_text()
    assert "<code>deploy/caddy/Caddyfile</code>" in words
    assert 'href="../deploy' not in words


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    """The same settings and hooks, on two pages of our own: one with a link to a file that is not there."""
    settings = (DOCS.parent / "mkdocs.yml").read_text().split("\nnav:")[0]
    settings = settings.replace("server/tools/site/hooks.py", str(DOCS.parent / "server/tools/site/hooks.py"))
    for target, code in (("../mkdocs.yml", 0), ("../nobody.md", 1), ("index.md#nowhere", 1)):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "mkdocs.yml").write_text(f"{settings}\nnav:\n  - Start: index.md\n")
        (tmp_path / "docs" / "index.md").write_text(f"# A page\n\n[there]({target})\n")
        build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
        done = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == code, f"{target}: {done.stdout}{done.stderr}"
