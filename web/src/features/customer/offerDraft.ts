import type { CancellationPolicyEnum, OfferWriteRequest, Proposal } from "@jobsphere/api-client";
import { decimalText, type Money } from "@jobsphere/domain/money";
import { checkMilestones, type MilestoneCheck, type MilestoneDraft } from "@/components/milestones";
import { readMoney } from "@/components/moneyText";

/** An offer while it is written. */
export interface OfferDraft {
  amount: string;
  milestones: MilestoneDraft[];
  message: string;
  policy: CancellationPolicyEnum;
}

/** The name under which the draft of an offer is kept on this device. */
export function draftName(proposalId: string): string {
  return `offer.${proposalId}`;
}

/** What the contractor proposed; an hourly rate is no amount yet, so that is left to the customer. */
export function draftOf(proposal: Proposal): OfferDraft {
  const fixed = proposal.price_kind === "fixed";
  return {
    amount: fixed ? decimalText(proposal.price) : "",
    milestones: fixed
      ? proposal.milestones.map((part) => ({ title: part.title, amount: decimalText(part.amount) }))
      : [],
    message: "",
    policy: "moderate",
  };
}

export interface OfferCheck {
  amount?: Money;
  problem?: string;
  plan?: MilestoneCheck;
  /** What to send, without the card; undefined while something is wrong. */
  body?: OfferWriteRequest;
}

export function checkOffer(draft: OfferDraft, proposal: Proposal): OfferCheck {
  const { money: amount, problem } = readMoney(draft.amount, proposal.price.currency, "amount");
  if (!amount) return { problem };
  const plan = checkMilestones(draft.milestones, amount);
  if (!plan.planned) return { amount, plan };
  const body: OfferWriteRequest = {
    proposal_id: proposal.id,
    amount,
    milestones: plan.planned,
    message: draft.message.trim(),
    cancellation_policy: draft.policy,
  };
  return { amount, plan, body };
}
