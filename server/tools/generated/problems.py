"""docs/reference/problems.md: every problem that the API answers with, what it means, and what a client does."""

from __future__ import annotations

from tools.generated.loading import is_ours, load_everything
from tools.generated.words import HEAD, one_line, rows

#: What a client does about a status, whatever the code.
DO = {
    400: "Correct what `errors` names (a JSON pointer, a code and a sentence each), and send it as a new request.",
    401: "With `sign-in-required` and `token-invalid`: get a new access token (`POST /api/auth/refresh/`) and send the"
    " same request once more; where that is refused, ask the person to sign in. The others are answers to an attempt to"
    " sign in.",
    403: "Do not repeat it as it is: show `detail`. Some codes name a way on in a field of their own;"
    " `reauthentication-required` asks for a fresh proof, then for the same request again.",
    404: "Do not repeat it: it is not there, or not for this person, and nobody is told which.",
    405: "A fault of the client: `Allow` lists what the path knows.",
    406: "A fault of the client: ask for `application/json`.",
    409: "Read the thing again: its `allowed_actions` say what is possible now. Do not repeat the request as it was.",
    413: "Send less.",
    415: "A fault of the client: send `application/json`, or what the schema says.",
    428: "Solve `challenge`, and send the same request with the answer as `X-Proof-Of-Work`.",
    429: "Wait as many seconds as `Retry-After` says, then send the same request with the same `Idempotency-Key`.",
    500: "Send the same request with the same `Idempotency-Key` after a while; tell people the `request_id`.",
    503: "Wait as many seconds as `Retry-After` says, then send the same request with the same `Idempotency-Key`:"
    " nothing is half done.",
}
WORDS = (
    "Every refusal is an RFC 9457 problem ([API style](../api-style.md)) with `code`, `status`, `title`, `detail` and"
    " `request_id`; a few have fields of their own, which the meaning names. Clients decide by `code`, and fall back"
    " on the status for one that they do not know. `/problems/<code>` explains each on a running marketplace."
)


def page() -> str:
    """Return the page, a section for each status."""
    found = by_status()
    lines = ["# Problems", "", HEAD, "", WORDS, ""]
    for status in sorted(found):
        lines += [f"## {status}", "", f"**What a client does.** {DO[status]}", ""]
        lines += [*rows(("code", "title", "meaning"), sorted(found[status])), ""]
    return "\n".join(lines)


def by_status() -> dict[int, list[tuple[str, ...]]]:
    """Return code, title and meaning of every problem of ours, by its status; each code once."""
    from jobsphere.kit.errors import error_classes

    load_everything()
    seen: set[str] = set()
    found: dict[int, list[tuple[str, ...]]] = {}
    for error in error_classes():
        if error.code not in seen and is_ours(error):
            seen.add(error.code)
            found.setdefault(error.status, []).append((f"`{error.code}`", error.title, one_line(error.__doc__)))
    return found
