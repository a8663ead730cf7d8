import { createHmac } from "node:crypto";
import { type APIRequestContext, expect, grave, type Page, test, token, typeLogin } from "./test";

/** One person's whole identity against a real server: the code of the letter, an app, a passkey, devices, and the way out. */

const PASSWORD = "a short sentence is good";

/** The six digits that an authenticator app shows (RFC 6238) for a key in base 32. */
function totp(secret: string, at = Date.now()): string {
  const bits = [...secret.replaceAll(/[\s=]/g, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Digits of the half minute that comes next: each half minute's are good once, and the server takes the next ones too. */
function nextTotp(secret: string): string {
  return totp(secret, Date.now() + 30_000);
}

/** The newest letter to a person, which the sandbox shows to nobody else. */
async function letter(request: APIRequestContext, email: string, about: RegExp): Promise<string> {
  const headers = { Authorization: `Bearer ${await token(request, email, PASSWORD)}` };
  let text = "";
  await expect
    .poll(
      async () => {
        const answer = await request.get("/api/sandbox/", { headers });
        text = ((await answer.json()) as { last_mail: { text: string } | null }).last_mail?.text ?? "";
        return text;
      },
      { timeout: 30_000 },
    )
    .toMatch(about);
  return text;
}

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByText("I need something done").click();
  await page.getByLabel("Your name").fill("Ida Identity");
  await page.getByLabel("E-mail address").fill(email);
  await page.locator("input[autocomplete=new-password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}

/** A key in the browser that answers by itself, as a phone does after a fingerprint. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a code by letter, an app as second step, a passkey alone, and one device signed out by another", async ({ page, request, browser }) => {
  test.setTimeout(120_000);
  const email = `ida-${Date.now()}@demo.example`;
  await addAuthenticator(page);

  await signUp(page, email);
  const code = /\b(\d{6})\b/.exec(await letter(request, email, /\b\d{6}\b/))?.[1] ?? "";
  await page.getByLabel("Digit of the code").first().click();
  await page.keyboard.type(code);
  await page.waitForURL("**/home");

  await page.goto("/settings/security");
  await page.getByRole("button", { name: "Set up" }).click();
  const shown = page.getByText(/^([A-Z2-7]{4} ){3,}/);
  const secret = (await shown.innerText()).replaceAll(/\s/g, "");
  await page.getByLabel("2. The six digits that it shows now").fill(totp(secret));
  await page.getByRole("button", { name: "Turn it on" }).click();
  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const recovery = await codes.first().innerText();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("Your account is well protected.")).toBeVisible();
  expect(await grave(page)).toEqual([]);

  await signOut(page);
  await typeLogin(page, email, PASSWORD);
  const digits = page.getByLabel("Six digits from your authenticator app");
  await digits.fill("000000");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(page.url()).toContain("/sign-in");
  await digits.fill(nextTotp(secret));
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL("**/home");

  await page.goto("/settings/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("A name to know it by").fill("Played key");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("list", { name: "Passkeys" })).toContainText("Played key");

  await signOut(page);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL("**/home");

  const elsewhere = await (await browser.newContext({ userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" })).newPage();
  await typeLogin(elsewhere, email, PASSWORD);
  await elsewhere.getByRole("button", { name: "Use a recovery code instead" }).click();
  await elsewhere.getByLabel("One of your recovery codes").fill(recovery);
  await elsewhere.getByRole("button", { name: "Go on" }).click();
  await elsewhere.waitForURL("**/home");
  await page.goto("/settings/security");
  const sessions = page.getByRole("list", { name: "Sessions" });
  await sessions.getByRole("button", { name: /Sign out Firefox on Linux/ }).click();
  await expect(sessions).not.toContainText("Firefox on Linux");
  await elsewhere.goto("/settings/security");
  await elsewhere.waitForURL(/sign-in|settings/);
  await expect(elsewhere.getByText("Your account is well protected.")).toHaveCount(0);
});

test("an old sign-in is asked again before what cannot be taken back, and goes on by itself", async ({ page }) => {
  // No door makes a session old: the clock of credentials is the machine's. The first refusal is played; the proof is real.
  const email = `sten-${Date.now()}@demo.example`;
  await signUp(page, email);
  await page.getByRole("button", { name: "Later" }).click();
  await page.waitForURL("**/home");
  let refused = 0;
  await page.route("**/api/auth/mfa/totp/", async (route) => {
    refused += 1;
    if (refused > 1) return route.fallback();
    return route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "reauthentication-required", title: "Confirm that it is you", status: 403 }),
    });
  });
  await page.goto("/settings/security");
  await page.getByRole("button", { name: "Set up" }).click();
  const dialog = page.getByRole("dialog", { name: "Please confirm that it is you" });
  await dialog.locator("input[autocomplete=current-password]").fill("not this one");
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  expect(await grave(page)).toEqual([]);
  await dialog.locator("input[autocomplete=current-password]").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByAltText("QR code for the authenticator app")).toBeVisible();
});

test("my data is collected and fetched; the account is closed, and opened again", async ({ page }) => {
  test.setTimeout(180_000);
  const email = `ewa-${Date.now()}@demo.example`;
  await signUp(page, email);
  await page.getByRole("button", { name: "Later" }).click();
  await page.waitForURL("**/home");
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Collect my data" }).click();
  const download = page.getByRole("button", { name: "Download" });
  await expect(download).toBeVisible({ timeout: 60_000 });
  const fetched = page.waitForEvent("download");
  await download.click();
  expect((await fetched).suggestedFilename()).toBe("jobsphere-data.zip");
  await expect(page.getByText("Not yet possible:")).toHaveCount(0);
  expect(await grave(page)).toEqual([]);

  await page.getByRole("button", { name: "Close my account" }).click();
  const dialog = page.getByRole("dialog", { name: "Close your account?" });
  await dialog.locator("input[autocomplete=current-password]").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Close it" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await typeLogin(page, email, PASSWORD);
  await expect(page.getByRole("alert")).toContainText("You closed this account.");
  await page.getByRole("button", { name: "Open it again and sign in" }).click();
  await page.waitForURL("**/home");
});
