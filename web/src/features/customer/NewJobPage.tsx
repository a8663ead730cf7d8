import { type Job, jobsRetrieve } from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { draftOf, EMPTY_JOB } from "./jobDraft";
import { JobForm } from "./JobForm";

/** Post a job, go on with a draft, or change an open one (`?job=`). */
export function NewJobPage() {
  const { job: id } = useSearch({ strict: false }) as { job?: string };
  return id ? <KnownJob key={id} id={id} /> : <JobForm key="new" initial={EMPTY_JOB} />;
}

function KnownJob({ id }: { id: string }) {
  const job = useQuery({ queryKey: ["jobs", id], queryFn: () => ask(jobsRetrieve({ path: { job_id: id } })) });
  if (job.data) return <Edit job={job.data} />;
  return (
    <Page title="Change the job" narrow>
      {job.isError ? <Failed error={job.error} retry={() => void job.refetch()} /> : <Loading rows={1} height={360} />}
    </Page>
  );
}

function Edit({ job }: { job: Job }) {
  const initial = useMemo(() => draftOf(job), [job]);
  const editable = ["edit", "publish", "repost"].some((action) => job.allowed_actions.includes(action));
  if (!editable) {
    return (
      <Page title={job.title} narrow>
        <Text>This job cannot be changed any more.</Text>
      </Page>
    );
  }
  return <JobForm initial={initial} job={job} />;
}
