/** Words and tones for what the server says. Which status follows which is the server's business: see `allowed_actions`. */

export type Tone = "neutral" | "waiting" | "good" | "bad" | "done";

interface Word {
  text: string;
  tone: Tone;
}

const words: Record<string, Word> = {
  draft: { text: "Draft", tone: "neutral" },
  open: { text: "Open", tone: "good" },
  assigned: { text: "Hired", tone: "good" },
  in_progress: { text: "In progress", tone: "good" },
  delivered: { text: "Delivered", tone: "waiting" },
  completed: { text: "Completed", tone: "done" },
  cancelled: { text: "Cancelled", tone: "bad" },
  disputed: { text: "Disputed", tone: "bad" },
  expired: { text: "Expired", tone: "neutral" },
  pending: { text: "Pending", tone: "waiting" },
  shortlisted: { text: "Shortlisted", tone: "good" },
  accepted: { text: "Accepted", tone: "good" },
  rejected: { text: "Rejected", tone: "bad" },
  withdrawn: { text: "Withdrawn", tone: "neutral" },
  awaiting_payment: { text: "Waiting for payment", tone: "waiting" },
  accepting: { text: "Taking the payment", tone: "waiting" },
  declined_by_gateway: { text: "Payment failed", tone: "bad" },
  active: { text: "Active", tone: "good" },
  resolved: { text: "Resolved", tone: "done" },
  funded: { text: "Protected", tone: "good" },
  submitted: { text: "Waiting for approval", tone: "waiting" },
  changes_requested: { text: "Changes requested", tone: "waiting" },
  released: { text: "Released", tone: "done" },
  refunded: { text: "Refunded", tone: "neutral" },
  held: { text: "Protected", tone: "good" },
  failed: { text: "Failed", tone: "bad" },
  requested: { text: "Requested", tone: "waiting" },
  transferring: { text: "On its way", tone: "waiting" },
  paying: { text: "At the bank", tone: "waiting" },
  paid: { text: "Paid", tone: "done" },
  connected: { text: "Connected", tone: "good" },
  returned: { text: "Returned", tone: "bad" },
};

/** A status in words; one that this version does not know is shown as it is, so nothing is hidden. */
export function statusWord(status: string): Word {
  return words[status] ?? { text: status.replaceAll("_", " "), tone: "neutral" };
}

const actions: Record<string, string> = {
  accept: "Accept",
  reject: "Decline",
  withdraw: "Withdraw",
  pay: "Pay now",
  publish: "Publish",
  cancel: "Cancel",
  repost: "Post again",
  edit: "Edit",
  update: "Edit",
  delete: "Delete",
  shortlist: "Shortlist",
  start: "Start work",
  submit: "Hand in",
  request_changes: "Request changes",
  release: "Approve and release",
  complete: "Complete",
  deliver: "Hand in everything",
  request_refund: "Ask for a refund",
  refund: "Refund",
};

/** The label of an action that the server allows. */
export function actionWord(action: string): string {
  return actions[action] ?? action.replaceAll("_", " ");
}
