"""What contracts hears: `outcomes` inline, where it is learned; the others by the worker, to tell people."""

from jobsphere.contracts.handlers import money_back, news, outcomes, thread

__all__ = ["money_back", "news", "outcomes", "thread"]
