"""The verdict of `make test` is honest about what failed and what was not run."""

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
