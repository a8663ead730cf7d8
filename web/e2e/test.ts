import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, type Browser, type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";

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

/** Of everybody in the demo city. */
export const PASSWORD = "demo-city-2026";

/** Fill in the form of the sign-in and send it, whatever comes of it. */
export async function typeLogin(page: Page, email: string, password: string, next = ""): Promise<void> {
  await page.goto(next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.locator("input[autocomplete=current-password]").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Sign in on the screen; without a `next` that leads home. */
export async function signIn(page: Page, email: string, next = "", password = PASSWORD): Promise<void> {
  await typeLogin(page, email, password, next);
  const [wanted] = (next || "/home").split("?");
  await page.waitForURL(({ pathname }) => pathname === wanted);
}

/** Somebody in a browser of their own, signed in. */
export async function signedIn(browser: Browser, email: string, next = "", options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page, email, next);
  return page;
}

/** Somebody's key to the API, for what no screen of the journey shows. */
export async function token(request: APIRequestContext, email: string, password = PASSWORD): Promise<string> {
  const answer = await request.post("/api/auth/login/", { data: { email, password, client: "mobile" } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Send something as somebody, for the steps that another journey has on its screens. */
export async function sends<Answer = { id: string }>(request: APIRequestContext, email: string, path: string, data: object = {}, method = "post"): Promise<Answer> {
  const headers = { Authorization: `Bearer ${await token(request, email)}`, "Idempotency-Key": crypto.randomUUID() };
  const answer = await request.fetch(`/api/${path}`, { method, data, headers });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as Answer;
}

/** What axe calls serious or worse. */
export async function grave(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
