import { type APIRequestContext, type BrowserContext, expect, type Locator, type Page, signedIn, test, token } from "./test";

/** Two people in two browsers against a real server: what one does, the other one sees without a reload. */

// Two browsers at once on a machine that may be busy.
test.setTimeout(240_000);

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const FOLDER = "screenshots";

/** A picture of 320 by 200, drawn by the page itself. */
async function picture(page: Page): Promise<Buffer> {
  const text = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 200];
    const pen = canvas.getContext("2d");
    if (pen) {
      pen.fillStyle = "#2b6f8f";
      pen.fillRect(0, 0, 320, 200);
      pen.fillStyle = "#f6d77a";
      pen.fillRect(120, 60, 80, 80);
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(text, "base64");
}

interface Chat {
  id: string;
  other: { name: string } | null;
  subject: { type: string };
}

/** A conversation of Casey's with Pat about a contract. */
async function chatOfTheTwo(request: APIRequestContext): Promise<string> {
  const headers = { Authorization: `Bearer ${await token(request, "casey@demo.example")}` };
  const answer = await request.get("/api/messages/?q=Pat&about=contract&page_size=100", { headers });
  const chat = ((await answer.json()) as { results: Chat[] }).results[0];
  expect(chat, "the demo city has a contract of the two").toBeDefined();
  return chat?.id ?? "";
}

const line = (page: Page, text: string): Locator => page.locator("li[data-id]").filter({ hasText: text });
const composer = (page: Page): Locator => page.getByRole("textbox", { name: "Your message" });

async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

