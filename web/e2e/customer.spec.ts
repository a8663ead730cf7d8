import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, sends, signedIn, test } from "./test";

/** Two people, two browsers, one real server with the demo city: from a posted job to released money. */

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

/** While an offer lives the proposal leads to it, and offers no second one. */
async function seesTheOffer(page: Page, job: string, offer: string): Promise<void> {
  await page.goto(job);
  const there = page.getByRole("link", { name: "See your offer to Pat Rivera" });
  await expect(there).toHaveAttribute("href", offer);
  await expect(page.getByRole("button", { name: "Offer this" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Decline" })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "screenshots/proposal-offered.png", fullPage: true });
  await there.click();
  await expect(page.getByText("$1,000.00 reserved on your card, not taken")).toBeVisible();
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
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Your card was declined. Choose another card");
  await expect(page.getByLabel("Message (optional)")).toHaveValue("When could you begin?");
  await page.getByLabel(/3-D Secure/).check();
  await page.getByRole("button", { name: "Reserve $1,000.00 and send" }).click();
  await expect(page.getByRole("heading", { name: "One more step, on a secure page" })).toBeVisible();
  const path = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Go to the secure page" }).click();
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

async function handIn(page: Page, note: string, name = "Find the leak"): Promise<void> {
  await milestone(page, name).getByRole("button", { name: "Hand in" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What you hand in").fill(note);
  await dialog.getByLabel("Links (optional)").fill("example.com/photo");
  await dialog.getByRole("button", { name: "Hand in" }).click();
  await expect(milestone(page, name).getByText("Waiting for approval")).toBeVisible();
}

/** The second milestone, from the start to the money: with it the contract is completed. */
async function finish(casey: Page, pat: Page): Promise<void> {
  await milestone(pat, "Mend it").getByRole("button", { name: "Start work" }).click();
  await handIn(pat, "It is dry.", "Mend it");
  await casey.reload();
  await milestone(casey, "Mend it").getByRole("button", { name: "Approve and release" }).click();
  await casey.getByRole("dialog").getByRole("button", { name: "Release $600.00" }).click();
  await expect(milestone(casey, "Mend it").getByText("Approved", { exact: true })).toBeVisible();
}

/** Stars and words, after an attempt with neither. */
async function review(page: Page, stars: string, words: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "How it was" })).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Give this review" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose one to five stars." })).toBeVisible();
  // By keyboard: a click would land on the bars at the foot of a phone where the stars have just scrolled in above them.
  await page.getByRole("radio", { name: stars }).press("Space");
  await page.getByLabel("In your words").fill(words);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Give this review" }).click();
}

test("a job is posted, offered with 3-D Secure, done, changed, approved, and the money released", async ({ browser }) => {
  test.setTimeout(180_000);
  const title = `Tap drips ${Date.now()}`;
  const casey = await signedIn(browser, "casey@demo.example", "/jobs/new");
  const job = await postJob(casey, title);

  const pat = await signedIn(browser, "pat@demo.example", job);
  await propose(pat);

  await casey.reload();
  const offer = await offerWithSecondCard(casey);
  await seesTheOffer(casey, job, offer);
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

  await finish(casey, pat);
  const praise = `Dry since ${title}, and a clean floor.`;
  await review(casey, "5 stars: Excellent", praise);
  await expect(casey.getByText(/Only you can read it/)).toBeVisible();
  await pat.reload();
  await expect(pat.getByText(praise)).toHaveCount(0);
  await review(pat, "4 stars: Good", "Clear about what was wanted.");
  await expect(pat.getByText(praise)).toBeVisible();
  await pat.getByLabel("Your public answer").fill("Any time.");
  await pat.getByRole("button", { name: "Answer" }).click();
  await expect(pat.getByLabel("Your public answer")).toHaveCount(0);
  await casey.goto("/contractors?search=Pat&category=carpenters&rating_min=3");
  await casey.getByRole("link", { name: "Pat Rivera" }).click();
  const said = casey.getByRole("list", { name: "Reviews" });
  await expect(said.getByText(praise)).toBeVisible();
  await expect(said.getByText("Any time.")).toBeVisible();
  await expectAccessible(casey);
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
  await page.getByRole("button", { name: "Later" }).click();
  await expect(page).toHaveURL(/\/jobs\/new/);
  await expect(page.getByText(title)).toBeVisible();
  await page.getByRole("button", { name: "Publish the job" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});

/** A proposal of Pat's in two parts, to a new job of Casey's. */
async function proposalInParts(page: Page, title: string): Promise<string> {
  const dollars = (amount: number) => ({ amount: amount * 100, currency: "USD" });
  const budget = { kind: "fixed", min: dollars(900), max: dollars(1100) };
  const job = await sends(page.request, "casey@demo.example", "jobs/", { title, description: "It is wet.", category: "plumbers", budget });
  const milestones = [
    { title: "Find the leak", amount: dollars(400) },
    { title: "Mend it", amount: dollars(600) },
  ];
  const proposal = { job: job.id, price: dollars(1000), message: "Two days.", estimated_days: 2, milestones };
  return (await sends(page.request, "pat@demo.example", "proposals/", proposal)).id;
}

/** Pay what a job room asks for, with 3-D Secure, and come back to it. */
async function paysAtTheBank(page: Page, amount: string, room: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: `Pay ${amount}` })).toBeVisible();
  await page.getByLabel(/3-D Secure/).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: `Pay ${amount}` }).click();
  await page.getByRole("link", { name: "Go to the secure page" }).click();
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page).toHaveURL(new RegExp(`${room}$`));
}

