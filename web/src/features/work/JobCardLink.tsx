import type { JobCard } from "@jobsphere/api-client";
import { Link } from "@tanstack/react-router";
import { Status } from "@/components/Status";
import { formatAgo, formatDay } from "@/lib/time";
import { budgetText } from "./budget";
import classes from "./JobCardLink.module.css";
import { coded, t } from "@jobsphere/domain/text";

/** A job in a list: what, how much, where, and how many have answered. */
export function JobCardLink({ job, showStatus }: { job: JobCard; showStatus: boolean }) {
  const facts = [
    job.place || t("Anywhere"),
    job.due_on ? t("by {day}", { day: formatDay(job.due_on) }) : undefined,
    job.proposal_count === 0 ? t("no proposal yet") : t("{count, plural, one {# proposal} other {# proposals}}", { count: job.proposal_count }),
  ].filter(Boolean);
  return (
    <Link to={`/jobs/${job.id}`} className={classes.card}>
      <span className={classes.top}>
        <strong className={classes.title}>{job.title}</strong>
        <span className={classes.budget}>{budgetText(job.budget)}</span>
      </span>
      {job.summary ? <span className={classes.summary}>{job.summary}</span> : null}
      <span className={classes.facts}>
        {showStatus ? <Status value={job.status} /> : null}
        {job.category ? <span className={classes.trade}>{coded("trade", job.category.slug, job.category.name)}</span> : null}
        <span>{facts.join(" · ")}</span>
        {job.published_at ? <span className={classes.ago}>{formatAgo(job.published_at)}</span> : null}
      </span>
    </Link>
  );
}
