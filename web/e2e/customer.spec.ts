import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";

/** Two people, two browsers, one real server with the demo city: from a posted job to released money. */

const PASSWORD = "demo-city-2026";

async function signedIn(browser: Browser, email: string, next: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel("E-mail address").fill(email);
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(next.replace("?", "\\?")));
  return page;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include("main").analyze();
  const serious = violations.filter((each) => each.impact === "serious" || each.impact === "critical");
  expect(serious.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ""}`)).toEqual([]);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
}

async function writeJob(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("In one line")).toBeFocused();
  await page.getByLabel("In one line").fill(title);
  await page.getByLabel("More about it").fill("It drips. Bring a washer.");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Trade").selectOption("plumbers");
  await page.getByText("Leak repair").click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("From").fill("900");
  await page.getByLabel("Up to").fill("1,100");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Place (optional)").fill("Buckman, Portland");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("$900 to $1,100 for the whole job")).toBeVisible();
}

async function postJob(page: Page, title: string): Promise<string> {
  await writeJob(page, title);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Publish the job" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByText("No proposal yet")).toBeVisible();
  return new URL(page.url()).pathname;
}

async function propose(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Send the proposal" }).click();
  await expect(page.getByLabel("Your price for everything")).toBeFocused();
  await page.getByLabel("Your price for everything").fill("1,000");
  await page.getByLabel("Days of work").fill("2");
  await page.getByLabel("Your message").fill("I have mended a hundred taps.");
  await page.getByRole("button", { name: "Add a milestone" }).click();
  await page.getByLabel("Milestone 1", { exact: true }).fill("Find the leak");
  await page.getByLabel("Amount").fill("400");
  await expect(page.getByText("$600.00 of $1,000.00 is not planned yet")).toBeVisible();
  await page.getByRole("button", { name: "Add a milestone" }).click();
  await expect(page.getByLabel("Amount").nth(1)).toHaveValue("600.00");
  await page.getByLabel("Milestone 2", { exact: true }).fill("Mend it");
  await expect(page.getByText("Adds up to $1,000.00.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Your message")).toHaveValue("I have mended a hundred taps.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send the proposal" }).click();
  await expect(page.getByRole("heading", { name: "My proposal" })).toBeVisible();
}

/** A declined card first, then one that asks for 3-D Secure. Returns the offer's path. */
async function offerWithSecondCard(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Shortlist" }).click();
  await expect(page.getByText("Shortlisted")).toBeVisible();
  await page.getByRole("button", { name: "Offer this" }).click();
  await page.getByLabel("Message (optional)").fill("When could you begin?");
  await page.getByLabel(/Is declined/).first().check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Reserve $1,000.00 and send" }).click();
  await expect(page.getByRole("alert")).toContainText("Your card was declined. Choose another card");
  await expect(page.getByLabel("Message (optional)")).toHaveValue("When could you begin?");
  await page.getByLabel(/3-D Secure/).check();
  await page.getByRole("button", { name: "Reserve $1,000.00 and send" }).click();
  await expect(page.getByRole("heading", { name: "Your bank wants to know that it is you" })).toBeVisible();
  const path = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Confirm at the bank" }).click();
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page).toHaveURL(new RegExp(path));
  await expect(page.getByText("$1,000.00 reserved on your card, not taken")).toBeVisible();
  await expectAccessible(page);
  return path;
}

async function accept(page: Page, offer: string): Promise<string> {
  await page.goto(offer);
  await expect(page.getByText("You earn $700.00")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Accept and begin" }).click();
  await expect(page).toHaveURL(/\/contracts\//);
  await expect(page.getByText("$700.00 protected for you")).toBeVisible();
  return new URL(page.url()).pathname;
}

function milestone(page: Page, name: string) {
  return page.getByRole("article", { name });
}

async function handIn(page: Page, note: string): Promise<void> {
  await milestone(page, "Find the leak").getByRole("button", { name: "Hand in" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What you hand in").fill(note);
  await dialog.getByLabel("Links (optional)").fill("example.com/photo");
  await dialog.getByRole("button", { name: "Hand in" }).click();
  await expect(milestone(page, "Find the leak").getByText("Waiting for approval")).toBeVisible();
}

test("a job is posted, offered with 3-D Secure, done, changed, approved, and the money released", async ({ browser }) => {
  const title = `Tap drips ${Date.now()}`;
  const casey = await signedIn(browser, "casey@demo.example", "/jobs/new");
  const job = await postJob(casey, title);

  const pat = await signedIn(browser, "pat@demo.example", job);
  await propose(pat);

  await casey.reload();
  const offer = await offerWithSecondCard(casey);
  const room = await accept(pat, offer);
  await milestone(pat, "Find the leak").getByRole("button", { name: "Start work" }).click();
  await pat.getByLabel("Time", { exact: true }).fill("1:30");
  await pat.getByLabel("What you did").fill("Looked under the sink");
  await pat.getByRole("button", { name: "Log time" }).click();
  await expect(pat.getByLabel("Time entries").getByText("1 h 30 min")).toBeVisible();
  await handIn(pat, "Found it behind the wall.");
  await expectAccessible(pat);

  await casey.goto(room);
  await expect(casey.getByText("$1,000.00 paid in, all of it protected")).toBeVisible();
  await expect(casey.getByRole("heading", { name: "If you cancelled now" })).toBeVisible();
  await expect(casey.getByText(/Approved by itself/)).toBeVisible();
  await expectAccessible(casey);
  await milestone(casey, "Find the leak").getByRole("button", { name: "Request changes" }).click();
  await casey.getByRole("dialog").getByLabel("Tell them what is missing").fill("Please send a photo.");
  await casey.getByRole("dialog").getByRole("button", { name: "Request changes" }).click();
  await expect(milestone(casey, "Find the leak").getByText("Please send a photo.")).toBeVisible();

  await pat.reload();
  await expect(milestone(pat, "Find the leak").getByText("Please send a photo.")).toBeVisible();
  await handIn(pat, "Here is the photo.");

  await casey.reload();
  await milestone(casey, "Find the leak").getByRole("button", { name: "Approve and release" }).click();
  const dialog = casey.getByRole("dialog");
  await expect(dialog.getByText("$600.00 of the other milestones stays protected.")).toBeVisible();
  await expect(dialog.getByText("You cannot take this back.")).toBeVisible();
  await dialog.getByRole("button", { name: "Release $400.00" }).click();
  await expect(casey.getByText("$1,000.00 paid in, $600.00 still protected")).toBeVisible();
  await expect(milestone(casey, "Find the leak").getByText("Approved", { exact: true })).toBeVisible();

  await pat.reload();
  await expect(pat.getByText("$280.00 released to your wallet")).toBeVisible();
  await expect(pat.getByText("$420.00 protected for you")).toBeVisible();
});

test("a visitor writes a job, joins at the end, and finds the draft again", async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const title = `Fence leans ${Date.now()}`;
  await page.goto("/jobs/new");
  await writeJob(page, title);
  await page.getByRole("button", { name: "Join and publish" }).click();
  await expect(page).toHaveURL(/\/sign-up/);
  await page.getByLabel("Your name").fill("Noor Visitor");
  await page.getByLabel("E-mail address").fill(`noor${Date.now()}@demo.example`);
  await page.locator("input[type=password]").fill("a short sentence 42");
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page).toHaveURL(/\/jobs\/new/);
  await expect(page.getByText(title)).toBeVisible();
  await page.getByRole("button", { name: "Publish the job" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});
