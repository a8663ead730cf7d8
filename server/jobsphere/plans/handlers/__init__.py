"""What reacts to payments and releases, and what people are told."""

from jobsphere.plans.handlers import news, outcomes, standing

__all__ = ["news", "outcomes", "standing"]
