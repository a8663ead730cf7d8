"""Ask one process whether it is well, as an orchestrator does: `python -m config.probe http://127.0.0.1:8000/health/live`.

Standard library only, and no settings: it runs every few seconds. It asks under the first name of ALLOWED_HOSTS, since
a request under an address of the inside would be refused.
"""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

#: Seconds; Docker and Kubernetes give up soon after.
PATIENCE = 4


def is_well(url: str) -> bool:
    """Say whether the process answers with success."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"
    try:
        with urlopen(Request(url, headers={"Host": host}), timeout=PATIENCE):  # noqa: S310  the operator's own address
            return True
    except (URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_well(sys.argv[1]) else 1)
