"""The nightly sweep of files knows that the contents of data exports are in use."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from jobsphere.accounts.models import DataExport
from jobsphere.accounts.types import ExportStatus
from jobsphere.files import stores, sweeping

NAME = "ab" + "0" * 30 + ".zip"


@pytest.mark.django_db(transaction=True)
def test_the_sweep_leaves_an_export_alone_and_takes_what_a_crash_has_left(casey, settings, tmp_path, monkeypatch):
    folder = {"BACKEND": "jobsphere.files.stores.local.LocalStore", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    DataExport.objects.create(user_id=casey.known_id(), status=ExportStatus.READY, filename=NAME)
    stores.of("local").save(f"ab/{NAME}", ContentFile(b"everything about casey"))
    stores.of("local").save("ab/half.pdf.12.part", ContentFile(b"a crash left this"))
    monkeypatch.setattr(sweeping, "GRACE", timedelta(minutes=-1))
    assert sweeping.sweep(sweeping.remove_one).orphans == 1
    assert [each.path for each in stores.of("local").listed("ab/")] == [f"ab/{NAME}"]
