import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReportData, ReportItem } from "./report-data.ts";
import { reportPage } from "./report-page.ts";

const CHROMIUM = "/usr/bin/chromium";
const folder = mkdtempSync(join(tmpdir(), "infer-report-"));
const classes = ["cat", "dog", "</script><b id=injected>x</b>"];
const COUNT = 5000;
const EVIL = "evil <img src=x onerror=alert(1)>.png";

function itemAt(index: number): ReportItem {
  if (index % 1000 === 999) {
    return {
      name: `broken-${index}.png`,
      objects: [],
      error: { code: "ENCODING_FAILED", message: `The picture ${index} <i>cannot</i> be decoded.` },
    };
  }
  return {
    name: index === 7 ? EVIL : `photos/picture-${index}.jpg`,
    picture: `report_files/${index % 3}.jpg`,
    ms: 10 + (index % 97),
    objects: [[index % 2, ((index * 37) % 100) / 100], ...(index % 50 === 0 ? [[2, 0.99] as const] : [])],
  };
}

const data: ReportData = {
  title: "infer run: colours/1",
  facts: [
    ["Model", "colours/1"],
    ["Pictures", String(COUNT)],
  ],
  classes,
  items: Array.from({ length: COUNT }, (_, index) => itemAt(index)),
};

test("nothing of the data ends the element it stands in", () => {
  const html = reportPage({ ...data, title: "</title><script>", items: data.items.slice(0, 60) });
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html).not.toContain("</title><script>");
  expect(html).toContain("&#60;/title&#62;");
});

const skipped = existsSync(CHROMIUM) ? "" : ` (skipped: there is no ${CHROMIUM})`;
if (skipped !== "")
  console.warn(`SKIPPED: the report page is not opened in a browser, there is no ${CHROMIUM}`);

