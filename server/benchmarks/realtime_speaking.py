"""Says things at a rate, from a process of its own: `python -m benchmarks.realtime_speaking SIDE HOW RATE COUNT`."""

import os
import sys
import time
from collections.abc import Callable
from uuid import UUID

import orjson

from benchmarks.realtime_names import BARE_CHANNEL, TOPIC

Speak = Callable[[str, list[str]], None]


def main(side: str, how: str, rate: float, count: int) -> None:
    """Read the people's ids from stdin, and speak."""
    people = sys.stdin.read().split()
    speak = bare(how) if side == "bare" else ours(how)
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        speak(people[number * 7919 % len(people)], people)


def bare(how: str) -> Speak:
    """Return a speaker to the rival."""
    import redis

    client = redis.Redis.from_url(os.environ["REDIS_URL"])

    def speak(person: str, people: list[str]) -> None:
        text = f'{{"type":"bench","data":{{"at":{time.monotonic_ns()}}}}}'
        client.publish(BARE_CHANNEL, orjson.dumps({"to": "*" if how == "broadcast" else person, "text": text}))

    return speak


def ours(how: str) -> Speak:
    """Return a speaker through our services."""
    from benchmarks.database import set_up_django

    set_up_django()
    from jobsphere.db.transactions import edge_transaction
    from jobsphere.realtime import services

    def speak(person: str, people: list[str]) -> None:
        payload = {"at": time.monotonic_ns()}
        if how == "broadcast":
            services.broadcast(topic=TOPIC, type="bench", payload=payload)
        elif how == "whisper":
            services.whisper(user_ids=[UUID(person)], type="bench", payload=payload)
        else:
            told = [UUID(each) for each in people] if how == "push-all" else [UUID(person)]
            with edge_transaction():
                services.push(user_ids=told, type="bench", payload=payload)

    return speak


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