async function choose(page: Page, text: string, action: string): Promise<void> {
  await line(page, text).hover();
  await line(page, text).getByRole("button", { name: "What to do with this message" }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** Let no socket through, also those that are open. */
async function cutSockets(context: BrowserContext): Promise<void> {
  await context.routeWebSocket(/\/ws\//, (socket) => socket.close());
}

test("two people talk: typing, receipts, an answer, a change, a picture, and what was taken back", async ({ browser, request }) => {
  const chat = await chatOfTheTwo(request);
  const casey = await signedIn(browser, "casey@demo.example", "/home", DESKTOP);
  const pat = await signedIn(browser, "pat@demo.example", "/home", PHONE);
  const stamp = Date.now().toString(36);
  await casey.goto(`/messages/${chat}`);
  await expect(composer(casey)).toBeVisible();

  // Pat is somewhere else: the message is delivered, the number on the sign rises, and nothing is read.
  await write(casey, `Can you come on Friday? ${stamp}`);
  await expect(line(casey, `Friday? ${stamp}`).getByText("Delivered")).toBeAttached();
  await expect(pat.getByRole("link", { name: /^Messages, \d+ not read$/ })).toBeVisible();

  // Pat opens the conversation: read.
  await pat.goto(`/messages/${chat}`);
  await expect(line(pat, `Friday? ${stamp}`)).toBeVisible();
  await expect(line(casey, `Friday? ${stamp}`).getByText("Read", { exact: true })).toBeAttached();
  await expect(casey.getByText("Online")).toBeVisible();

  // Pat types, Casey sees it; Pat answers, and Casey has it without a reload.
  await composer(pat).pressSequentially("Fri");
  await expect(casey.getByText("Pat Rivera is writing …")).toBeVisible();
  await composer(pat).fill("");
  await choose(pat, `Friday? ${stamp}`, "Answer");
  await expect(composer(pat)).toBeFocused();
  await composer(pat).fill(`Friday at eihgt ${stamp}`);
  // Enter is for the next line on a phone.
  await composer(pat).press("Enter");
  await expect(composer(pat)).toHaveValue(`Friday at eihgt ${stamp}\n`);
  await pat.getByRole("button", { name: "Send", exact: true }).click();
  await expect(line(casey, `at eihgt ${stamp}`)).toContainText(`Can you come on Friday? ${stamp}`);
  await expect(casey.getByText("Pat Rivera is writing …")).toBeHidden();

  await choose(pat, `at eihgt ${stamp}`, "Change");
  await composer(pat).fill(`Friday at eight ${stamp}`);
  await pat.getByRole("button", { name: "Save the change" }).click();
  await expect(line(casey, `at eight ${stamp}`)).toContainText("changed");

  // A picture, with a word to it; Casey looks at it.
  await pat.locator('input[type="file"]').setInputFiles({ name: "kitchen.png", mimeType: "image/png", buffer: await picture(pat) });
  await expect(pat.getByText("PNG picture")).toBeVisible();
  await write(pat, `It looks like this ${stamp}`);
  await expect(line(casey, `like this ${stamp}`).getByRole("img")).toBeVisible();
  await casey.screenshot({ path: `${FOLDER}/chat-desktop-light.png` });
  await pat.screenshot({ path: `${FOLDER}/chat-phone-light.png` });
  await line(casey, `like this ${stamp}`).getByRole("button", { name: "Look at kitchen.png" }).click();
  await expect(casey.getByRole("dialog", { name: "kitchen.png" })).toBeVisible();
  await casey.keyboard.press("Escape");

  // Enter sends where there is a keyboard; what was taken back is gone for both, in its place.
  await composer(casey).fill(`Oops ${stamp}`);
  await composer(casey).press("Enter");
  await expect(line(pat, `Oops ${stamp}`)).toBeVisible();
  await choose(casey, `Oops ${stamp}`, "Take back for both");
  await casey.getByRole("button", { name: "Take it back" }).click();
  await expect(line(pat, "This message was taken back").last()).toBeVisible();
  await expect(line(pat, `Oops ${stamp}`)).toHaveCount(0);

  // Hidden by one, there for the other.
  await choose(pat, `like this ${stamp}`, "Hide for me");
  await pat.getByRole("button", { name: "Hide it" }).click();
  await expect(line(pat, `like this ${stamp}`)).toHaveCount(0);
  await expect(line(casey, `like this ${stamp}`)).toBeVisible();

  // Found again, with the words marked.
  await casey.getByRole("button", { name: "Search in this conversation" }).click();
  await casey.getByRole("searchbox", { name: "Search in this conversation" }).fill(`FRIDAY ${stamp}`);
  await expect(casey.getByText(/2 found\. The texts that people wrote/)).toBeVisible();
  await expect(casey.locator("mark").first()).toHaveText("Friday");
  await casey.screenshot({ path: `${FOLDER}/chat-search-desktop-light.png` });
  for (const page of [casey, pat]) await page.emulateMedia({ colorScheme: "dark" });
  await casey.screenshot({ path: `${FOLDER}/chat-desktop-dark.png` });
  await pat.screenshot({ path: `${FOLDER}/chat-phone-dark.png` });
  await casey.context().close();
  await pat.context().close();
});

test("without a socket messages still come and go, and without a network they wait, also over a reload", async ({ browser, request }) => {
  const chat = await chatOfTheTwo(request);
  const casey = await signedIn(browser, "casey@demo.example", "/home", PHONE);
  const pat = await signedIn(browser, "pat@demo.example", "/home", DESKTOP);
  const stamp = Date.now().toString(36);
  await cutSockets(casey.context());
  await casey.goto(`/messages/${chat}`);
  await pat.goto(`/messages/${chat}`);
  await expect(casey.getByText("The direct line is down.")).toBeVisible();
  await write(pat, `Do you hear me? ${stamp}`);
  await expect(line(casey, `hear me? ${stamp}`)).toBeVisible();
  await write(casey, `Yes, slowly ${stamp}`);
  await expect(line(pat, `slowly ${stamp}`)).toBeVisible();
  await expect(line(casey, `slowly ${stamp}`).getByText("Read", { exact: true })).toBeAttached();

  // The API is away: the page says so, keeps the message over a reload, and sends it once.
  await casey.route("**/api/messages/**", (route) => route.abort());
  await write(casey, `In the tunnel ${stamp}`);
  await expect(casey.getByText("Not sent.")).toBeVisible();
  await expect(casey.getByText("You are offline.")).toBeVisible();
  await casey.screenshot({ path: `${FOLDER}/chat-offline-phone-light.png` });
  await casey.unroute("**/api/messages/**");
  await casey.route("**/api/messages/send/", (route) => route.abort());
  await casey.reload();
  await expect(casey.getByText(`In the tunnel ${stamp}`)).toBeVisible();
  await expect(casey.getByText("Not sent.")).toBeVisible();
  await expect(line(pat, `In the tunnel ${stamp}`)).toHaveCount(0);
  await casey.unroute("**/api/messages/send/");
  await casey.getByRole("button", { name: "Send again" }).click();
  await expect(line(pat, `In the tunnel ${stamp}`)).toHaveCount(1);
  await expect(line(casey, `In the tunnel ${stamp}`)).toHaveCount(1);
  await expect(casey.getByText("Not sent.")).toBeHidden();

  // A draft waits in its conversation.
  await composer(casey).fill(`Half a thought ${stamp}`);
  await casey.getByRole("link", { name: "All conversations" }).click();
  await expect(casey.getByRole("heading", { name: "Messages" })).toBeVisible();
  await casey.screenshot({ path: `${FOLDER}/chat-list-phone-light.png` });
  await casey.goBack();
  await expect(composer(casey)).toHaveValue(`Half a thought ${stamp}`);
  await composer(casey).fill("");
  await casey.context().close();
  await pat.context().close();
});

test("a long history is read upwards without a jump, searched, and left for the newest line", async ({ browser, request }) => {
  const chat = await chatOfTheTwo(request);
  const headers = { Authorization: `Bearer ${await token(request, "pat@demo.example")}` };
  const stamp = Date.now().toString(36);
  for (let number = 0; number < 90; number += 1) {
    const body = number === 3 ? `The needle ${stamp}` : `Line ${number} ${stamp}`;
    await request.post("/api/messages/send/", { headers, data: { chat_id: chat, body, client_id: `${stamp}-${number}` } });
  }
  const casey = await signedIn(browser, "casey@demo.example", "/home", PHONE);
  await casey.goto("/messages");
  await expect(casey.getByRole("link", { name: /Pat Rivera.*90 not read/ })).toBeVisible();
  await casey.getByPlaceholder("People, or what was said").fill("nobody of this name");
  await expect(casey.getByText("Nobody of that name.")).toBeVisible();
  await casey.getByPlaceholder("People, or what was said").fill(`NEEDLE ${stamp}`);
  await casey.getByRole("region", { name: "Messages with these words" }).getByRole("button").click();
  await expect(line(casey, `The needle ${stamp}`)).toBeInViewport();

  // The newest line is far from here, and one press away.
  await casey.getByRole("button", { name: /new|Newest/ }).click();
  await expect(line(casey, `Line 89 ${stamp}`)).toBeInViewport();
  await expect(line(casey, `Line 30 ${stamp}`)).toHaveCount(0);

  // Upwards: what one looks at stays where it is while older lines come.
  const box = casey.getByRole("log", { name: "Messages" });
  await box.evaluate((element) => element.scrollTo({ top: -element.scrollHeight }));
  await expect(line(casey, `Line 30 ${stamp}`)).toHaveCount(1);
  const place = () => line(casey, `Line 52 ${stamp}`).evaluate((element) => Math.round(element.getBoundingClientRect().top));
  await line(casey, `Line 52 ${stamp}`).scrollIntoViewIfNeeded();
  const before = await place();
  await expect(line(casey, `Line 1 ${stamp}`)).toHaveCount(1);
  expect(Math.abs((await place()) - before)).toBeLessThan(4);

  // Something new while one reads above: it is said, and nobody is torn away.
  await request.post("/api/messages/send/", { headers, data: { chat_id: chat, body: `News ${stamp}`, client_id: `${stamp}-news` } });
  await expect(casey.getByRole("button", { name: "1 new" })).toBeVisible();
  expect(Math.abs((await place()) - before)).toBeLessThan(4);
  await casey.getByRole("button", { name: "1 new" }).click();
  await expect(line(casey, `News ${stamp}`)).toBeInViewport();
  await expect(casey.getByRole("button", { name: "1 new" })).toBeHidden();
  await casey.context().close();
});
