"""No import cycles between modules, counting imports inside functions and for typing too."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.house_rules.project import Project, Source, Violation

Graph = dict[str, set[str]]


def no_import_cycles(project: Project) -> Iterator[Violation]:
    """A cycle cannot be understood, tested or moved one module at a time; hiding it in a function is no cure."""
    graph = import_graph(project.sources)
    paths = {source.module: source.path for source in project.sources}
    for knot in knots(graph):
        loop = shortest_loop(graph, knot)
        text = f"{len(knot)} modules import each other: {' -> '.join(loop)}"
        yield Violation(paths[loop[0]], 1, "cycle", text)


def import_graph(sources: list[Source]) -> Graph:
    """Who imports whom, among our own modules."""
    known = {source.module for source in sources}
    return {source.module: set(_imports(source, known)) - {source.module} for source in sources}


def _imports(source: Source, known: set[str]) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Import):
            for name in node.names:
                yield from _nearest(name.name, known)
        elif isinstance(node, ast.ImportFrom):
            package = _absolute(source, node)
            for name in node.names:
                yield from _nearest(f"{package}.{name.name}", known)


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    up = node.level - 1 if source.is_package else node.level
    base = source.parts[: len(source.parts) - up]
    return ".".join([*base, *([node.module] if node.module else [])])


def _nearest(name: str, known: set[str]) -> Iterator[str]:
    """The module that an imported name lives in: itself, or its parent when it is a class or a function."""
    parent = name.rpartition(".")[0]
    if name in known:
        yield name
    elif parent in known:
        yield parent


def knots(graph: Graph) -> list[set[str]]:
    """The groups of modules in which each can reach each other."""
    reach_back = {module: _reachable(graph, module) for module in graph}
    found: list[set[str]] = []
    seen: set[str] = set()
    for module, reachable in sorted(reach_back.items()):
        if module in seen or module not in reachable:
            continue
        knot = {other for other in reachable if module in reach_back[other]}
        found.append(knot)
        seen |= knot
    return found


def _reachable(graph: Graph, start: str) -> set[str]:
    """What can be reached from a module in one step or more."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph.get(module, ()))
    return seen


def shortest_loop(graph: Graph, knot: set[str]) -> list[str]:
    """One shortest way round, to show where to cut."""
    loops = [_way_back(graph, start, knot) for start in sorted(knot)]
    return min(loops, key=len)


def _way_back(graph: Graph, start: str, knot: set[str]) -> list[str]:
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for following in sorted(graph[way[-1]] & knot):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    raise ValueError(f"{start} is in no loop")
