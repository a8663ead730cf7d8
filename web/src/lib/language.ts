/**
 * Which language this page speaks (ADR 0026): what the signed-in person chose, else what was chosen in this browser, else
 * what the browser asks for. It is decided before any screen is loaded and stays until the page is loaded again, so a
 * text may be read where a module begins, and nothing listens for a change that happens once in a year.
 */

import { notificationsSettingsRetrieve, notificationsSettingsUpdate, type LanguageEnum } from "@jobsphere/api-client";
import { type Catalogue, language, learn, speak } from "@jobsphere/domain/text";
import { ask } from "@/lib/api";
import { isSignedIn } from "@/lib/session";

/** The languages that are complete, by their own name: those of the server's `kit/words.py`. */
export const LANGUAGES: Readonly<Record<LanguageEnum, string>> = { en: /* no text */ "English", de: /* no text */ "Deutsch" };

const KEY = "jobsphere.language";
/** The account whose language was followed in this tab. */
const FOLLOWED = "jobsphere.language-followed";
/** Shows the layout from right to left, while developing only: `?dir=rtl`, and `?dir=ltr` to go back. */
const MIRRORED = "jobsphere.dir";
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

const catalogues = import.meta.glob<Catalogue>("../words/*/*.json", { import: "default" });
const learning = new Map<string, Promise<void>>();

export function isOurs(code: string | undefined | null): code is LanguageEnum {
  return code !== undefined && code !== null && Object.hasOwn(LANGUAGES, code);
}

/** The language to begin with, from what is kept here and what the browser likes, best first. */
export function firstLanguage(kept: string | null, liked: readonly string[]): LanguageEnum {
  if (isOurs(kept)) return kept;
  return liked.map((tag) => tag.split("-")[0]?.toLowerCase()).find(isOurs) ?? "en";
}

export function direction(): "ltr" | "rtl" {
  const mirrored = import.meta.env.DEV && sessionStorage.getItem(MIRRORED) === "rtl";
  return mirrored || RIGHT_TO_LEFT.has(language().split("-")[0] ?? "") ? "rtl" : "ltr";
}

/** Choose the language and fetch its words; before the first screen. */
export async function beginToSpeak(): Promise<void> {
  const asked = import.meta.env.DEV ? new URLSearchParams(location.search).get("dir") : null;
  if (asked) sessionStorage.setItem(MIRRORED, asked);
  speak(firstLanguage(localStorage.getItem(KEY), navigator.languages));
  document.documentElement.lang = language();
  document.documentElement.dir = direction();
  await Promise.all([learnWordsOf("common"), learnWordsOf("codes")]);
}

/** Fetch the words of an area's screens, once. English needs none; without a network the screen speaks English. */
export function learnWordsOf(area: string): Promise<void> {
  const load = catalogues[`../words/${language()}/${area}.json`];
  if (!load) return Promise.resolve();
  const known = learning.get(area) ?? load().then(learn, () => void learning.delete(area));
  learning.set(area, known);
  return known;
}

/** Speak another language from now on: kept here, and with the account of whoever is signed in. Loads the page again. */
export async function changeLanguage(code: LanguageEnum): Promise<void> {
  if (isSignedIn()) await keepWithAccount(code);
  localStorage.setItem(KEY, code);
  if (code !== language()) location.reload();
}

async function keepWithAccount(code: LanguageEnum): Promise<void> {
  const { time_zone, quiet_from, quiet_to, digest, chosen } = await ask(notificationsSettingsRetrieve());
  const zone = chosen ? time_zone : Intl.DateTimeFormat().resolvedOptions().timeZone || time_zone;
  await ask(notificationsSettingsUpdate({ body: { language: code, time_zone: zone, quiet_from, quiet_to, digest } }));
}

/** The signed-in person's own choice wins over this browser's: ask once in a tab, and load again when it is another. */
export async function followAccount(accountId: string): Promise<void> {
  if (sessionStorage.getItem(FOLLOWED) === accountId) return;
  const settings = await ask(notificationsSettingsRetrieve());
  sessionStorage.setItem(FOLLOWED, accountId);
  const kept = localStorage.getItem(KEY);
  // What was chosen as a visitor becomes the account's, if it has none: its letters follow.
  if (!settings.chosen && isOurs(kept)) return keepWithAccount(kept);
  if (!settings.chosen || !isOurs(settings.language)) return;
  localStorage.setItem(KEY, settings.language);
  if (settings.language !== language()) location.reload();
}
