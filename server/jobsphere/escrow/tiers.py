"""How a fee tier may be called. Fee policies, plans and loyalty tiers meet by this name: one rule for all."""

import re

from jobsphere.kit.errors import InvalidInput

CODE = "tier-name"
HOW_TO_NAME = "Name the tier with letters without accents, digits, hyphens and underscores only, such as pro-2026."

_NAME = re.compile(r"[-a-zA-Z0-9_]+")


def check_tier(tier: str) -> None:
    """Refuse the name of a tier that no plan could ever have. Raises InvalidInput; empty is none, and passes."""
    if tier and not _NAME.fullmatch(tier):
        raise InvalidInput.at("/tier", CODE, HOW_TO_NAME)
