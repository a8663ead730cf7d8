from pathlib import Path
from typing import cast

import pytest

from tools.pytest_plugin import ALIKE, asks_a_server, unwanted_markers

SERVER = Path(__file__).resolve().parents[2]
POSTGRES = "postgres://someone@127.0.0.1/test"


def test_sqlite_leaves_out_what_needs_postgresql_and_redis():
    assert unwanted_markers("", "") == {"postgresql_only", "redis_only"}


def test_postgresql_with_redis_leaves_out_only_what_is_about_sqlite():
    assert unwanted_markers(POSTGRES, "redis://127.0.0.1/0") == {"sqlite_only"}


def test_redis_tests_run_on_sqlite_too_when_there_is_a_redis():
    assert unwanted_markers("sqlite:///x", "redis://127.0.0.1/0") == {"postgresql_only"}


@pytest.mark.parametrize("name", ALIKE)
def test_what_is_left_out_on_postgresql_is_there(name: str):
    assert (SERVER / name.partition("::")[0]).exists()


def test_on_servers_runs_what_asks_one_but_for_what_every_database_answers_alike():
    class Item:
        def __init__(self, nodeid: str, *marks: str) -> None:
            self.nodeid, self.marks, self.fixturenames = f"server/{nodeid}", marks, ()

        def get_closest_marker(self, name: str) -> bool:
            return name in self.marks

    def runs(nodeid: str, *marks: str) -> bool:
        return asks_a_server(cast(pytest.Item, Item(nodeid, *marks)))

    assert runs("tests/races/test_deals.py::test_a", "django_db")
    assert not runs("tests/races/test_deals.py::test_a")
    assert not runs("tests/edge/test_logs.py::test_a", "django_db")
    assert runs("tests/edge/test_logs.py::test_a", "django_db", "redis_only")
    machine = "tests/faults/test_money_machine.py::test_the_books_survive_everything"
    assert [seed for seed in range(5) if runs(f"{machine}[{seed}-x]", "django_db")] == [0, 3, 4]
