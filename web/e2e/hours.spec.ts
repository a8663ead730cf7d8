import { expect, grave, sends, signIn, test } from "./test";

/** A customer hires by the hour, the contractor's timer outlives a reload and becomes an entry, the customer sees it. */

test("hours are hired, worked by timer, changed by hand and seen by the customer", async ({ browser }) => {
  test.setTimeout(240_000);
  const phone = { viewport: { width: 390, height: 844 } };
  const casey = await (await browser.newContext(phone)).newPage();
  const pat = await (await browser.newContext(phone)).newPage();
  await signIn(casey, "casey@demo.example");
  await signIn(pat, "pat@demo.example");
  const job = await sends(casey.request, "casey@demo.example", "jobs/", {
    title: `Help in the workshop ${Date.now()}`,
    description: "A few hours every week, as they come.",
    category: "plumbers",
    budget: { kind: "hourly", min: { amount: 3000, currency: "USD" }, max: { amount: 6000, currency: "USD" } },
  });
  const proposal = await sends(pat.request, "pat@demo.example", "proposals/", {
    job: job.id,
    price: { amount: 5000, currency: "USD" },
    price_kind: "hourly",
    message: "I can start today.",
    estimated_days: 30,
  });

  await casey.goto(`/offers/new?proposal=${proposal.id}`);
  await expect(casey.getByRole("radio", { name: /By the hour/ })).toBeChecked();
  await casey.getByLabel("Hours a week, at most").fill("10");
  await expect(casey.getByText("$500.00 is taken when they accept")).toBeVisible();
  expect(await grave(casey)).toEqual([]);
  await casey.getByRole("radio", { name: /4242 4242/ }).check();
  await casey.getByRole("button", { name: "Reserve $500.00 and send" }).click();
  await casey.waitForURL(/\/offers\/[0-9a-f-]{36}$/);

  await pat.goto(new URL(casey.url()).pathname);
  await expect(pat.getByText(/By the hour: \$500.00/)).toBeVisible();
  await pat.getByRole("button", { name: "Accept and begin" }).click();
  await pat.waitForURL("**/contracts/*");
  const room = new URL(pat.url()).pathname;
  await expect(pat.getByText(/\$500.00 is protected. The week closes/)).toBeVisible();
  await pat.getByLabel("What you are about to do").fill("Sort the shelves");
  await pat.getByRole("button", { name: "Start the timer" }).click();
  await expect(pat.getByRole("timer")).toBeVisible();
  await pat.reload();
  await expect(pat.getByText(/Sort the shelves · stops by itself/)).toBeVisible();
  // An entry has whole minutes, so one has to pass.
  await expect(pat.getByRole("timer")).toHaveText(/00:01:\d\d/, { timeout: 75_000 });
  await pat.getByRole("button", { name: "Stop the timer" }).click();
  await expect(pat.getByText("Sort the shelves")).toBeVisible();
  await pat.getByRole("button", { name: /^Change 1 min/ }).click();
  const dialog = pat.getByRole("dialog");
  await dialog.getByLabel(/^What you did/).fill("Sort the shelves by size");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(pat.getByText("Sort the shelves by size")).toBeVisible();
  expect(await grave(pat)).toEqual([]);

  await casey.goto(room);
  await expect(casey.getByText("Sort the shelves by size")).toBeVisible();
  await expect(casey.getByRole("list", { name: "Hours by day" })).toContainText("1 min");
  await casey.getByRole("button", { name: "End the hours" }).click();
  await casey.getByRole("dialog").getByRole("button", { name: "End the hours" }).click();
  await expect(casey.getByText("The hours were ended.")).toBeVisible();
  expect(await grave(casey)).toEqual([]);
});
