/** What the gateway still wants to know, and what the wallet's entries are, in our words. */

const wanted: [RegExp, string][] = [
  [/^external_account/, "A bank account to pay out to"],
  [/first_name|last_name/, "Your full name"],
  [/\.dob\b|\.dob\./, "Your date of birth"],
  [/address/, "Your address"],
  [/ssn|id_number/, "Your tax or identity number"],
  [/verification\.document/, "A photo of your passport or identity card"],
  [/tos_acceptance/, "Your agreement to the payment terms"],
  [/phone/, "Your phone number"],
  [/email/, "Your e-mail address"],
  [/business_profile/, "What you do, in a line"],
  [/^business_type/, "Whether you work alone or as a company"],
];

/** The gateway's field names as things a person can have at hand; each thing once. */
export function wantedThings(due: string[]): string[] {
  const things = due.map(
    (name) => wanted.find(([pattern]) => pattern.test(name))?.[1] ?? name.replaceAll(/[._]/g, " "),
  );
  return [...new Set(things)];
}

const reasons: Record<string, string> = {
  "requirements.past_due": "Something the payment service asked for is missing.",
  "requirements.pending_verification": "The payment service is checking what you sent.",
  "rejected.fraud": "The payment service closed this account. Please write to us.",
  under_review: "The payment service is looking at the account.",
};

export function disabledReason(reason: string): string {
  return reasons[reason] ?? (reason.startsWith("rejected") ? (reasons["rejected.fraud"] ?? "") : "");
}

const entries: Record<string, string> = {
  "escrow.released": "Work approved",
  "escrow.refunded": "Your part of a cancelled contract",
  "payout.requested": "Withdrawn to the bank",
  "payout.failed": "Withdrawal failed, money is back",
  "payout.returned": "The bank returned it, money is back",
  "payout.cancelled": "Withdrawal cancelled, money is back",
};

export function entryWord(code: string): string {
  return entries[code] ?? code.replaceAll(/[._]/g, " ");
}
