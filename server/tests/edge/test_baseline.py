"""The rules of a scanner from outside, on every kind of page, as production answers; and what it would try beside."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import re_path

from config.urls import urlpatterns as real_routes
from jobsphere.kit.actor import Actor
from jobsphere.users.services import open_session
from jobsphere.web.app import OURS, web_app
from jobsphere.web.problems import bad_request, not_found, server_error
from tests.cast import PASSWORD
from tests.edge.baseline import FRIEND, HOST, RULES, STRANGERS, Seen, table
from tests.edge.conftest import urlpatterns as test_routes

pytestmark = pytest.mark.django_db(transaction=True)

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS.parent / "web" / "index.html").read_bytes()

handler400, handler404, handler500 = bad_request, not_found, server_error
#: As config/urls.py is where the web app was built.
_api = [route for route in [*test_routes[: -len(real_routes)], *real_routes] if getattr(route, "name", "") != "front"]
urlpatterns = [route for route in _api if getattr(route, "name", "") != "web-app"]
urlpatterns.append(re_path(OURS, web_app, name="web-app"))

#: Every kind of page: (name, method, path); {person}: somebody's id.
PAGES = [
    ("front page", "get", "/"),
    ("a place of the web app", "get", "/jobs/01a20014-d74d-7721-b01f-be901cfb0d8d"),
    ("back office", "get", "/admin"),
    ("a file of the web app", "get", "/assets/app-Zz12_abC.js"),
    ("home of the API", "get", "/api/"),
    ("documentation", "get", "/api/docs/"),
    ("documentation, other", "get", "/api/redoc/"),
    ("schema", "get", "/api/schema/"),
    ("public list", "get", "/api/jobs/"),
    ("public thing", "get", "/api/contractors/{person}/"),
    ("private thing", "get", "/api/auth/me/"),
    ("wallet", "get", "/api/wallet/"),
    ("back office API", "get", "/api/admin/users/"),
    ("upload form with nothing", "post", "/api/upload"),
    ("sign-in", "post", "/api/auth/login/"),
    ("wrong body", "post", "/api/jobs/"),
    ("webhook without a signature", "post", "/api/webhooks/stripe"),
    ("old name", "get", "/api/job"),
    ("nothing there", "get", "/api/nothing"),
    ("no file", "get", "/api/files/nothing.png"),
    ("wrong method", "delete", "/api/jobs/"),
    ("fault of ours", "get", "/api/test/broken"),
    ("health", "get", "/health/live"),
    ("readiness", "get", "/health/ready"),
    ("metrics", "get", "/metrics"),
    ("a problem's page", "get", "/problems/not-found"),
    ("robots", "get", "/robots.txt"),
    ("site map", "get", "/sitemap.xml"),
    ("static file", "get", "/static/drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js"),
]


@pytest.fixture(autouse=True)
def _production(settings: Any, tmp_path: Path) -> None:
    """As production answers behind its proxy; the web app is built, as far as its page and one file go."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "assets" / "app-Zz12_abC.js").write_text("console.log(1)")
    settings.ROOT_URLCONF = __name__
    settings.WEB_DIST = settings.WHITENOISE_ROOT = tmp_path
    settings.ALLOWED_HOSTS = [HOST]
    settings.PUBLIC_URL = f"https://{HOST}"
    settings.CORS_ORIGINS = (FRIEND,)
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.METRICS_TOKEN = "a-token-of-the-operator"


def browser(token: str = "") -> Client:
    known = {"Authorization": f"Bearer {token}"} if token else {}
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Client": "web", **known}
    return Client(raise_request_exception=False, headers=headers)


def seen(answer: Any, path: str, *, private: bool = False) -> Seen:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = {name.lower(): value for name, value in answer.headers.items()}
    headers |= {"set-cookie": cookies} if (cookies := answer.cookies.output(header="", sep=";")) else {}
    return Seen(path, answer.status_code, headers, body, private)


def ask(client: Client, method: str, path: str, body: Any = None, **more: Any) -> Any:
    if method == "get":
        return client.get(path, **more)
    return getattr(client, method)(path, body or {}, content_type="application/json", **more)


