import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, sends, signedIn, test } from "./test";

/** A contractor claims what they bought, with a photo of the receipt; the customer pays one and declines the other. */

const dollars = (amount: number) => ({ amount: amount * 100, currency: "USD" });

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((each) => each.impact === "serious" || each.impact === "critical");
  expect(serious.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ""}`)).toEqual([]);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
}

/** A contract of Casey's with Pat; returns the address of its room. */
async function room(page: Page): Promise<string> {
  const budget = { kind: "fixed", min: dollars(900), max: dollars(1100) };
  const title = `Taps drip ${Date.now()}`;
  const job = await sends(page.request, "casey@demo.example", "jobs/", { title, description: "All of them.", category: "plumbers", budget });
  const proposal = await sends(page.request, "pat@demo.example", "proposals/", { job: job.id, price: dollars(300), message: "One day.", estimated_days: 1 });
  const offer = await sends(page.request, "casey@demo.example", "offers/", { proposal_id: proposal.id, amount: dollars(300), payment_method: "pm_card_visa" });
  const { contract_id: id } = await sends<{ contract_id: string }>(page.request, "pat@demo.example", `offers/${offer.id}/accept/`);
  return `/contracts/${id}`;
}

async function claims(pat: Page, what: string, amount: string): Promise<void> {
  await pat.getByRole("button", { name: "Claim an expense" }).click();
  const form = pat.getByRole("dialog");
  await form.getByLabel("What you bought").fill(what);
  await form.getByLabel("What it cost").fill(amount);
  await form.getByLabel("When").fill("2026-01-05");
  await form.getByRole("button", { name: "Claim", exact: true }).click();
  await expect(form.getByText("Add the receipt.")).toBeVisible();
  await form.locator("input[type=file]").first().setInputFiles({
    name: "receipt.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.4 receipt\n%%EOF"),
  });
  await expect(form.getByRole("list", { name: "Chosen files" }).getByText("receipt.pdf")).toBeVisible();
  await expectAccessible(pat);
  await form.getByRole("button", { name: "Claim", exact: true }).click();
  await expect(form).toBeHidden();
}

test("a cap is agreed on, an expense is paid from the room, and another is declined with a reason", async ({ browser }) => {
  test.setTimeout(120_000);
  const casey = await signedIn(browser, "casey@demo.example", "/jobs");
  const address = await room(casey);
  const pat = await signedIn(browser, "pat@demo.example", address);
  await pat.getByRole("button", { name: "Propose a change" }).click();
  const form = pat.getByRole("dialog");
  await form.getByLabel("What is to change").selectOption("expenses");
  await form.getByLabel("New cap").fill("80");
  await form.getByLabel("Why").fill("The valves are special.");
  await form.getByRole("button", { name: "Propose", exact: true }).click();

  await casey.goto(address);
  await casey.getByRole("button", { name: "Accept the change" }).click();
  await casey.getByRole("dialog").getByRole("button", { name: "Accept", exact: true }).click();
  const asked = casey.getByRole("region", { name: "Expenses" });
  await expect(asked.getByText("$80.00 of $80.00 is left.", { exact: false })).toBeVisible();

  await pat.reload();
  await claims(pat, "Two valves", "45.50");
  await claims(pat, "Lunch", "20");
  await casey.reload();
  await expect(asked.getByText("$14.50 of $80.00 is left.", { exact: false })).toBeVisible();
  await expectAccessible(casey);
  const lunch = asked.getByRole("listitem").filter({ hasText: "Lunch" }).first();
  await lunch.getByRole("button", { name: "Decline" }).click();
  await casey.getByRole("dialog").getByLabel("Why").fill("Lunch is not part of the work.");
  await casey.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
  await expect(lunch.getByText("declined", { exact: false })).toBeVisible();
  await asked.getByRole("button", { name: "Approve and pay $45.50" }).click();
  await casey.getByLabel(/^.*Pays/).first().check();
  await casey.getByRole("button", { name: "Pay $45.50" }).click();
  await expect(casey).toHaveURL(new RegExp(`${address}$`));
  await expect(asked.getByText("paid on", { exact: false })).toBeVisible();

  await pat.reload();
  await expect(pat.getByRole("region", { name: "Expenses" }).getByText("Lunch is not part of the work.")).toBeVisible();
  await expectAccessible(pat);
});
