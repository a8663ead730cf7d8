import { type APIRequestContext, expect, type Page, signIn, test, token, type WebSocketRoute } from "./test";

/** What others do shows on an open page by itself: nothing here reloads, and these screens do not poll so soon. */

const money = (dollars: number) => ({ amount: dollars * 100, currency: "USD" });

async function call(request: APIRequestContext, access: string, path: string, data: object): Promise<{ id: string }> {
  const headers = { Authorization: `Bearer ${access}`, "Idempotency-Key": crypto.randomUUID() };
  const answer = await request.post(`/api/${path}`, { data, headers });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as { id: string };
}

const postJob = (request: APIRequestContext, access: string) =>
  call(request, access, "jobs/", {
    title: "Hang three doors",
    description: "Oak, with new hinges.",
    category: "carpenters",
    budget: { kind: "fixed", min: money(200), max: money(400) },
  });

const propose = (request: APIRequestContext, access: string, job: string, dollars: number) =>
  call(request, access, "proposals/", { job, price: money(dollars), message: "Doors are what I do.", estimated_days: 2 });

/** The page's socket in our hands: cut it, and let it come back. */
async function hold(page: Page): Promise<{ cut: () => Promise<void>; mend: () => void; opened: () => number }> {
  let [whole, opened] = [true, 0];
  const lines: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/ws\/$/, (line) => {
    if (!whole) return void line.close({ code: 1012 });
    opened += 1;
    lines.push(line);
    line.connectToServer();
  });
  return {
    cut: async () => {
      whole = false;
      for (const line of lines.splice(0)) await line.close({ code: 1012 });
    },
    mend: () => void (whole = true),
    opened: () => opened,
  };
}

test("proposals come in while the customer looks, and what came while the line was cut comes after it", async ({ page, request }) => {
  const line = await hold(page);
  const [casey, pat, sam] = [await token(request, "casey@demo.example"), await token(request, "pat@demo.example"), await token(request, "sam@demo.example")];
  const job = await postJob(request, casey);
  await signIn(page, "casey@demo.example");
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByText("Hang three doors").first()).toBeVisible();
  await expect.poll(line.opened).toBeGreaterThan(0);
  await page.waitForTimeout(1_000);

  await propose(request, pat, job.id, 321);
  await expect(page.getByText("$321").first()).toBeVisible({ timeout: 5_000 });

  await line.cut();
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await page.screenshot({ path: "screenshots/reconnecting.png" });
  await propose(request, sam, job.id, 345);
  await page.waitForTimeout(1_000);
  await expect(page.getByText("$345")).toHaveCount(0);
  line.mend();
  await expect(page.getByText("$345").first()).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText("Reconnecting…")).toHaveCount(0);
});

test("one chooses not to be seen", async ({ page }) => {
  await signIn(page, "casey@demo.example");
  await page.goto("/settings");
  const seen = page.getByRole("switch", { name: "Show when I am online" });
  await expect(seen).toBeChecked();
  await seen.click({ force: true });
  await expect(seen).not.toBeChecked();
  await page.reload();
  await expect(seen).not.toBeChecked();
  await seen.click({ force: true });
  await expect(seen).toBeChecked();
});

interface Room {
  id: string;
  status: string;
  contractor: { name: string };
  milestones: { status: string }[];
}

test("the customer sees where their contractor is, roughly until on the way, and no longer than that", async ({ browser, page, request }) => {
  const headers = { Authorization: `Bearer ${await token(request, "pat@demo.example")}` };
  const found = (await (await request.get("/api/contracts/?role=contractor&page_size=100", { headers })).json()) as { results: Room[] };
  const casey = { Authorization: `Bearer ${await token(request, "casey@demo.example")}` };
  const theirs = (await (await request.get("/api/contracts/?role=customer&page_size=100", { headers: casey })).json()) as { results: Room[] };
  const shared = new Set(theirs.results.map(({ id }) => id));
  const room = found.results.find(
    ({ id, status, milestones }) =>
      shared.has(id) && status === "active" && milestones.some((each) => ["funded", "in_progress", "changes_requested"].includes(each.status)),
  );
  if (!room) throw new Error("the demo city has no work of Casey's that Pat is to come for");

  await signIn(page, "casey@demo.example");
  await page.goto(`/contracts/${room.id}`);
  await expect(page.getByRole("heading", { name: "Where the money is" })).toBeVisible();
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    geolocation: { latitude: 45.517008, longitude: -122.652954 },
    permissions: ["geolocation"],
  });
  const phone = await context.newPage();
  await signIn(phone, "pat@demo.example");
  await phone.goto(`/contracts/${room.id}`);
  await phone.getByRole("button", { name: "Show where I am" }).click();
  await expect(page.getByRole("link", { name: "45.52, -122.65 on the map" })).toBeVisible();
  await phone.getByRole("switch", { name: "I am on the way: show it exactly" }).press("Space");
  await expect(page.getByRole("heading", { name: /is on the way/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "45.51701, -122.65295 on the map" })).toBeVisible();
  // On the same lazy map as the lists, which shows them to the customer alone.
  await expect(page.getByRole("region", { name: /^Map of where/ }).locator(".leaflet-marker-icon")).toBeVisible();
  await expect(page.getByRole("region", { name: /^Map of where/ }).locator("canvas").first()).toBeVisible();
  await page.getByRole("heading", { name: /is on the way/ }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: "screenshots/on-the-way.png" });
  await phone.getByRole("button", { name: "Stop showing" }).scrollIntoViewIfNeeded();
  await phone.screenshot({ path: "screenshots/showing.png" });
  await phone.getByRole("button", { name: "Stop showing" }).press("Enter");
  await expect(page.getByRole("heading", { name: /is on the way/ })).toHaveCount(0);
  await context.close();
});
