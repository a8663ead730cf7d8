import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, signedIn, test } from "./test";

/** What people hear: news that arrive live, settings that hold, push through the real service worker, the way out of a letter. */

const PLAIN = { language: "en", time_zone: "UTC", quiet_from: null, quiet_to: null, digest: "off" };

/** Ask the API as the person of a page does. */
async function call<Answer>(page: Page, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await page.evaluate(
    async ([verb, where, sent]) => {
      const renewed = await fetch("/api/auth/refresh/", { method: "POST", headers: { "Content-Type": "application/json", "X-Client": "web" }, body: "{}" });
      const { access_token } = (await renewed.json()) as { access_token: string };
      const headers = { "Content-Type": "application/json", Authorization: `Bearer ${access_token}` };
      const told = await fetch(`/api/${where}`, { method: verb, headers, body: sent ? JSON.stringify(sent) : undefined });
      const text = await told.text();
      if (!told.ok) throw new Error(`${where}: ${told.status} ${text}`);
      return text || "null";
    },
    [method, path, body] as const,
  );
  return JSON.parse(answer) as Answer;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include("main").exclude("iframe").analyze();
  const serious = violations.filter((each) => each.impact === "serious" || each.impact === "critical");
  expect(serious.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ""}`)).toEqual([]);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
}

interface Chats {
  results: { id: string }[];
}

test("news of messages arrive without a reload, fold into one, and are read with it", async ({ browser }) => {
  const pat = await signedIn(browser, "pat@demo.example", "/notifications");
  await call(pat, "POST", "notifications/read-all/");
  await pat.reload();
  await expect(pat.locator("#main")).toContainText("All read");
  const casey = await signedIn(browser, "casey@demo.example", "/home");
  const chats = await call<Chats>(pat, "GET", "messages/");
  const mine = await call<Chats>(casey, "GET", "messages/");
  const chat = chats.results.find((each) => mine.results.some((other) => other.id === each.id));
  expect(chat, "the demo city has a conversation of the two").toBeTruthy();
  for (const text of ["Is seven o'clock fine?", "Or eight?"]) {
    await call(casey, "POST", "messages/send/", { chat_id: chat?.id, body: text, client_id: crypto.randomUUID() });
  }
  const folded = pat.getByRole("button", { name: /^New: 2 new messages from Casey/ });
  await expect(folded).toBeVisible({ timeout: 20_000 });
  await expect(pat.getByRole("link", { name: "News, 1 not read" })).toBeVisible();
  await pat.getByRole("button", { name: "Not read", exact: true }).click();
  await expect(pat).toHaveURL(/unread=true/);
  await expectAccessible(pat);
  await folded.click();
  await expect(pat).toHaveURL(new RegExp(`/messages/${chat?.id ?? ""}`));
  await expect(pat.getByRole("link", { name: "News", exact: true })).toBeVisible({ timeout: 20_000 });
  await pat.goto("/notifications?unread=true");
  await expect(pat.getByText("You have read everything")).toBeVisible();
});

test("a person chooses what they hear, when and in which language, and it holds", async ({ browser }) => {
  const sam = await signedIn(browser, "sam@demo.example", "/home");
  await call(sam, "PUT", "notifications/settings/", PLAIN);
  await call(sam, "PUT", "notifications/preferences/", { preferences: [{ type: "payout.paid", in_app: true, email: true }] });
  await sam.goto("/settings/notifications");
  await sam.getByRole("switch", { name: "Leave me alone at certain hours" }).press("Space");
  await expect(sam.getByLabel("From", { exact: true })).toHaveValue("22:00");
  await sam.getByLabel("Until", { exact: true }).fill("06:30");
  await sam.getByLabel("Until", { exact: true }).blur();
  await sam.getByRole("radio", { name: "Once a day" }).click();
  await expect(sam.getByRole("radio", { name: "Once a day" })).toBeChecked();
  await sam.getByLabel("Time zone", { exact: true }).selectOption("Europe/Berlin");
  await sam.locator("summary", { hasText: "Money" }).click();
  await sam.getByLabel("A withdrawal has reached my bank: E-mail").press("Space");
  await expect(sam.getByLabel("A withdrawal has reached my bank: E-mail")).not.toBeChecked();
  await expect(sam.getByLabel("A withdrawal failed: E-mail")).toBeDisabled();
  await expectAccessible(sam);
  // The screens follow: the page loads again in German.
  await sam.getByLabel("Language", { exact: true }).selectOption("Deutsch");
  await expect(sam.locator("summary", { hasText: "Geld" })).toBeVisible();
  await expect(sam.getByLabel("Bis", { exact: true })).toHaveValue("06:30");
  await expect(sam.getByRole("radio", { name: "Einmal am Tag" })).toBeChecked();
  await sam.locator("summary", { hasText: "Geld" }).click();
  await expect(sam.getByLabel("Eine Auszahlung ist bei meiner Bank: E-mail")).not.toBeChecked();
  await call(sam, "PUT", "notifications/settings/", PLAIN);
});

test("where the browser says no, the page says so and how to change it", async ({ browser }) => {
  const casey = await signedIn(browser, "casey@demo.example", "/home");
  await casey.addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "denied" }));
  await casey.goto("/settings/notifications");
  await expect(casey.getByText("Blocked by the browser")).toBeVisible();
  await expect(casey.getByRole("button", { name: "Turn on notifications" })).toHaveCount(0);
});

test("push is turned on for a device, shown by the service worker, and off after signing out", async ({ browser }) => {
  const casey = await signedIn(browser, "casey@demo.example", "/home");
  await casey.context().grantPermissions(["notifications"]);
  // The browser's own push service is not reachable here; what it would hand out is the only thing made up.
  await casey.addInitScript(() => {
    const point = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM";
    let made: unknown = null;
    PushManager.prototype.getSubscription = () => Promise.resolve(made as PushSubscription | null);
    PushManager.prototype.subscribe = () => {
      const json = { endpoint: "https://push.example.com/e2e", keys: { p256dh: point, auth: "tBHItJI5svbpez7KI4CCXg" } };
      made = { ...json, options: {}, toJSON: () => json, unsubscribe: () => Promise.resolve(((made = null), true)) };
      return Promise.resolve(made as PushSubscription);
    };
  });
  await casey.goto("/settings/notifications");
  await casey.getByRole("button", { name: "Turn on notifications" }).click();
  await expect(casey.getByText("also when JobSphere is closed.").first()).toBeVisible();
  await expect(casey.getByRole("button", { name: "Turn off on this device" })).toBeVisible();
  const kept = await call<{ devices: { name: string }[] }>(casey, "GET", "notifications/devices/");
  expect(kept.devices.map((each) => each.name)).toContain("Chrome on Linux");

  await deliver(casey, { title: "You have an offer of $900.00", body: "Repair the tap", link: "/offers/1", tag: "offer-1", unread: 3 });
  await expect.poll(() => shown(casey)).toEqual([{ title: "You have an offer of $900.00", body: "Repair the tap", link: "/offers/1" }]);
  await deliver(casey, { title: "2 new offers", body: "", link: "https://evil.example/", tag: "offer-1", unread: 4 });
  await expect.poll(() => shown(casey)).toEqual([{ title: "2 new offers", body: "", link: "/notifications" }]);

  await casey.getByRole("button", { name: "Turn off on this device" }).click();
  await expect(casey.getByRole("button", { name: "Turn on notifications" })).toBeVisible();
});

/** Hand a push message to the service worker, as the browser does when one arrives. */
async function deliver(page: Page, message: unknown): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [first] = registrations as { registrationId: string }[];
      if (first) resolve(first.registrationId);
    });
  });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.deliverPushMessage", {
    origin: new URL(page.url()).origin,
    registrationId: await registered,
    data: JSON.stringify(message),
  });
  await devtools.detach();
}

async function shown(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const open = await registration.getNotifications();
    return open.map(({ title, body, data }) => ({ title, body, link: (data as { link: string }).link }));
  });
}

test("without a network there is a page that says so, and the app can be installed", async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload();
  await page.context().setOffline(true);
  await page.goto("/jobs");
  await expect(page.getByRole("heading", { name: "You are offline" })).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(page.locator("#main")).toContainText("Find work");
  const manifest = (await (await page.request.get("/manifest.json")).json()) as { icons: { src: string }[]; display: string };
  expect(manifest.display).toBe("standalone");
  for (const { src } of manifest.icons) expect((await page.request.get(src)).headers()["content-type"]).toMatch(/^image\//);
});

test("one click in a letter ends letters of its kind; the mailbox shows the letter as it left", async ({ browser }) => {
  const ada = await signedIn(browser, "ada@demo.example", "/admin/mailbox");
  await expect(ada.getByRole("list", { name: "Sent" })).toBeVisible();
  await ada.getByRole("button", { name: /E-mail to/ }).first().click();
  await expect(ada.locator("article iframe")).toHaveAttribute("srcdoc", /JobSphere/);
  await expectAccessible(ada);
  const pat = await signedIn(browser, "pat@demo.example", "/home");
  await call(pat, "PUT", "notifications/preferences/", { preferences: [{ type: "message.received", in_app: true, email: true }] });
  const casey = await signedIn(browser, "casey@demo.example", "/home");
  const [mine, theirs] = [await call<Chats>(casey, "GET", "messages/"), await call<Chats>(pat, "GET", "messages/")];
  const chat = mine.results.find((each) => theirs.results.some((other) => other.id === each.id));
  await call(casey, "POST", "messages/send/", { chat_id: chat?.id, body: "By letter, please.", client_id: crypto.randomUUID() });
  let link = "";
  const find = async (): Promise<string> => {
    const { kept } = await call<{ kept: { id: string; subject: string }[] }>(ada, "GET", "sandbox/mailbox/?to=pat@");
    const wrote = kept.find(({ subject }) => /Casey/.test(subject));
    const whole = wrote ? await call<{ text: string; headers: Record<string, string> }>(ada, "GET", `sandbox/mailbox/${wrote.id}/`) : undefined;
    link = whole?.text.includes("By letter, please.") ? (/\/unsubscribe#token=\S+/.exec(whole.text)?.[0] ?? "") : "";
    return whole?.headers["List-Unsubscribe-Post"] ?? "";
  };
  await expect.poll(async () => [await find(), link !== ""], { timeout: 30_000 }).toEqual(["List-Unsubscribe=One-Click", true]);
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(link);
  await visitor.getByRole("button", { name: "No more of these e-mails" }).click();
  await expect(visitor.getByRole("status")).toContainText("Done: no more e-mails about");
  await expect(visitor).not.toHaveURL(/token/);
  await expectAccessible(visitor);
  await visitor.goto(link);
  await expect(visitor.getByRole("heading", { name: "No more of these e-mails" })).toBeVisible();
  await visitor.goto("/unsubscribe#token=nonsense");
  await visitor.reload();
  await expect(visitor.locator("#main")).toContainText(/cut off|not one of ours/);
});
