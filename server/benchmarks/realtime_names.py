"""Names that the processes of the real-time benchmark share."""

BARE_CHANNEL = "bare:realtime"
TOPIC = "bench"
