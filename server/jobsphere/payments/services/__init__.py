"""The verbs of payments. All run inside the edge's transaction; the gateway is called after its commit."""
