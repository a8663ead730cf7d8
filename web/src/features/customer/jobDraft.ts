import type { Budget, Job, JobInputRequest } from "@jobsphere/api-client";
import { typedText } from "@jobsphere/domain/money";
import type { Attached } from "@/components/attachments/attached";
import { readMoney } from "@/components/moneyText";
import { withAnswers } from "./questions";
import { t } from "@jobsphere/domain/text";

/** A job while it is written, all of it as text so that nothing typed is ever lost. */
export interface JobDraft {
  step: number;
  title: string;
  description: string;
  category: string;
  skills: string[];
  /** To the questions of the trade; undefined where they are lines of the description already. */
  answers?: Record<string, string>;
  kind: Budget["kind"];
  min: string;
  max: string;
  starts: string;
  due: string;
  place: string;
  address: string;
  /** What was uploaded for it; the server keeps it for a month without a job. */
  files: Attached[];
}

export const EMPTY_JOB: JobDraft = {
  step: 0,
  title: "",
  description: "",
  category: "",
  skills: [],
  answers: {},
  kind: "fixed",
  min: "",
  max: "",
  starts: "",
  due: "",
  place: "",
  address: "",
  files: [],
};

export const CURRENCY = "USD";

export const STEPS = [t("What"), t("Trade"), t("Budget"), t("When and where"), t("Review")] as const;
export const REVIEW = STEPS.length - 1;

export type JobField = keyof Omit<JobDraft, "step">;
export type JobProblems = Partial<Record<JobField, string>>;

const stepOf: Record<JobField, number> = {
  title: 0,
  description: 0,
  category: 1,
  skills: 1,
  answers: 1,
  kind: 2,
  min: 2,
  max: 2,
  starts: 3,
  due: 3,
  place: 3,
  address: 3,
  files: 0,
};

/** What keeps the job from being published, field by field; `today` is a date like 2026-11-21. */
export function problemsOf(draft: JobDraft, today: string): JobProblems {
  const min = readMoney(draft.min, CURRENCY, "budget");
  const max = draft.max.trim() ? readMoney(draft.max, CURRENCY, "budget") : min;
  const problems: JobProblems = {
    title: draft.title.trim() ? undefined : t("Give the job a title."),
    description: draft.description.trim() ? undefined : t("Say what needs doing."),
    category: draft.category ? undefined : t("Choose a trade."),
    min: min.problem,
    max: max === min ? undefined : (max.problem ?? orderOf(min.money?.amount, max.money?.amount)),
    starts: draft.starts && draft.starts < today ? t("This day has passed.") : undefined,
    due: dueProblem(draft, today),
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem));
}

function orderOf(min: number | undefined, max: number | undefined): string | undefined {
  return min !== undefined && max !== undefined && max < min ? t("This is less than the lower end.") : undefined;
}

function dueProblem({ starts, due }: JobDraft, today: string): string | undefined {
  if (!due) return undefined;
  if (due < today) return t("This day has passed.");
  return starts && due < starts ? t("This is before the start.") : undefined;
}

/** The first step with a problem; undefined when there is none. */
export function firstStepWith(problems: JobProblems): number | undefined {
  const steps = (Object.keys(problems) as JobField[]).map((field) => stepOf[field]);
  return steps.length > 0 ? Math.min(...steps) : undefined;
}

/** The problems of one step only. */
export function problemsOfStep(problems: JobProblems, step: number): JobProblems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => stepOf[field as JobField] === step));
}

/** Which field of the form a pointer of the server's answer means. */
export function fieldOf(pointer: string): JobField | undefined {
  const names: [string, JobField][] = [
    ["/title", "title"],
    ["/description", "description"],
    ["/category", "category"],
    ["/skills", "skills"],
    ["/budget/max", "max"],
    ["/budget", "min"],
    ["/starts_on", "starts"],
    ["/due_on", "due"],
    ["/place", "place"],
    ["/address", "address"],
    ["/file_ids", "files"],
  ];
  return names.find(([start]) => pointer.startsWith(start))?.[1];
}

/** The body for the API. A budget that cannot be read is left out: a draft may be incomplete. */
export function bodyOf(draft: JobDraft): JobInputRequest {
  const min = readMoney(draft.min, CURRENCY).money;
  const max = readMoney(draft.max, CURRENCY).money ?? min;
  return {
    title: draft.title.trim(),
    description: withAnswers(draft.description, draft.category, draft.answers),
    category: draft.category,
    skills: draft.skills,
    budget: min && max ? { kind: draft.kind, min, max } : null,
    starts_on: draft.starts || null,
    due_on: draft.due || null,
    place: draft.place.trim(),
    address: draft.address.trim(),
  };
}

export function draftOf(job: Job, files: Attached[] = []): JobDraft {
  return {
    step: 0,
    title: job.title,
    description: job.description,
    category: job.category?.slug ?? "",
    skills: job.skills.map((skill) => skill.slug),
    kind: job.budget?.kind ?? "fixed",
    min: job.budget ? typedText(job.budget.min) : "",
    max: job.budget ? typedText(job.budget.max) : "",
    starts: job.starts_on ?? "",
    due: job.due_on ?? "",
    place: job.place,
    address: job.address ?? "",
    files,
  };
}