@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "administrator"])
def test_every_rule_holds_for_every_kind_of_page(ada: Actor, pat: Actor, signed_in: bool) -> None:
    token = open_session(user_id=ada.known_id()).access_token if signed_in else ""
    broken, kinds = [], set()
    for name, method, path in PAGES:
        path = path.format(person=pat.id)
        body = {"email": "ada@example.com", "password": PASSWORD} if path.endswith("login/") else None
        answer = seen(ask(browser(token), method, path, body), path, private=signed_in and path.startswith("/api/"))
        kinds.add(answer.status)
        broken += [f"{name}: {rule.name}" for rule in RULES if not rule.holds(answer)]
    assert broken == []
    assert {200, 308, 400, 404, 500} <= kinds


def test_the_rules_see_what_is_wrong() -> None:
    bad = {
        "server": "nginx/1.2",
        "access-control-allow-origin": "*",
        "set-cookie": "session=1; Path=/",
        "content-type": "text/html",
        "content-security-policy": "default-src *; script-src 'unsafe-inline'",
        "sourcemap": "app.js.map",
    }
    page = Seen("/", 500, bad, b"<script>alert(1)</script>Traceback (most recent call last)", private=True)
    assert [rule.name for rule in RULES if rule.holds(page)] == []


def test_the_page_has_the_table_of_the_rules() -> None:
    assert table() in (DOCS / "security.md").read_text(), "python -m tests.edge.baseline"


@pytest.mark.parametrize("origin", STRANGERS)
@pytest.mark.parametrize("path", ["/api/jobs/", "/api/wallet/", "/", "/assets/app-Zz12_abC.js", "/health/live"])
def test_no_other_origin_is_let_in_however_alike(origin: str, path: str) -> None:
    for answer in (
        browser().get(path, headers={"Origin": origin}),
        browser().options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}),
    ):
        assert [name for name in answer.headers if name.lower().startswith("access-control-")] == []


