"""What a series may do, and when its dates are. Pure."""
