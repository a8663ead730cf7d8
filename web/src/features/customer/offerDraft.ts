import type { CancellationPolicyEnum, FundingShapeEnum, HourlyOfferRequest, OfferWriteRequest, Proposal } from "@jobsphere/api-client";
import { typedText, type Money } from "@jobsphere/domain/money";
import { checkMilestones, type MilestoneCheck, type MilestoneDraft } from "@/components/milestones";
import { readMoney } from "@/components/moneyText";
import { t } from "@jobsphere/domain/text";

/** An offer while it is written. */
export interface OfferDraft {
  amount: string;
  milestones: MilestoneDraft[];
  message: string;
  policy: CancellationPolicyEnum;
  /** Missing in drafts from before there was a choice: all now. */
  funding?: FundingShapeEnum;
  deposit?: string;
  balanceDue?: string;
  /** At most so much for expenses, on top of the amount; empty: none. */
  expenseCap?: string;
  /** By the hour: at most so many hours a week, and for how many weeks (empty: open). */
  weeklyHours?: string;
  weeks?: string;
}

/** The name under which the draft of an offer is kept on this device. */
export function draftName(proposalId: string): string {
  return `offer.${proposalId}`;
}

/** What the contractor proposed; an hourly rate is no amount yet, so that is left to the customer. */
export function draftOf(proposal: Proposal): OfferDraft {
  const fixed = proposal.price_kind === "fixed";
  return {
    amount: fixed ? typedText(proposal.price) : "",
    milestones: fixed
      ? proposal.milestones.map((part) => ({ title: part.title, amount: typedText(part.amount) }))
      : [],
    message: "",
    policy: "moderate",
    ...(fixed ? {} : { funding: "weekly" as const, amount: typedText(proposal.price) }),
  };
}

export interface OfferCheck {
  amount?: Money;
  /** What is reserved with the offer; the rest is paid in later. */
  dueNow?: Money;
  /** What is wrong with the way of paying. */
  depositProblem?: string;
  fundingProblem?: string;
  capProblem?: string | undefined;
  problem?: string;
  plan?: MilestoneCheck;
  /** What to send, without the card; undefined while something is wrong. */
  body?: OfferWriteRequest;
  /** The same for an offer by the hour. */
  hourly?: HourlyOfferRequest;
  hoursProblem?: string | undefined;
  weeksProblem?: string | undefined;
}

export function checkOffer(draft: OfferDraft, proposal: Proposal): OfferCheck {
  const { money: amount, problem } = readMoney(draft.amount, proposal.price.currency, "amount");
  if (!amount) return { problem };
  const funding = draft.funding ?? "upfront";
  if (funding === "weekly") return checkHourly(draft, proposal, amount);
  const { money: deposit, problem: depositProblem } = checkDeposit(draft, amount);
  const planned = deposit ? { ...amount, amount: amount.amount - deposit.amount } : amount;
  const plan = checkMilestones(draft.milestones, planned);
  if (depositProblem) return { amount, plan, depositProblem };
  if (!plan.planned) return { amount, plan };
  if (funding === "by_milestone" && plan.planned.length < 2) {
    return { amount, plan, fundingProblem: t("Plan at least two milestones to pay them one by one.") };
  }
  const { money: cap, problem: capProblem } = draft.expenseCap?.trim() ? readMoney(draft.expenseCap, amount.currency) : {};
  if (capProblem) return { amount, plan, capProblem };
  const dueNow = funding === "by_milestone" ? (plan.planned[0]?.amount ?? amount) : (deposit ?? amount);
  const body: OfferWriteRequest = {
    proposal_id: proposal.id,
    amount,
    milestones: plan.planned,
    message: draft.message.trim(),
    cancellation_policy: draft.policy,
    funding,
    ...(deposit ? { deposit, balance_due_on: draft.balanceDue || null } : {}),
    ...(cap ? { expense_cap: cap } : {}),
  };
  return { amount, dueNow, plan, body };
}

/** By the hour `amount` is the rate, and a week at its cap is what is taken first. */
function checkHourly(draft: OfferDraft, proposal: Proposal, rate: Money): OfferCheck {
  const hours = Number((draft.weeklyHours ?? "").replace(",", "."));
  const weeks = (draft.weeks ?? "").trim() === "" ? null : Number(draft.weeks);
  const hoursProblem = hours >= 1 && hours <= 168 ? undefined : t("Say how many hours a week you pay at most, 1 to 168.");
  const weeksProblem = weeks === null || (Number.isInteger(weeks) && weeks >= 1 && weeks <= 520) ? undefined : t("A whole number of weeks, or nothing.");
  if (hoursProblem || weeksProblem) return { amount: rate, hoursProblem, weeksProblem };
  const minutes = Math.round(hours * 60);
  const dueNow = { ...rate, amount: Math.floor((2 * rate.amount * minutes + 60) / 120) };
  const hourly: HourlyOfferRequest = {
    proposal_id: proposal.id,
    rate,
    weekly_cap_minutes: minutes,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    weeks,
    message: draft.message.trim(),
    cancellation_policy: draft.policy,
  };
  return { amount: rate, dueNow, hourly };
}

function checkDeposit(draft: OfferDraft, amount: Money): { money?: Money | undefined; problem?: string | undefined } {
  if (draft.funding !== "deposit") return {};
  const { money, problem } = readMoney(draft.deposit ?? "", amount.currency, "deposit");
  if (money && money.amount >= amount.amount) return { problem: t("A deposit is less than the whole amount.") };
  return { money, problem };
}
