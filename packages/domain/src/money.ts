/** Money as the API speaks it: whole minor units and an ISO 4217 currency. Never a float in between. */

import { language } from "./text";

export interface Money {
  amount: number;
  currency: string;
}

const digitsOf = new Map<string, number>();

/** How many digits a currency has after the point: USD 2, JPY 0, KWD 3. Two for a code that is still being typed. */
export function minorDigits(currency: string): number {
  if (!/^[A-Za-z]{3}$/.test(currency)) return 2;
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
    digits = options.maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

/** The exact decimal text: 120050 USD is "1200.50". Works on digits, so nothing is rounded. */
export function decimalText({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const sign = amount < 0 ? "-" : "";
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  return digits ? `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}` : `${sign}${text}`;
}

/** Money for people, in their language; whole amounts drop the zeros when `short`. */
export function formatMoney(money: Money, { locale = language(), short = false } = {}): string {
  const digits = minorDigits(money.currency);
  const whole = short && money.amount % 10 ** digits === 0;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    minimumFractionDigits: whole ? 0 : digits,
    maximumFractionDigits: whole ? 0 : digits,
  });
  // A decimal string is formatted exactly; a number would be a float.
  return format.format(decimalText(money) as unknown as number);
}

/** The same in the person's language, for a field that they go on typing in: "1200,50" in German. */
export function typedText(money: Money, locale = language()): string {
  return decimalText(money).replace(".", signs(locale).point);
}

function signs(locale: string): { point: string; group: string } {
  const point = new Intl.NumberFormat(locale).format(1.5).charAt(1);
  return point === "," ? { point, group: "." } : { point: ".", group: "," };
}

/**
 * Read what a person typed, as their language writes it ("1,200.50", "1.200,50"); undefined when it is not an amount the
 * currency knows. Signs in odd places are refused and never guessed at: "12,50" is no English for 1250.
 */
export function parseMoney(text: string, currency: string, locale = language()): Money | undefined {
  const { point, group } = signs(locale);
  const bare = text.replaceAll(/\s/g, "");
  const grouped = new RegExp(`^\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d*)?$`).test(bare);
  const plain = grouped ? bare.replaceAll(group, "").replace(point, ".") : bare.replace(point, ".");
  const match = /^(\d{1,13})(?:\.(\d*))?$/.exec(plain);
  if (!match) return undefined;
  const digits = minorDigits(currency);
  const fraction = match[2] ?? "";
  if (fraction.length > digits) return undefined;
  const amount = Number(`${match[1]}${fraction.padEnd(digits, "0")}`);
  return Number.isSafeInteger(amount) ? { amount, currency } : undefined;
}

export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new Error("currencies never mix");
  return { amount: left.amount + right.amount, currency: left.currency };
}
