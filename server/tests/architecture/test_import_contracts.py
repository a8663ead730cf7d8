"""The import contracts hold, and our own one catches a trespass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools import lint

CONTRACTS = next(check for check in lint.CHECKS if check.name == "import contracts")

CONFIGURATION = """
[importlinter]
root_packages =
    jobsphere
    config
contract_types =
    private: tools.contracts.PrivateModulesContract

[importlinter:contract:private]
name = private
type = private
package = jobsphere
private_modules =
    models
    api
public =
    jobsphere.db.models
allowed_importers =
    config.urls
"""

INNOCENT = {
    "config/__init__.py": "",
    "config/urls.py": "from jobsphere.jobs.api import urls",
    "jobsphere/__init__.py": "",
    "jobsphere/db/__init__.py": "",
    "jobsphere/db/models.py": "",
    "jobsphere/jobs/__init__.py": "",
    "jobsphere/jobs/models.py": "from jobsphere.db.models import Record",
    "jobsphere/jobs/services.py": "from jobsphere.jobs.models import Job",
    "jobsphere/jobs/api/__init__.py": "",
    "jobsphere/jobs/api/urls.py": "",
    "jobsphere/users/__init__.py": "",
    "jobsphere/users/services.py": "from jobsphere.jobs import services",
}


def check(folder: Path, files: dict[str, str]) -> tuple[bool, str]:
    """Run our contract on a small tree; whether it was kept, and what was said."""
    for name, code in {**INNOCENT, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(code)
    (folder / ".importlinter").write_text(CONFIGURATION)
    command = [sys.executable, "-c", CONTRACTS.arguments[1], "--config", ".importlinter", "--no-cache"]
    environment = {"PYTHONPATH": f"{folder}:{lint.SERVER}", "COLUMNS": "200"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def test_the_import_contracts_hold():
    outcome = lint.run(CONTRACTS)
    assert outcome.passed, outcome.output


def test_what_goes_through_the_front_door_is_kept(tmp_path: Path):
    kept, said = check(tmp_path, {})
    assert kept, said


def test_a_test_may_look_at_what_was_written_elsewhere(tmp_path: Path):
    test = {
        "jobsphere/users/tests/__init__.py": "",
        "jobsphere/users/tests/test_x.py": "from jobsphere.jobs.models import Job",
    }
    kept, said = check(tmp_path, test)
    assert kept, said


def test_another_apps_models_are_out_of_bounds(tmp_path: Path):
    kept, said = check(tmp_path, {"jobsphere/users/services.py": "\nfrom jobsphere.jobs.models import Job"})
    assert not kept
    assert "jobsphere.users.services (l.2) imports jobsphere.jobs.models" in said


def test_another_apps_api_is_out_of_bounds_even_inside_a_function(tmp_path: Path):
    late = "def later():\n    from jobsphere.jobs.api.urls import urlpatterns"
    kept, said = check(tmp_path, {"jobsphere/users/services.py": late})
    assert not kept
    assert "imports jobsphere.jobs.api.urls" in said


def test_the_project_may_not_reach_into_models_either(tmp_path: Path):
    kept, said = check(
        tmp_path,
        {
            "config/urls.py": "from jobsphere.jobs.api import urls",
            "config/wsgi.py": "from jobsphere.jobs import models",
        },
    )
    assert not kept
    assert "config.wsgi (l.1) imports jobsphere.jobs.models" in said
