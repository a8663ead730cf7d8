"""No secret reaches a log, in either format, whichever way it takes; nor what is kept of a failed task."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog
from django.db import IntegrityError
from django.test import Client

from config import logs
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import runner
from jobsphere.users.models import User

CARD = "4242 4242 4242 4242"
PLANTED = {
    "card": CARD,
    "iban": "GB82WEST12345698765432",
    "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "key": "sk_live_51NabcDEFghi",
    "webhook": "whsec_MfKQ9r8GKYqrTwjU",
    "ticket": "kG3w-0Yb_sQpLmN4vXc7ZaRt1UeHfJd9iOo2BnVxTyM",
    "link": "https://app.example/verify?code=123456",
    "assignment": "password=hunter2",
}
#: What of each must not be readable afterwards.
TELLING = [*(PLANTED[name] for name in ("card", "iban", "token", "key", "webhook", "ticket")), "123456", "hunter2"]


class Written(io.StringIO):
    """What the log says."""

    def lines(self) -> list[str]:
        return self.getvalue().splitlines()


def our_handler() -> logs.ScrubbingHandler:
    """Return what the root logger writes with."""
    [handler] = [each for each in logging.getLogger().handlers if isinstance(each, logs.ScrubbingHandler)]
    return handler


@pytest.fixture(params=["json", "console"])
def log(request: pytest.FixtureRequest) -> Iterator[Written]:
    """The real handler of the root logger, in one format, writing here."""
    handler, written = our_handler(), Written()
    before = handler.formatter
    stream = handler.setStream(written)
    handler.setFormatter(logs.formatter(as_json=request.param == "json"))
    yield written
    handler.setFormatter(before)
    handler.setStream(stream)


def leaks(text: str) -> list[str]:
    plain = text.replace("\\n", "\n").replace("\\u2026", "…")
    return [secret for secret in TELLING if secret in text or secret in plain]


def chained() -> None:
    """Raise an exception of an exception, each with secrets in its message."""
    try:
        raise KeyError(" | ".join(PLANTED.values()))
    except KeyError as error:
        raise ValueError("cannot pay with:\n" + "\n".join(PLANTED.values())) from error


def test_a_secret_in_a_message_a_field_or_an_argument_is_not_written(log: Written) -> None:
    sentence = ", ".join(PLANTED.values())
    for logger in (structlog.get_logger("jobsphere.test"), structlog.stdlib.get_logger("other")):
        logger.warning(sentence, words=sentence, deep={"rows": [{"note": sentence}]}, number=4242424242424242)
        logger.warning("fields", password="hunter2", extra={"client_secret": "hunter2"}, wrong=ValueError(sentence))
    logging.getLogger("library").warning("paying with %s and %r", CARD, PLANTED, extra={"note": sentence})
    assert len(log.lines()) == 5
    assert leaks(log.getvalue()) == []


def test_what_a_line_is_about_stays_readable(log: Written) -> None:
    request_id, job = uuid7().hex, str(uuid7())
    structlog.get_logger("jobsphere.test").warning("paid", request_id=request_id, job=job, amount=120000, took=0.25)
    for shown in ("paid", request_id, job, "120000", "0.25", "jobsphere.test", "warning"):
        assert shown in log.getvalue()


def test_an_exception_and_its_causes_are_scrubbed_but_still_say_where(log: Written) -> None:
    try:
        chained()
    except ValueError:
        structlog.get_logger("jobsphere.test").exception("failed")
        logging.getLogger("library").exception("failed")
    text = log.getvalue()
    assert leaks(text) == []
    assert text.count("ValueError: cannot pay with:") == 2
    assert text.count("direct cause") == 2
    assert text.count("in chained") == 4


@pytest.mark.django_db
def test_a_fault_of_a_route_is_logged_without_what_it_quotes(log: Written) -> None:
    answer = Client(raise_request_exception=False).post(
        "/api/test/leaky", {"quote": "\n".join(PLANTED.values())}, content_type="application/json"
    )
    assert answer.status_code == 500
    assert "ValueError" in log.getvalue()
    assert answer.headers["X-Request-ID"] in log.getvalue()
    assert leaks(log.getvalue()) == []


@pytest.mark.django_db
def test_what_the_database_quotes_of_a_row_is_not_written(log: Written, casey: Actor) -> None:
    address = "@".join(["casey", "example.com"])
    try:
        User.objects.create_user(address, "correct horse", name=f"Casey {CARD}")
    except IntegrityError:
        structlog.get_logger("jobsphere.test").exception("failed")
    assert "IntegrityError" in log.getvalue()
    assert address not in log.getvalue()
    assert leaks(log.getvalue()) == []


def test_every_line_is_still_json(log: Written, request: pytest.FixtureRequest) -> None:
    try:
        chained()
    except ValueError:
        structlog.get_logger("jobsphere.test").exception('quotes " and \\', body='{"password": "hun\\"ter2"}')
    assert leaks(log.getvalue()) == []
    if request.node.callspec.params["log"] == "json":
        [line] = log.lines()
        assert json.loads(line)["body"] == '{"password": "[scrubbed]"}'


def test_a_line_that_cannot_be_written_does_not_show_its_arguments(
    log: Written, capfd: pytest.CaptureFixture[str]
) -> None:
    # Not through the logger: pytest's own handler would raise.
    record = logging.LogRecord("library", logging.WARNING, __file__, 1, "two %s %s", (CARD,), None)
    our_handler().handle(record)
    shown = capfd.readouterr().err
    assert "A log line was lost" in shown
    assert "test_logs.py" in shown
    assert leaks(shown) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_caught_is_printed_scrubbed(capsys: pytest.CaptureFixture[str]) -> None:
    hook, threading.excepthook = threading.excepthook, logs.print_scrubbed_of_thread
    try:
        thread = threading.Thread(target=chained, name="errand")
        thread.start()
        thread.join()
    finally:
        threading.excepthook = hook
    try:
        chained()
    except ValueError as error:
        assert sys.excepthook is logs.print_scrubbed
        sys.excepthook(type(error), error, error.__traceback__)
    shown = capsys.readouterr().err
    assert shown.count("ValueError: cannot pay with:") == 2
    assert "Exception in thread errand" in shown
    assert leaks(shown) == []


def test_what_is_kept_of_a_failed_task_is_scrubbed_and_can_be_stored() -> None:
    assert runner.presentable(f"ValueError: {CARD}\0 for {PLANTED['key']}") == (
        "ValueError: [scrubbed]\N{REPLACEMENT CHARACTER} for [scrubbed]"
    )
