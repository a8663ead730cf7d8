"""What builds, checks and tests JobSphere; nothing here runs in production."""
