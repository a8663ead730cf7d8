"""A thousand sessions at once on the whole of production: `make load`. Not a test: a machine's mood fails no build.

- `stage.py`: production's own topology, as `tests/topology` starts it, with a balancer that writes down its timers;
- `seeding.py`: its people and a hundred thousand jobs; `bare.py`: the bare server of `make bench` on the same rows;
- `crowd.py`: the people, played by Locust in a process of its own; `people.py`: what each of them does;
- `watching.py`: processor time, memory, connections, queue and tables of the server side, seen from outside;
- `__main__.py`: the whole run, and what is printed; `--soak` looks for what grows.
"""
