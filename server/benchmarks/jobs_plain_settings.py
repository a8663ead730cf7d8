"""The project as it is, but with the plain views: same middleware, same database settings."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.jobs_plain"
