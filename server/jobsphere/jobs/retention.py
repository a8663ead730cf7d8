"""How long jobs and proposals are kept."""

from jobsphere.db.retention import Rule, follow

RULES: list[Rule] = [
    *follow(
        "jobs_job",
        "jobs_job_skills",
        "jobs_proposal",
        of="users_user",
        why="What contracts began with; scrubbed of the person when they leave, unless their own draft.",
    ),
    *follow("jobs_savedsearch", of="users_user"),
]
