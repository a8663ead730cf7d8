"""What is seen of a running marketplace: metrics, traces, error reports, and the ids that tie them together."""
