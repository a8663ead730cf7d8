"""Views of sign-in and account."""
