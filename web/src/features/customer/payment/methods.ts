import { listed, t } from "@jobsphere/domain/text";

const NAMES: Record<string, string> = {
  card: t("card"),
  wallet: t("Apple Pay or Google Pay"),
  bank_transfer: t("bank transfer"),
  mobile_money: t("mobile money"),
  crypto: t("stablecoin"),
};

/** "card, bank transfer or mobile money" */
export function methodNames(methods: readonly string[]): string {
  const names = methods.map((method) => NAMES[method] ?? method.replaceAll("_", " "));
  return names.length > 0 ? listed(names, "disjunction") : t("card");
}
