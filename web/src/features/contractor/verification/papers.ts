import type { Paper } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";

export type Kind = Paper["kind"];

/** The four kinds of paper: what they are called, what is asked for, which badge follows. */
export const KINDS: Record<Kind, { title: string; show: string; badge: string; expires: boolean }> = {
  identity: {
    title: t("Identity"),
    show: t("Passport, identity card or driving licence, both sides."),
    badge: t("Identity checked"),
    expires: true,
  },
  licence: {
    title: t("Trade licence"),
    show: t("The licence that your trade needs where you work."),
    badge: t("Licensed"),
    expires: true,
  },
  insurance: {
    title: t("Liability insurance"),
    show: t("The certificate with your name and the sum insured."),
    badge: t("Insured"),
    expires: true,
  },
  qualification: {
    title: t("Qualification"),
    show: t("A diploma, a master craftsman's certificate, a course."),
    badge: t("Qualified"),
    expires: false,
  },
};

export const ORDER: Kind[] = ["identity", "licence", "insurance", "qualification"];

const DAY = 86_400_000;
/** The server reminds 30 days before; the screen does the same. */
const SOON_DAYS = 30;

export type Standing = "none" | "checking" | "more" | "good" | "ending" | "ended" | "refused";

/** The paper of a kind that counts: a good one, else the one that waits, else the newest. Withdrawn ones are history. */
export function currentPaper(papers: Paper[], kind: Kind): Paper | undefined {
  const mine = papers.filter((each) => each.kind === kind && each.status !== "withdrawn");
  const rank = (paper: Paper): number => ["more_needed", "submitted", "approved"].indexOf(paper.status);
  const live = mine.filter((each) => rank(each) >= 0).toSorted((a, b) => rank(a) - rank(b));
  return live[0] ?? mine[0];
}

/** Where a kind of paper stands, and how many days it is still good. */
export function standing(paper: Paper | undefined, now = Date.now()): { state: Standing; days?: number } {
  if (!paper) return { state: "none" };
  if (paper.status === "submitted") return { state: "checking" };
  if (paper.status === "more_needed") return { state: "more" };
  if (paper.status === "rejected") return { state: "refused" };
  if (paper.status === "lapsed") return { state: "ended" };
  if (!paper.expires_on) return { state: "good" };
  // Its last day counts whole, in the time of the person who looks.
  const days = Math.ceil((new Date(`${paper.expires_on}T23:59:59`).getTime() - now) / DAY);
  if (days <= 0) return { state: "ended" };
  return { state: days <= SOON_DAYS ? "ending" : "good", days };
}
