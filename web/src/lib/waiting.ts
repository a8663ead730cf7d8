import { language, t } from "@jobsphere/domain/text";

/** How long something waits, in words that one can plan with: "40 seconds", "15 minutes", "3 hours". */
export function waitWord(seconds: number): string {
  if (seconds < 90) return t("{seconds, plural, one {# second} other {# seconds}}", { seconds: Math.max(1, Math.ceil(seconds)) });
  if (seconds < 5400) return t("{count, plural, one {# minute} other {# minutes}}", { count: Math.ceil(seconds / 60) });
  return t("{count, plural, one {# hour} other {# hours}}", { count: Math.ceil(seconds / 3600) });
}

const clock = new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" });

/** "at 14:05", for a wait that is longer than one stays on the screen. */
export function waitUntil(seconds: number, now = Date.now()): string {
  return clock.format(new Date(now + seconds * 1000));
}
