"""The first page of a running marketplace: what it is and where to go next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobsphere.kit.errors import NotFound, error_classes
from jobsphere.web.problems import problem_response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the way to the API, its docs and, in the sandbox, to the demo logins."""
    return render(request, "web/home.html", {"sandbox": settings.GATEWAY.startswith("sandbox")})


@require_safe
def problem_page(request: HttpRequest, code: str) -> HttpResponse:
    """Explain one problem code in a sentence: the address that a problem's `type` points to."""
    for error in error_classes():
        if error.code == code:
            return render(request, "web/problem.html", {"error": error, "doc": error.__doc__})
    return problem_response(NotFound("There is no problem of this name."))
