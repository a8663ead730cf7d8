"""docs/reference/api/: every operation of docs/openapi.yaml, a page for each tag, and the objects that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tools.generated.words import HEAD, one_line, rows

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"
FOLDER = "reference/api"
METHODS = ("get", "post", "put", "patch", "delete")

INTRODUCTION = """Written from [openapi.yaml](../../openapi.yaml), which every server also serves at `/api/schema/`,
with pages to try it on at `/api/docs/` and `/api/redoc/`. How paths, pages, money, times and repeats are spelled is
told once in [API style](../../api-style.md); who may knock where, in [one table](../../access.md); what each problem
means, in [Problems](../../reference.md#problems). Any answer may also be 429 (too many requests) or 503 (a part is
away)."""

Operation = tuple[str, str, dict[str, Any]]


def pages() -> dict[str, str]:
    """Return every page by its name under docs/."""
    tags = by_tag()
    listed = [(f"[{tag}]({tag}.md)", str(len(tags[tag])), paths_of(tags[tag])) for tag in sorted(tags)]
    index = ["# API", "", HEAD, "", INTRODUCTION, "", *rows(("area", "operations", "paths"), listed), ""]
    of_tags = {f"{FOLDER}/{tag}.md": "\n".join(page_of(tag, found)) for tag, found in tags.items()}
    return {f"{FOLDER}/README.md": "\n".join(index), **of_tags}


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return dict(yaml.load(DOCUMENT.read_text(encoding="utf-8"), yaml.CSafeLoader))


def by_tag() -> dict[str, list[Operation]]:
    """Return the operations of each tag, by path."""
    found: dict[str, list[Operation]] = {}
    for path, item in sorted(document()["paths"].items()):
        for method in METHODS:
            if method in item:
                found.setdefault(item[method]["tags"][0], []).append((method.upper(), path, item[method]))
    return found


def paths_of(operations: list[Operation]) -> str:
    """Return where the operations of an area stand, as `/api/jobs/`."""
    heads = sorted({"/".join(path.split("/")[:3]) for _, path, _ in operations})
    return ", ".join(f"`{head}/…`" for head in heads)


def page_of(tag: str, operations: list[Operation]) -> Iterator[str]:
    """Return a page: each operation, then the objects."""
    yield f"# API: {tag}"
    yield ""
    yield HEAD
    yield ""
    listed = [
        (f"[`{method} {path}`](#{slug(operation)})", operation.get("summary", ""))
        for method, path, operation in operations
    ]
    yield from rows(("operation", "what it does"), listed)
    yield ""
    for method, path, operation in operations:
        yield from told(method, path, operation)
    names = closure(operations)
    if names:
        yield "## Objects"
        yield ""
        for name in names:
            yield from object_of(name)


def slug(operation: dict[str, Any]) -> str:
    """Return the anchor of an operation."""
    return str(operation["operationId"]).replace("_", "-").lower()


def told(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    """Return what is to be said of one operation."""
    yield f"## {operation.get('summary') or path} {{ #{slug(operation)} }}"
    yield ""
    yield f"`{method} {path}`"
    yield ""
    yield from (f"{paragraph}\n" for paragraph in paragraphs(operation.get("description", "")))
    if asked := [parameter(each) for each in operation.get("parameters", []) if each["in"] != "path"]:
        yield from rows(("asked with", "type", "meaning"), asked)
        yield ""
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"Body (`{kind}`): {shown(content['schema'])}"
        yield ""
    yield "Answers: " + "; ".join(answers(operation["responses"])) + "."
    yield ""


def paragraphs(text: str) -> list[str]:
    """Return a description's paragraphs, each in one line."""
    return [plain(" ".join(part.split())) for part in text.split("\n\n") if part.strip()]


def parameter(each: dict[str, Any]) -> tuple[str, str, str]:
    """Return a row for a header or a parameter of the query."""
    where = {"query": "", "header": " (header)", "cookie": " (cookie)"}[each["in"]]
    required = ", required" if each.get("required") else ""
    return f"`{each['name']}`{where}", shown(each["schema"]) + required, plain(each.get("description", ""))


def answers(responses: dict[str, Any]) -> Iterator[str]:
    """Return each good answer with its object, then the problems by their status."""
    problems = []
    for status, response in sorted(responses.items()):
        if "$ref" in response:
            problems.append(status)
            continue
        contents = [shown(content["schema"]) for content in response.get("content", {}).values()]
        yield f"{status} {' or '.join(dict.fromkeys(contents)) or 'without a body'}"
    if problems:
        yield f"[problems](../../reference.md#problems) {', '.join(problems)}"


def shown(schema: dict[str, Any]) -> str:
    """Return a type as people read it: a link to an object, the words of an enumeration, or a JSON type."""
    if "$ref" in schema:
        return _named(schema["$ref"].rsplit("/", 1)[1])
    if schema.get("title") == "Money":
        return "Money"
    for key in ("oneOf", "anyOf", "allOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(shown(each) for each in schema[key]))
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"] if value is not None)
    kind = schema.get("type", "anything")
    return " or ".join(_of_kind(each, schema) for each in (kind if isinstance(kind, list) else [kind]))


def _of_kind(kind: str, schema: dict[str, Any]) -> str:
    if kind == "array":
        return f"list of {shown(schema.get('items', {}))}"
    return (
        {"uuid": "UUID", "date-time": "time", "date": "date", "binary": "file"}.get(schema.get("format", ""), kind)
        if kind == "string"
        else kind
    )


def _named(name: str) -> str:
    schema = document()["components"]["schemas"][name]
    return shown(schema) if "enum" in schema or "properties" not in schema else f"[{name}](#{name.lower()})"


def closure(operations: list[Operation]) -> list[str]:
    """Return every object that these operations speak of, and that those speak of."""
    found: set[str] = set()
    waiting = [name for *_, operation in operations for name in _references(operation)]
    schemas = document()["components"]["schemas"]
    while waiting:
        name = waiting.pop()
        if name not in found and "properties" in schemas[name]:
            found.add(name)
        elif name in found or "properties" not in schemas[name]:
            continue
        waiting += _references(schemas[name])
    return sorted(found)


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        reference = node.get("$ref", "")
        if isinstance(reference, str) and reference.startswith("#/components/schemas/"):
            yield reference.rsplit("/", 1)[1]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def object_of(name: str) -> Iterator[str]:
    """Return an object's fields."""
    schema = document()["components"]["schemas"][name]
    yield f"### {name} {{ #{name.lower()} }}"
    yield ""
    if schema.get("description"):
        yield plain(one_line(schema["description"]))
        yield ""
    required = set(schema.get("required", []))
    listed = [
        (f"`{field}`" + ("" if field in required else " (may be absent)"), shown(of), plain(of.get("description", "")))
        for field, of in schema["properties"].items()
    ]
    yield from rows(("field", "type", "meaning"), listed)
    yield ""


def plain(text: str) -> str:
    """Return words in which nothing reads as a tag or a link of their own."""
    # What the schema says of an enumeration's words is the words again.
    kept = re.split(r"(`[^`]*`)", re.sub(r"\s*\* `([^`]+)` - \1", "", one_line(text)))
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in kept)
