/** The steps of a deal in our own words, with money and days as this person writes them. The server's text is the fallback. */

import type { Message, Note } from "@jobsphere/api-client";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { formatDay } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

interface Known {
  title: string;
  amount: string;
  paidOut: string;
  day: string;
  by: string;
}

const WORDS: Record<string, (known: Known) => string> = {
  "proposal.submitted": ({ amount }) => t("A proposal of {amount} was sent", { amount }),
  "proposal.shortlisted": () => t("This proposal is in the closer choice"),
  "proposal.rejected": () => t("The customer has decided against this proposal"),
  "proposal.withdrawn": () => t("The proposal was taken back"),
  "offer.sent": ({ amount }) => t("An offer of {amount} was made", { amount }),
  "offer.accepted": ({ amount }) => t("The offer of {amount} was accepted", { amount }),
  "offer.rejected": ({ amount }) => t("The offer of {amount} was declined", { amount }),
  "offer.withdrawn": ({ amount }) => t("The offer of {amount} was withdrawn", { amount }),
  "offer.expired": ({ amount }) => t("The offer of {amount} has expired", { amount }),
  "offer.declined_by_gateway": ({ amount }) => t("The offer of {amount} ended: its payment failed", { amount }),
  "contract.started": ({ amount }) => t("The contract begins. {amount} is paid in and protected", { amount }),
  "contract.completed": () => t("The contract is completed"),
  "contract.cancelled": ({ amount, paidOut }) => t("The contract is cancelled: {amount} back to the customer, {paidOut} to the contractor", { amount, paidOut }),
  "contract.held": () => t("JobSphere has put the money of this contract on hold"),
  "contract.resumed": () => t("The money of this contract may move again"),
  "milestone.started": ({ title }) => t("Work on “{title}” has begun", { title }),
  "milestone.submitted": ({ title, amount, day }) => t("“{title}” is delivered. Without an answer {amount} is released on {day}", { title, amount, day }),
  "milestone.changes_requested": ({ title }) => t("Changes were asked for on “{title}”", { title }),
  "milestone.released": ({ title, amount, by }) =>
    t("{amount} for “{title}” is released: {by, select, yes {nobody objected in time} other {it was approved}}", { amount, title, by: by === "system" ? "yes" : "other" }),
  "milestone.refunded": ({ title, amount }) => t("{amount} for “{title}” goes back to the customer", { amount, title }),
  "milestone.charged_back": ({ title, amount }) => t("The customer's bank has taken back {amount} of “{title}”", { amount, title }),
  "milestone.refund_asked": ({ title, amount }) => t("The customer asks for {amount} of “{title}” back", { amount, title }),
  "milestone.refund_declined": ({ title, amount }) => t("The contractor did not agree to give {amount} of “{title}” back", { amount, title }),
};

/** What a step says; the text of the server for one that this version does not know, or that misses something. */
export function stepText({ note, body }: Pick<Message, "note" | "body">): string {
  const words = note ? WORDS[note.code] : undefined;
  const text = note && words ? words(known(note)) : body;
  return text.includes("?!") ? body : text;
}

function known({ params }: Note): Known {
  return {
    title: typeof params.title === "string" ? params.title : "?!",
    amount: moneyText(params.amount),
    paidOut: moneyText(params.paid_out),
    day: typeof params.release_at === "string" ? formatDay(params.release_at) : "?!",
    by: typeof params.by === "string" ? params.by : "",
  };
}

function moneyText(value: unknown): string {
  const money = value as Partial<Money> | null | undefined;
  return typeof money?.amount === "number" && typeof money.currency === "string" ? formatMoney(money as Money) : "?!";
}
