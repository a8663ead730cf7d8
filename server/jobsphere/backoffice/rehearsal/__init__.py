"""Rehearsals: an operator of a sandbox marketplace makes disasters happen and watches the books stay right.

`exercises.EXERCISES` is the one list that the API, the command line and the page are drawn from. Nothing here works
in production or with a real gateway (`gate.require_rehearsal`).
"""
