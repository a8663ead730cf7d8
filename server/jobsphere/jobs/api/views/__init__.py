"""The views of this app, by family."""
