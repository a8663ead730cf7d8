"""Who may watch which topic. The app that owns the things says so, in its AppConfig.ready:

    realtime.topics.register("presence", may_watch)      # topics "presence:<user id>"

A topic is its kind, or its kind and the name of one thing: "jobs", "presence:0193…". What is broadcast to it is
ephemeral (services.broadcast).
"""

from collections.abc import Callable

from jobsphere.kit.actor import Actor

#: Answers whether the actor may watch the thing with this name ("" for the topic of all of them).
MayWatch = Callable[[Actor, str], bool]

TOPIC_LENGTH = 100

_kinds: dict[str, MayWatch] = {}


def register(kind: str, may_watch: MayWatch) -> None:
    """Let people watch topics of this kind, where the rule allows it; again replaces the rule."""
    _kinds[kind] = may_watch


def may_watch(actor: Actor, topic: str) -> bool:
    """Say whether the actor may watch the topic; one that nobody registered is watched by nobody."""
    kind, _, name = topic.partition(":")
    rule = _kinds.get(kind)
    return rule is not None and len(topic) <= TOPIC_LENGTH and rule(actor, name)
