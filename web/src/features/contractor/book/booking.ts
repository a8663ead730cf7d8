import type { Money } from "@jobsphere/domain/money";
import { readMoney } from "@/components/moneyText";
import { readSlot, type Slot, type SlotFields } from "./slot";
import { t } from "@jobsphere/domain/text";

export interface BookingFields extends SlotFields {
  title: string;
  description: string;
  place: string;
  amount: string;
}

export const EMPTY_BOOKING: BookingFields = {
  title: "",
  description: "",
  place: "",
  amount: "",
  day: "",
  from: "09:00",
  until: "12:00",
};

export interface Booking extends Slot {
  amount: Money;
  booking: { title: string; description: string; place: string };
}

/** What the API gets, once everything that it needs is there; otherwise what is wrong, by field. */
export function readBooking(fields: BookingFields, currency: string, now: Date) {
  const { slot, wrong: wrongTimes } = readSlot(fields, now);
  const { money, problem } = readMoney(fields.amount, currency, "price");
  const wrong: Partial<Record<keyof BookingFields, string>> = { ...wrongTimes };
  if (fields.title.trim() === "") wrong.title = t("Say what is to be done.");
  if (problem) wrong.amount = problem;
  if (!slot || !money || wrong.title) return { wrong };
  const { title, description, place } = fields;
  const booking: Booking = { ...slot, amount: money, booking: { title, description, place } };
  return { booking, wrong };
}
