"""docs/reference/commands.md: every management command of ours, with its arguments."""

from __future__ import annotations

import argparse
from typing import Any

from tools.generated.words import HEAD, one_line, rows

#: What every command of Django's takes.
_HIDDEN = {
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
}


def page() -> str:
    """Return the page."""
    found = commands()
    lines = ["# Management commands", "", HEAD, ""]
    lines += [
        "`.venv/bin/python server/manage.py NAME`; in a container `python manage.py NAME`. `--help` says the same.",
        "",
    ]
    lines += rows(("command", "what it does"), [(f"[`{name}`](#{name})", one_line(each.help)) for name, each in found])
    for name, command in found:
        lines += ["", f"## {name}", "", one_line(command.help), ""]
        lines += (
            rows(("argument", "default", "meaning"), asked)
            if (asked := arguments(name, command))
            else ["No arguments."]
        )
    return "\n".join([*lines, ""])


def commands() -> list[tuple[str, Any]]:
    """Return our commands by name; of two spellings of one, the one with a hyphen."""
    from django.core.management import get_commands, load_command_class

    ours = {name: app for name, app in get_commands().items() if str(app).startswith("jobsphere.")}
    names = [name for name in sorted(ours) if name.replace("_", "-") == name or name.replace("_", "-") not in ours]
    return [(name, load_command_class(ours[name], name)) for name in names]


def arguments(name: str, command: Any) -> list[tuple[str, str, str]]:
    """Return a row for each argument, and for those of each of its verbs."""
    parser = command.create_parser("manage.py", name)
    return list(_rows(parser, ""))


def _rows(parser: argparse.ArgumentParser, prefix: str) -> Any:
    for action in parser._actions:
        if action.dest in _HIDDEN:
            continue
        if isinstance(action, argparse._SubParsersAction):
            for verb, below in action.choices.items():
                yield from _rows(below, f"{prefix}{verb} ")
            continue
        shown = ", ".join(action.option_strings) or str(action.metavar or action.dest).upper()
        choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
        default = "" if action.default in (None, False, "", argparse.SUPPRESS, []) else f"`{_plain(action.default)}`"
        yield f"`{prefix}{shown}`{choices}", default, one_line(action.help or "")


def _plain(default: Any) -> str:
    return " ".join(map(str, default)) if isinstance(default, list | tuple) else str(default)
