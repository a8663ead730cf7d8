"""What MkDocs calls while it builds the site (`hooks` in mkdocs.yml); it knows nothing of Django.

Links from a page to a file of the repository that is no page (`../deploy/…`) are right in the repository and lead
nowhere on the site. The file must exist; the site then shows its path, or links to it where REPOSITORY_URL says where
the repository is to be seen (`https://git.example/jobsphere/src/main`).
"""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

#: Pages at the top of the repository that are also pages of the site.
OUTSIDE = {"CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security-policy.md", "CHANGELOG.md": "changelog.md"}
#: Sections of the navigation that are a folder: every file in it, its index first.
FOLDERS = {"Decisions": "adr", "Runbooks": "runbooks", "API": "reference/api"}

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)]*)?\)")
_FENCES = re.compile(r"^( *)```.*?^\1```$", re.M | re.S)
_MERMAID = re.compile(r"^```mermaid\n.*?^```\n", re.M | re.S)
#: MkDocs reads Markdown more strictly than the places where a repository is seen: a list wants a blank line before it,
#: and what belongs to an item four spaces.
_BEFORE_LIST = re.compile(r"^((?![-*|>#] |\d+\. |\s).+\n)(?=(?:[-*]|\d+\.) )", re.M)
_NEARLY = re.compile(r"^ {2,3}(?=[^\s])", re.M)
log = logging.getLogger("mkdocs.hooks.jobsphere")


def _root(config: Any) -> Path:
    """Return the repository: where mkdocs.yml stands."""
    return Path(config.config_file_path).resolve().parent


def on_config(config: Any) -> Any:
    """Fill the sections that are folders."""
    docs = _root(config) / "docs"
    for section in _sections(config.nav):
        for title, pages in section.items():
            if title in FOLDERS and not isinstance(pages, str):
                names = sorted(path.name for path in (docs / FOLDERS[title]).glob("*.md"))
                names.sort(key=lambda name: name != "README.md")
                pages[:] = [f"{FOLDERS[title]}/{name}" for name in names]
    return config


def _sections(nav: list[Any]) -> list[dict[str, Any]]:
    """Return every section of the navigation, at any depth."""
    found = [each for each in nav if isinstance(each, dict)]
    below = [part for section in found for part in section.values() if isinstance(part, list)]
    return [*found, *(deeper for part in below for deeper in _sections(part))]


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that stand at the top of the repository."""
    for name, uri in OUTSIDE.items():
        if (_root(config) / name).exists():
            files.append(File.generated(config, uri, content=(_root(config) / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Mend links, and leave diagrams out: what draws them would come from another host, and a table says the same."""
    uri = page.file.src_uri
    root = _root(config)
    source = next((root / name for name, of_site in OUTSIDE.items() if of_site == uri), root / "docs" / uri)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        # Two or three spaces make it part of a list item in the repository; here it takes four.
        shift = " " * (4 - len(match[1])) if 2 <= len(match[1]) < 4 else ""
        kept.append("\n".join(f"{shift}{line}" for line in match[0].split("\n")))
        return f"\0{len(kept) - 1}\0"

    words = _FENCES.sub(keep, _MERMAID.sub("", markdown))
    words = _BEFORE_LIST.sub(r"\1\n", _NEARLY.sub("    ", words))
    words = _LINK.sub(lambda match: _mended(match, root, source, uri), words)
    return re.sub(r"\0(\d+)\0", lambda match: kept[int(match[1])], words)


def _mended(match: re.Match[str], root: Path, source: Path, uri: str) -> str:
    docs = root / "docs"
    text, target, anchor = match[1], match[2], match[3] or ""
    path = (source.parent / target).resolve()
    if not path.exists():
        log.warning("%s links to %s, which does not exist", uri, target)
        return match[0]
    if not path.is_relative_to(root):
        log.warning("%s links to %s, outside of the repository", uri, target)
        return match[0]
    of_repository = path.relative_to(root).as_posix()
    if of_repository in OUTSIDE:
        return f"[{text}]({_from(uri, OUTSIDE[of_repository])}{anchor})"
    if path.is_relative_to(docs) and (path.is_file() or (path / "README.md").exists()):
        page = path / "README.md" if path.is_dir() else path
        return f"[{text}]({_from(uri, page.relative_to(docs).as_posix())}{anchor})"
    shown = text if text.strip("`") in (of_repository, f"{of_repository}/") else f"{text} (`{of_repository}`)"
    where = os.environ.get("REPOSITORY_URL", "").rstrip("/")
    return f"[{text}]({where}/{of_repository})" if where else shown


def _from(uri: str, target: str) -> str:
    return os.path.relpath(target, Path(uri).parent).replace(os.sep, "/")
