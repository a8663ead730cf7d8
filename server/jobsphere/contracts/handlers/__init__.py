"""What contracts hears: `outcomes` inline, in the transaction that learns of it; `news` by the worker, for people."""

from jobsphere.contracts.handlers import news, outcomes

__all__ = ["news", "outcomes"]
