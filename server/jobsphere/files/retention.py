"""How long files are kept."""

from jobsphere.db.retention import Rule, delete, follow
from jobsphere.files.models import StoredFile

RULES: list[Rule] = [
    delete(
        StoredFile,
        days="deleted_files",
        since="deleted_at",
        why="That there was a file; its content went at once. Others stay with what they are part of.",
    ),
    *follow("files_documenttext", of="files_storedfile"),
    *follow("files_fileusage", of="users_user"),
]