def test_the_named_origin_is_let_in_and_a_cache_keeps_it_apart(casey: Actor) -> None:
    token = open_session(user_id=casey.known_id()).access_token
    answer = browser(token).get("/api/jobs/", headers={"Origin": FRIEND, "Accept-Language": "de"})
    assert answer["Access-Control-Allow-Origin"] == FRIEND
    asked = browser().options("/api/jobs/", headers={"Origin": FRIEND, "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 204
    assert "TRACE" not in asked["Access-Control-Allow-Methods"]
    # Also what others get says that it depends on who asks; and nothing else that it depends on is forgotten.
    for each in (answer, browser().get("/api/jobs/"), browser().get("/")):
        assert "origin" in {name.strip().lower() for name in each["Vary"].split(",")}
    page = browser().get("/api/", headers={"Origin": FRIEND})
    plain = browser().get("/api/")
    assert set(page["Vary"].split(", ")) == set(plain["Vary"].split(", "))


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG"])
@pytest.mark.parametrize("path", ["/", "/api/jobs/", "/api/auth/login/", "/health/live", "/metrics", "/robots.txt"])
def test_methods_that_nobody_needs_are_refused_and_echo_nothing(method: str, path: str) -> None:
    answer = browser().generic(method, path, headers={"X-Secret": "echo-me"})
    assert answer.status_code in (401, 403, 404, 405), answer.content[:200]
    assert b"echo-me" not in answer.content


TRICKS: list[dict[str, str]] = [
    {"Host": "evil.example"},
    {"Host": f"{HOST}.evil.example"},
    {"Host": f"evil.example#{HOST}"},
    {"Host": f"{HOST}@evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"Forwarded": "host=evil.example"},
    {"X-Original-URL": "//evil.example/"},
    {"X-Rewrite-URL": "//evil.example/"},
]


@pytest.mark.parametrize("trick", TRICKS, ids=str)
@pytest.mark.parametrize("path", ["/", "/api/", "/api/jobs/?page_size=1", "/sitemap.xml", "/robots.txt", "/api/job"])
def test_no_answer_carries_a_host_that_is_not_ours(trick: dict[str, str], path: str) -> None:
    answer = browser().get(path, headers=trick)
    assert b"evil" not in answer.content
    assert "evil" not in str(answer.headers)


OPEN = ["//evil.example", "https://evil.example", "/\\evil.example", "%2f%2fevil.example", "https:evil.example"]


@pytest.mark.parametrize("there", OPEN)
def test_no_redirect_leads_away(there: str) -> None:
    for path in (f"/api/job/{there}", f"/api/job?next={there}", f"//{there}", f"/api/{there}", f"/?next={there}",
                 f"/sign-in?next={there}", f"/api/auth/social/google/?next={there}"):  # fmt: skip
        answer = browser().get(path)
        to = answer.headers.get("Location", "")
        assert not to or (to.startswith("/api/") and not to.startswith("//")), f"{path}: {to}"


#: What careless servers hand out; none of it exists here, whatever the web app's own page says to unknown places.
TREASURE = [
    "/.git/HEAD",
    "/.git/config",
    "/.env",
    "/.env.production",
    "/server/config/settings.py",
    "/manage.py",
    "/backup.sql",
    "/var/jobsphere.sqlite3",
    "/.DS_Store",
    "/package.json",
    "/requirements/base.txt",
    "/assets/app-Zz12_abC.js.map",
    "/assets/../index.html.map",
    "/static/../manage.py",
    "/static/%2e%2e/manage.py",
    "/assets/..%2f..%2fetc/passwd",
    "/server-status",
    "/phpinfo.php",
    "/wp-login.php",
    "/api/files/..%2f..%2fencryption.key",
    "/id_rsa",
    "/api/files/%2e%2e%2fjobsphere.sqlite3",
    "/map/..%2f..%2fsettings.py",
    "/static/",
    "/assets/",
]


@pytest.mark.parametrize("path", TREASURE)
def test_what_careless_servers_hand_out_is_not_here(path: str) -> None:
    answer = seen(browser().get(path), path)
    # An unknown place is the web app's, which says so itself; then it is that page, and nothing that was asked for.
    assert answer.status in (400, 404) or (answer.is_page and b'<div id="root">' in answer.body), answer.body[:200]


def test_what_a_browser_may_fill_in_says_so() -> None:
    """Passwords and codes are named, so that managers fill them and nobody's words are kept for others."""
    source = "".join(file.read_text() for file in (DOCS.parent / "web" / "src").rglob("*.tsx"))
    for name in ("current-password", "new-password", "one-time-code"):
        assert f'"{name}"' in source


def test_an_upload_is_what_its_content_is_and_can_do_nothing(casey: Actor, settings: Any, tmp_path: Path) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.UPLOAD_DIR = tmp_path
    client = browser(open_session(user_id=casey.known_id()).access_token)
    tricks: list[tuple[str, bytes, str]] = [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml"),
        ("a.png", b"<html><script>alert(1)</script></html>", "image/png"),
        ("a.html", b"<!doctype html><script>alert(1)</script>", "text/html"),
        ("a.pdf.exe", b"MZ\x90\x00\x03\x00\x00\x00", "application/pdf"),
        ("a.js", b"alert(1)", "text/javascript"),
    ]
    for name, content, claimed in tricks:
        file = SimpleUploadedFile(name, content, content_type=claimed)
        answer = client.post("/api/upload", {"file": file, "purpose": "attachment"})
        assert answer.status_code == 400, name
    page = SimpleUploadedFile('x"\r\nSet-Cookie: a=b.pdf', b"%PDF-1.4 of Casey\n%%EOF", content_type="text/html")
    kept = client.post("/api/upload", {"file": page, "purpose": "attachment"}).json()
    shown = seen(client.get(f"/api/files/{kept['filename']}"), "/api/files/", private=True)
    assert shown.header("content-type") == "application/pdf"
    assert shown.header("content-disposition").startswith("attachment")
    assert "set-cookie" not in shown.headers
    assert [rule.name for rule in RULES if not rule.holds(shown)] == []


def test_every_kind_of_page_is_looked_at() -> None:
    """A route outside of the API that is not in the list above fails here."""
    listed = " ".join(path for _, _, path in PAGES)
    patterns = [str(route.pattern) for route in real_routes]
    outside = {each.partition("<")[0] for each in patterns if not each.startswith(("api/", "sandbox", "^"))}
    assert {each for each in outside if f"/{each}" not in listed} == {"map/city.pmtiles"}
