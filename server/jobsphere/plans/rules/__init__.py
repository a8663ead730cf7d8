"""Pure: dates, amounts, lifecycles and thresholds of plans."""
