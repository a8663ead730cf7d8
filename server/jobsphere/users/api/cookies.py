"""The web's refresh token and device token: in cookies that no script reads, sent to /api/auth alone.

The path is narrow, so reads of the API carry no cookie at all. A request that is moved by the cookie must come from our
own pages: SameSite=Strict, a header that no form can send, and the Origin that the browser tells (docs/adr/0015).
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.users.errors import ForeignOrigin

PATH = "/api/auth"
CLIENT_HEADER = "X-Client"
#: As long as browsers keep a cookie at all.
DEVICE_AGE = 400 * 24 * 3600


def refresh_cookie(request: Request) -> str:
    """Return the refresh token of the browser, or "". Raises ForeignOrigin when another site may have sent it."""
    token = request.COOKIES.get(_name("refresh"), "")
    if token:
        require_own_page(request)
    return str(token)


def device_cookie(request: Request) -> str:
    """Return the device token of the browser, or ""."""
    return str(request.COOKIES.get(_name("device"), ""))


def set_refresh_cookie(response: Response, token: str) -> None:
    """Keep the refresh token where only requests to /api/auth see it."""
    _set(response, "refresh", token, int(settings.REFRESH_TOKEN_LIFETIME.total_seconds()))


def set_device_cookie(response: Response, token: str) -> None:
    """Let the browser be known again."""
    _set(response, "device", token, DEVICE_AGE)


def drop_refresh_cookie(response: Response) -> None:
    """Take the refresh token away."""
    response.delete_cookie(_name("refresh"), path=PATH, samesite="Strict")


def require_own_page(request: Request) -> None:
    """Refuse what another site's page may have sent with our cookie."""
    if request.headers.get(CLIENT_HEADER, "") != "web":
        raise ForeignOrigin(f"Send the header '{CLIENT_HEADER}: web' with a request that uses the cookie.")
    origin = request.headers.get("Origin", "")
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin" and not origin:
        return
    if origin not in _own_origins(request):
        raise ForeignOrigin("This request comes from a page of another site.")


def _own_origins(request: Request) -> set[str]:
    public = urlsplit(settings.PUBLIC_URL)
    here = f"{request.scheme}://{request.get_host()}"
    return {f"{public.scheme}://{public.netloc}", here, *settings.CORS_ORIGINS}


def _set(response: Response, name: str, value: str, age: int) -> None:
    options: dict[str, Any] = {"httponly": True, "samesite": "Strict", "secure": _secure(), "path": PATH}
    response.set_cookie(_name(name), value, max_age=age, **options)


def _name(name: str) -> str:
    return f"__Secure-jobsphere-{name}" if _secure() else f"jobsphere-{name}"


def _secure() -> bool:
    return bool(settings.PUBLIC_URL.startswith("https://"))
