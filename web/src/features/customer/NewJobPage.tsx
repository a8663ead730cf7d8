import { type Job, jobsRetrieve } from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Attached } from "@/components/attachments/attached";
import { useRecordFiles } from "@/components/attachments/records";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { draftOf, EMPTY_JOB } from "./jobDraft";
import { JobForm } from "./JobForm";
import { t } from "@jobsphere/domain/text";

/** Post a job, go on with a draft, or change an open one (`?job=`). */
export function NewJobPage() {
  const { job: id } = useSearch({ strict: false }) as { job?: string };
  return id ? <KnownJob key={id} id={id} /> : <JobForm key="new" initial={EMPTY_JOB} />;
}

function KnownJob({ id }: { id: string }) {
  const job = useQuery({ queryKey: ["jobs", id], queryFn: () => ask(jobsRetrieve({ path: { job_id: id } })) });
  const files = useRecordFiles("job", [id]);
  // Saving says which files the job has, so what it has must be known first.
  if (job.data && files.data) return <Edit job={job.data} files={files.data.get(id) ?? NONE} />;
  return (
    <Page title={t("Change the job")} narrow>
      {files.isError ? <Failed error={files.error} retry={() => void files.refetch()} /> : null}
      {job.isError ? <Failed error={job.error} retry={() => void job.refetch()} /> : <Loading rows={1} height={360} />}
    </Page>
  );
}

const NONE: Attached[] = [];

function Edit({ job, files }: { job: Job; files: Attached[] }) {
  const initial = useMemo(() => draftOf(job, files), [job, files]);
  const editable = ["edit", "publish", "repost"].some((action) => job.allowed_actions.includes(action));
  if (!editable) {
    return (
      <Page title={job.title} narrow>
        <Text>{t("This job cannot be changed any more.")}</Text>
      </Page>
    );
  }
  return <JobForm initial={initial} job={job} />;
}
