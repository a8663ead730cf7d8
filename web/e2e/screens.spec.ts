import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, signIn, test } from "./test";

/** Every screen at two sizes, light and dark: something to read on it, nothing serious for axe, no sideways scrolling. */

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;
const NARROW = { width: 360, height: 740 };
const SCHEMES = ["light", "dark"] as const;
const FOLDER = "screenshots";

interface Shown {
  name: string;
  path: string;
  /** A text that is there when the screen is ready. */
  text: string | RegExp;
}

const staff: Shown[] = [
  { name: "admin-overview", path: "/admin", text: "whose it is" },
  { name: "admin-payments", path: "/admin/payments", text: "Amount" },
  { name: "admin-holds", path: "/admin/holds", text: "Contractor" },
  { name: "admin-payouts", path: "/admin/payouts", text: "Payee" },
  { name: "admin-refunds", path: "/admin/refunds", text: "Refunds" },
  { name: "admin-chargebacks", path: "/admin/chargebacks", text: "Chargebacks" },
  { name: "admin-operations", path: "/admin/operations", text: "Asked of gateways" },
  { name: "admin-books", path: "/admin/books", text: "Both sides" },
  { name: "admin-reconciliation", path: "/admin/reconciliation", text: "Differences" },
  { name: "admin-statements", path: "/admin/statements", text: "Daily statements" },
  { name: "admin-dead-letters", path: "/admin/dead-letters", text: "Dead letters" },
  { name: "admin-mailbox", path: "/admin/mailbox", text: "as they left" },
  { name: "admin-rehearsal", path: "/admin/rehearsal", text: "The next card" },
  { name: "admin-papers", path: "/admin/papers", text: "A badge says that somebody has looked" },
  { name: "admin-cases", path: "/admin/moderation/cases", text: "Reports in these weeks" },
  { name: "admin-appeals", path: "/admin/moderation/appeals", text: "Somebody else than who decided looks again" },
  { name: "admin-retention", path: "/admin/retention", text: "What goes by itself" },
  { name: "admin-taxes", path: "/admin/taxes", text: "Tax rates" },
  { name: "admin-tax-authorities", path: "/admin/seller-reports", text: "Contractors of the year" },
  { name: "admin-fees", path: "/admin/fees", text: "Charged now" },
  { name: "admin-plans", path: "/admin/plans", text: "What can be earned" },
  { name: "admin-subscriptions", path: "/admin/subscriptions", text: "Revenue of 30 days" },
  { name: "admin-people", path: "/admin/people", text: "Last here" },
];

const visitor: Shown[] = [
  { name: "landing", path: "/", text: "Wanted right now" },
  { name: "help", path: "/help", text: "Held by us, for both of you" },
  { name: "sign-in", path: "/sign-in", text: "Welcome back" },
  { name: "sign-up", path: "/sign-up", text: "What brings you here?" },
  { name: "recover", path: "/recover", text: "Open my account again" },
  { name: "email-stop", path: "/account/email/cancel", text: "Keep your address?" },
  { name: "appeal-link", path: "/appeal#token=nothing", text: "This link is not valid" },
  { name: "unsubscribe", path: "/unsubscribe", text: "The link was cut off" },
  { name: "terms", path: "/terms", text: "Version 2026-11" },
  { name: "privacy", path: "/privacy", text: "Version 2026-11" },
  { name: "forgot", path: "/forgot", text: /password/i },
  { name: "contractors", path: "/contractors", text: /an hour/ },
  { name: "jobs", path: "/jobs", text: /Find work/ },
  { name: "jobs-map", path: "/jobs?view=map", text: "Demo city map" },
];

const customer: Shown[] = [
  { name: "home-customer", path: "/home", text: "Work under way" },
  { name: "people-filtered", path: "/contractors?category=carpenters&price_max=100", text: "Pat Rivera" },
  { name: "settings-customer", path: "/settings", text: "Light or dark" },
  { name: "settings-notifications", path: "/settings/notifications", text: "What you hear" },
  { name: "files", path: "/settings/files", text: "uploads today" },
  { name: "account", path: "/settings/account", text: "Delete my account" },
  { name: "safety", path: "/safety", text: "People I blocked" },
  { name: "reports", path: "/safety/reports", text: /Reported|You have reported nothing/ },
  { name: "security", path: "/settings/security", text: "Where you are signed in" },
  { name: "cards", path: "/settings/cards", text: "Kept by the payment company" },
  { name: "plan", path: "/settings/plan", text: "Plan and tier" },
  { name: "repeats", path: "/repeats", text: "each date is made and paid by itself" },
  { name: "profile-customer", path: "/profile", text: "As a customer" },
];

