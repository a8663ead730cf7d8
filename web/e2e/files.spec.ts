import { expect, type Page, signIn, test } from "./test";

/** Files as people use them: chosen, refused with a reason, taken away, looked at, and turned into suggestions. */

const FOLDER = "screenshots";
const CV = [
  "Pat Rivera",
  "Licensed electrician for old houses",
  "PROFILE",
  "I rewire houses from the sixties without opening every wall.",
  "EXPERIENCE",
  "2011 - present: rewiring, EV charger installation, lighting installation",
];

/** A picture that a browser draws, so that no file lies in the repository. */
async function picture(page: Page, colour: string, type = "image/jpeg"): Promise<Buffer> {
  const data = await page.evaluate(
    ([fill, mime]) => {
      const canvas = document.createElement("canvas");
      canvas.width = 1200;
      canvas.height = 800;
      const pen = canvas.getContext("2d");
      if (!pen || !fill) throw new Error("no canvas");
      const shade = pen.createLinearGradient(0, 0, 1200, 800);
      shade.addColorStop(0, fill);
      shade.addColorStop(1, "#f4efe4");
      pen.fillStyle = shade;
      pen.fillRect(0, 0, 1200, 800);
      pen.fillStyle = "#ffffffcc";
      for (let x = 0; x < 8; x += 1) pen.fillRect(80 + x * 140, 240 + (x % 3) * 60, 90, 320);
      return canvas.toDataURL(mime);
    },
    [colour, type],
  );
  return Buffer.from(data.split(",")[1] ?? "", "base64");
}

/** A PDF of one page with these lines. */
function pdf(lines: string[]): Buffer {
  const shown = lines.map((line) => `(${line}) Tj 0 -20 Td`).join(" ");
  const drawing = `BT /F1 12 Tf 50 750 Td ${shown} ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
    `<</Length ${drawing.length}>>stream\n${drawing}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let out = "%PDF-1.7\n";
  const places = objects.map((body, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj${body}endobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 6\n0000000000 65535 f \n${places.join("")}`;
  return Buffer.from(`${out}${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${out.length}\n%%EOF\n`);
}

async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage: false });
}

for (const size of [
  { name: "phone", width: 390, height: 844, scheme: "light" as const },
  { name: "desktop", width: 1280, height: 900, scheme: "dark" as const },
]) {
  test.describe(size.name, () => {
    test.use({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme });

    test("a job gets its pictures, and a wrong file says why", async ({ page }) => {
      await signIn(page, "casey@demo.example");
      await page.goto("/jobs/new");
      await page.evaluate(() => localStorage.removeItem("jobsphere.draft.job.new"));
      await page.reload();
      const choose = page.locator('input[data-picker="choose"]');
      await choose.setInputFiles([
        { name: "kitchen.jpg", mimeType: "image/jpeg", buffer: await picture(page, "#0b6e4f") },
        { name: "wall.png", mimeType: "image/png", buffer: await picture(page, "#1f4e9c", "image/png") },
        { name: "plan.pdf", mimeType: "application/pdf", buffer: pdf(["Plan of the kitchen"]) },
        { name: "holiday.png", mimeType: "image/png", buffer: Buffer.from("<script>alert(1)</script>") },
        { name: "empty.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
      ]);
      const chosen = page.getByRole("list", { name: "Chosen files" });
      await expect(chosen.getByText("This is none of")).toBeVisible();
      await expect(chosen.getByText("This file is empty.")).toBeVisible();
      await expect(chosen.getByText(/PDF, \d/)).toBeVisible();
      await expect(chosen.locator("img")).toHaveCount(2);
      await expect(page.getByRole("progressbar", { name: /^Sending/ })).toHaveCount(0);
      await expect(chosen.getByRole("listitem")).toHaveCount(5);
      await chosen.scrollIntoViewIfNeeded();
      await shot(page, `files-picker-${size.name}`);
      await page.getByRole("button", { name: "Take away holiday.png" }).click();
      await page.getByRole("button", { name: "Take away empty.pdf" }).click();
      await expect(chosen.getByRole("alert")).toHaveCount(0);
      await page.getByLabel("In one line").fill("New shelves for the kitchen");
      await page.getByLabel("More about it").fill("Three shelves on the long wall.");
      await page.getByRole("button", { name: "Save as a draft" }).click();
      await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}/);
      await page.getByRole("button", { name: "Look at kitchen.jpg" }).click();
      const box = page.getByRole("dialog");
      await expect(box.getByText("1 of 2")).toBeVisible();
      await expect(box.getByRole("img", { name: "kitchen.jpg" })).toBeVisible();
      await page.keyboard.press("ArrowRight");
      await expect(box.getByRole("img", { name: "wall.png" })).toBeVisible();
      await shot(page, `files-lightbox-${size.name}`);
      await page.keyboard.press("Escape");
      await expect(box).toHaveCount(0);
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: /plan\.pdf/ }).click();
      expect((await download).suggestedFilename()).toBe("plan.pdf");
      await shot(page, `files-job-${size.name}`);
    });

    test("a face, and a CV that suggests", async ({ page }) => {
      await signIn(page, "sam@demo.example");
      await page.goto("/profile");
      await page
        .getByRole("region", { name: "Your picture" })
        .locator('input[data-picker="choose"]')
        .setInputFiles({ name: "me.jpg", mimeType: "image/jpeg", buffer: await picture(page, "#8a5500") });
      await expect(page.getByText("Saved. People see it now.")).toBeVisible();
      await expect(page.getByRole("region", { name: "Your picture" }).locator("img").first()).toBeVisible();
      await page.locator('input[data-picker="document"]').setInputFiles({ name: "cv.pdf", mimeType: "application/pdf", buffer: pdf(CV) });
      const choice = page.getByRole("dialog", { name: "What the document says" });
      await expect(choice.getByText("Licensed electrician for old houses")).toBeVisible({ timeout: 30_000 });
      await shot(page, `files-cv-${size.name}`);
      await choice.getByLabel("About you").uncheck();
      await choice.getByRole("button", { name: "Take these over" }).click();
      await expect(page.getByLabel("What you do, in a line")).toHaveValue("Licensed electrician for old houses");
      await shot(page, `files-profile-${size.name}`);
      await page.reload();
    });

    test("my files, and what room they take", async ({ page }) => {
      await signIn(page, "casey@demo.example");
      await page.goto("/settings/files");
      await expect(page.getByText(/ used$/)).toBeVisible();
      await expect(page.getByRole("list", { name: "Your files" }).getByText(/part of a job/).first()).toBeVisible();
      await shot(page, `files-mine-${size.name}`);
    });
  });
}
