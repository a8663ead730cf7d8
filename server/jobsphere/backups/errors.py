"""What keeps a backup from being taken, read or put back; the words are for the operator at the terminal."""


class BackupError(RuntimeError):
    """A backup could not be taken or put back. What was there is as it was, unless the words say otherwise."""


class NotEmpty(BackupError):
    """There is a marketplace where the backup is to go."""


class Damaged(BackupError):
    """A backup does not say what it said when it was taken: it was changed, cut off, or its key is not here."""
