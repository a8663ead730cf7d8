import { expect, grave, type Page, signedIn, signIn, test } from "./test";

/** The operator offers a plan; a contractor pays it with a kept card, sees lower fees, cancels and keeps it; staff give the money back. */

/** What a plan leads to: lower fees for a tier. Staff see first what they come to, and what is refused stands at its field. */
async function setFees(ada: Page, name: string, tier: string): Promise<void> {
  await ada.goto("/admin/fees");
  await ada.getByRole("button", { name: "Set other fees" }).click();
  const form = ada.getByRole("dialog");
  await form.getByRole("button", { name: "See what it means" }).click();
  await expect(form.getByText("Give the policy a name.")).toBeVisible();
  await expect(form.getByText("Write a share like 12.5, from 0 to 100.")).toHaveCount(2);
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Share").first().fill("4");
  await form.getByLabel("Share").last().fill("4");
  await form.getByLabel("Fee tier").fill(name);
  expect(await grave(ada)).toEqual([]);
  await form.getByRole("button", { name: "See what it means" }).click();
  await expect(form.getByText(/^Name the tier with letters without accents/)).toBeVisible();
  await ada.screenshot({ path: "screenshots/fees-form.png" });
  await form.getByLabel("Fee tier").fill(tier);
  await form.getByLabel("Fee tier").press("Enter");
  await expect(form.getByText("Of $100.00 the contractor pays $8.00 and gets $92.00.")).toBeVisible();
  expect(await grave(ada)).toEqual([]);
  await ada.screenshot({ path: "screenshots/fees-example.png" });
  await form.getByRole("button", { name: "Change something" }).click();
  await expect(form.getByLabel("Fee tier")).toHaveValue(tier);
  await form.getByRole("button", { name: "See what it means" }).click();
  await form.getByRole("button", { name: "Set these fees" }).click();
  await expect(ada.getByText("The fees hold from their day on.")).toBeVisible();
  const now = ada.getByRole("list", { name: "Charged now" });
  await expect(now.getByRole("listitem").filter({ hasText: name })).toContainText(`4% on acceptance · 4% when work is paid · Only for tier ${tier}`);
}

test("fees of a later day are planned, and can be set with a keyboard alone", async ({ browser }) => {
  const ada = await signedIn(browser, "ada@demo.example", "/home", { viewport: { width: 390, height: 844 } });
  const name = `Summer ${Date.now() % 100_000}`;
  await ada.goto("/admin/fees");
  await ada.getByRole("button", { name: "Set other fees" }).press("Enter");
  await ada.keyboard.type(name);
  await ada.keyboard.press("Tab");
  await ada.keyboard.type("5");
  await ada.keyboard.press("Tab");
  await ada.keyboard.press("Tab");
  await ada.keyboard.type("12.5");
  const form = ada.getByRole("dialog");
  await form.getByLabel("From").fill("2001-01-01");
  await form.getByLabel("From").press("Enter");
  await expect(form.getByText("A policy cannot hold from a moment in the past.")).toBeVisible();
  await form.getByLabel("From").fill(`${new Date().getFullYear() + 2}-06-01`);
  await form.getByLabel("From").press("Enter");
  await expect(form.getByText("Of $100.00 the contractor pays $17.50 and gets $82.50.")).toBeVisible();
  await ada.screenshot({ path: "screenshots/fees-example-phone.png" });
  await form.getByRole("button", { name: "Set these fees" }).press("Enter");
  const planned = ada.getByRole("list", { name: "Planned" }).getByRole("listitem").filter({ hasText: name });
  await expect(planned).toContainText("5% on acceptance · 12.5% when work is paid · For all offers · from");
  await expect(ada.getByRole("list", { name: "Charged now" })).not.toContainText(name);
  expect(await grave(ada)).toEqual([]);
});

test("a plan is offered, chosen, paid, cancelled, kept and given back", async ({ browser }) => {
  test.setTimeout(240_000);
  // Of its own each time: a journey that is played again finds the plan of the first.
  const number = Date.now() % 100_000;
  const [name, tier] = [`Pro ${number}`, `pro-${number}`];
  const ada = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const pat = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();

  await signIn(ada, "ada@demo.example");
  await setFees(ada, name, tier);
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
