"""Uploads are shown to ClamAV where the operator has one; without its word the policy decides."""

import tempfile
from pathlib import Path

import pytest

from jobsphere.files.models import StoredFile
from jobsphere.files.tests.clamd import VIRUS, clamd
from jobsphere.files.tests.conftest import PDF, image
from jobsphere.files.tests.test_api import stored_on_disk, upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["tcp", "unix"])
def way(request):
    """Return how clamd is reached: an address, or a socket whose path is short enough for one."""
    if request.param == "tcp":
        yield None
    else:
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            yield Path(folder) / "clamd"


def test_a_virus_is_refused_and_a_clean_file_is_taken(client_for, casey, storage, settings, way):
    client = client_for(casey)
    with clamd(way) as (settings.CLAMAV_URL, seen):
        refused = upload(client, VIRUS)
        assert (refused.status_code, refused.json()["code"]) == (400, "file-infected")
        assert refused.json()["errors"][0]["pointer"] == "/file"
        assert stored_on_disk(storage) == []
        assert upload(client).status_code == 201
        large = image("PNG", size=(1500, 1500)) + b"\0" * 1_000_000
        assert upload(client, large, "x.png").status_code == 201
    assert seen == [len(VIRUS), len(PDF), len(large)]


@pytest.mark.parametrize("trouble", ["away", "hang up", "too large"])
def test_without_an_answer_the_policy_decides(client_for, casey, storage, settings, trouble):
    client = client_for(casey)
    with clamd(mood=trouble, limit=10 if trouble == "too large" else 10**8) as (address, _):
        settings.CLAMAV_URL = "tcp://127.0.0.1:9" if trouble == "away" else address
        refused = upload(client)
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        assert "viruses" in refused.json()["detail"]
        assert not StoredFile.objects.exists()
        assert stored_on_disk(storage) == []
        settings.CLAMAV_UNREACHABLE = "accept"
        assert upload(client).status_code == 201
