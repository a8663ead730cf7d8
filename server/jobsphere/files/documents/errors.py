"""What can be wrong with a document."""

from jobsphere.kit.errors import Conflict


class NotReadable(Conflict):
    """The file is neither a PDF nor a Word document (DOCX), so no words are read from it."""

    code = "not-readable"
    title = "This file has no words that we can read"
