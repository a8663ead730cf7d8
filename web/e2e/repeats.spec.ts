import { expect, grave, signIn, test } from "./test";

/** A customer keeps a card and repeats a booking; the contractor agrees once; dates are skipped, a price is agreed, it pauses and ends. */

test("a booking repeats: agreed once, skipped, repriced, paused and ended", async ({ browser }) => {
  test.setTimeout(240_000);
  const phone = { viewport: { width: 390, height: 844 } };
  const casey = await (await browser.newContext(phone)).newPage();
  const pat = await (await browser.newContext(phone)).newPage();
  await signIn(casey, "casey@demo.example");
  await signIn(pat, "pat@demo.example");

  // A card that is kept: Casey's bank asks once whether it is them.
  await casey.goto("/settings");
  await casey.getByRole("link", { name: "My cards" }).click();
  await casey.getByRole("button", { name: "Keep a card" }).click();
  await casey.getByRole("radio", { name: /4242 4242/ }).check();
  expect(await grave(casey)).toEqual([]);
  await casey.getByRole("button", { name: "Keep this card" }).click();
  await expect(casey.getByRole("article", { name: "Visa 4242" }).first()).toBeVisible();
  await casey.getByRole("button", { name: "Keep a card" }).click();
  await casey.getByRole("radio", { name: /4000 0027 6000 3184/ }).check();
  await casey.getByRole("button", { name: "Keep this card" }).click();
  await casey.waitForURL("**/3ds/**");
  await casey.getByRole("button", { name: "Complete" }).click();
  await casey.waitForURL("**/settings/cards**");
  await expect(casey.getByRole("article", { name: "Visa 3184" })).toContainText("Expires");

  // A booking, as everybody makes one.
  const { id } = await pat.evaluate(async () => (await fetch("/api/contractors/?search=Pat")).json().then((found) => found.results[0]));
  await casey.goto(`/times/${id}`);
  await casey.getByRole("button", { name: /Half a day of small repairs/ }).click();
  const days = casey.getByRole("grid");
  await days.locator("button[data-free]").nth(5).click();
  await casey.getByRole("region", { name: /Free times on/ }).getByRole("button").first().click();
  await casey.getByLabel("Where").fill("Old Town");
  await casey.getByRole("button", { name: "Go on to the card" }).click();
  await casey.waitForURL("**/offers/*");
  const offer = new URL(casey.url()).pathname;
  await casey.getByRole("radio", { name: /4242 4242/ }).check();
  await casey.getByRole("button", { name: /^Reserve / }).click();
  await expect(casey.getByText("reserved on your card, not taken")).toBeVisible();
  await pat.goto(offer);
  await pat.getByRole("button", { name: "Accept and begin" }).click();
  await pat.waitForURL("**/contracts/*");
  const room = new URL(pat.url()).pathname;

  // Again and again.
  await casey.goto(room);
  await casey.getByRole("link", { name: "Repeat this" }).click();
  await casey.getByRole("radio", { name: "Every two weeks" }).check();
  await casey.getByRole("combobox", { name: "Paid with" }).selectOption({ label: "Visa 4242" });
  expect(await grave(casey)).toEqual([]);
  await casey.getByRole("button", { name: /^Ask / }).click();
  await casey.waitForURL(/\/repeats\/[\da-f-]{36}$/);
  const series = new URL(casey.url()).pathname;
  await expect(casey.getByText("Nothing is made or charged before.")).toBeVisible();
  await pat.goto(series);
  await pat.getByRole("button", { name: "Agree to the series" }).click();
  await expect(pat.getByText("Each date is made and paid three days before.")).toBeVisible();
  await casey.reload();
  await expect(casey.getByText("Paid with visa 4242")).toBeVisible();

  // One date is left out, by the keyboard.
  const second = casey.getByRole("button", { name: /^Skip / }).nth(1);
  await second.focus();
  await casey.keyboard.press("Enter");
  await expect(casey.getByText("left out", { exact: true })).toBeVisible();

  // Another price, with notice; never more than agreed.
  await pat.getByRole("button", { name: "Change the price" }).click();
  await pat.getByLabel("New price").fill("210");
  await pat.getByRole("button", { name: "Propose it" }).click();
  await expect(pat.getByText(/^New price: \$210/)).toBeVisible();
  await casey.reload();
  await expect(casey.getByText("only at the new price").first()).toBeVisible();
  await casey.getByRole("button", { name: /^Agree to \$210/ }).click();
  await expect(casey.getByText(/as agreed\.$/)).toBeVisible();
  expect(await grave(casey)).toEqual([]);

  // A pause, and the end.
  await pat.reload();
  await pat.getByRole("button", { name: "Pause" }).click();
  await expect(pat.getByText("Paused: nothing is made or charged until it goes on.")).toBeVisible();
  await casey.reload();
  await casey.getByRole("button", { name: "Go on" }).click();
  await casey.getByRole("button", { name: "End the series" }).click();
  await casey.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await expect(casey.getByText("It has ended. Contracts that exist go on.")).toBeVisible();
  await casey.goto("/repeats");
  await expect(casey.getByRole("article").first()).toContainText("Ended");
  expect(await grave(casey)).toEqual([]);
});
