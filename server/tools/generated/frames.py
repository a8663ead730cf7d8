"""docs/reference/frames.md: what is said over the socket, by both sides."""

from __future__ import annotations

from tools.generated.words import HEAD, rows

WORDS = (
    "What may be said over the socket ([The socket](../realtime.md) is how one talks over it). A frame is"
    ' `{"type": …, "data": {…}}`; the data has the keys below and no others, those with a question mark only'
    " sometimes. A kept frame has a number (`seq`) and comes again to whoever missed it; the others are true now or"
    " never. A kind that is not in this table cannot be sent (`server/jobsphere/realtime/frames.py`)."
)


def page() -> str:
    """Return the page."""
    return "\n".join(
        [
            *("# Frames of the socket", "", HEAD, "", WORDS, ""),
            *("## The server says", "", *rows(("type", "when", "data", "kept"), said()), ""),
            *("## What `changed` is about", ""),
            "A hint says only what has changed, and nothing of it; these events bring it.",
            "",
            *rows(("subject", "with an `id`", "after"), subjects()),
            "",
            *(
                "## The client says",
                "",
                "What an app has registered has a limit of its own for a person, on all sockets together.",
                "",
            ),
            *rows(("type", "data", "at most"), asked()),
            "",
        ]
    )


def said() -> list[tuple[str, ...]]:
    """Return every kind of frame."""
    from jobsphere.realtime.frames import told

    return [
        (
            f"`{each.name}`",
            each.when,
            ", ".join([*(f"`{key}`" for key in each.fields), *(f"`{key}`?" for key in each.sometimes)]) or "none",
            "yes" if each.kept else "no",
        )
        for each in told()
    ]


def subjects() -> list[tuple[str, ...]]:
    """Return each subject of a hint with the events that it follows."""
    from jobsphere.realtime.hints import TABLES

    after: dict[str, set[str]] = {}
    with_id: dict[str, bool] = {}
    for table in TABLES.values():
        for event, hints in table.items():
            for hint in hints:
                after.setdefault(hint.subject, set()).add(event.name)
                with_id[hint.subject] = with_id.get(hint.subject, False) or bool(hint.id)
    return [
        (f"`{subject}`", "yes" if with_id[subject] else "no", ", ".join(f"`{name}`" for name in sorted(names)))
        for subject, names in sorted(after.items())
    ]


def asked() -> list[tuple[str, ...]]:
    """Return what a client may say: the socket's own words, and what apps have registered."""
    from jobsphere.realtime import commands
    from jobsphere.realtime.rules import FRAMES_A_SECOND

    own = {
        "authenticate": "`token`, `last_seq`?, `since`?",
        "watch": "`topic`",
        "unwatch": "`topic`",
        "ping": "none",
        "pong": "none",
    }
    pace = f"{FRAMES_A_SECOND} frames a second, of all kinds"
    registered = [
        (f"`{each.name}`", ", ".join(f"`{key}`: {kind.__name__}" for key, kind in each.fields.items()), each.rate)
        for each in commands.everything()
        # Tests register some of their own.
        if each.handle.__module__.startswith("jobsphere.") and ".tests." not in each.handle.__module__
    ]
    return [*((f"`{name}`", keys, pace) for name, keys in own.items()), *registered]
