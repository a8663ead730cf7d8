import { chromium, expect, type Page, test } from "./test";

/** What visitors meet first: the map beside the lists, the hero, and a server that is away for a while. */

const PASSWORD = "demo-city-2026";
const DESKTOP = { width: 1280, height: 900 };
const OUTAGE = 4_000;

/** Whatever the page asked of other hosts, and whatever its policy refused. */
function watchOutside(page: Page): string[] {
  const seen: string[] = [];
  const own = new URL(process.env.JOBSPHERE_URL ?? "http://localhost:8000").host;
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.host !== own) seen.push(request.url());
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) seen.push(message.text());
  });
  return seen;
}

test("the map and the list point at each other, and this area can be searched", async ({ page }) => {
  const outside = watchOutside(page);
  await page.setViewportSize(DESKTOP);
  await page.goto("/jobs");
  const map = page.getByRole("region", { name: "Map of what the list shows" });
  await expect(map.locator("canvas").first()).toBeVisible();
  await expect(map.getByText("Demo city map")).toBeVisible();
  const cards = page.locator("[data-map-id]");
  // A pin needs coordinates: what can be done anywhere has none, nor has what other journeys have just posted.
  await cards.filter({ hasNotText: "Anywhere", hasText: "days ago" }).first().hover();
  await expect(map.locator("[data-active]")).toHaveCount(1);
  // By keyboard: what is focused on the map is marked in the list, and Enter goes on.
  const spots = map.locator(".leaflet-marker-icon");
  const before = await spots.count();
  await map.getByRole("button", { name: / here$/ }).first().focus();
  await expect(page.locator("[data-map-id][data-active]").first()).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Search this area" })).toBeVisible();
  await expect.poll(() => spots.count()).not.toBe(before);
  const all = await cards.count();
  await page.screenshot({ path: "screenshots/jobs-map-near-desktop.png" });
  await page.getByRole("button", { name: "Search this area" }).click();
  await expect(page).toHaveURL(/latitude=45\.\d+&longitude=-122\.\d+&radius_km=/);
  await expect.poll(() => cards.count()).toBeLessThan(all);
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await expect.poll(() => cards.count()).toBe(all);
  expect(outside).toEqual([]);
});

test("on a phone the map is one press away, a pin shows its card, and the way back is where one was", async ({ page }) => {
  await page.goto("/contractors");
  const cards = page.locator("[data-map-id]");
  await cards.nth(11).scrollIntoViewIfNeeded();
  const far = await page.evaluate(() => Math.round(globalThis.scrollY));
  expect(far).toBeGreaterThan(800);
  await cards.nth(11).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "What customers say" })).toBeVisible();
  await page.goBack();
  await expect.poll(() => page.evaluate(() => Math.round(globalThis.scrollY))).toBeGreaterThan(far - 40);
  await page.getByText("Map", { exact: true }).click();
  await expect(page).toHaveURL(/view=map/);
  await expect(cards.first()).toBeHidden();
  const map = page.getByRole("region", { name: "Map of what the list shows" });
  // A bubble falls apart with each press, until what is left lies on one spot and shows its cards.
  await map.locator(".leaflet-marker-icon").first().focus();
  await expect(async () => {
    await page.keyboard.press("Enter");
    await expect(page.getByRole("list", { name: "Pressed on the map" }).getByRole("article").first()).toBeVisible({ timeout: 1_500 });
  }).toPass();
  await page.screenshot({ path: "screenshots/contractors-map-phone.png" });
  await page.reload();
  await expect(map.locator(".leaflet-marker-icon").first()).toBeVisible();
});

test("the hero moves where WebGL is, and is a still picture for who asked for stillness", async ({ page, baseURL }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  await page.goto("/");
  await expect(page.getByText("Wanted right now")).toBeVisible();
  await page.waitForTimeout(1_500);
  expect(loaded.filter((url) => url.includes("Scene3d"))).toEqual([]);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  const moving = await browser.newPage({ baseURL: baseURL ?? "", viewport: DESKTOP });
  const outside = watchOutside(moving);
  await moving.goto("/");
  await expect(moving.locator("[data-hero='3d'] canvas")).toBeVisible({ timeout: 30_000 });
  await expect(moving.getByText("$900 held, the work begins").last()).toBeVisible({ timeout: 40_000 });
  await moving.screenshot({ path: "screenshots/landing-3d-desktop.png" });
  expect(outside).toEqual([]);
  await browser.close();
});

async function signIn(page: Page, next: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel("E-mail address").fill("casey@demo.example");
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL((url) => url.pathname === next.split("?")[0]);
}

async function asked<Answer>(page: Page, path: string): Promise<Answer> {
  const signedIn = await page.request.post("/api/auth/login/", { data: { email: "casey@demo.example", password: PASSWORD } });
  const { access_token } = (await signedIn.json()) as { access_token: string };
  const answer = await page.request.get(path, { headers: { Authorization: `Bearer ${access_token}` } });
  return (await answer.json()) as Answer;
}

interface Rows {
  results: { id: string; proposal_id?: string | null; allowed_actions: string[] }[];
}

test("the server is away under an open checkout: nothing typed is lost, nothing is charged twice", async ({ page }) => {
  await signIn(page, "/home");
  const open = (await asked<Rows>(page, "/api/proposals/?role=customer&page_size=100")).results.find((each) =>
    each.allowed_actions.includes("offer"),
  );
  expect(open, "the demo has a proposal to choose").toBeDefined();
  const offers = async () => (await asked<Rows>(page, "/api/offers/?page_size=100")).results.length;
  const before = await offers();
  await page.goto(`/offers/new?proposal=${open?.id}`);
  await page.getByLabel("Message (optional)").fill("Thursday would suit me.");
  // Whoever keeps cards, as after the journey of repeats, is asked which of them first.
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
  await signIn(page, "/jobs/new");
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
