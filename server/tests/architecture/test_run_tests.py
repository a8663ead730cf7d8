"""The verdict of `make test` is honest about what failed and what was not run."""

import pytest

from tools.browser import MOST_UNSTEADY, played
from tools.run_tests import Result, on_servers, summarize, totals
from tools.servers import Server
from tools.services import Servers

OK = Result("SQLite", True, 1, {"passed": 3})
FAILED = Result("PostgreSQL", False, 1, {"passed": 2, "failed": 1, "error": 1, "skipped": 1})
MISSING = Result("Redis is missing", False, 0, not_run="no redis-server on this machine")


def test_all_well_is_zero(capsys):
    assert summarize([OK], 1, in_ci=True) == 0
    assert capsys.readouterr().out.endswith("\ntests: 3 passed, 0 failed, 0 skipped\n")


def test_one_failed_part_fails_the_whole():
    assert summarize([OK, FAILED], 1, in_ci=False) == 1


def test_what_was_not_run_is_said_and_fails_only_in_ci(capsys):
    assert summarize([OK, MISSING], 1, in_ci=False) == 0
    assert "NOT EVERYTHING WAS RUN" in capsys.readouterr().out
    assert summarize([OK, MISSING], 1, in_ci=True) == 1


def test_errors_count_as_failures_in_the_total():
    assert totals([OK, FAILED]) == {"passed": 5, "failed": 2, "skipped": 1}


def test_each_worker_has_a_redis_database_of_its_own():
    two = Servers(redis=Server("redis://h/1", "", ("redis://h/2",)))
    environment, workers = on_servers(two)
    assert (environment["JOBSPHERE_TEST_REDIS_URLS"], workers) == ("redis://h/1 redis://h/2", 2)
    assert on_servers(Servers(redis=Server("redis://h/1", "")))[1] == 1


def test_a_run_of_no_test_at_all_is_no_success(capsys):
    assert summarize([Result("SQLite", True, 1, {"passed": 0})], 1, in_ci=False) == 1
    assert "NO TEST WAS RUN" in capsys.readouterr().out
    assert summarize([Result("lint", True, 1)], 1, in_ci=True) == 0


def test_what_failed_is_named_at_the_end_where_a_long_log_is_read(capsys):
    result = Result(
        "SQLite", False, 1, {"failed": 1}, failures=["tests/test_x.py::test_y: 1 != 2"], unsteady=["a.ts b"]
    )
    summarize([result], 1, in_ci=True)
    summary = capsys.readouterr().out.split("=== summary")[1]
    assert "failed: tests/test_x.py::test_y: 1 != 2" in summary
    assert "passed at the second try only: a.ts b" in summary


def journey(title, status, *messages):
    results = [{"error": {"message": message}} if message else {} for message in messages]
    return {"title": title, "file": "pay.spec.ts", "tests": [{"status": status, "results": results}]}


def report_of(*specs, passed=5):
    count = [spec["tests"][0]["status"] for spec in specs].count
    stats = {"expected": passed, "unexpected": count("unexpected"), "flaky": count("flaky"), "skipped": 0}
    return {"stats": stats, "suites": [{"suites": [{"specs": list(specs)}]}]}


def test_a_journey_that_fails_twice_fails_the_run_and_is_named_without_colours():
    report = report_of(journey("casey pays", "unexpected", "\x1b[31mno button\x1b[39m\n here", "again"))
    assert not played(report).passed
    assert played(report).failed == ["pay.spec.ts casey pays: no button here"]


@pytest.mark.parametrize(("unsteady", "passes"), [(MOST_UNSTEADY, True), (MOST_UNSTEADY + 1, False)])
def test_few_journeys_may_need_a_second_try_and_they_are_told(unsteady, passes):
    result = played(report_of(*(journey(str(number), "flaky", "late", "") for number in range(unsteady))))
    assert result.passed is passes
    assert result.unsteady == [f"pay.spec.ts {number}: late" for number in range(unsteady)]


def test_a_report_that_was_not_written_or_has_an_error_of_its_own_is_a_failure():
    assert not played({}).passed
    assert not played(report_of() | {"errors": [{"message": "a spec does not parse"}]}).passed
