"""Everything on one port: sockets under /ws/, and HTTP through WSGI on a thread pool."""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# After the settings are named: this sets Django up.
from config.wsgi import application as wsgi

#: Sync views on a thread pool cost 0.6-0.8 ms a light request here, Django's own ASGI handler 2.0-2.6 (STACK.md).
http = WSGIMiddleware(cast(Any, wsgi), workers=16)

# After Django is set up: the socket reads its tables.
from jobsphere.realtime.asgi import Application  # noqa: E402

sockets = Application()


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Hand a connection to whom it is for; a socket anywhere else than at /ws/ is refused."""
    if scope["type"] == "http":
        await http(scope, receive, send)
    elif scope["type"] == "lifespan" or scope["path"].rstrip("/") == "/ws":
        await sockets(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close"})
