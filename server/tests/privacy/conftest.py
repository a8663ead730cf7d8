"""Stories of people who take their data, and who leave."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.stories.conftest import contractor, customer, rival, stage

__all__ = ["contractor", "customer", "rival", "stage"]


@pytest.fixture(autouse=True)
def storage(settings, tmp_path) -> Path:
    """Give each test a folder for uploads."""
    default = {"BACKEND": "jobsphere.files.stores.local.LocalStore", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path


def cells() -> list[tuple[str, str, Any]]:
    """Return every cell of every table of the database, as (table, column, value)."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [each[0] for each in cursor.description or ()]
            found += [
                (table, name, value) for row in cursor.fetchall() for name, value in zip(columns, row, strict=True)
            ]
    return found


def places_of(*traces: str) -> set[str]:
    """Return the columns of the whole database in which one of these texts stands."""
    wanted = [trace.lower() for trace in traces]
    return {
        f"{table}.{column}"
        for table, column, value in cells()
        if value is not None and any(trace in str(value).lower() for trace in wanted)
    }
