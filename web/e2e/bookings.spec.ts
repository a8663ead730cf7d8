import { expect, grave, signIn, test } from "./test";

/** A customer books a free time, the contractor accepts and finds it in the calendar, another time is proposed and agreed to. */

test("a time is booked, moved and found in the calendar", async ({ browser }) => {
  test.setTimeout(180_000);
  const phone = { viewport: { width: 390, height: 844 } };
  const casey = await (await browser.newContext(phone)).newPage();
  const pat = await (await browser.newContext(phone)).newPage();
  await signIn(casey, "casey@demo.example");
  await signIn(pat, "pat@demo.example");
  const { id } = await pat.evaluate(async () => (await fetch("/api/contractors/?search=Pat")).json().then((found) => found.results[0]));

  await casey.goto(`/contractors/${id}`);
  await casey.getByRole("link", { name: "Book a time" }).click();
  await casey.getByRole("button", { name: /Half a day of small repairs/ }).click();
  await casey.getByLabel(/Clean up afterwards/).check();
  // Only the keyboard from here to the chosen day.
  const days = casey.getByRole("grid");
  await days.locator("button[data-free]").first().focus();
  await casey.keyboard.press("PageDown");
  await expect(days.locator("button:focus")).toBeVisible();
  await days.locator("button[data-free]").nth(3).click();
  await casey.getByRole("region", { name: /Free times on/ }).getByRole("button").first().click();
  await expect(casey.getByText("$205.00")).toBeVisible();
  await expect(casey.getByRole("region", { name: "If you cancel" })).toContainText("free");
  expect(await grave(casey)).toEqual([]);
  await casey.getByLabel("Where").fill("Old Town");
  await casey.getByRole("button", { name: "Go on to the card" }).click();
  await casey.waitForURL("**/offers/*");
  const offer = new URL(casey.url()).pathname;
  await casey.getByRole("radio", { name: /4242 4242/ }).check();
  await casey.getByRole("button", { name: "Reserve $205.00" }).click();
  await expect(casey.getByText("$205.00 reserved on your card, not taken")).toBeVisible();

  await pat.goto(offer);
  await pat.getByRole("button", { name: "Accept and begin" }).click();
  await pat.waitForURL("**/contracts/*");
  await expect(pat.getByText("Cancel the booking")).toBeVisible();

  await pat.getByRole("button", { name: "Propose another time" }).click();
  const dialog = pat.getByRole("dialog");
  await dialog.getByRole("button", { name: "Next month" }).click();
  await dialog.getByRole("region", { name: /Free times on/ }).getByRole("button").last().click();
  await dialog.getByRole("button", { name: /^Propose / }).click();
  await expect(pat.getByText(/^You proposed/)).toBeVisible();

  await casey.goto(new URL(pat.url()).pathname);
  await casey.getByRole("button", { name: "Agree to the new time" }).click();
  await expect(casey.getByRole("button", { name: "Agree to the new time" })).toBeHidden();

  await pat.goto("/calendar");
  await pat.getByText("Agenda").click();
  await expect(pat.getByText("Half a day of small repairs").first()).toBeVisible();
  expect(await grave(pat)).toEqual([]);
});
