"""`make explain`: what PostgreSQL does for every hot list on a million jobs; exit code 1 when one reads too much.

`python -m benchmarks.explaining [JOBS]`. The lists and their bounds are `tests/plans/lists.py`, which the suite asks on
20,000 jobs.
"""

import os
import sys
import time

from benchmarks.database import bench_database

JOBS = 1_000_000


def main(jobs: int) -> int:
    """Seed, send every request twice, and print a table of the second time."""
    os.environ["THROTTLE_READ"] = "100000/min"
    with bench_database():
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        from rest_framework.test import APIClient

        from jobsphere.users.models import User
        from jobsphere.users.services.sessions import open_session
        from tests.plans.lists import LISTS, MEMBER, STAFF, VISITOR, look, problems, samples
        from tests.plans.seed import fill
        from tests.plans.watching import large_tables

        began = time.monotonic()
        viewer = fill(jobs)
        ada = User.objects.create_user("ada@example.com", None, name="Ada", is_staff=True, is_superuser=True)
        clients = {VISITOR: APIClient(), MEMBER: APIClient(), STAFF: APIClient()}
        for role, person in ((MEMBER, viewer), (STAFF, ada.pk)):
            token = open_session(user_id=person).access_token
            clients[role].credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        words, large = samples(viewer), large_tables(jobs // 100)
        print(f"{jobs:,} jobs made in {time.monotonic() - began:.0f} s; large: {', '.join(sorted(large))}\n")
        print("| list | index | pages of the dearest statement | at most | ms in the database |")
        print("| --- | --- | ---: | ---: | ---: |")
        found: list[str] = []
        for wanted in LISTS:
            look(wanted, clients, words)
            seen = look(wanted, clients, words)
            found += problems(wanted, seen, large)
            index = wanted.index.replace("|", " or ") or "(any)"
            print(f"| {wanted.name} | {index} | {seen.pages} | {wanted.pages} | {seen.milliseconds:.1f} |", flush=True)
    print("\n".join(["", *found]) if found else "\nNo list reads a large table, and each uses its index.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else JOBS))
