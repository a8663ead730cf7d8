"""What a scanner from outside looks for (as ZAP's baseline scan does), as one table of rules over every kind of page.

`python -m tests.edge.baseline` prints the table that docs/security.md shows; a test compares.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie

#: Names of one deployment, for the pages and for the tricks with other names.
HOST, FRIEND = "jobs.example", "https://app.jobs.example"
#: Origins that are not the one that was named, however alike.
STRANGERS = (
    "https://evil.example",
    "null",
    "https://app.jobs.example.evil.example",
    "https://evilapp.jobs.example",
    "http://app.jobs.example",
    "https://app.jobs.example:444",
    "https://jobs.example",
    "https://app.jobs.example/",
    "HTTPS://APP.JOBS.EXAMPLE",
)
#: Words of the inside, none of which an answer may have.
INSIDE = re.compile(
    rb"Traceback|File \"/|site-packages|django\.|psycopg|sqlite3|granian|uvicorn|gunicorn|SECRET_KEY|DATABASE_URL|"
    rb"You're seeing this error|settings\.py|SELECT .* FROM"
)
_BANNERS = ("server", "x-powered-by", "x-aspnet-version", "via", "x-runtime", "x-generator")


@dataclass(frozen=True)
class Seen:
    """One answer as a browser has it; names of headers are small."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    #: Whether it was asked with a session, or is about somebody.
    private: bool = False

    def header(self, name: str) -> str:
        """Return a header, or nothing."""
        return self.headers.get(name, "")

    @property
    def is_page(self) -> bool:
        """Say whether a browser would draw it."""
        return self.header("content-type").startswith("text/html")

    def policy(self) -> dict[str, str]:
        """Return the content policy by directive."""
        parts = (each.strip().partition(" ") for each in self.header("content-security-policy").split(";"))
        return {name: allowed for name, _, allowed in parts if name}


@dataclass(frozen=True)
class Rule:
    """What must hold for an answer; `holds` says so."""

    name: str
    what: str
    holds: Callable[[Seen], bool]


def _has(name: str, value: str) -> Callable[[Seen], bool]:
    return lambda seen: seen.header(name) == value


def _policy_is_tight(seen: Seen) -> bool:
    policy = seen.policy()
    scripts = policy.get("script-src", policy.get("default-src", "*"))
    wide = {"*", "http:", "https:", "data:", "'unsafe-inline'", "'unsafe-eval'"} & set(scripts.split())
    return bool(policy.get("default-src")) and not wide


def _policy_closes(seen: Seen) -> bool:
    policy = seen.policy()
    if "sandbox" in policy:
        return policy["default-src"] == "'none'"
    closed = all(policy.get(name) == "'none'" for name in ("frame-ancestors", "base-uri", "object-src"))
    return closed and policy.get("form-action") == "'self'"


def _is_not_kept(seen: Seen) -> bool:
    return not seen.private or "no-store" in seen.header("cache-control")


def _cookies_are_shut(seen: Seen) -> bool:
    jar = SimpleCookie(seen.header("set-cookie"))
    return all(each["secure"] and each["httponly"] and each["samesite"] in ("Strict", "Lax") for each in jar.values())


def _strict_transport(seen: Seen) -> bool:
    found = re.match(r"max-age=(\d+)", seen.header("strict-transport-security"))
    return bool(found) and int(found[1]) >= 31_536_000  # type: ignore[index]


RULES = (
    Rule("HSTS", "`Strict-Transport-Security` for a year or more", _strict_transport),
    Rule("CSP: scripts", "a policy with a default; scripts from us alone, none inline, no `eval`", _policy_is_tight),
    Rule(
        "CSP: closed",
        "nobody frames us; no `base`, no plug-ins, forms go to us; a file may do nothing at all",
        _policy_closes,
    ),
    Rule("X-Frame-Options", "`DENY`, for browsers that do not know `frame-ancestors`", _has("x-frame-options", "DENY")),
    Rule("nosniff", "a browser does not guess a type", _has("x-content-type-options", "nosniff")),
    Rule(
        "a type",
        "every body has a type, every text a charset",
        lambda seen: (
            not seen.body or bool(re.match(r"(?!text/).+|text/.*charset=\"?utf-8", seen.header("content-type")))
        ),
    ),
    Rule("Referrer-Policy", "no other site learns where somebody was", _has("referrer-policy", "same-origin")),
    Rule(
        "Permissions-Policy",
        "no camera, no microphone; payment for us alone",
        lambda seen: "camera=(), microphone=()" in seen.header("permissions-policy"),
    ),
    Rule("COOP", "`same-origin`: no other window holds ours", _has("cross-origin-opener-policy", "same-origin")),
    Rule("CORP", "`same-origin`: no other site loads our answers", _has("cross-origin-resource-policy", "same-origin")),
    Rule("private answers", "`no-store` on whatever was asked with a session", _is_not_kept),
    Rule("cookies", "Secure, HttpOnly, SameSite", _cookies_are_shut),
    Rule(
        "no banner",
        "no header names the server or its version",
        lambda seen: not any(name in seen.headers for name in _BANNERS),
    ),
    Rule("no inside", "no traceback, path, query or setting in a body", lambda seen: not INSIDE.search(seen.body)),
    Rule(
        "no origin",
        "without a named origin no `Access-Control-…` at all",
        lambda seen: not any(name.startswith("access-control-") for name in seen.headers),
    ),
    Rule(
        "no source map",
        "no body and no header leads to the source  (bundles of others in `/static/` name maps that are not here)",
        lambda seen: (
            seen.path.startswith("/static/")
            or (b"sourceMappingURL" not in seen.body and not {"sourcemap", "x-sourcemap"} & set(seen.headers))
        ),
    ),
    Rule(
        "no script in the page",
        "scripts are files of ours; what is inline is data",
        lambda seen: (
            not seen.is_page
            or not re.search(rb"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)|\son\w+=", seen.body)
        ),
    ),
)


def table() -> str:
    """Return the rules as docs/security.md shows them."""
    lines = ["| rule | what holds for every answer |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {rule.name} | {rule.what} |" for rule in RULES)])


if __name__ == "__main__":
    print(table())
