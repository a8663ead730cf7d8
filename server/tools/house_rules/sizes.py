"""Small functions, small files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from statistics import median

from tools.house_rules.project import Project, Source, Violation

# Lines, docstrings and comments included. The well-liked codebases that we measured have a median of 7 to 10.
MEDIAN_LINES = 10
LONG_FUNCTION = 70
LONG_SHARE = 0.01
LONG_FILE = 600


def small_files(project: Project) -> Iterator[Violation]:
    """A file of more than 600 lines is split into a package of the same name."""
    for source in project.sources:
        if len(source.lines) > LONG_FILE:
            text = f"{len(source.lines)} lines; at most {LONG_FILE}: make it a package of the same name"
            yield Violation(source.path, 1, "file-size", text)


def small_functions(project: Project) -> Iterator[Violation]:
    """The median function has at most 10 lines, under 1 % are over 70; for product code, and with the tests."""
    product = [source for source in project.sources if not source.is_test]
    yield from _judge("product code", product)
    yield from _judge("all code", project.sources)


def _judge(name: str, sources: list[Source]) -> Iterator[Violation]:
    lengths = [length for source in sources for _, length in functions(source)]
    if not lengths:
        return
    if median(lengths) > MEDIAN_LINES:
        text = f"{name}: the median function has {median(lengths):g} lines; at most {MEDIAN_LINES}"
        yield Violation("server", 1, "function-size", text)
    too_long = sum(length > LONG_FUNCTION for length in lengths)
    if too_long >= LONG_SHARE * len(lengths) and too_long:
        text = f"{name}: {too_long} of {len(lengths)} functions are over {LONG_FUNCTION} lines; under 1 % may be"
        yield Violation("server", 1, "function-size", text)
        yield from _name_the_long(sources)


def _name_the_long(sources: list[Source]) -> Iterator[Violation]:
    for source in sources:
        for node, length in functions(source):
            if length > LONG_FUNCTION:
                yield Violation(source.path, node.lineno, "function-size", f"{node.name} has {length} lines")


def functions(source: Source) -> list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Every function with its length, from `def` to its last line."""
    return [
        (node, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def summary(project: Project) -> str:
    """One line of figures for the end of a lint run."""
    lengths = [length for source in project.sources for _, length in functions(source)]
    if not lengths:
        return "no functions"
    over = sum(length > LONG_FUNCTION for length in lengths)
    return f"{len(project.sources)} files, {len(lengths)} functions, median {median(lengths):g} lines, {over} over 70"
