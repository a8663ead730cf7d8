import { test as base } from "@playwright/test";

export * from "@playwright/test";

/** Playwright's test, which also closes what a journey has opened for several people: left open, each page of each went on working until the end of the run. */
export const test = base.extend<{ tidy: undefined }>({
  tidy: [
    async ({ browser }, use) => {
      await use(undefined);
      for (const context of browser.contexts()) {
        // A request that a journey answers by itself may still be under way, and fails nobody any more.
        for (const page of context.pages()) await page.unrouteAll({ behavior: "ignoreErrors" });
        await context.unrouteAll({ behavior: "ignoreErrors" });
        await context.close();
      }
    },
    { auto: true },
  ],
});
