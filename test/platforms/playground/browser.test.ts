import { existsSync, readFileSync } from "node:fs";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reply } from "../../../src/reply/reply.ts";
import { asking, samplePlayground } from "./ask.ts";
import { HOSTILE } from "./hostile.ts";
import { sampleBot } from "./sample-bot.ts";

const CHROMIUM = "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const IN_PAGE = readFileSync(new URL("in-page.js", import.meta.url), "utf8");

/** Evaluates one of the functions of `in-page.js` in the page. */
function inPage<Result>(page: Page, expression: string): Promise<Result> {
  return page.evaluate<Result>(`${IN_PAGE}; ${expression}`);
}

interface Stop {
  readonly name: string;
  readonly seen: boolean;
}

describe.skipIf(!existsSync(CHROMIUM))("in a real browser", () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof samplePlayground>>;
  beforeAll(async () => {
    site = await samplePlayground();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  /** Opens a page, does the deed, and then says what went wrong on the side: errors shown, requests that left this machine. */
  async function visiting(
    options: BrowserContextOptions,
    deed: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on(
      "request",
      (request) =>
        new URL(request.url()).hostname === "127.0.0.1" || faults.push(`left: ${request.url()}`),
    );
    await deed(page);
    await context.close();
    expect(faults).toEqual([]);
  }

  it("answers a typed command, a pressed button and a menu, and goes back", () =>
    visiting({}, async (page) => {
      await page.goto(site.url);
      await page.keyboard.type("/layoffs globex");
      await page.keyboard.press("Enter");
      await page.waitForURL(/q=/);
      expect(await page.title()).toBe(
        "Globex — 8 known events since 2023, at least 13,115 people (4 events did not say how many) · market-pulse",
      );

      await page.locator(".discord").getByRole("link", { name: "Chart" }).click();
      await page.waitForURL(/press=/);
      expect(await page.getByLabel("Command").inputValue()).toBe("/trend people company:Globex");
      expect(
        await page.getByRole("heading", { level: 2, name: /At least 50,727 people/ }).count(),
      ).toBe(1);

      await page.goBack();
      await page.locator(".slack").getByText("Period", { exact: true }).click();
      await page
        .locator(".slack")
        .getByRole("link", { name: /2024 so far/ })
        .click();
      await page.waitForURL(/press=/);
      expect(site.bot.asked.slice(-3).map((one) => [one.text, one.via])).toContainEqual([
        "/layoffs globex period:ytd",
        "pressed",
      ]);
      await page
        .getByRole("navigation", { name: "Asked before" })
        .getByRole("link")
        .first()
        .click();
      await page.waitForURL(/q=/);
    }));

  it("completes a command while it is typed", () =>
    visiting({}, async (page) => {
      await page.goto(site.url);
      await page.keyboard.type("/layoffs gi");
      const offer = page.locator("#offers option");
      await offer.first().waitFor({ state: "attached" });
      await expect
        .poll(() =>
          offer.evaluateAll((options) => options.map((option) => option.getAttribute("value"))),
        )
        .toEqual(["/layoffs Gizmo Works"]);
    }));

  it("switches to dark and remembers it", () =>
    visiting({ colorScheme: "light" }, async (page) => {
      const ground = () => inPage<string>(page, "ground()");
      await page.goto(asking(site, "/help"));
      const light = await ground();
      await page
        .getByRole("navigation", { name: "Colours" })
        .getByRole("link", { name: "Dark" })
        .click();
      await page.waitForLoadState();
      expect(new URL(page.url()).search).toBe("?q=%2Fhelp");
      const dark = await ground();
      expect(dark).not.toBe(light);
      await page.goto(site.url);
      expect(await ground()).toBe(dark);
      await page.getByRole("link", { name: "Auto" }).click();
      await page.waitForLoadState();
      expect(await ground()).toBe(light);
    }));

  it("works without a script: asking, pressing, menus and tabs", () =>
    visiting({ javaScriptEnabled: false, viewport: { width: 700, height: 900 } }, async (page) => {
      await page.goto(site.url);
      await page.getByLabel("Command").fill("/layoffs globex");
      await page.getByRole("button", { name: "Ask" }).click();
      await page.waitForURL(/q=/);
      await page.getByText("Discord", { exact: true }).first().click();
      expect(await page.locator(".view.slack").isVisible()).toBe(false);
      await page.locator(".discord .menu summary").click();
      await page
        .locator(".discord")
        .locator(".menu")
        .getByRole("link", { name: /2023|whole year/ })
        .click();
      await page.waitForURL(/press=/);
      expect(site.bot.asked.at(-1)?.text).toBe("/layoffs globex period:2023");
    }));

  it("is walked by keyboard in the order it is read: skip link, head, box, examples, answer", () =>
    visiting({}, async (page) => {
      await page.goto(asking(site, "/layoffs globex"));
      const stops: Stop[] = [];
      await page.locator(".skip").focus();
      for (
        let stop = await inPage<Stop>(page, "focused()");
        stop.name !== "" && stops.length < 60;
        stop = await inPage<Stop>(page, "focused()")
      ) {
        stops.push(stop);
        await page.keyboard.press("Tab");
      }
      const names = stops.map((stop) => stop.name);
      expect(names.slice(0, 7)).toEqual([
        "Skip to the answer",
        "market-pulse",
        "Auto",
        "Light",
        "Dark",
        "q",
        "Ask",
      ]);
      expect(stops.filter((stop) => !stop.seen)).toEqual([]);
      expect(names.indexOf("/layoffs globex")).toBeGreaterThan(6);
      expect(names.indexOf("Compare")).toBeGreaterThan(names.indexOf("/layoffs globex"));
      expect(names.filter((name) => name === "Compare")).toHaveLength(2);

      await page.locator(".slack .menu summary").focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      expect((await inPage<Stop>(page, "focused()")).name).toContain("2023");
      await page.keyboard.press("Escape");
      expect(await page.locator(".slack .menu").getAttribute("open")).toBeNull();
      expect((await inPage<Stop>(page, "focused()")).name).toBe("Period");

      await page.locator(".skip").focus();
      await page.keyboard.press("Enter");
      expect(await page.locator("#answer:focus").count()).toBe(1);
    }));

  it.each(["", "/layoffs globex", "/layoffs gogle", "/trend", "/top cuts", "/export top"])(
    "has names, landmarks, one outline, enough contrast and no sideways scroll after %j",
    (command) =>
      visiting({}, async (page) => {
        await page.goto(command === "" ? site.url : asking(site, command));
        expect(await inPage(page, "structureFaults()")).toEqual([]);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await inPage(page, "contrastFaults()")).toEqual([]);
        }
        const wide: unknown[] = [];
        for (const width of [1920, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          wide.push(await inPage(page, "sideways()"));
        }
        for (const width of [700, 360]) {
          await page.setViewportSize({ width, height: 800 });
          for (const view of ["slack", "discord", "plain"]) {
            await page.locator(`label[for="show-${view}"]`).click();
            wide.push(await inPage(page, "sideways()"));
          }
        }
        expect(wide).toEqual(wide.map(() => 0));
        expect(await inPage(page, "structureFaults()")).toEqual([]);
      }),
  );

  it("runs nothing that a command or an answer says", async () => {
    const own = await samplePlayground({
      bot: {
        ...sampleBot(),
        answer: ({ text }) =>
          Promise.resolve(
            reply(text, {
              blocks: [
                { kind: "text", words: [text, { link: text, text }, { code: text }] },
                { kind: "code", text },
              ],
              actions: [
                { label: text, url: text },
                { label: text, run: text },
              ],
              notes: [text],
            }),
          ),
      },
    });
    await visiting({}, async (page) => {
      for (const text of HOSTILE) {
        await page.goto(asking(own, text));
        const active = await page
          .locator(
            "[onclick],[onload],[onerror],[onfocus],[onmouseover],iframe,[href^='javascript:' i]",
          )
          .count();
        expect({ text, active, ran: await page.evaluate(() => "pwned" in globalThis) }).toEqual({
          text,
          active: 0,
          ran: false,
        });
      }
    });
    await own.close();
  });
});
