"""Pure rules of the socket: how long things are kept, how much a connection may do, and what its end means."""

from datetime import timedelta
from enum import IntEnum

TYPE_LENGTH = 40

#: How long, and how many of a person's frames are kept. A device that was away for longer is told to "resync".
KEEP = timedelta(hours=24)
KEEP_FRAMES = 1_000
#: Frames that are read at once for a device that catches up.
PAGE = 100

#: Seconds of the past that a page may ask for when it has no number yet (what it fetched before the socket stood).
SINCE = 300
#: Seconds in which a new socket must say who it is.
GREETING = 10
#: Seconds of silence after which the server asks "ping"; after as many again without any frame the socket is dead.
HEARTBEAT = 25
#: Seconds before the end of the token at which the client is asked for a new one.
EXPIRY_WARNING = 60

#: Bytes of one frame from a client, frames a second that it may send for long, and how many at once.
FRAME_SIZE = 16_384
FRAMES_A_SECOND = 20
FRAMES_AT_ONCE = 60
#: Topics that one socket may watch.
TOPICS = 50

#: What waits for a client that reads too slowly: beyond this it is dropped, and comes back with its last number.
BACKLOG_BYTES = 262_144

#: Seconds between two looks for numbers that the bus has lost: without Redis (then they are also how another process
#: is heard at all) and with it. One more second for so many people, so that looking never becomes the work.
SWEEP_ALONE = 1.0
SWEEP_WITH_BUS = 5.0
SWEEP_PEOPLE_A_SECOND = 1_000
#: Seconds between two looks whether the sessions of open sockets still live.
SESSIONS_EVERY = 15.0
#: Seconds between two words of a server that somebody is here, and after which an old word counts no more: its server
#: was killed. Who leaves may come back within the grace and was never gone (a page that is loaded again).
BEAT = 25.0
STALE = timedelta(seconds=75)
GRACE = 4.0


class Close(IntEnum):
    """Why a socket ends; what a client does next follows from the number (docs/realtime.md)."""

    GOING_AWAY = 1012
    TRY_LATER = 1013
    BAD_FRAME = 4400
    SIGNED_OUT = 4401
    SLOW = 4408
    REPLACED = 4409
    SILENT = 4410
    TOO_FAST = 4429


#: What each number says to people who read logs, and what a client does.
MEANING: dict[Close, tuple[str, str]] = {
    Close.GOING_AWAY: ("The server restarts.", "Reconnect after a random moment of up to 5 s."),
    Close.TRY_LATER: ("This process holds as many sockets as it may.", "Reconnect after a pause that grows."),
    Close.BAD_FRAME: ("A frame was no JSON object with a type, or too large.", "A bug of the client: report it."),
    Close.SIGNED_OUT: (
        "No token came in time, or it is forged, expired or revoked.",
        "Get a new token over HTTP and reconnect; where that is refused, sign in.",
    ),
    Close.SLOW: ("The client did not read what was sent to it.", "Reconnect with the last number."),
    Close.REPLACED: ("The person opened more sockets than one may have; the oldest go.", "Stay closed until used."),
    Close.SILENT: ("Nothing was heard for two heartbeats.", "Reconnect with the last number."),
    Close.TOO_FAST: ("More frames than a client may send.", "Reconnect after a pause that grows."),
}
