"""The story of seed 001: a job of $1000 from posting to payout, played over HTTP by three people."""
