import type { JobDraft as Suggestion } from "@jobsphere/api-client";
import { formatMoney, typedText } from "@jobsphere/domain/money";
import type { Part } from "@/components/attachments/FromDocument";
import { formatDay } from "@/lib/time";
import type { JobDraft } from "./jobDraft";
import { t } from "@jobsphere/domain/text";

const words = (slugs: readonly string[]): string => slugs.map((slug) => slug.replaceAll("-", " ")).join(", ");

/** What a document suggests for a job, in words; what it does not say is left out. */
export function jobParts(draft: Suggestion): Part[] {
  const parts: Part[] = [
    { key: "title", label: t("In one line"), value: draft.title },
    { key: "description", label: t("More about it"), value: draft.description },
    { key: "trade", label: t("Trade and skills"), value: draft.category ? words([draft.category, ...draft.skills]) : "" },
    { key: "budget", label: t("Up to"), value: draft.budget ? formatMoney(draft.budget) : "" },
    { key: "due", label: t("Done by"), value: draft.due_on ? formatDay(`${draft.due_on}T12:00:00`) : "" },
  ];
  return parts.filter((part) => part.value !== "");
}

/** The change of the form. */
export function jobChange(draft: Suggestion, keys: ReadonlySet<string>): Partial<JobDraft> {
  return {
    ...(keys.has("title") ? { title: draft.title } : {}),
    ...(keys.has("description") ? { description: draft.description } : {}),
    ...(keys.has("trade") ? { category: draft.category, skills: draft.skills } : {}),
    ...(keys.has("budget") && draft.budget ? { max: typedText(draft.budget) } : {}),
    ...(keys.has("due") ? { due: draft.due_on ?? "" } : {}),
  };
}
