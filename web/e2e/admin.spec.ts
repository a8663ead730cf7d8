import { expect, grave, type Page, signIn, test } from "./test";

/** The back office against a real server with the demo city: one rehearsal played, and a closed door for everybody else. */

/** Play an exercise on the page and wait until the books were proved. */
async function play(page: Page, title: string, values: Record<string, string> = {}): Promise<void> {
  const card = page.getByRole("article", { name: title, exact: true });
  for (const [label, value] of Object.entries(values)) await card.getByLabel(label).selectOption(value);
  const answered = page.waitForResponse((response) => response.url().includes("/api/admin/rehearsal/") && response.request().method() === "POST", {
    timeout: 60_000,
  });
  await card.getByRole("button", { name: `Play it: ${title}` }).click();
  expect((await answered).status()).toBe(200);
  await expect(page.getByRole("status").filter({ hasText: "The books balance: yes" })).toBeVisible();
}

test("a card declines and a chargeback arrives, and the books still balance", async ({ page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 1280, height: 900 });
  await signIn(page, "ada@demo.example");
  await page.getByRole("link", { name: "Back office" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.getByRole("navigation", { name: "Back office" }).getByRole("link", { name: "Rehearsal" }).click();

  await play(page, "Decline the next card", { "The bank's reason": "insufficient_funds" });
  await expect(page.getByRole("group", { name: "The stage" })).toContainText("decline");
  await play(page, "Play a deal", { "As far as": "offered" });
  await expect(page.getByRole("main").getByRole("status")).toContainText("declined by gateway (insufficient funds)");

  await play(page, "Play a deal", { "As far as": "accepted" });
  await expect(page.getByRole("main").getByRole("status")).toContainText("captured and protected");
  await play(page, "Let a chargeback arrive", { "The cardholder says": "product_not_received" });
  expect(await grave(page)).toEqual([]);

  await page.getByRole("navigation", { name: "Back office" }).getByRole("link", { name: "Chargebacks" }).click();
  await page.getByRole("button", { name: "Remy Rehearsal" }).first().click();
  const drawer = page.getByRole("dialog", { name: "Chargeback" });
  await expect(drawer).toContainText("$1,000.00");
  await expect(drawer).toContainText("What will be answered");
  await expect(drawer).toContainText("Booked:");
  expect(await grave(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();

  await page.getByRole("navigation", { name: "Back office" }).getByRole("link", { name: "Books" }).click();
  await page.getByRole("button", { name: "Prove the books" }).click();
  await expect(page.getByText("The books balance: yes")).toBeVisible({ timeout: 60_000 });
});

test("a payment declined in the rehearsal is explained in the list and its drawer", async ({ page }) => {
  await signIn(page, "ada@demo.example");
  await page.goto("/admin/payments?status=failed");
  const first = page.getByRole("table", { name: "Payments" }).getByRole("button").first();
  await first.click();
  const drawer = page.getByRole("dialog", { name: "Payment" });
  await expect(drawer).toContainText("What happened");
  await expect(drawer).toContainText("Gateway: Authorize");
  expect(page.url()).toContain("open=");
  await page.keyboard.press("Escape");
  await expect(first).toBeVisible();
});

test("the back office is closed for everybody else, and everybody sees that it is a sandbox", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await signIn(page, "casey@demo.example");
  await expect(page.getByRole("link", { name: "Back office" })).toHaveCount(0);
  await page.goto("/admin/payments");
  await expect(page.getByRole("heading", { name: "Not for you" })).toBeVisible();
  expect(asked.filter((url) => url.includes("/api/admin/"))).toEqual([]);
  const bar = page.getByRole("complementary", { name: "Sandbox" });
  await expect(bar).toContainText("Sandbox");
  await expect(bar.getByRole("link", { name: "Rehearse" })).toHaveCount(0);
  await bar.getByRole("button", { name: "Cards" }).click();
  await expect(page.getByText("4242 4242 4242 4242")).toBeVisible();
  expect(await grave(page)).toEqual([]);
});
