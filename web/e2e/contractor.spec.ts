import { type APIRequestContext, expect, signedIn, test, token } from "./test";

/** A contractor's side against a real server with the demo city: money out, bank, profile, booking, messages. */

interface Contract {
  id: string;
  contractor: { id: string; name: string };
  milestones: { id: string; allowed_actions: string[] }[];
}

async function contractsOf(request: APIRequestContext, access: string): Promise<Contract[]> {
  const headers = { Authorization: `Bearer ${access}` };
  const answer = await request.get("/api/contracts/?status=active&page_size=100", { headers });
  return ((await answer.json()) as { results: Contract[] }).results;
}

/** Casey approves one delivered milestone of Pat's, so that there is something to withdraw. */
async function approveOne(request: APIRequestContext): Promise<void> {
  const access = await token(request, "casey@demo.example");
  const waiting = (await contractsOf(request, access))
    .filter(({ contractor }) => contractor.name === "Pat Rivera")
    .flatMap(({ milestones }) => milestones)
    .find(({ allowed_actions }) => allowed_actions.includes("release"));
  expect(waiting, "the demo city has a delivered milestone of Pat's").toBeDefined();
  const released = await request.post(`/api/milestones/${waiting?.id}/release/`, {
    headers: { Authorization: `Bearer ${access}`, "Idempotency-Key": crypto.randomUUID() },
    data: {},
  });
  expect(released.status()).toBe(200);
}

test("what was approved is withdrawn, and the statement adds up", async ({ browser, request }) => {
  await approveOne(request);
  const page = await signedIn(browser, "pat@demo.example");
  await page.goto("/wallet");
  const amount = page.getByLabel("Withdraw", { exact: true });
  await expect(amount).not.toHaveValue("0.00");
  const whole = await amount.inputValue();
  await amount.fill("99999");
  await page.getByRole("button", { name: "Withdraw to the bank" }).click();
  await expect(page.getByText(/There is \$.* in the wallet/)).toBeVisible();
  await expect(amount).toBeFocused();
  await amount.fill(whole);
  await expect(page.getByRole("radio", { name: /In some days/ })).toBeChecked();
  await expect(page.getByText(/at the bank, usually by/).first()).toBeVisible();
  await page.getByRole("button", { name: "Withdraw to the bank" }).click();
  await expect(page.getByText(/is on its way/)).toBeVisible();
  await expect(page.getByRole("list", { name: "Statement" }).getByRole("listitem").first()).toContainText("Withdrawn to the bank");
  await expect(page.getByRole("list", { name: "Statement" }).getByRole("listitem").first()).toContainText("$0.00 after");
});

test("a new contractor sees the three steps, connects a bank and comes back", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByText("I do the work").click();
  await page.getByLabel("Your name").fill("Nora Newcomer");
  await page.getByLabel("E-mail address").fill(`nora-${Date.now()}@demo.example`);
  await page.locator("input[autocomplete=new-password]").fill("a short sentence is good");
  await page.getByRole("button", { name: "Join" }).click();
  await page.getByRole("button", { name: "Later" }).click();
  await page.waitForURL("**/home");
  await expect(page.getByText("0 of 3 done")).toBeVisible();
  await page.getByRole("link", { name: "Connect your bank" }).click();
  await page.getByRole("button", { name: "Connect my bank" }).click();
  await page.waitForURL("**/sandbox/onboarding/**");
  await page.getByLabel("Name on the bank account").fill("Nora Newcomer");
  await page.getByRole("button", { name: "Agree and finish" }).click();
  await page.waitForURL("**/wallet");
  await expect(page.getByText("Your bank is connected.")).toBeVisible();
  await page.goto("/home");
  await expect(page.getByText("1 of 3 done")).toBeVisible();
});

test("a profile is changed, a piece of work is shown and taken away", async ({ browser }) => {
  const page = await signedIn(browser, "sam@demo.example");
  await page.goto("/profile");
  const headline = page.getByLabel("What you do, in a line");
  await headline.fill("");
  await page.getByRole("button", { name: "Save the profile" }).click();
  await expect(page.getByText("Say in a line what you do.")).toBeVisible();
  await expect(headline).toBeFocused();
  const line = `Doors and floors since ${Date.now()}`;
  await headline.fill(line);
  await page.reload();
  await expect(headline).toHaveValue(line);
  await page.getByRole("button", { name: "Save the profile" }).click();
  await expect(page.getByText("Saved. People see it now.")).toBeVisible();
  await page.getByRole("button", { name: "Add a piece" }).click();
  const title = `A staircase ${Date.now()}`;
  await page.getByLabel("What was it?").fill(title);
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: `Delete ${title}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByText(title)).toHaveCount(0);
  await page.getByRole("link", { name: "See it as others do" }).click();
  await expect(page.getByText(line)).toBeVisible();
});

test("a customer books a contractor for a morning", async ({ browser }) => {
  const page = await signedIn(browser, "casey@demo.example");
  await page.goto("/contractors?search=Pat&category=carpenters");
  await page.getByRole("link", { name: "Pat Rivera" }).click();
  await page.getByRole("link", { name: "Book Pat" }).click();
  await page.getByRole("button", { name: "Go on to the card" }).click();
  await expect(page.getByLabel("What is to be done?")).toBeFocused();
  await page.getByLabel("What is to be done?").fill("Plane two doors");
  // A day that nobody of the demo city has booked.
  const soon = new Date(Date.now() + 47 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Day", { exact: false }).fill(soon);
  await page.getByRole("button", { name: /3 h at \$95: take \$285/ }).click();
  await page.getByRole("button", { name: "Go on to the card" }).click();
  await page.waitForURL(/\/offers\/[0-9a-f-]+/);
  await expect(page.locator("#main")).toContainText("Plane two doors");
  await expect(page.locator("#main")).toContainText("$285");
});

test("two people talk about their contract, and a message that failed arrives once", async ({ browser, request }) => {
  const [contract] = await contractsOf(request, await token(request, "casey@demo.example"));
  const casey = await signedIn(browser, "casey@demo.example");
  await casey.goto(`/messages/new?to=${contract?.contractor.id}&contract=${contract?.id}`);
  const hello = `Is Monday fine? ${Date.now()}`;
  await casey.getByLabel("Your message").fill(hello);
  await casey.getByRole("button", { name: "Send" }).click();
  await casey.waitForURL(/\/messages\/[0-9a-f-]{36}/);
  await expect(casey.getByRole("log")).toContainText(hello);

  const email = contract?.contractor.name === "Pat Rivera" ? "pat@demo.example" : "sam@demo.example";
  const other = await signedIn(browser, email);
  await other.goto("/messages");
  await other.getByRole("link", { name: /Casey Morgan/ }).first().click();
  await expect(other.getByRole("log")).toContainText(hello);

  const answer = `Monday is fine ${Date.now()}`;
  await other.route("**/api/messages/send/", (route) => route.abort());
  await other.getByLabel("Your message").fill(answer);
  await other.getByRole("button", { name: "Send" }).click();
  await expect(other.getByText(/Not sent/)).toBeVisible();
  await other.unroute("**/api/messages/send/");
  await other.getByRole("button", { name: "Send again" }).click();
  await expect(other.getByText(/Not sent/)).toHaveCount(0);
  await expect(casey.getByText(answer)).toHaveCount(1);
  await expect(casey.getByRole("log").getByText("Read", { exact: true }).first()).toBeAttached();
});