const contractor: Shown[] = [
  { name: "home-contractor", path: "/home", text: "To do next" },
  { name: "wallet", path: "/wallet", text: "Earned by month" },
  { name: "proposals", path: "/proposals", text: "Shortlisted" },
  { name: "papers", path: "/settings/verification", text: "Liability insurance" },
  { name: "profile-contractor", path: "/profile", text: "As a contractor" },
  { name: "notifications", path: "/notifications", text: /not read|All read/ },
  { name: "tax-authority", path: "/settings/tax-authority", text: "The law has us report" },
  { name: "messages", path: "/messages", text: /No conversations yet|new|ago/ },
];

async function look(page: Page, { name, text }: Shown): Promise<void> {
  await expect(page.locator("#main")).toContainText(text);
  await expect(page.locator("#main [aria-busy]")).toHaveCount(0);
  // What is out of sight is not painted (.js-far), and keeps the colours that it had; pictures and axe want all of it.
  await page.evaluate(() => {
    for (const far of document.querySelectorAll<HTMLElement>(".js-far")) far.style.contentVisibility = "visible";
  });
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.waitForTimeout(150);
      await page.screenshot({ path: `${FOLDER}/${name}-${size}-${colorScheme}.png`, fullPage: true });
      // A letter in the mailbox stands in a frame that nothing can run in, not even axe.
      const axe = new AxeBuilder({ page }).exclude("iframe[sandbox]");
      // In the dark nothing is another element, only other colours.
      const found = await (colorScheme === "dark" ? axe.withRules(["color-contrast"]) : axe).analyze();
      const grave = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const told = grave.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" | ")}`);
      expect.soft(told, `${name} ${size} ${colorScheme}`).toEqual([]);
    }
  }
  await page.setViewportSize(NARROW);
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(sideways, { message: `${name} scrolls sideways at 360 px`, timeout: 3_000 }).toBeLessThanOrEqual(0);
}

async function lookAtAll(page: Page, screens: Shown[]): Promise<void> {
  test.setTimeout((screens.length + 2) * 30_000);
  // Before the first page, so that nothing begins to move and takes the machine from the rest.
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const screen of screens) {
    await page.goto(screen.path);
    await look(page, screen);
  }
}

test("what a visitor sees", async ({ page }) => {
  await lookAtAll(page, visitor);
  await page.goto("/contractors?category=carpenters&search=Pat");
  await page.getByRole("link", { name: "Pat Rivera" }).click();
  await look(page, { name: "contractor", path: "", text: "Work to show" });
});

test("what a customer sees", async ({ page }) => {
  await signIn(page, "casey@demo.example");
  await lookAtAll(page, customer);
  await page.goto("/contractors?category=carpenters&search=Pat");
  await page.getByRole("link", { name: "Pat Rivera" }).click();
  await page.getByRole("link", { name: "Book Pat" }).click();
  await look(page, { name: "book", path: "", text: "Go on to the card" });
});

test("what a contractor sees", async ({ page }) => {
  await signIn(page, "pat@demo.example");
  await lookAtAll(page, contractor);
});

test("what staff see", async ({ page }) => {
  await signIn(page, "ada@demo.example");
  await lookAtAll(page, staff);
});

test("pop-ups and conversations", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, "pat@demo.example");
  await page.goto("/profile");
  await page.getByRole("button", { name: "Add a piece" }).click();
  await expect(page.getByRole("dialog")).toContainText("A piece of work to show");
  await look(page, { name: "portfolio-dialog", path: "", text: "Work to show" });
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Trades" }).click();
  await expect(page.getByRole("option", { name: "Plumbers" })).toBeVisible();
  await look(page, { name: "trades-open", path: "", text: "Trades" });
  await page.keyboard.press("Escape");
  const answer = page.waitForResponse((response) => response.url().includes("/api/contracts/"));
  await page.goto("/home");
  const { results } = (await (await answer).json()) as { results: { id: string; customer: { id: string } }[] };
  await page.goto(`/messages/new?to=${results[0]?.customer.id}&contract=${results[0]?.id}`);
  await page.getByLabel("Your message").fill("I begin at nine.");
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL(/messages\/[0-9a-f-]{36}/);
  await look(page, { name: "chat", path: "", text: "I begin at nine." });
  await page.setViewportSize(SIZES.phone);
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  await page.getByRole("searchbox", { name: "Search in this conversation" }).fill("nine");
  await look(page, { name: "chat-search", path: "", text: "The texts that people wrote" });
});
