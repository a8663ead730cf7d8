import { expect, signedIn, test } from "./test";
import { readFile } from "node:fs/promises";

/** Invoices against a real server with the demo city, on a phone. */

test("a customer opens an invoice and saves it as PDF", async ({ browser }) => {
  const page = await signedIn(browser, "casey@demo.example");
  await page.goto("/settings");
  await page.getByRole("link", { name: "Invoices", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invoices and receipts" })).toBeVisible();
  await page.getByRole("link", { name: /^Work.*\$/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: /^Invoice / })).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download PDF" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/-\d{4}-\d{6}\.pdf$/);
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe("%PDF-");
  await page.context().close();
});

test("a contractor sees the commission, and a month that adds up", async ({ browser }) => {
  const page = await signedIn(browser, "pat@demo.example");
  await page.goto("/invoices");
  await expect(page.getByRole("link", { name: /Commission at completion/ }).first()).toBeVisible();
  const month = page.getByLabel("Month");
  const newest = await month.locator("option").nth(1).getAttribute("value");
  await month.selectOption(newest);
  await expect(page.getByText("Closing balance").first()).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a table (CSV)" }).click();
  expect((await saved).suggestedFilename()).toBe(`statement-${newest}.csv`);
  await page.getByRole("link", { name: /Commission at/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: /^(Commission invoice|Credit note) F-/ })).toBeVisible();
  await page.context().close();
});
