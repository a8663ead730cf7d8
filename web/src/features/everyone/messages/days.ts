/** The lines of a thread: messages with the days between them, and where the unread ones begin. */

import type { Message } from "@jobsphere/api-client";
import { language, t } from "@jobsphere/domain/text";

export type Line =
  | { type: "day"; key: string; label: string }
  | { type: "unread"; key: string; count: number }
  | { type: "step"; key: string; message: Message }
  /** `first`: nobody else wrote just before, so the line stands a little apart. */
  | { type: "message"; key: string; message: Message; first: boolean };

const TOGETHER = 5 * 60_000;
const weekday = new Intl.DateTimeFormat(language(), { weekday: "long", day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat(language(), { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** Where the new messages began when the person came, and how many there were. */
export interface Fresh {
  id: string;
  count: number;
}

export function linesOf(messages: readonly Message[], fresh: Fresh | undefined, now = new Date()): Line[] {
  const lines: Line[] = [];
  let before: Message | undefined;
  for (const message of messages) {
    const day = dayOf(message.created_at);
    const isNewDay = !before || dayOf(before.created_at) !== day;
    if (isNewDay) lines.push({ type: "day", key: `day-${day}`, label: dayLabel(message.created_at, now) });
    const isFresh = message.id === fresh?.id;
    if (isFresh) lines.push({ type: "unread", key: "unread", count: fresh.count });
    if (message.kind === "system") lines.push({ type: "step", key: message.id, message });
    else lines.push({ type: "message", key: message.id, message, first: isNewDay || isFresh || !follows(before, message) });
    before = message;
  }
  return lines;
}

function follows(before: Message | undefined, message: Message): boolean {
  if (!before || before.kind !== "text" || before.sender_id !== message.sender_id) return false;
  return new Date(message.created_at).getTime() - new Date(before.created_at).getTime() < TOGETHER;
}

function dayOf(moment: string): string {
  return new Date(moment).toDateString();
}

export function dayLabel(moment: string, now: Date): string {
  const date = new Date(moment);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return t("Today");
  if (date.toDateString() === yesterday.toDateString()) return t("Yesterday");
  return (date.getFullYear() === now.getFullYear() ? weekday : full).format(date);
}
