"""What the gateway reports, applied: forward only, so that any order or repetition of reports ends the same."""
