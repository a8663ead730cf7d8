import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, signedIn, test } from "./test";

/** German is whole: chosen once it follows the person to another browser, axe finds nothing, and no English is left. */

const FOLDER = join(import.meta.dirname, "..", "src", "words", "de");

/** English texts of the app that German says differently, and never says itself. */
function englishOnly(): Set<string> {
  const texts = Object.assign({}, ...readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(join(FOLDER, name), "utf8")))) as Record<string, string>;
  const german = new Set(Object.values(texts));
  return new Set(Object.keys(texts).filter((text) => !/[{<|]/.test(text) && !german.has(text)));
}

const ENGLISH = englishOnly();

/** Whatever can be read or heard on the page, text by text. */
function texts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = [document.title.split(" · ")[0] ?? ""];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node instanceof Text) found.push(node.data);
      else if (node instanceof HTMLElement) {
        for (const name of ["aria-label", "placeholder", "title", "alt"]) found.push(node.getAttribute(name) ?? "");
      }
    }
    return found.map((text) => text.trim()).filter(Boolean);
  });
}

async function expectGerman(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
  expect((await texts(page)).filter((text) => ENGLISH.has(text))).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test("a browser that likes German is spoken to in German, and a visitor may choose otherwise", async ({ browser }) => {
  const page = await (await browser.newContext({ locale: "de-AT" })).newPage();
  await page.goto("/");
  await expect(page.getByText("Jetzt gesucht")).toBeVisible();
  await expectGerman(page);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByText("Wanted right now")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await expect(page.getByText("Wanted right now")).toBeVisible();
});

test("chosen once, German follows a customer to another browser, and five screens have no English left", async ({ browser }) => {
  const first = await signedIn(browser, "casey@demo.example", "/home", { locale: "en-US" });
  await first.goto("/settings");
  await first.getByRole("button", { name: "Deutsch" }).click();
  await expect(first.getByRole("heading", { name: "Hell oder dunkel" })).toBeVisible();
  await first.context().close();

  const page = await signedIn(browser, "casey@demo.example", "/home", { locale: "en-US" });
  try {
    await expect(page.getByText("Braucht dein Wort").first()).toBeVisible();
    await expect(page).toHaveTitle("Hallo, Casey · JobSphere");
    for (const [path, ready] of [
      ["/home", "Braucht dein Wort"],
      ["/jobs", "Arbeit finden"],
      ["/contracts", "Alle Verträge, und wo ihr Geld ist."],
      ["/messages", "Ungelesen"],
      ["/settings", "Hell oder dunkel"],
      ["/help", "Wo ist das Geld?"],
    ] as const) {
      await page.goto(path);
      await expect(page.getByText(ready).first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expectGerman(page);
    }
    // Money and dates are written as Germans write them.
    await page.goto("/contracts");
    await expect(page.getByText(/\d,\d\d\s\$/).first()).toBeVisible();
  } finally {
    await page.goto("/settings");
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.getByRole("heading", { name: "Light or dark" })).toBeVisible();
  }
});
