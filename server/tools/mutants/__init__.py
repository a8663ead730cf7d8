"""The test of the tests: bugs that cost money, planted one at a time in a copy of the tree, must make the suite fail.

`python -m tools.mutants`; see catalogue.py for the bugs, and __main__.py for the options.
"""
