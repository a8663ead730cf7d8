"""Verbs that write jobs, proposals and saved searches. Each runs inside the transaction of its edge."""

from jobsphere.jobs.services.contracted import (
    assign_job,
    cancel_job_of_contract,
    complete_job,
    create_direct_job,
    deliver_job,
    dispute_job,
    reopen_job,
    resume_job,
    start_job,
)
from jobsphere.jobs.services.posting import (
    cancel_job,
    create_job,
    delete_draft,
    expire_job,
    publish_job,
    repost_job,
    update_job,
)
from jobsphere.jobs.services.proposing import (
    reject_proposal,
    shortlist_proposal,
    submit_proposal,
    update_proposal,
    withdraw_proposal,
)
from jobsphere.jobs.services.removing import (
    put_job_back,
    put_proposal_text_back,
    remove_job,
    remove_proposal_text,
)
from jobsphere.jobs.services.saving import change_search, forget_search, save_search

__all__ = [
    "assign_job",
    "cancel_job",
    "cancel_job_of_contract",
    "change_search",
    "complete_job",
    "create_direct_job",
    "create_job",
    "delete_draft",
    "deliver_job",
    "dispute_job",
    "expire_job",
    "forget_search",
    "publish_job",
    "put_job_back",
    "put_proposal_text_back",
    "reject_proposal",
    "remove_job",
    "remove_proposal_text",
    "reopen_job",
    "repost_job",
    "resume_job",
    "save_search",
    "shortlist_proposal",
    "start_job",
    "submit_proposal",
    "update_job",
    "update_proposal",
    "withdraw_proposal",
]
