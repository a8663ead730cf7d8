import type { FeePart, FeePolicy } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { listed, t } from "@jobsphere/domain/text";
import { percentWord } from "@/components/fees/FeesReason";

/** One fee in words: "10% and $0.30, at least $0.50". Amounts stand only in policies of one currency. */
export function partWord(part: FeePart, currency: string): string {
  const money = (amount: number): string => formatMoney({ amount, currency: currency || "USD" });
  const share = percentWord(part.basis_points);
  const fee = part.fixed ? t("{share} and {fixed}", { share, fixed: money(part.fixed) }) : share;
  const bounds = [
    ...(part.minimum ? [t("at least {money}", { money: money(part.minimum) })] : []),
    ...(typeof part.cap === "number" ? [t("at most {money}", { money: money(part.cap) })] : []),
  ];
  return [fee, ...bounds].join(", ");
}

/** Both fees in words. */
export function feesWords({ acceptance, completion }: Pick<FeePolicy, "acceptance" | "completion">, currency = ""): string {
  return t("{acceptance} on acceptance · {completion} when work is paid", { acceptance: partWord(acceptance, currency), completion: partWord(completion, currency) });
}

type Scope = Pick<FeePolicy, "tier" | "currency"> & { trade: string };

/** For whom a policy holds: "tier pro, Plumbers, USD"; without any of them for all offers. */
export function scopeWord({ trade, tier, currency }: Scope): string {
  const parts = [tier ? t("tier {tier}", { tier }) : "", trade, currency].filter(Boolean);
  return parts.length > 0 ? t("Only for {parts}", { parts: listed(parts) }) : t("For all offers");
}

/** A share as a person types it, "12.5" or "12,5", in basis points; undefined when it is none, and never rounded. */
export function readShare(typed: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed.trim());
  return match ? Number(`${match[1]}${(match[2] ?? "").padEnd(2, "0")}`) : undefined;
}