describe.skipIf(skipped !== "")(`in Chromium, opened from disk${skipped}`, () => {
  let browser: Browser;
  let page: Page;
  const messages: string[] = [];

  beforeAll(async () => {
    mkdirSync(join(folder, "report_files"));
    for (const [index, background] of ["#336699", "#996633", "#339966"].entries()) {
      const picture = sharp({ create: { width: 320, height: 240, channels: 3, background } });
      await picture.jpeg().toFile(join(folder, `report_files/${index}.jpg`));
    }
    writeFileSync(join(folder, "report.html"), reportPage(data));
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        ...["--disable-quic", "--no-first-run", "--disable-component-update", "--disable-sync"],
      ],
    });
    page = await browser.newPage({ viewport: { width: 1300, height: 900 }, colorScheme: "light" });
    page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => messages.push(`error: ${error.message}`));
    page.on("requestfailed", (request) => messages.push(`failed: ${request.url()}`));
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shown = () => page.locator("#shown").textContent();
  const cards = () => page.locator("#gallery li").count();
  const clear = () => page.getByRole("button", { name: "Clear filters" }).click();

  test("5,000 pictures: a page of them is shown, the first ones are loaded", async () => {
    expect(await shown()).toBe("5,000 pictures of 5,000, 5,095 results");
    expect(await cards()).toBe(60);
    const first = page.locator("#gallery img").first();
    await first.scrollIntoViewIfNeeded();
    await expect.poll(() => first.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(320);
    expect(await first.getAttribute("loading")).toBe("lazy");
  });

  test("names are text, never HTML", async () => {
    expect(await page.locator("#injected").count()).toBe(0);
    expect(await page.getByText(EVIL).count()).toBeGreaterThan(0);
    expect(await page.locator("#gallery i").count()).toBe(0);
  });

  test("filters by class and confidence", async () => {
    await page.getByRole("checkbox", { name: /^dog/ }).check();
    const dogs = data.items.filter((item) => item.objects.some(([index]) => index === 1)).length;
    expect(await shown()).toContain(`${dogs.toLocaleString("en")} pictures of 5,000`);
    await page.locator("#confidence").fill("0.9");
    const sure = data.items.filter((item) =>
      item.objects.some(([index, confidence]) => index === 1 && (confidence ?? 1) >= 0.9),
    ).length;
    expect(sure).toBeGreaterThan(0);
    expect(await shown()).toContain(`${sure} pictures of 5,000`);
    expect(await page.locator("#least").textContent()).toBe("0.90");
    expect(await page.locator("#histogram .out").count()).toBe(18);
    await clear();
    await expect.poll(shown).toContain("5,000 pictures of 5,000");
  });

  test("failures with their reasons; only they by status; a name by its letters", async () => {
    expect(await page.locator("#failures tr").count()).toBe(5);
    expect(await page.locator("#failures tr").first().textContent()).toContain(
      "ENCODING_FAILEDThe picture 999 <i>cannot</i> be decoded.",
    );
    await page.locator("#status").selectOption("failed");
    expect([await cards(), await page.locator("#gallery .none").count()]).toEqual([5, 5]);
    await page.locator("#status").selectOption("all");
    await page.locator("#search").fill("EVIL");
    expect(await cards()).toBe(1);
    await page.locator("#search").fill("no such name");
    expect(await page.locator("#nothing").isVisible()).toBe(true);
    await clear();
  });

  test("slowest pictures first, in the table and in the gallery", async () => {
    const rows = await page.locator("#slowest tr").allTextContents();
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(row).toContain("106.0 ms");
    await page.locator("#order").selectOption("slow");
    expect(await page.locator("#gallery .what").first().textContent()).toContain("106.0 ms");
    await clear();
  });

  test("everything is reached with the keyboard", async () => {
    await page.reload();
    const reached: string[] = [];
    for (let step = 0; step < 14; step++) {
      await page.keyboard.press("Tab");
      reached.push(
        await page.evaluate(() => {
          const { activeElement: element } = document;
          return element?.id || element?.getAttribute("name") || element?.className || element?.tagName || "";
        }),
      );
    }
    expect(reached.slice(0, 3)).toEqual(["skip", "search", "confidence"]);
    expect(reached).toEqual(expect.arrayContaining(["class", "status", "order", "next"]));
    await page.locator("#next").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#page").textContent()).toBe("Page 2 of 84");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("gallery-heading");
    await page.locator("#confidence").focus();
    await page.keyboard.press("End");
    expect(await page.locator("#least").textContent()).toBe("1.00");
    await clear();
    await page.getByRole("checkbox", { name: /^cat/ }).focus();
    await page.keyboard.press("Space");
    expect(await page.getByRole("checkbox", { name: /^cat/ }).isChecked()).toBe(true);
    await clear();
  });

  test.each(["light", "dark"] as const)("text stands out on a %s screen", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const contrasts = await page.evaluate(() => {
      const light = (color: string) =>
        (color.match(/[\d.]+/g) ?? [])
          .slice(0, 3)
          .map((part) => Number(part) / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
          .reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
      const behind = (element: Element | null): string => {
        for (let at = element; at !== null; at = at.parentElement) {
          const { backgroundColor } = getComputedStyle(at);
          if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor;
        }
        return "rgb(255, 255, 255)";
      };
      const texts = [
        ...document.querySelectorAll("h1, dt, dd, label, legend, td, th, button, .name, .what, .none, p"),
      ];
      return texts
        .filter(
          (element) =>
            element.checkVisibility() && !(element instanceof HTMLButtonElement && element.disabled),
        )
        .map((element) => {
          const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => a - b);
          return {
            what: `${element.tagName}.${element.className}`,
            ratio: ((pair[1] ?? 0) + 0.05) / ((pair[0] ?? 0) + 0.05),
          };
        })
        .filter(({ ratio }) => ratio < 4.5);
    });
    expect(contrasts).toEqual([]);
  });

  test("a small screen has one column and nothing beside it", async () => {
    await page.setViewportSize({ width: 380, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1300, height: 900 });
  });

  test("filtering 5,000 pictures is quick", async () => {
    const ms = await page.evaluate(() => {
      const slider = document.querySelector<HTMLInputElement>("#confidence");
      if (slider === null) return Number.NaN;
      const startedAt = performance.now();
      for (let step = 0; step < 20; step++) {
        slider.value = String(step / 20);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      }
      return (performance.now() - startedAt) / 20;
    });
    expect(ms).toBeLessThan(250);
    await clear();
  });

  test("the console stayed empty", () => {
    expect(messages).toEqual([]);
  });
});
