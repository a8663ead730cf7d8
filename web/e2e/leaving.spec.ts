import { type APIRequestContext, expect, grave, type Page, PASSWORD as DEMO, signIn, test, token, typeLogin } from "./test";

/** What an account lives through: papers and their badge, a right and its step-up, a new address, a lock-out, leaving and coming back. */

const PASSWORD = "a short sentence is good";

/** Somebody new, who has signed up and in. */
async function join(page: Page, name: string, role: RegExp = /I need something done/): Promise<string> {
  const email = `${name.toLowerCase()}-${Date.now()}@demo.example`;
  await page.goto("/sign-up");
  await page.getByText(role).click();
  await page.getByLabel("Your name").fill(`${name} Newcomer`);
  await page.getByLabel("E-mail address").fill(email);
  await page.locator("input[autocomplete=new-password]").fill(PASSWORD);
  await expect(page.getByRole("link", { name: "terms of use" })).toBeVisible();
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.getByRole("button", { name: "Later" }).click();
  await page.waitForURL("**/home");
  return email;
}

/** The newest letter of its kind to an address, which the sandbox keeps, once there are so many of them. */
async function letterTo(request: APIRequestContext, email: string, about: RegExp, least = 1): Promise<string> {
  const headers = { Authorization: `Bearer ${await token(request, "ada@demo.example")}` };
  let text = "";
  await expect
    .poll(
      async () => {
        const listed = await request.get(`/api/sandbox/mailbox/?to=${encodeURIComponent(email)}`, { headers });
        const { kept } = (await listed.json()) as { kept: { id: string; to: string }[] };
        const found: string[] = [];
        for (const { id } of kept.filter(({ to }) => to === email)) {
          const whole = (await (await request.get(`/api/sandbox/mailbox/${id}/`, { headers })).json()) as { text: string };
          if (about.test(whole.text)) found.push(whole.text);
        }
        text = found[0] ?? "";
        return found.length;
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThanOrEqual(least);
  return text;
}

const code = (text: string): string => /\b(\d{6})\b/.exec(text)?.[1] ?? "";

test("a paper is handed in, looked at by staff, and becomes a badge on the public profile", async ({ page, browser }) => {
  test.setTimeout(120_000);
  await join(page, "Petra", /I do the work/);
  await page.goto("/settings/verification");
  const card = page.getByRole("list", { name: "Papers" }).getByRole("listitem").filter({ hasText: "Liability insurance" });
  await card.getByRole("button").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("input[type=file]").first().setInputFiles({
    name: "insurance.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/MediaBox[0 0 200 200]/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
  });
  await dialog.getByLabel("Good until").fill("2031-01-01");
  await dialog.getByLabel("Number (optional)").fill("INS-4711");
  const hand = dialog.getByRole("button", { name: "Hand it in" });
  await expect(hand).toBeEnabled();
  await expect(dialog.getByText("insurance.pdf").first()).toBeVisible();
  await hand.click();
  await expect(dialog).toHaveCount(0);
  await expect(card).not.toContainText("Nothing handed in");

  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, "ada@demo.example");
  await staff.goto("/admin/papers");
  await staff.getByRole("button", { name: /Petra Newcomer/ }).first().click();
  const opened = staff.getByRole("dialog");
  await expect(opened).toContainText("INS-4711");
  await expect(opened.getByText(/Page 1 of 1/).or(opened.getByLabel(/Page 1 of 1/)).or(opened.getByTitle(/Page 1 of 1/)).first()).toBeAttached();
  expect(await grave(staff)).toEqual([]);
  await opened.getByRole("button", { name: "Approve: show the badge" }).click();
  await expect(opened).toContainText(/approved/i);
  await page.reload();
  await expect(page.getByText("Your profile shows 1 badge.")).toBeVisible();
});

test("a right is granted after one has shown again who one is, and stands in the audit trail", async ({ page }) => {
  test.setTimeout(90_000);
  const newcomer = await page.context().browser()?.newContext();
  const other = await newcomer?.newPage();
  if (!other) throw new Error("no second browser");
  const email = await join(other, "Rita");
  await signIn(page, "ada@demo.example");
  // No door makes a session old: the first refusal is played; the proof and the granting are real.
  let refused = 0;
  await page.route("**/rights/grant/", async (route) => {
    refused += 1;
    if (refused > 1) return route.fallback();
    return route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "reauthentication-required", title: "Please confirm that it is you", status: 403 }),
    });
  });
  await page.goto(`/admin/people?search=${encodeURIComponent(email)}`);
  await page.getByRole("button", { name: /Rita Newcomer/ }).first().click();
  const drawer = page.getByRole("dialog").first();
  await drawer.getByRole("switch", { name: /^Finance/ }).click();
  await page.getByRole("button", { name: "Grant it" }).click();
  const proof = page.getByRole("dialog", { name: "Please confirm that it is you" });
  await proof.locator("input[autocomplete=current-password]").fill(DEMO);
  expect(await grave(page)).toEqual([]);
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(proof).toHaveCount(0);
  await expect(drawer.getByRole("switch", { name: /^Finance/ })).toBeChecked();
  await other.goto("/admin/payments");
  await expect(other.getByRole("heading", { name: "Payments" })).toBeVisible();
  await newcomer?.close();
});