test("paid milestone by milestone: the second is paid in at the bank, a change costs more, and a tip follows", async ({ browser }) => {
  test.setTimeout(180_000);
  const casey = await signedIn(browser, "casey@demo.example", "/jobs");
  const proposal = await proposalInParts(casey, `Pipe sweats ${Date.now()}`);
  await casey.goto(`/offers/new?proposal=${proposal}`);
  await casey.getByLabel(/Milestone by milestone/).check();
  await expect(casey.getByText("later, before its work starts")).toBeVisible();
  await casey.getByLabel(/^.*Pays/).first().check();
  await expectAccessible(casey);
  await casey.getByRole("button", { name: "Reserve $400.00 and send" }).click();
  await expect(casey.getByText("$400.00 reserved on your card, not taken")).toBeVisible();
  const offer = new URL(casey.url()).pathname.split("/").at(-1) ?? "";
  const { contract_id: id } = await sends<{ contract_id: string }>(casey.request, "pat@demo.example", `offers/${offer}/accept/`);
  const room = `/contracts/${id}`;

  await casey.goto(room);
  await expect(milestone(casey, "Mend it").getByText("Not paid in yet")).toBeVisible();
  await expectAccessible(casey);
  await milestone(casey, "Mend it").getByRole("button", { name: "Pay $600.00 in" }).click();
  await paysAtTheBank(casey, "$600.00", room);
  await expect(milestone(casey, "Mend it").getByText("$600.00 protected", { exact: true })).toBeVisible();

  const pat = await signedIn(browser, "pat@demo.example", room);
  await pat.getByRole("button", { name: "Propose a change" }).click();
  const form = pat.getByRole("dialog");
  await form.getByLabel("What is to change").selectOption("price");
  await form.getByLabel("Which milestone").selectOption({ label: "Mend it ($600.00)" });
  await form.getByLabel("New price").fill("750");
  await form.getByLabel("Why").fill("The wall is wet as well.");
  await form.getByRole("button", { name: "Propose" }).click();
  await expect(pat.getByRole("heading", { name: "Pat Rivera proposes a change" })).toBeVisible();

  await casey.reload();
  const change = casey.getByRole("region", { name: "Pat Rivera proposes a change" });
  await expect(change.getByText("You pay $150.00 now")).toBeVisible();
  await expectAccessible(casey);
  await change.getByRole("button", { name: "Accept the change" }).click();
  await casey.getByRole("dialog").getByRole("button", { name: "Accept and pay $150.00" }).click();
  await paysAtTheBank(casey, "$150.00", room);
  await expect(milestone(casey, "Mend it (extra)").getByText("$150.00 protected", { exact: true })).toBeVisible();

  await sends(casey.request, "pat@demo.example", `contracts/${id}/deliver/`, { note: "Dry." });
  await casey.reload();
  await casey.getByRole("button", { name: "Approve everything handed in" }).click();
  await casey.getByRole("dialog").getByRole("button", { name: "Release $1,150.00" }).click();
  await casey.getByRole("button", { name: "Give a tip" }).click();
  await casey.getByRole("dialog").getByLabel("Tip", { exact: false }).first().fill("50");
  await casey.getByRole("dialog").getByLabel("A word of thanks (optional)").fill("So quick!");
  await casey.getByRole("dialog").getByRole("button", { name: "Go on with $50.00" }).click();
  await casey.getByLabel(/^.*Pays/).first().check();
  await casey.getByRole("button", { name: "Pay $50.00" }).click();
  await expect(casey).toHaveURL(new RegExp(`${room}$`));
  await expect(casey.getByRole("region", { name: "A thank-you on top" }).getByText("So quick!")).toBeVisible();
  await expectAccessible(casey);
});
