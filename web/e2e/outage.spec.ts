import { expect, type Page, signIn, test, token } from "./test";

/** The server is away for a while, under two forms. */

const OUTAGE = 4_000;

async function asked<Answer>(page: Page, path: string): Promise<Answer> {
  const answer = await page.request.get(path, { headers: { Authorization: `Bearer ${await token(page.request, "casey@demo.example")}` } });
  return (await answer.json()) as Answer;
}

interface Rows {
  results: { id: string; proposal_id?: string | null; allowed_actions: string[] }[];
}

test("the server is away under an open checkout: nothing typed is lost, nothing is charged twice", async ({ page }) => {
  await signIn(page, "casey@demo.example", "/home");
  // Of an earlier journey: a contractor has one offer for a job at a time.
  const offered = new Set((await asked<Rows>(page, "/api/offers/?page_size=100")).results.map((each) => each.proposal_id));
  const open = (await asked<Rows>(page, "/api/proposals/?role=customer&page_size=100")).results.find(
    (each) => each.allowed_actions.includes("offer") && !offered.has(each.id),
  );
  expect(open, "the demo has a proposal to choose").toBeDefined();
  const offers = async () => (await asked<Rows>(page, "/api/offers/?page_size=100")).results.length;
  const before = await offers();
  await page.goto(`/offers/new?proposal=${open?.id}`);
  await page.getByLabel("Message (optional)").fill("Thursday would suit me.");
  // Whoever keeps cards is asked first which of them.
  const paid = page.getByRole("radio", { name: /^4242 4242 4242 4242 Pays$/ });
  const another = page.getByRole("radio", { name: "Another card", exact: true });
  await expect(paid.or(another)).toBeVisible();
  if (await another.isVisible()) await another.check();
  await paid.check();
  const keys: string[] = [];
  // The first request arrives and its answer is lost; then the server is away.
  let away = true;
  let arrived = 0;
  await page.route("**/api/**", async (route) => {
    const request = route.request();
    const pays = request.method() === "POST" && request.url().includes("/api/offers/");
    if (pays) keys.push(request.headers()["idempotency-key"] ?? "none");
    if (pays && arrived === 0) {
      arrived += 1;
      await route.fetch();
    }
    await (away ? route.abort() : route.continue());
  });
  const send = page.getByRole("button", { name: /Reserve .* and send/ });
  await send.click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.getByLabel("Message (optional)")).toHaveValue("Thursday would suit me.");
  await page.waitForTimeout(OUTAGE);
  away = false;
  await send.click();
  await expect(page.getByText(/reserved on your card, not taken/)).toBeVisible({ timeout: 20_000 });
  expect(new Set(keys).size, "one intention has one key").toBe(1);
  expect(keys.length).toBeGreaterThan(1);
  await page.unroute("**/api/**");
  expect(await offers()).toBe(before + 1);
});

test("the server is away under an open job form: it waits, and everything is still there", async ({ page }) => {
  await signIn(page, "casey@demo.example", "/jobs/new");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("In one line").fill("A shelf over the door");
  await page.route("**/api/**", (route) => route.abort());
  await page.getByLabel("More about it").fill("Typed while nobody answered.");
  await page.waitForTimeout(OUTAGE);
  await page.unroute("**/api/**");
  await page.reload();
  await expect(page.getByText("A shelf over the door").or(page.getByLabel("In one line"))).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify(Object.values(localStorage)));
  expect(kept).toContain("A shelf over the door");
  expect(kept).toContain("Typed while nobody answered.");
});