test("a new address counts when both have answered, and the old one can stop it from its letter", async ({ page, request }) => {
  test.setTimeout(180_000);
  const email = await join(page, "Nora");
  const wanted = `new-${email}`;
  await page.goto("/settings/account");
  const begin = async (): Promise<void> => {
    await page.getByRole("button", { name: /Change it|Choose another address/ }).click();
    await page.getByLabel("New e-mail address").fill(wanted);
    await page.getByLabel("Your password").fill(PASSWORD);
    await page.getByRole("button", { name: "Send both codes" }).click();
    await expect(page.getByRole("list", { name: "Codes" })).toContainText("waits for its code");
  };
  await begin();
  const link = /(\/account\/email\/cancel#token=[\w-]+)/.exec(await letterTo(request, email, /cancel#token=/))?.[1] ?? "";
  const reader = await (await page.context().browser()?.newContext())?.newPage();
  await reader?.goto(link);
  await reader?.getByRole("button", { name: "Stop the change" }).click();
  await expect(reader!.getByRole("heading", { name: "Your address stays as it was" })).toBeVisible();

  await page.reload();
  await begin();
  // To the old address went a code at the sign-up, too.
  for (const [address, letters] of [
    [email, 3],
    [wanted, 2],
  ] as const) {
    await page.getByLabel("Code from either letter").fill(code(await letterTo(request, address, /\b\d{6}\b/, letters)));
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    if (address === email) await expect(page.getByRole("list", { name: "Codes" })).toContainText(`${email}: confirmed`);
  }
  await page.waitForURL("**/sign-in");
  await typeLogin(page, email, PASSWORD);
  await expect(page.getByRole("alert")).toBeVisible();
  await signIn(page, wanted, "/home", PASSWORD);
});

test("deleting names what stands in the way; who asked to be deleted comes back with one press", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const busy = await (await browser.newContext()).newPage();
  await signIn(busy, "casey@demo.example");
  await busy.goto("/settings/account");
  await expect(busy.getByText("Not yet possible:")).toBeVisible();
  await expect(busy.getByText(/contract|job|offer|payment/i).first()).toBeVisible();

  const email = await join(page, "Lena");
  await page.goto("/settings/account");
  await expect(page.getByText(/Terms of use, version 2026-11: agreed on/)).toBeVisible();
  await page.getByRole("button", { name: "Delete my account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account?" });
  await dialog.locator("input[autocomplete=current-password]").fill(PASSWORD);
  await dialog.getByRole("button", { name: /Delete/ }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await typeLogin(page, email, "not the password at all");
  await expect(page.getByRole("alert")).not.toContainText("delete");
  await typeLogin(page, email, PASSWORD);
  await expect(page.getByRole("alert")).toContainText("You asked us to delete this account.");
  expect(await grave(page)).toEqual([]);
  await page.screenshot({ path: "screenshots/sign-in-closed.png", fullPage: true });
  await page.getByRole("button", { name: "Open it again and sign in" }).click();
  await page.waitForURL("**/home");
});

test("after too many wrong passwords the page says until when, counts down, and names the way without a wait", async ({ page, request }) => {
  test.setTimeout(90_000);
  const email = `locked-${Date.now()}@demo.example`;
  for (let guess = 0; guess < 10; guess += 1) {
    await request.post("/api/auth/login/", { data: { email, password: `guess ${guess}` } });
  }
  await typeLogin(page, email, PASSWORD);
  await expect(page.getByRole("alert")).toContainText("Too many wrong attempts.");
  const left = page.getByText(/^In \d+ (seconds|minutes)/);
  await expect(left).toBeVisible();
  expect(await grave(page)).toEqual([]);
  await page.screenshot({ path: "screenshots/sign-in-locked.png", fullPage: true });
  await page.getByRole("link", { name: "a new password by e-mail" }).click();
  await expect(page).toHaveURL(/forgot/);
});
