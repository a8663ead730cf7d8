"""The process that reads one document: `python -I reader.py pdf < document > words.json`.

It knows nothing of the marketplace (no settings, no database, no secrets in its environment), binds itself before it
looks at the content, and says what it found as JSON. Exit codes are a part of its interface (sandbox.py reads them).
"""

import contextlib
import ctypes
import io
import json
import resource
import sys
from collections.abc import Iterator

MEMORY, SECONDS, OUTPUT, HANDLES = 600 * 1024 * 1024, 20, 2 * 1024 * 1024, 64
MAX_PAGES, MAX_CHARACTERS = 60, 200_000
DAMAGED, TOO_LARGE, LOCKED, NO_TEXT = 3, 4, 5, 6
#: Linux: new user and network namespaces, so that there is no network at all.
_NO_NETWORK = 0x10000000 | 0x40000000


def bind() -> None:
    """Give up whatever reading a document does not need."""
    for what, most in {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: OUTPUT,
        resource.RLIMIT_NOFILE: HANDLES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }.items():
        _, hard = resource.getrlimit(what)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))
    with contextlib.suppress(OSError, AttributeError):
        # Where the kernel does not let us, the limits above still hold.
        ctypes.CDLL(None).unshare(_NO_NETWORK)


def pages_of_pdf(content: bytes) -> Iterator[str]:
    """Return the words page by page."""
    import pypdf

    document = pypdf.PdfReader(io.BytesIO(content))
    if document.is_encrypted and not document.decrypt(""):
        sys.exit(LOCKED)
    for page in document.pages[:MAX_PAGES]:
        yield page.extract_text()


def pages_of_docx(content: bytes) -> Iterator[str]:
    """Return paragraphs and rows of tables, in their order; a document has no pages of its own."""
    import docx
    from docx.table import Table

    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(cell.text for cell in row.cells)
        else:
            yield block.text


def gathered(parts: Iterator[str]) -> tuple[str, int]:
    """Return the text as far as it fits, and how many parts it had."""
    found: list[str] = []
    length = count = 0
    for part in parts:
        count += 1
        found.append(part)
        length += len(part) + 1
        if length > MAX_CHARACTERS:
            break
    return "\n".join(found), count


def main() -> int:
    """Read standard input; returns the exit code."""
    bind()
    try:
        content = sys.stdin.buffer.read()
        is_pdf = sys.argv[1] == "pdf"
        text, count = gathered(pages_of_pdf(content) if is_pdf else pages_of_docx(content))
    except MemoryError:
        return TOO_LARGE
    except Exception:  # noqa: BLE001  there are hundreds of ways in which a library says that a document is broken
        return DAMAGED
    if not text.strip():
        return NO_TEXT
    answer = {
        "text": text[:MAX_CHARACTERS],
        "pages": count if is_pdf else None,
        "truncated": len(text) > MAX_CHARACTERS,
    }
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
