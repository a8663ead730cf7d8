import { type Job, jobsCancelCreate, jobsDestroy, jobsPublishCreate, jobsRetrieve } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Actions } from "@/components/Actions";
import { RecordFiles } from "@/components/attachments/RecordFiles";
import { Dialog } from "@/components/Dialog";
import { Page } from "@/components/Page";
import { PersonMenu } from "@/components/safety/PersonMenu";
import { Failed, Loading } from "@/components/States";
import { useStars } from "@/components/reviews/ReviewsOf";
import { Rating } from "@/components/reviews/Stars";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { useAccount, useRole, useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { live } from "@/lib/live/live";
import { formatAgo, formatDay } from "@/lib/time";
import { budgetText } from "./budget";
import classes from "./JobPage.module.css";
import { MyProposal } from "./MyProposal";
import { Proposals } from "./Proposals";
import { coded, t } from "@jobsphere/domain/text";

export function JobPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const job = useQuery({ queryKey: ["jobs", id], queryFn: () => ask(jobsRetrieve({ path: { job_id: id } })) });
  if (job.isPending) {
    return (
      <Page title={t("Job")}>
        <Loading rows={2} height={200} />
      </Page>
    );
  }
  if (job.isError) {
    return (
      <Page title={t("Job")}>
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
  // Whoever looks at the page sees it change, also those who are no part of the job (yet).
  useEffect(() => (signedIn ? live.watch(`job:${job.id}`) : undefined), [signedIn, job.id]);
  return (
    <Page
      title={job.title}
      lead={job.published_at
        ? t("Posted by {customer}, {ago}", { customer: job.customer.name, ago: formatAgo(job.published_at) })
        : t("Posted by {customer}", { customer: job.customer.name })}
      aside={
        <Group gap="sm">
          <Status value={job.status} />
          <PersonMenu personId={job.customer.id} name={job.customer.name} subject={{ type: "job", id: job.id, title: t("this job") }} />
        </Group>
      }
    >
      <section className="js-card" aria-label={t("The job")}>
        <Stack>
          <Facts job={job} />
          {signedIn && !mine ? <CustomerRating id={job.customer.id} name={job.customer.name} /> : null}
          {job.description ? <Text className={classes.text}>{job.description}</Text> : null}
          <RecordFiles kind="job" id={job.id} label={t("Pictures and papers")} />
          {job.skills.length > 0 ? (
            <ul className={classes.skills} aria-label={t("Skills")}>
              {job.skills.map((skill) => (
                <li key={skill.slug}>{coded("skill", skill.slug, skill.name)}</li>
              ))}
            </ul>
          ) : null}
          {job.cancel_reason ? <Text c="dimmed">{t("Cancelled: {cancelReason}", { cancelReason: job.cancel_reason })}</Text> : null}
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
    [t("Budget"), budgetText(job.budget)],
    [t("Where"), job.address ? `${job.address}, ${job.place}` : job.place || t("Anywhere")],
    [t("When"), whenText(job)],
    [t("Trade"), job.category ? coded("trade", job.category.slug, job.category.name) : t("Not said")],
    [t("Proposals"), String(job.proposal_count)],
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
  if (job.starts_on && job.due_on) return t("{day} to {day2}", { day: formatDay(job.starts_on), day2: formatDay(job.due_on) });
  if (job.due_on) return t("By {day}", { day: formatDay(job.due_on) });
  return job.starts_on ? t("From {day}", { day: formatDay(job.starts_on) }) : t("Flexible");
}

function OwnerActions({ job }: { job: Job }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<"cancel" | "delete">();
  const publish = useVerb(
    () => ask(jobsPublishCreate({ path: { job_id: job.id } })),
    () => void notifications.show({ message: t("Your job is public. Proposals appear here.") }),
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
          cancel: { run: () => setAsking("cancel"), label: t("Cancel the job"), danger: true },
          delete: { run: () => setAsking("delete"), label: t("Delete the draft"), danger: true },
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
      title={t("Cancel this job?")}
      confirm={t("Cancel the job")}
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
      onClose={close}
    >
      <Text>
        {t("Every proposal is declined and every offer withdrawn. Money reserved for an offer goes back to your card. Nothing was taken.")}
      </Text>
      <Textarea label={t("Why (optional)")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
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
      title={t("Delete this draft?")}
      confirm={t("Delete it")}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={close}
    >
      <Text>{t("Nobody has seen it, and it cannot be brought back.")}</Text>
    </Dialog>
  );
}

function Invitation({ job }: { job: Job }) {
  const next = { next: `/jobs/${job.id}` } as never;
  return (
    <section className="js-card" aria-labelledby="invitation">
      <Title order={2} size="h3" id="invitation">
        {t("Can you do this?")}
      </Title>
      <Text mb="sm">{t("Join as a contractor and send a price. The customer's money is protected before you begin.")}</Text>
      <Group gap="sm">
        <Button component={Link} to="/sign-up" search={next}>
          {t("Join and propose")}
        </Button>
        <Button component={Link} to="/sign-in" search={next} variant="default">
          {t("Sign in")}
        </Button>
      </Group>
    </section>
  );
}

/** What contractors think of who posted it, for those who think of working for them. */
function CustomerRating({ id, name }: { id: string; name: string }) {
  const stars = useStars(id, "customer");
  if (!stars.data) return null;
  return (
    <Text component="div">
      {name}: <Rating average={stars.data.average} count={stars.data.count} />
    </Text>
  );
}
