import { defineConfig } from "@playwright/test";

/** Against a real server: JOBSPHERE_URL names it; `make test` starts one with the demo city (server/tools/browser.py). */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 1,
  fullyParallel: false,
  // CI's machines are slow at times: one more try, told by name in the summary, and only for very few journeys of a run.
  retries: process.env.CI === "true" ? 1 : 0,
  forbidOnly: process.env.CI === "true",
  reporter: process.env.PLAYWRIGHT_JSON ? [["line"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON }]] : "line",
  use: {
    baseURL: process.env.JOBSPHERE_URL ?? "http://localhost:8000",
    viewport: { width: 390, height: 844 },
    // Recording each journey costs a fifth of its time: in CI only the second try is recorded.
    trace: process.env.CI === "true" ? "on-first-retry" : "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
