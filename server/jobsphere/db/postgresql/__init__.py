"""Django's PostgreSQL backend with health checks that do not cost a round trip on every request."""
