import type { MonthOfEarnings } from "@/lib/earnings";
import { language } from "@jobsphere/domain/text";

export interface Bar {
  month: string;
  /** "Nov" */
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
  empty: boolean;
}

interface Box {
  width: number;
  height: number;
  gap: number;
}

const STUB = 3;
const monthName = new Intl.DateTimeFormat(language(), { month: "short", timeZone: "UTC" });

/** Bars that fill the box: the best month touches the top, a month without (or with negative) earnings is a stub. */
export function barsOf(months: MonthOfEarnings[], { width, height, gap }: Box): Bar[] {
  const most = Math.max(...months.map(({ money }) => money.amount), 0);
  const step = months.length > 0 ? (width + gap) / months.length : 0;
  return months.map(({ month, money }, index) => {
    const empty = money.amount <= 0;
    const tall = empty || most === 0 ? STUB : Math.max(STUB, (money.amount / most) * height);
    return {
      month,
      label: monthName.format(new Date(`${month}-01T00:00:00Z`)),
      x: index * step,
      y: height - tall,
      width: step - gap,
      height: tall,
      empty,
    };
  });
}
