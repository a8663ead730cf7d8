import { readFile } from "node:fs/promises";
import { expect, grave, type Page, sends, signIn, signedIn, test } from "./test";

/** What tax authorities are told: staff see who is missing what, a contractor fills it in, the file is made and downloaded. */

const FOLDER = "screenshots";

/** The place of a contractor in the year's list. */
const inTheList = (page: Page, name: string) => page.getByRole("list", { name: "Contractors of the year" }).getByRole("listitem").filter({ hasText: name });

/** Who sends the files stands in them, so staff say that first. */
async function sayWhoSends(ada: Page): Promise<void> {
  await ada.getByRole("link", { name: "Go to Taxes" }).click();
  const form = ada.locator("form").filter({ has: ada.getByLabel("Registered name") });
  await form.getByLabel("Address").fill("Marktplatz 1\n10115 Berlin");
  await form.getByLabel("Country").fill("DE");
  await form.getByLabel("Tax number").fill("DE136695976");
  await form.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(ada.getByText("The next documents look like this.")).toBeVisible();
}

async function fillIn(sam: Page, first: string): Promise<void> {
  const fields = { "First name": first, "Last name": "Okafor", "Country of residence": "DE", "Street and number": "Lange Straße 5", "Postal code": "10115", Town: "Berlin", "Day of birth": "1984-03-12" };
  for (const [label, value] of Object.entries(fields)) await sam.getByLabel(label, { exact: true }).fill(value);
  await sam.getByLabel("Tax identification number").fill("12345678901");
  await sam.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(sam.getByText(/This is no tax number of DE/).first()).toBeVisible();
  await expect(sam.getByLabel("First name")).toHaveValue(first);
  expect(await grave(sam)).toEqual([]);
  await sam.screenshot({ path: `${FOLDER}/reporting-details.png`, fullPage: true });
  await sam.getByLabel("Tax identification number").fill("36574261809");
  await sam.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(sam.getByText("Kept. Nothing is missing.")).toBeVisible();
}

/** Make the file, save the newest one, and read it. */
async function theFile(ada: Page): Promise<string> {
  await ada.getByLabel("For", { exact: true }).selectOption("dac7");
  await ada.getByRole("button", { name: "Make the files" }).click();
  await expect(ada.getByText("Made. It is in the list of files.")).toBeVisible();
  const files = ada.getByRole("list", { name: "Files that were made" });
  const saved = ada.waitForEvent("download");
  await files.getByRole("button", { name: /^Download .*\.xml$/ }).first().click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/\.xml$/);
  return (await readFile(await file.path())).toString();
}

test("what is missing is named, filled in and reported", async ({ browser, request }) => {
  test.setTimeout(180_000);
  // Of its own each time: what was reported under another name is corrected.
  const first = `Sam${Date.now() % 100_000}`;
  await sends(request, "sam@demo.example", "seller-details/", { kind: "person" }, "put");
  const ada = await signedIn(browser, "ada@demo.example", "/home", { viewport: { width: 1280, height: 900 } });
  const sam = await signedIn(browser, "sam@demo.example", "/home", { viewport: { width: 390, height: 844 } });

  await ada.goto("/admin/seller-reports");
  await expect(inTheList(ada, "Sam Okafor")).toContainText("Missing: First name, Last name, Street and number, Postal code, Town, Country.");
  if (await ada.getByRole("heading", { name: "Say first who sends the files" }).isVisible()) {
    await expect(ada.getByRole("button", { name: "Make the files" })).toBeDisabled();
    await sayWhoSends(ada);
    await ada.goto("/admin/seller-reports");
  }
  await expect(ada.getByRole("button", { name: "Make the files" })).toBeEnabled();
  expect(await grave(ada)).toEqual([]);

  await sam.goto("/settings/tax-authority");
  await expect(sam.getByText("This is missing.").first()).toBeVisible();
  await fillIn(sam, first);
  await expect(sam.getByRole("heading", { name: "What is reported of you" })).toBeVisible();
  expect(await grave(sam)).toEqual([]);

  await ada.reload();
  await expect(inTheList(ada, "Sam Okafor")).toContainText("reported · DE");
  await ada.screenshot({ path: `${FOLDER}/reporting-staff.png`, fullPage: true });
  const text = await theFile(ada);
  for (const said of [first, "Okafor", "36574261809", "DE136695976"]) expect(text).toContain(said);

  // Nothing has changed since: nothing is made, and the screen says so.
  await ada.getByRole("button", { name: "Make the files" }).click();
  await expect(ada.getByRole("main").getByRole("alert")).toBeVisible();
  await ada.screenshot({ path: `${FOLDER}/reporting-made.png`, fullPage: true });
});

test("seller reports are for staff, and nobody else is shown whom they name", async ({ page }) => {
  await signIn(page, "pat@demo.example", "/home");
  await page.goto("/admin/seller-reports");
  await expect(page.getByRole("heading", { name: "Not for you" })).toBeVisible();
  await expect(page.getByText("Sam Okafor")).toHaveCount(0);
});
