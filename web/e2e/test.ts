import { test as base } from "@playwright/test";

export * from "@playwright/test";

/** Playwright's test, which also closes what a journey has opened for several people: left open, each page of each went on working until the end of the run. */
export const test = base.extend<{ tidy: undefined }>({
  tidy: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});
