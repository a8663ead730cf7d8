"""Our socket as `manage.py realtime` serves it, with a topic that everybody may watch."""

from benchmarks.realtime_names import TOPIC
from config.sockets import application
from jobsphere.realtime import topics

topics.register(TOPIC, lambda actor, name: True)

__all__ = ["application"]
