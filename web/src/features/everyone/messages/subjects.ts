import type { Subject } from "@jobsphere/api-client";

/** What a conversation is about, where the server has no title for it. */
export const SUBJECTS: Record<string, string> = { contract: "A contract", job: "A job", proposal: "A proposal" };

/** The page of the thing that a conversation is about. */
export function subjectPath({ type, id }: Subject): string | undefined {
  if (type === "contract") return `/contracts/${id}`;
  return type === "job" ? `/jobs/${id}` : undefined;
}
