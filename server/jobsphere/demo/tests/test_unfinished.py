"""A demo city whose building was interrupted is built anew; a whole one, and strangers' data, are never touched."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

MANAGE = Path(settings.BASE_DIR) / "manage.py"


@pytest.fixture
def half_built(tmp_path: Path) -> Path:
    """A data folder as a killed first start leaves it: one person of the city, the note, no end."""
    database = tmp_path / "jobsphere.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE users_user (email text)")
    move_in(tmp_path, "someone@demo.example")
    (tmp_path / "demo-unfinished").write_text(str(database))
    return tmp_path


def move_in(data_dir: Path, email: str) -> None:
    with sqlite3.connect(data_dir / "jobsphere.sqlite3") as database:
        database.execute("INSERT INTO users_user VALUES (?)", (email,))


def manage(data_dir: Path, *arguments: str, fails: bool = False) -> str:
    """Run one management command on a data folder and return what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, str(MANAGE), *arguments],
        env={**environment, "DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def people(data_dir: Path) -> list[str]:
    with sqlite3.connect(data_dir / "jobsphere.sqlite3") as database:
        return [email for (email,) in database.execute("SELECT email FROM users_user")]


def test_a_half_built_city_is_thrown_away_and_said_so(half_built: Path):
    assert "anew" in manage(half_built, "seed_demo", "--discard-unfinished")
    assert not (half_built / "jobsphere.sqlite3").exists()
    assert not (half_built / "demo-unfinished").exists()


def test_a_half_built_city_where_a_stranger_signed_up_is_kept_and_the_remedy_named(half_built: Path):
    move_in(half_built, "real@person.example")
    said = manage(half_built, "seed_demo", "--discard-unfinished", fails=True)
    assert "people have signed up" in said
    assert str(half_built / "demo-unfinished") in said
    assert sorted(people(half_built)) == ["real@person.example", "someone@demo.example"]


def test_a_city_that_is_being_built_at_this_moment_is_left_alone(half_built: Path):
    with (half_built / "demo-unfinished").open() as builder:
        fcntl.flock(builder, fcntl.LOCK_EX)
        assert "Another start" in manage(half_built, "seed_demo", "--discard-unfinished", fails=True)
    assert people(half_built) == ["someone@demo.example"]


def test_a_whole_city_is_left_alone(half_built: Path):
    (half_built / "demo-unfinished").unlink()
    assert manage(half_built, "seed_demo", "--discard-unfinished") == ""
    assert people(half_built) == ["someone@demo.example"]


def test_a_note_about_another_database_throws_nothing_away(half_built: Path):
    (half_built / "demo-unfinished").write_text("another database")
    assert manage(half_built, "seed_demo", "--discard-unfinished") == ""
    assert people(half_built) == ["someone@demo.example"]
