import {
  type Job,
  jobsCreate,
  jobsPublishCreate,
  jobsRepostCreate,
  jobsUpdate,
} from "@jobsphere/api-client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { setRecordFiles } from "@/components/attachments/records";
import { focusFirstError } from "@/components/focusError";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem, type Problem } from "@/lib/problems";
import {
  bodyOf,
  fieldOf,
  firstStepWith,
  type JobDraft,
  type JobProblems,
  problemsOf,
  problemsOfStep,
  REVIEW,
  STEPS,
} from "./jobDraft";
import classes from "./JobForm.module.css";
import { StepBudget, StepReview, StepTrade, StepWhat, StepWhen } from "./jobSteps";
import { t } from "@jobsphere/domain/text";

interface JobFormProps {
  initial: JobDraft;
  /** The job that is changed; none when it is new. */
  job?: Job;
}

type Way = "publish" | "draft";

/** Five small steps. Whatever is typed is kept on this device until the job is posted. */
export function JobForm({ initial, job }: JobFormProps) {
  const [draft, setDraft, forget] = useDraft(job ? `job.${job.id}` : "job.new", initial);
  const [judged, setJudged] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const problems = problemsOf(draft, new Date().toISOString().slice(0, 10));
  // Should the files fail, the job is there already: trying again must not post it twice.
  const written = useRef(job);
  const step = Math.min(Math.max(draft.step, 0), REVIEW);
  const save = useVerb(
    (way: Way) => saved(draft, written.current, way, (kept) => (written.current = kept)),
    async (result, way) => {
      forget();
      notifications.show({ message: way === "draft" ? t("Kept as a draft.") : t("Your job is public. Proposals appear here.") });
      await navigate({ to: `/jobs/${result.id}`, replace: true });
    },
  );
  const refusal = save.isError ? asProblem(save.error) : undefined;
  const go = (to: number): void => {
    setJudged(false);
    setDraft({ ...draft, step: to });
  };
  useFocusOnStep(step, form);
  const send = (way: Way): void => {
    const wrong = way === "draft" ? undefined : firstStepWith(problems);
    if (wrong !== undefined) {
      go(wrong);
      setJudged(true);
      focusFirstError(form.current);
    } else if (signedIn) {
      save.mutate(way, { onError: (error) => showWhere(asProblem(error)) });
    } else {
      void navigate({ to: "/sign-up", search: { next: "/jobs/new" } as never });
    }
  };
  const showWhere = (problem: Problem): void => {
    const at = firstStepWith(serverProblems(problem));
    if (at !== undefined) go(at);
    focusFirstError(form.current);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (step === REVIEW) return send("publish");
    if (Object.keys(problemsOfStep(problems, step)).length === 0) return go(step + 1);
    setJudged(true);
    focusFirstError(form.current);
  };
  const shown: JobProblems = { ...(refusal ? serverProblems(refusal) : {}), ...(judged ? problems : {}) };
  const change = (part: Partial<JobDraft>): void => {
    if (refusal) save.reset();
    setDraft({ ...draft, ...part });
  };
  return (
    <Page title={job && job.status !== "draft" ? t("Change the job") : t("Post a job")} narrow>
      <form onSubmit={submit} ref={form} noValidate>
        <Stack gap="lg">
          <Progress step={step} />
          {refusal ? <Failed error={refusal} /> : null}
          <StepFields step={step} draft={draft} problems={shown} change={change} go={go} />
          <Group gap="sm" className={classes.buttons}>
            {step > 0 ? (
              <Button variant="default" onClick={() => go(step - 1)}>
                {t("Back")}
              </Button>
            ) : null}
            <Button type="submit" loading={save.isPending && save.variables === "publish"}>
              {step === REVIEW ? finalWord(job, signedIn) : t("Continue")}
            </Button>
            {signedIn && draft.title.trim() && (!job || job.status === "draft") ? (
              <Button variant="subtle" loading={save.isPending && save.variables === "draft"} onClick={() => send("draft")}>
                {t("Save as a draft")}
              </Button>
            ) : null}
          </Group>
          <Text size="sm" c="dimmed">
            {t("What you type is kept on this device.")}
          </Text>
        </Stack>
      </form>
    </Page>
  );
}

function finalWord(job: Job | undefined, signedIn: boolean): string {
  if (!signedIn) return t("Join and publish");
  if (job?.allowed_actions.includes("repost")) return t("Post it again");
  return job && job.status !== "draft" ? t("Save the changes") : t("Publish the job");
}

function Progress({ step }: { step: number }) {
  return (
    <div>
      <Text size="sm" c="dimmed" fw={600}>
        {t("Step {step} of {count}", { step: step + 1, count: STEPS.length })}
      </Text>
      <div className={classes.progress} aria-hidden>
        {STEPS.map((name, index) => (
          <span key={name} data-done={index <= step} />
        ))}
      </div>
    </div>
  );
}

interface StepFieldsProps {
  step: number;
  draft: JobDraft;
  problems: JobProblems;
  change: (part: Partial<JobDraft>) => void;
  go: (step: number) => void;
}

function StepFields({ step, ...props }: StepFieldsProps) {
  if (step === 0) return <StepWhat {...props} />;
  if (step === 1) return <StepTrade {...props} />;
  if (step === 2) return <StepBudget {...props} />;
  if (step === 3) return <StepWhen {...props} />;
  return <StepReview {...props} />;
}

/** After a step the focus goes to its heading, so that a screen reader tells where we are. */
function useFocusOnStep(step: number, form: React.RefObject<HTMLFormElement | null>): void {
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    if (form.current?.querySelector('[aria-invalid="true"]')) return;
    form.current?.querySelector<HTMLElement>("[data-step-heading]")?.focus();
    globalThis.scrollTo({ top: 0 });
  }, [step, form]);
}

function serverProblems(problem: Problem): JobProblems {
  const found: JobProblems = {};
  for (const field of problem.fields) {
    const name = fieldOf(field.pointer);
    if (name) found[name] ??= field.detail;
  }
  return found;
}

async function saved(draft: JobDraft, job: Job | undefined, way: Way, wrote: (job: Job) => void): Promise<Job> {
  const kept = await posted(draft, job, way);
  wrote(kept);
  await setRecordFiles("job", kept.id, draft.files);
  return kept;
}

async function posted(draft: JobDraft, job: Job | undefined, way: Way): Promise<Job> {
  const body = bodyOf(draft);
  if (!job) return ask(jobsCreate({ body: { ...body, draft: way === "draft" } }));
  const path = { job_id: job.id };
  if (job.allowed_actions.includes("repost")) return ask(jobsRepostCreate({ path, body }));
  const changed = await ask(jobsUpdate({ path, body }));
  const publish = way === "publish" && changed.allowed_actions.includes("publish");
  return publish ? ask(jobsPublishCreate({ path })) : changed;
}
