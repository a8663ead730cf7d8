import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, signIn, test, token } from "./test";

/**
 * The checkout with Stripe's own form. The server is the real one with its sandbox; only Stripe's script, which comes
 * from the internet, is played here: it accepts, declines, or is blocked.
 */

/** What Stripe's script does, as far as the Payment Element needs it: fields of its own, and a payment method. */
const STRIPE = `
window.Stripe = function () {
  const element = () => {
    const heard = {};
    return {
      mount(place) {
        const root = typeof place === "string" ? document.querySelector(place) : place;
        root.innerHTML = '<label>Card number<input id="played-card" autocomplete="off"></label>';
        root.querySelector("input").addEventListener("input", () => (heard.change || (() => {}))({ complete: true }));
        setTimeout(() => (heard.ready || (() => {}))({}), 0);
      },
      on(name, told) { heard[name] = told; return this; },
      off() { return this; }, once() { return this; }, update() {}, unmount() {}, destroy() {},
    };
  };
  const typed = () => document.querySelector("#played-card").value;
  const elements = () => ({
    create: element, update() {}, getElement: () => null, on() {}, off() {},
    submit: async () => (typed() ? {} : { error: { message: "Your card number is incomplete." } }),
  });
  const createPaymentMethod = async () => ({
    paymentMethod: {
      id: typed().endsWith("0002") ? "pm_card_chargeDeclined" : "pm_card_visa",
      type: "card", card: { brand: "visa", last4: typed().slice(-4) },
    },
  });
  return { elements, createPaymentMethod, createToken() {}, createSource() {}, confirmCardPayment() {},
    registerAppInfo() {}, _registerWrapper() {} };
};
window.Stripe.version = "played";
`;

async function atCheckout(browser: Browser, script: "played" | "blocked"): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.route("**/api/payments/checkout**", async (route) => {
    const answer = await route.fetch();
    const body = { ...(await answer.json()), form: { kind: "stripe_elements", publishable_key: "pk_test_played" } };
    await route.fulfill({ response: answer, json: body });
  });
  await page.route("https://js.stripe.com/**", (route) =>
    script === "blocked" ? route.abort() : route.fulfill({ contentType: "application/javascript", body: STRIPE }),
  );
  await signIn(page, "casey@demo.example", "/jobs?mine=true");
  await page.goto(`/offers/new?proposal=${await someProposal(page)}`);
  await expect(page.getByRole("heading", { name: "Reserve the money" })).toBeVisible();
  return page;
}

/** A proposal that may still be chosen, asked of the API. */
async function someProposal(page: Page): Promise<string> {
  const headers = { Authorization: `Bearer ${await token(page.request, "casey@demo.example")}` };
  const answer = await page.request.get("/api/proposals/?role=customer&page_size=100", { headers });
  const { results } = (await answer.json()) as { results: { id: string; allowed_actions: string[] }[] };
  const open = results.find((each) => each.allowed_actions.includes("offer"));
  expect(open, "the demo has a proposal to choose").toBeDefined();
  return open?.id ?? "";
}

test("Stripe's form: incomplete, declined, paid, and nothing typed is lost", async ({ browser }) => {
  const page = await atCheckout(browser, "played");
  await page.getByLabel("Message (optional)").fill("Thursday would suit me.");
  const send = page.getByRole("button", { name: /Reserve .* and send/ });
  await expect(page.getByLabel("Card number")).toBeVisible();
  await send.click();
  await expect(page.getByText("Your card number is incomplete.")).toBeVisible();
  await page.getByLabel("Card number").fill("4000 0000 0000 0002");
  await send.click();
  await expect(page.getByRole("alert").first()).toContainText("Your card was declined. Use another card");
  await expect(page.getByLabel("Message (optional)")).toHaveValue("Thursday would suit me.");
  const { violations } = await new AxeBuilder({ page }).include("main").analyze();
  expect(violations.filter((each) => each.impact === "serious" || each.impact === "critical")).toEqual([]);
  await page.getByLabel("Card number").fill("4242 4242 4242 4242");
  await send.click();
  await expect(page.getByText(/reserved on your card, not taken/)).toBeVisible();
});

test("Stripe's form cannot be loaded: it says so, charges nothing and keeps what was typed", async ({ browser }) => {
  const page = await atCheckout(browser, "blocked");
  await page.getByLabel("Message (optional)").fill("Thursday would suit me.");
  await expect(page.getByText("The card form could not be loaded.")).toBeVisible();
  await page.getByRole("button", { name: /Reserve .* and send/ }).click();
  await expect(page.getByText("The payment form is still loading.")).toBeVisible();
  await expect(page.getByLabel("Message (optional)")).toHaveValue("Thursday would suit me.");
});
