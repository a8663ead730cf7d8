import { type Job, jobsCancelCreate, jobsDestroy, jobsPublishCreate, jobsRetrieve } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { Dialog } from "@/components/Dialog";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { useAccount, useRole, useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatAgo, formatDay } from "@/lib/time";
import { budgetText } from "./budget";
import classes from "./JobPage.module.css";
import { MyProposal } from "./MyProposal";
import { Proposals } from "./Proposals";

export function JobPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const job = useQuery({ queryKey: ["jobs", id], queryFn: () => ask(jobsRetrieve({ path: { job_id: id } })) });
  if (job.isPending) {
    return (
      <Page title="Job">
        <Loading rows={2} height={200} />
      </Page>
    );
  }
  if (job.isError) {
    return (
      <Page title="Job">
        <Failed error={job.error} retry={() => void job.refetch()} />
      </Page>
    );
  }
  return <JobRead key={id} job={job.data} />;
}

function JobRead({ job }: { job: Job }) {
  const account = useAccount();
  const role = useRole();
  const signedIn = useSignedIn();
  const mine = account.data?.id === job.customer.id;
  return (
    <Page
      title={job.title}
      lead={`Posted by ${job.customer.name}${job.published_at ? `, ${formatAgo(job.published_at)}` : ""}`}
      aside={<Status value={job.status} />}
    >
      <section className="js-card" aria-label="The job">
        <Stack>
          <Facts job={job} />
          {job.description ? <Text className={classes.text}>{job.description}</Text> : null}
          {job.skills.length > 0 ? (
            <ul className={classes.skills} aria-label="Skills">
              {job.skills.map((skill) => (
                <li key={skill.slug}>{skill.name}</li>
              ))}
            </ul>
          ) : null}
          {job.cancel_reason ? <Text c="dimmed">Cancelled: {job.cancel_reason}</Text> : null}
          {mine ? <OwnerActions job={job} /> : null}
        </Stack>
      </section>
      {mine && job.status !== "draft" ? <Proposals job={job} /> : null}
      {!mine && role.contractor ? <MyProposal job={job} /> : null}
      {signedIn ? null : <Invitation job={job} />}
    </Page>
  );
}

function Facts({ job }: { job: Job }) {
  const facts: [string, string][] = [
    ["Budget", budgetText(job.budget)],
    ["Where", job.address ? `${job.address}, ${job.place}` : job.place || "Anywhere"],
    ["When", whenText(job)],
    ["Trade", job.category?.name ?? "Not said"],
    ["Proposals", String(job.proposal_count)],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function whenText(job: Job): string {
  if (job.starts_on && job.due_on) return `${formatDay(job.starts_on)} to ${formatDay(job.due_on)}`;
  if (job.due_on) return `By ${formatDay(job.due_on)}`;
  return job.starts_on ? `From ${formatDay(job.starts_on)}` : "Flexible";
}

function OwnerActions({ job }: { job: Job }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<"cancel" | "delete">();
  const publish = useVerb(
    () => ask(jobsPublishCreate({ path: { job_id: job.id } })),
    () => void notifications.show({ message: "Your job is public. Proposals appear here." }),
  );
  const edit = (): void => void navigate({ to: "/jobs/new", search: { job: job.id } as never });
  return (
    <>
      {publish.isError ? <Failed error={publish.error} /> : null}
      <Actions
        allowed={job.allowed_actions}
        busy={publish.isPending ? "publish" : undefined}
        offered={{
          publish: { run: () => publish.mutate() },
          repost: { run: edit },
          edit: { run: edit, quiet: true },
          cancel: { run: () => setAsking("cancel"), label: "Cancel the job", danger: true },
          delete: { run: () => setAsking("delete"), label: "Delete the draft", danger: true },
        }}
      />
      {asking === "cancel" ? <CancelJob job={job} close={() => setAsking(undefined)} /> : null}
      {asking === "delete" ? <DeleteJob job={job} close={() => setAsking(undefined)} /> : null}
    </>
  );
}

function CancelJob({ job, close }: { job: Job; close: () => void }) {
  const [reason, setReason] = useState("");
  const cancel = useVerb(() => ask(jobsCancelCreate({ path: { job_id: job.id }, body: { reason } })), close);
  return (
    <Dialog
      title="Cancel this job?"
      confirm="Cancel the job"
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
      onClose={close}
    >
      <Text>
        Every proposal is declined and every offer withdrawn. Money reserved for an offer goes back to your card.
        Nothing was taken.
      </Text>
      <Textarea label="Why (optional)" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}

function DeleteJob({ job, close }: { job: Job; close: () => void }) {
  const navigate = useNavigate();
  const remove = useVerb(
    () => ask(jobsDestroy({ path: { job_id: job.id } })),
    () => navigate({ to: "/jobs", search: { mine: true } as never, replace: true }),
  );
  return (
    <Dialog
      title="Delete this draft?"
      confirm="Delete it"
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={close}
    >
      <Text>Nobody has seen it, and it cannot be brought back.</Text>
    </Dialog>
  );
}

function Invitation({ job }: { job: Job }) {
  const next = { next: `/jobs/${job.id}` } as never;
  return (
    <section className="js-card" aria-labelledby="invitation">
      <Title order={2} size="h3" id="invitation">
        Can you do this?
      </Title>
      <Text mb="sm">Join as a contractor and send a price. The customer's money is protected before you begin.</Text>
      <Group gap="sm">
        <Button component={Link} to="/sign-up" search={next}>
          Join and propose
        </Button>
        <Button component={Link} to="/sign-in" search={next} variant="default">
          Sign in
        </Button>
      </Group>
    </section>
  );
}
