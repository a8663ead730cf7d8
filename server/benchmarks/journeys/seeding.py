"""The people of the crowd and a hundred thousand jobs: `python -m benchmarks.journeys.seeding FILE PAIRS`."""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.database import set_up_django

PASSWORD = "a-long-password-of-the-crowd"


def main(file: Path, pairs: int) -> None:
    """Make pairs of a customer and a contractor, signed in, and write them to the file."""
    set_up_django()
    from django.db import connection

    from benchmarks.jobs_seed import seed_jobs
    from jobsphere.profiles.selectors import category_groups
    from jobsphere.users.passwords import hash_password

    seed_jobs()
    known = hash_password(PASSWORD)
    # Each trade hears of its own jobs: with all in one trade, every job would be news for every contractor.
    trades = [each.slug for group in category_groups() for each in group.children.all()]
    people = [
        [_person(role, number, known, trades[number % len(trades)]) for role in ("customer", "contractor")]
        for number in range(pairs)
    ]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    file.write_text(json.dumps(people))


def _person(role: str, number: int, password_hash: str, trade: str) -> dict[str, Any]:
    from jobsphere.db.transactions import edge_transaction
    from jobsphere.kit.actor import Actor
    from jobsphere.profiles import services as profiles
    from jobsphere.profiles.types import ContractorDetails
    from jobsphere.users import services as users
    from jobsphere.users.services.sessions import open_session

    name, email = f"{role.title()} {number}", f"{role}.{number}@crowd.example"
    with edge_transaction():
        made = users.create_person(name=name, email=email, password_hash=password_hash, roles=[role], verified=True)
        assert made is not None
        if role == "contractor":
            actor = Actor(made, frozenset({role}), frozenset(), role)
            details = ContractorDetails(headline="Carpenter", categories=(trade,))
            profiles.save_contractor_profile(actor=actor, details=details)
        token = open_session(user_id=made).access_token
    return {"id": str(made), "email": email, "token": token, "trade": trade}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
