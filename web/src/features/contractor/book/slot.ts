import type { Money } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";

export interface SlotFields {
  /** "2026-11-30", as a date input gives it. */
  day: string;
  /** "09:00", in the zone of this device. */
  from: string;
  until: string;
}

export interface Slot {
  starts_at: string;
  ends_at: string;
}

/** The moments of a slot, with what is wrong in words where it is; an end before the start is the next morning. */
export function readSlot(fields: SlotFields, now: Date): { slot?: Slot; wrong: Partial<Record<keyof SlotFields, string>> } {
  const wrong: Partial<Record<keyof SlotFields, string>> = {};
  if (!fields.day) wrong.day = t("Choose a day.");
  if (!fields.from) wrong.from = t("When does it begin?");
  if (!fields.until) wrong.until = t("When does it end?");
  if (Object.keys(wrong).length > 0) return { wrong };
  const start = new Date(`${fields.day}T${fields.from}`);
  const end = new Date(`${fields.day}T${fields.until}`);
  if (start <= now) return { wrong: { day: t("Choose a time that is still to come.") } };
  if (end.getTime() === start.getTime()) return { wrong: { until: t("The end is the same as the beginning.") } };
  if (end < start) end.setDate(end.getDate() + 1);
  return { slot: { starts_at: start.toISOString(), ends_at: end.toISOString() }, wrong };
}

const MINUTE = 60_000;
const HOUR = 60;

export function minutesOf(slot: Slot): number {
  return Math.round((new Date(slot.ends_at).getTime() - new Date(slot.starts_at).getTime()) / MINUTE);
}

/** What the time costs at an hourly rate, rounded up to the minor unit; the two agree on the price themselves. */
export function priceOf(slot: Slot, hourly: Money): Money {
  return { amount: Math.ceil((hourly.amount * minutesOf(slot)) / HOUR), currency: hourly.currency };
}
