"""Plans and what they do by the clock, as the app's own tests have them."""

from jobsphere.plans.tests.conftest import pro, rounds, run_worker, subscribe

__all__ = ["pro", "rounds", "run_worker", "subscribe"]
