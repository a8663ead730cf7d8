"""Jobs, proposals and the search for them."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobsphere.jobs"
    label = "jobs"

    def ready(self) -> None:
        from jobsphere.jobs import handlers, live, policies, tasks, threads  # noqa: F401  registers subscribers and tasks
        from jobsphere.messaging.policies import register_subject
        from jobsphere.realtime import topics

        topics.register("job", live.may_watch_job)
        register_subject("job", policies.may_write_about_job, threads.job_titles)
        register_subject("proposal", threads.may_write_about_proposal, threads.proposal_titles)

        from jobsphere.files import access

        access.register("job", policies.can_read_job_files, may_change=policies.may_change_job_files, most=10)
        access.register(
            "proposal", policies.can_read_proposal_files, may_change=policies.may_change_proposal_files, most=10
        )

        from jobsphere.jobs.selectors.reported import job_subject, proposal_subject
        from jobsphere.moderation import subjects

        subjects.register("job", job_subject)
        subjects.register("proposal", proposal_subject)

        from jobsphere.jobs import personal_data
        from jobsphere.users.personal_data import register

        register("jobs", export=personal_data.export, erase=personal_data.erase, blockers=personal_data.blockers)

        from jobsphere.jobs import heads
        from jobsphere.web.heads import listed_pages, public_page

        public_page(r"/jobs/([0-9a-f-]{36})", heads.job_head)
        listed_pages(heads.open_jobs)
