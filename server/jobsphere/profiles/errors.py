"""What can go wrong with profiles."""

from jobsphere.kit.errors import Forbidden


class ProfileRequired(Forbidden):
    """A contractor is asked to say what they do (PUT /api/profiles/me/) before they can propose."""

    code = "profile-required"
    title = "Complete your contractor profile first"
