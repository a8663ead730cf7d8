import type { FeePartRequest, NewFeePolicyRequest } from "@jobsphere/api-client";
import { parseMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { readShare } from "./words";

/** One fee as it is typed; only the share is asked for. */
export interface PartDraft {
  share: string;
  fixed: string;
  minimum: string;
  cap: string;
}

export interface PolicyDraft {
  name: string;
  category: string;
  tier: string;
  currency: string;
  /** A day, "2026-12-01"; empty: now. */
  from: string;
  acceptance: PartDraft;
  completion: PartDraft;
}

const PART: PartDraft = { share: "", fixed: "", minimum: "", cap: "" };

export const NOTHING: PolicyDraft = { name: "", category: "", tier: "", currency: "", from: "", acceptance: PART, completion: PART };

export interface PolicyCheck {
  /** Complete, as the server takes it. */
  body?: NewFeePolicyRequest;
  /** What is wrong, by the pointer at which the server would name it. */
  problems: Record<string, string>;
}

/** Read what was typed. What only the server knows (tiers, currencies, days that are over) it says itself. */
export function checkPolicy(draft: PolicyDraft): PolicyCheck {
  const problems: Record<string, string> = {};
  const acceptance = readPart("acceptance", draft, problems);
  const completion = readPart("completion", draft, problems);
  if (draft.name.trim() === "") problems["/name"] = t("Give the policy a name.");
  if (Object.keys(problems).length > 0) return { problems };
  const words = { name: draft.name.trim(), category: draft.category, tier: draft.tier.trim(), currency: draft.currency.trim() };
  // The day begins where the operator is.
  const valid_from = draft.from ? new Date(`${draft.from}T00:00`).toISOString() : null;
  return { body: { ...words, acceptance, completion, valid_from }, problems };
}

function readPart(part: "acceptance" | "completion", draft: PolicyDraft, problems: Record<string, string>): FeePartRequest {
  const typed = draft[part];
  const share = readShare(typed.share);
  if (share === undefined || share > 10_000) problems[`/${part}/basis_points`] = t("Write a share like 12.5, from 0 to 100.");
  const amount = (name: "fixed" | "minimum" | "cap"): number | null => {
    if (typed[name].trim() === "") return null;
    const money = parseMoney(typed[name], draft.currency);
    if (!money) problems[`/${part}/${name}`] = t("Write an amount like 1,200.50.");
    return money?.amount ?? null;
  };
  return { basis_points: share ?? 0, fixed: amount("fixed") ?? 0, minimum: amount("minimum") ?? 0, cap: amount("cap") };
}
