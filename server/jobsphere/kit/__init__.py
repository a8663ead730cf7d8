"""Pure Python that every floor may use: money, ids, the clock, errors, actors, lifecycles."""
