import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, type Browser, expect, type Page, signedIn, test, token } from "./test";

/** Pat insults Casey; Casey reports and blocks; Ada restricts with reasons; Pat appeals; a colleague of Ada's overturns. */

const INSULT = `You are a fool, and your tap is ugly (${Date.now()}).`;
const FACTS = "On this day you called a customer a fool and insulted her home.";

async function api(request: APIRequestContext, email: string) {
  const headers = { Authorization: `Bearer ${await token(request, email)}` };
  return {
    get: async (path: string) => (await request.get(`/api/${path}`, { headers })).json(),
    post: async (path: string, data: unknown = {}) => request.post(`/api/${path}`, { headers, data }),
  };
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((each) => each.impact === "serious" || each.impact === "critical");
  expect(serious.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ""}`)).toEqual([]);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
}

async function chatOfTheTwo(request: APIRequestContext): Promise<string> {
  const casey = await api(request, "casey@demo.example");
  const { results } = await casey.get("messages/?page_size=100");
  const chat = results.find((each: { other: { name: string } | null }) => each.other?.name.startsWith("Pat"));
  expect(chat, "the demo city lets Casey and Pat talk").toBeDefined();
  return `/messages/${chat.id}`;
}

/** Another moderator, who is not Ada. */
async function makeModerator(request: APIRequestContext, email: string): Promise<void> {
  const ada = await api(request, "ada@demo.example");
  const { results } = await ada.get(`admin/users/?search=${encodeURIComponent(email)}`);
  const granted = await ada.post(`admin/users/${results[0].id}/rights/grant/`, { right: "moderation" });
  expect(granted.ok()).toBe(true);
}

async function insult(browser: Browser, chat: string): Promise<Page> {
  const pat = await signedIn(browser, "pat@demo.example", chat);
  await pat.getByRole("textbox", { name: /message/i }).fill(INSULT);
  await pat.getByRole("button", { name: "Send" }).click();
  await expect(pat.getByRole("log").getByText(INSULT)).toBeVisible();
  return pat;
}

async function reportAndBlock(casey: Page): Promise<void> {
  const line = casey.getByRole("listitem").filter({ hasText: INSULT }).last();
  await line.getByRole("button", { name: /more|options|message/i }).click();
  await casey.getByRole("menuitem", { name: "Report" }).click();
  await casey.getByRole("button", { name: "Send the report" }).click();
  await expect(casey.getByText("Choose the rule that fits best.")).toBeVisible();
  await casey.getByRole("radio", { name: "Treat people with respect" }).check();
  await casey.getByLabel("What happened").fill("He insults me.");
  await expectAccessible(casey);
  await casey.getByRole("button", { name: "Send the report" }).click();
  await expect(casey.getByText("We have your report").first()).toBeVisible();
  await casey.getByRole("button", { name: /^Block Pat/ }).click();
  await expect(casey.getByText("Neither of you can write to the other")).toBeVisible();
  await casey.getByRole("button", { name: "Block", exact: true }).click();
  await expect(casey.getByText("new messages are not possible between the two of you")).toBeVisible();
}

async function restrict(ada: Page): Promise<void> {
  await ada.getByRole("table", { name: "Cases" }).getByRole("button", { name: /A message of Pat/ }).first().click();
  await expect(ada.getByText(INSULT).first()).toBeVisible();
  await ada.getByRole("button", { name: "Take this case" }).click();
  await ada.getByRole("radio", { name: /^Restrict/ }).check();
  await ada.getByRole("button", { name: "Decide: restrict" }).click();
  await expect(ada.getByText("Choose at least one.")).toBeVisible();
  await ada.getByRole("checkbox", { name: "Write messages" }).check();
  await ada.getByLabel("The facts").fill(FACTS);
  await expectAccessible(ada);
  await ada.getByRole("button", { name: "Decide: restrict" }).click();
  await expect(ada.getByRole("button", { name: "Lift it now" })).toBeVisible();
}

async function appeal(pat: Page): Promise<string> {
  await pat.goto("/safety");
  await pat.getByRole("link", { name: "Why, and how to appeal" }).first().click();
  await expect(pat.getByRole("heading", { level: 1, name: "Your account is restricted" })).toBeVisible();
  await expect(pat.getByRole("main").getByText(FACTS)).toBeVisible();
  await expectAccessible(pat);
  await pat.getByRole("button", { name: "Appeal" }).click();
  await pat.getByLabel("Why it is wrong").fill("It was a joke among friends.");
  await pat.getByRole("button", { name: "Appeal" }).click();
  await expect(pat.getByText("Somebody who did not make this decision looks at it")).toBeVisible();
  return pat.url();
}

test("an insult, a report, a block, a decision with reasons, an appeal that is right", async ({ browser, request }) => {
  test.setTimeout(180_000);
  await makeModerator(request, "sam@demo.example");
  const chat = await chatOfTheTwo(request);
  const pat = await insult(browser, chat);
  const casey = await signedIn(browser, "casey@demo.example", chat);
  await reportAndBlock(casey);

  const ada = await signedIn(browser, "ada@demo.example", "/admin/moderation/cases");
  await restrict(ada);

  const statement = await appeal(pat);
  await ada.goto("/admin/moderation/appeals");
  await expect(ada.getByText("You made this decision: a colleague answers.").first()).toBeVisible();
  await expect(ada.getByRole("button", { name: "Overturn it" })).toHaveCount(0);

  const sam = await signedIn(browser, "sam@demo.example", "/admin/moderation/appeals");
  const card = sam.getByRole("article", { name: /^Appeal of Pat/ }).first();
  await expectAccessible(sam);
  await card.getByRole("button", { name: "Overturn it" }).click();
  await expect(card.getByText("Write at least ten characters.")).toBeVisible();
  await card.getByLabel("Your reasons").fill("The two have joked like this for a year.");
  await card.getByRole("button", { name: "Overturn it" }).click();
  await expect(card.getByText("Overturned")).toBeVisible();

  await pat.goto(statement);
  await expect(pat.getByText("You were right: the decision is overturned.")).toBeVisible();
  await pat.goto("/safety");
  await expect(pat.getByText("You cannot write messages.")).toHaveCount(0);

  await casey.goto("/safety/reports");
  await expect(casey.getByText("We have acted on it").first()).toBeVisible();
  await casey.goto("/safety");
  await expectAccessible(casey);
  await casey.getByRole("button", { name: /^Unblock Pat/ }).click();
  await casey.getByRole("dialog").getByRole("button", { name: "Unblock" }).click();
  await expect(casey.getByText("Nobody", { exact: true })).toBeVisible();
  await casey.goto(chat);
  await expect(casey.getByRole("button", { name: "Send" })).toBeVisible();
});
