/** The version of the texts on the pages /terms and /privacy; a new wording is a new version. */
export const TEXTS_VERSION = "2026-11";

/** What the form of the sign-up shows, as the server keeps it. */
export const AGREED = [`terms:${TEXTS_VERSION}`, `privacy:${TEXTS_VERSION}`];
