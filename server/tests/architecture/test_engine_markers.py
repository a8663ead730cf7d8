from tools.pytest_plugin import unwanted_markers

POSTGRES = "postgres://someone@127.0.0.1/test"


def test_sqlite_leaves_out_what_needs_postgresql_and_redis():
    assert unwanted_markers("", "") == {"postgresql_only", "redis_only"}


def test_postgresql_with_redis_leaves_out_only_what_is_about_sqlite():
    assert unwanted_markers(POSTGRES, "redis://127.0.0.1/0") == {"sqlite_only"}


def test_redis_tests_run_on_sqlite_too_when_there_is_a_redis():
    assert unwanted_markers("sqlite:///x", "redis://127.0.0.1/0") == {"postgresql_only"}
