"""Who did what to which object: one entry a verb, never changed."""
