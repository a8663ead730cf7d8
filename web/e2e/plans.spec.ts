import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "./test";

/** The operator offers a plan; a contractor pays it with a kept card, sees lower fees, cancels and keeps it; staff give the money back. */

const PASSWORD = "demo-city-2026";

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.locator("input[autocomplete=current-password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/home");
}

async function grave(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** What a plan leads to: lower fees for a tier. There is no form for fee policies yet. */
async function setFees(request: APIRequestContext, tier: string): Promise<void> {
  const opened = await request.post("/api/auth/login/", { data: { email: "ada@demo.example", password: PASSWORD, client: "mobile" } });
  const headers = { Authorization: `Bearer ${(await opened.json()).access_token}` };
  const part = { basis_points: 400 };
  const answer = await request.post("/api/admin/commission/", { headers, data: { name: "Pro", tier, acceptance: part, completion: part } });
  expect(answer.status(), await answer.text()).toBe(201);
}

test("a plan is offered, chosen, paid, cancelled, kept and given back", async ({ browser, request }) => {
  test.setTimeout(240_000);
  // Of its own each time: a journey that is played again finds the plan of the first.
  const number = Date.now() % 100_000;
  const [name, tier] = [`Pro ${number}`, `pro-${number}`];
  await setFees(request, tier);
  const ada = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const pat = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();

  await signIn(ada, "ada@demo.example");
  await ada.goto("/admin/plans");
  await ada.getByRole("button", { name: "Add a plan" }).click();
  const form = ada.getByRole("dialog");
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByLabel("Price of a period").fill("12");
  await form.getByLabel("Fee tier").fill(tier);
  expect(await grave(ada)).toEqual([]);
  await form.getByRole("button", { name: "Offer it" }).click();
  await expect(ada.getByText(/Contractors · \$12\.00 a month · 8% in fees instead of/).first()).toBeVisible();

  await signIn(pat, "pat@demo.example");
  await pat.goto("/settings/cards");
  await pat.getByRole("button", { name: "Keep a card" }).click();
  await pat.getByRole("radio", { name: /4242 4242/ }).check();
  await pat.getByRole("button", { name: "Keep this card" }).click();
  await expect(pat.getByRole("article", { name: "Visa 4242" }).first()).toBeVisible();
  await pat.goto("/settings/plan");
  await expect(pat.getByRole("article", { name })).toContainText("You pay 8% in fees instead of");
  expect(await grave(pat)).toEqual([]);
  await pat.getByRole("button", { name: `Choose ${name}` }).click();
  await expect(pat.getByRole("heading", { name: `Your plan: ${name}` })).toBeVisible();
  await expect(pat.getByText(/^Next payment: \$12\.00 on/)).toBeVisible();
  expect(await grave(pat)).toEqual([]);

  // What it is for: the wallet and the next offer name the plan as the reason.
  await pat.goto("/wallet");
  await expect(pat.getByText(name).first()).toBeVisible();

  await pat.goto("/settings/plan");
  await pat.getByRole("button", { name: "Cancel the plan" }).click();
  await expect(pat.getByText(/^Cancelled\. Your fees hold until/)).toBeVisible();
  await pat.getByRole("button", { name: "Keep the plan" }).click();
  await expect(pat.getByText(/^Next payment: \$12\.00 on/)).toBeVisible();

  await ada.goto("/admin/subscriptions");
  await ada.getByRole("row", { name: new RegExp(name) }).getByRole("button").click();
  const detail = ada.getByRole("dialog");
  await detail.getByRole("button", { name: /^Refund/ }).click();
  const back = ada.getByRole("dialog").last();
  await back.getByLabel(/reason|why/i).fill("It was chosen by mistake.");
  await back.getByRole("checkbox", { name: "End the plan at once" }).check();
  await back.getByRole("button", { name: "Refund $12.00" }).click();
  await expect(ada.getByText(/\$12\.00 given back/)).toBeVisible();
  expect(await grave(ada)).toEqual([]);

  await pat.reload();
  await expect(pat.getByText("It has ended. New offers bear the usual fees.").first()).toBeVisible();
});
