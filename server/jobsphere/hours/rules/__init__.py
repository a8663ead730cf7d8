"""Pure rules: weeks by the wall clock, and what their hours cost."""
