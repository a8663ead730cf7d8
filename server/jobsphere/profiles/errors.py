"""What can go wrong with profiles."""

from jobsphere.kit.errors import Conflict, Forbidden


class ProfileRequired(Forbidden):
    """A contractor is asked to say what they do (PUT /api/profiles/me/) before they can propose."""

    code = "profile-required"
    title = "Complete your contractor profile first"


class NotHireable(Conflict):
    """This contractor has still to prove something before they can be hired in this category; `missing` says what."""

    code = "not-hireable"
    title = "This contractor cannot be hired here yet"
