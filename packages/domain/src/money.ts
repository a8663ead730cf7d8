/** Money as the API speaks it: whole minor units and an ISO 4217 currency. Never a float in between. */

export interface Money {
  amount: number;
  currency: string;
}

const digitsOf = new Map<string, number>();

/** How many digits a currency has after the point: USD 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
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
export function formatMoney(money: Money, { locale = "en", short = false } = {}): string {
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

/** Read what a person typed ("1,200.50"); undefined when it is not an amount the currency knows. */
export function parseMoney(text: string, currency: string): Money | undefined {
  const digits = minorDigits(currency);
  const match = /^(\d{1,13})(?:\.(\d*))?$/.exec(text.replaceAll(/[\s,]/g, ""));
  if (!match) return undefined;
  const fraction = match[2] ?? "";
  if (fraction.length > digits) return undefined;
  const amount = Number(`${match[1]}${fraction.padEnd(digits, "0")}`);
  return Number.isSafeInteger(amount) ? { amount, currency } : undefined;
}

export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new Error("currencies never mix");
  return { amount: left.amount + right.amount, currency: left.currency };
}
