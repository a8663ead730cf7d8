import { chromium, expect, type Page, test } from "./test";

/** What visitors meet first: the map beside the lists, and the hero. */

const DESKTOP = { width: 1280, height: 900 };

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
