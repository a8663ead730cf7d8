import { coded, t } from "@jobsphere/domain/text";

/** The books' names in the words of a person who accounts for them. */
const accounts: Record<string, string> = {
  gateway: t("At the gateway"),
  gateway_payee: t("At payees' gateway accounts"),
  escrow: t("Protected for jobs"),
  unapplied: t("Captured, belongs to no job"),
  revenue_platform_fee: t("Platform fees earned"),
  revenue_service_fee: t("Service fees earned"),
  revenue_payout_fee: t("Payout fees earned"),
  revenue_plan: t("Plans sold"),
  revenue_tax: t("Tax in our fees"),
  tax_payable: t("Tax payable"),
  wallet: t("In wallets"),
  in_transit: t("On the way to banks"),
  refund_in_transit: t("Refunds on the way"),
  receivable: t("Owed to us"),
  writeoff: t("Written off"),
  prepaid: t("Taken before acceptance"),
  clearing: t("Earned, still clearing"),
  chargeback: t("Taken by banks, undecided"),
  gateway_fee: t("Fees of gateways"),
  bank: t("In our bank"),
};

export function accountWord(kind: string): string {
  return accounts[kind] ?? kind.replaceAll("_", " ");
}

/** A code such as `hold.released` or `reverse_transfer` as words. */
export function codeWord(code: string): string {
  const text = code.replaceAll(/[._-]/g, " ");
  return coded("code", code, text.charAt(0).toUpperCase() + text.slice(1));
}

export function shortId(id: string): string {
  return id.slice(-8);
}
