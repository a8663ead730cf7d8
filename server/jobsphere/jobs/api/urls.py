"""Routes of jobs, proposals and saved searches. `jobs/{id}/complete/` belongs to contracts."""

from jobsphere.jobs.api import pages
from jobsphere.jobs.api.views.jobs import CancelJobView, JobListView, JobView, PublishJobView, RepostJobView
from jobsphere.jobs.api.views.proposals import (
    ProposalListView,
    ProposalView,
    RejectProposalView,
    ShortlistProposalView,
)
from jobsphere.jobs.api.views.searches import SearchListView, SearchView
from jobsphere.jobs.api.views.suggestions import JobSuggestionView
from jobsphere.jobs.selectors import feed
from jobsphere.web.hot import hot
from jobsphere.web.urls import route

urlpatterns = [
    route("jobs/", hot(JobListView, pages.job_list, when=feed.available), name="jobs"),
    route("jobs/<uuid:job_id>/", hot(JobView, pages.job_page, when=feed.available), name="job"),
    route("jobs/suggestions/", JobSuggestionView.as_view(), name="job-suggestions"),
    route("jobs/<uuid:job_id>/publish/", PublishJobView.as_view(), name="job-publish"),
    route("jobs/<uuid:job_id>/cancel/", CancelJobView.as_view(), name="job-cancel"),
    route("jobs/<uuid:job_id>/repost/", RepostJobView.as_view(), name="job-repost"),
    route("proposals/", ProposalListView.as_view(), name="proposals"),
    route("proposals/<uuid:proposal_id>/", ProposalView.as_view(), name="proposal"),
    route("proposals/<uuid:proposal_id>/shortlist/", ShortlistProposalView.as_view(), name="proposal-shortlist"),
    route("proposals/<uuid:proposal_id>/reject/", RejectProposalView.as_view(), name="proposal-reject"),
    route("saved-searches/", SearchListView.as_view(), name="saved-searches"),
    route("saved-searches/<uuid:search_id>/", SearchView.as_view(), name="saved-search"),
]
