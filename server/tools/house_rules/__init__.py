"""The rules of this house that no ready-made linter knows: `python -m tools.house_rules`.

Each rule is a function from a Project to its Violations, and has a test that feeds it one. A line may be excused
where it stands, with a reason:

    stamp = time.time()  # house: allow clock: the gateway signs with the real time
"""
