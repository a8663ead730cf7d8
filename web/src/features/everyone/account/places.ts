import { t } from "@jobsphere/domain/text";

/** Where a person clears what stands in the way of deleting the account. */
const PLACES: Record<string, { to: string; label: string }> = {
  "open-contracts": { to: "/contracts", label: t("To my work") },
  "open-offers": { to: "/offers", label: t("To my offers") },
  "open-jobs": { to: "/jobs", label: t("To my jobs") },
  "open-payments": { to: "/payments", label: t("To my payments") },
  "open-refunds": { to: "/payments", label: t("To my payments") },
  "open-payouts": { to: "/wallet", label: t("To my wallet") },
  "wallet-balance": { to: "/wallet", label: t("To my wallet") },
  receivable: { to: "/wallet", label: t("To my wallet") },
  "open-balance": { to: "/wallet", label: t("To my wallet") },
};

export function placeOf(code: string): { to: string; label: string } | undefined {
  return PLACES[code];
}
