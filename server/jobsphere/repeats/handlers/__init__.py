"""What reacts to offers, and what people are told."""

from jobsphere.repeats.handlers import news, outcomes

__all__ = ["news", "outcomes"]
