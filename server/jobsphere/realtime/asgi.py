"""The ASGI application of the socket, for `config.asgi`."""

from typing import Any

from jobsphere.realtime.connection import Connection, Send
from jobsphere.realtime.door import is_welcome
from jobsphere.realtime.hub import Hub
from jobsphere.realtime.room import places
from jobsphere.realtime.rules import Close
from jobsphere.realtime.socket import Receive, Socket


class Application:
    """The sockets of one server. Its hub begins with the first of them, in the loop that serves it."""

    def __init__(self) -> None:
        self.hub: Hub | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection, or the server's own start and stop."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await self._serve(scope, receive, send)
        else:
            await _show_life(send)

    async def _serve(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        if not is_welcome(scope["headers"]):
            await send({"type": "websocket.close"})  # before it was accepted: 403
            return
        # Nobody reads them again, and they are a good part of what an idle socket weighs.
        scope["headers"].clear()
        self.hub = self.hub or Hub()
        await send({"type": "websocket.accept"})
        if len(self.hub.connections) >= places():
            await send({"type": "websocket.close", "code": int(Close.TRY_LATER), "reason": "try_later"})
            return
        await Socket(self.hub, Connection(send, self.hub.loop.time())).run(receive)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Answer the server's start, and end the hub when the server stops."""
        while True:
            phase = (await receive())["type"].removeprefix("lifespan.")
            if phase == "shutdown" and self.hub:
                await self.hub.close()
                self.hub = None
            await send({"type": f"lifespan.{phase}.complete"})
            if phase == "shutdown":
                return


async def _show_life(send: Send) -> None:
    """Answer an HTTP request to a process that has sockets only: load balancers ask whether it lives."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"sockets only: connect to /ws/\n"})
