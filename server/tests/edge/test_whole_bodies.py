"""A request whose body breaks off is refused, and nothing is done (a proxy that gives up half way sends such ones)."""

from io import BytesIO
from typing import Any

import pytest

from config.wsgi import BrokenOffError, WholeBody, application
from jobsphere.jobs.models import Job
from jobsphere.users.services import open_session
from jobsphere.web.models import IdempotencyRecord
from tests.cast import person


def test_a_whole_body_is_read_as_it_came() -> None:
    assert WholeBody(BytesIO(b"12345more"), 5).read() == b"12345"
    body = WholeBody(BytesIO(b"ab\ncd"), 5)
    assert [body.readline(), body.read(1), body.read(9), body.read(), body.readline()] == [
        b"ab\n",
        b"c",
        b"d",
        b"",
        b"",
    ]


@pytest.mark.parametrize("come", [b"", b"123"])
def test_a_body_that_breaks_off_is_an_error(come: bytes) -> None:
    with pytest.raises(BrokenOffError):
        WholeBody(BytesIO(come), 5).read()
    body = WholeBody(BytesIO(come), 5)
    with pytest.raises(BrokenOffError):
        [body.readline() for _ in range(3)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("come", "status"), [(b"", "400"), (b"{}", "400")])
def test_what_broke_off_is_not_carried_out_and_its_key_stays_free(come: bytes, status: str) -> None:
    casey = person("Casey Customer", is_customer=True)
    token = open_session(user_id=casey.known_id()).access_token
    told: dict[str, Any] = {}
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/jobs/",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": "30",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "HTTP_IDEMPOTENCY_KEY": "a-key-of-casey",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(come),
        "wsgi.errors": BytesIO(),
    }
    body = b"".join(application(environ, lambda line, headers: told.update(status=line)))
    assert told["status"].startswith(status)
    assert b"broken-off" in body
    assert Job.objects.count() == 0
    assert IdempotencyRecord.objects.count() == 0
