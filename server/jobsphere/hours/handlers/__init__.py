"""What hours hear: `outcomes` inline, with the fact itself; `news` by the worker, to tell people."""

from jobsphere.hours.handlers import news, outcomes

__all__ = ["news", "outcomes"]
