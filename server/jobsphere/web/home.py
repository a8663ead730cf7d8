"""The first page of a running marketplace: what it is and where to go next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jobsphere.kit.errors import NotFound, error_classes
from jobsphere.web.problems import problem_response


def home(request: HttpRequest) -> HttpResponse:
    """Show the way to the API, its docs and, in the sandbox, to the demo logins."""
    return render(request, "web/home.html", {"sandbox": settings.GATEWAY.startswith("sandbox")})


def problem_page(request: HttpRequest, code: str) -> HttpResponse:
    """Explain one problem code in a sentence: the address that a problem's `type` points to."""
    for error in error_classes():
        if error.code == code:
            return render(request, "web/problem.html", {"error": error, "doc": error.__doc__})
    return problem_response(NotFound("There is no problem of this name."))
