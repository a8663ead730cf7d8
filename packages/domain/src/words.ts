/** Words and tones for what the server says. Which status follows which is the server's business: see `allowed_actions`. */

import { t } from "./text";

export type Tone = "neutral" | "waiting" | "good" | "bad" | "done";

interface Word {
  text: string;
  tone: Tone;
}

const words: Record<string, Word> = {
  draft: { text: t("Draft"), tone: "neutral" },
  open: { text: t("Open"), tone: "good" },
  assigned: { text: t("Hired"), tone: "good" },
  in_progress: { text: t("In progress"), tone: "good" },
  delivered: { text: t("Delivered"), tone: "waiting" },
  completed: { text: t("Completed"), tone: "done" },
  cancelled: { text: t("Cancelled"), tone: "bad" },
  disputed: { text: t("Disputed"), tone: "bad" },
  expired: { text: t("Expired"), tone: "neutral" },
  pending: { text: t("Pending"), tone: "waiting" },
  shortlisted: { text: t("Shortlisted"), tone: "good" },
  accepted: { text: t("Accepted"), tone: "good" },
  rejected: { text: t("Rejected"), tone: "bad" },
  withdrawn: { text: t("Withdrawn"), tone: "neutral" },
  awaiting_payment: { text: t("Waiting for payment"), tone: "waiting" },
  accepting: { text: t("Taking the payment"), tone: "waiting" },
  declined_by_gateway: { text: t("Payment failed"), tone: "bad" },
  active: { text: t("Active"), tone: "good" },
  resolved: { text: t("Resolved"), tone: "done" },
  funded: { text: t("Protected"), tone: "good" },
  unfunded: { text: t("Not paid in yet"), tone: "waiting" },
  removed: { text: t("Not part of it any more"), tone: "neutral" },
  submitted: { text: t("Waiting for approval"), tone: "waiting" },
  changes_requested: { text: t("Changes requested"), tone: "waiting" },
  released: { text: t("Released"), tone: "done" },
  refunded: { text: t("Refunded"), tone: "neutral" },
  held: { text: t("Protected"), tone: "good" },
  failed: { text: t("Failed"), tone: "bad" },
  requested: { text: t("Requested"), tone: "waiting" },
  transferring: { text: t("On its way"), tone: "waiting" },
  paying: { text: t("At the bank"), tone: "waiting" },
  paid: { text: t("Paid"), tone: "done" },
  connected: { text: t("Connected"), tone: "good" },
  returned: { text: t("Returned"), tone: "bad" },
  unknown: { text: t("Unknown"), tone: "waiting" },
  in_flight: { text: t("Being asked"), tone: "waiting" },
  succeeded: { text: t("Succeeded"), tone: "done" },
  declined: { text: t("Declined"), tone: "bad" },
  action_required: { text: t("Waits for the payer"), tone: "waiting" },
  authorized: { text: t("Reserved"), tone: "waiting" },
  prepaid: { text: t("Taken early"), tone: "waiting" },
  captured: { text: t("Captured"), tone: "good" },
  unapplied: { text: t("Belongs to no job"), tone: "bad" },
  refund_failed: { text: t("Refund failed"), tone: "bad" },
  voided: { text: t("Given up"), tone: "neutral" },
  lapsed: { text: t("Lapsed"), tone: "neutral" },
  superseded: { text: t("Replaced"), tone: "neutral" },
  by_hand: { text: t("Paid by hand"), tone: "done" },
  frozen: { text: t("Frozen"), tone: "bad" },
  under_review: { text: t("The bank decides"), tone: "waiting" },
  proposed: { text: t("Proposed"), tone: "waiting" },
  paused: { text: t("Paused"), tone: "waiting" },
  ended: { text: t("Ended"), tone: "neutral" },
  charging: { text: t("Being paid"), tone: "waiting" },
  needs_customer: { text: t("Needs you"), tone: "bad" },
  made: { text: t("Protected"), tone: "good" },
  skipped: { text: t("Left out"), tone: "neutral" },
  won: { text: t("Won"), tone: "done" },
  lost: { text: t("Lost"), tone: "bad" },
};

/** A status in words; one that this version does not know is shown as it is, so nothing is hidden. */
export function statusWord(status: string): Word {
  return words[status] ?? { text: status.replaceAll("_", " "), tone: "neutral" };
}

const actions: Record<string, string> = {
  accept: t("Accept"),
  reject: t("Decline"),
  withdraw: t("Withdraw"),
  pay: t("Pay now"),
  publish: t("Publish"),
  cancel: t("Cancel"),
  repost: t("Post again"),
  edit: t("Edit"),
  update: t("Edit"),
  delete: t("Delete"),
  shortlist: t("Shortlist"),
  start: t("Start work"),
  fund: t("Pay it in"),
  submit: t("Hand in"),
  request_changes: t("Request changes"),
  release: t("Approve and release"),
  complete: t("Complete"),
  deliver: t("Hand in everything"),
  request_refund: t("Ask for a refund"),
  refund: t("Refund"),
};

/** The label of an action that the server allows. */
export function actionWord(action: string): string {
  return actions[action] ?? action.replaceAll("_", " ");
}
