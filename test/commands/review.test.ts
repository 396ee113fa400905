import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFactsLog } from "../../src/stores/facts-log.ts";
import { openFacts } from "../../src/facts.ts";
import { totals } from "../../src/market/layoffs.ts";
import { layoff } from "../market/layoff-facts.ts";
import { asker, buttons } from "./asker.ts";
import { testBot } from "../bot.ts";

const HEADER =
  "Company,Location_HQ,Industry,Laid_Off_Count,Percentage,Date,Source,Funds_Raised,Stage,Date_Added,Country";

/** A folder with a tracker's row and a headline of the same days that gives another size. */
async function folder(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), "pulse-review-"));
  const { importFile } = await import("../../src/sources/import.ts");
  const file = join(dir, "layoffs_2026-11-20.csv");
  writeFileSync(
    file,
    [HEADER, "Acme,Pune,Retail,500,,2026-11-02,https://a.example/1,,,2026-11-02,India"].join("\n"),
  );
  const now = Date.UTC(2026, 10, 21);
  await importFile(file, { dir, now });
  const log = await openFactsLog(dir);
  const { versions } = layoff("Acme", "2026-11-03", { headcount: 100, url: "https://n.example/1" });
  const { versions: alone } = layoff("Bolt", "2026-11-04", {
    headcount: 70,
    url: "https://n.example/2",
  });
  await log.append({
    record: {
      file: "news",
      layout: "news",
      source: "news",
      sha256: "0".repeat(64),
      asOfOn: "2026-11-20",
      rows: 2,
      importedAt: new Date(now).toISOString(),
    },
    changes: [versions, alone].map(([first], at) => ({
      kind: "sighting",
      key: `news|${at}`,
      learnedOn: first!.from,
      assumed: false,
      values: first!.values,
      sentence: "a headline",
    })),
  });
  return dir;
}

describe("what waits for a person", () => {
  it("is decided at the terminal, counts at once, survives a restart and can be taken back", async () => {
    const dir = await folder();
    const bot = await testBot({ dir });
    const listed = await bot.ask("/sources review");
    expect(listed.reply.title).toBe(
      "1 pair of reports may be one event; 2 figures stand on one headline",
    );
    const [same] = buttons(listed.reply);
    expect(same).toMatch(/^\/sources review q[0-9a-f]{5} same$/);
    const people = async () => totals((await openFacts(dir)).market, { from: "2026-11-01" });
    expect(await people()).toMatchObject({ events: 3, people: 670 });
    const noted = await bot.ask(same!);
    expect(noted.reply.title).toBe("Noted: same.");
    expect(await people()).toMatchObject({ events: 2, people: 570 });
    expect((await bot.ask("/layoffs acme")).reply.figures).toMatchObject({
      events: 1,
      people: 500,
    });
    await bot.ask(buttons(noted.reply).find((run) => run.endsWith("undo"))!);
    expect(await people()).toMatchObject({ events: 3, people: 670 });
  });

  it("a figure of one headline is marked until somebody confirms it", async () => {
    const bot = await testBot({ dir: await folder() });
    const rows = async () => JSON.stringify((await bot.ask("/layoffs bolt rows:yes")).reply.blocks);
    expect(await rows()).toContain("70 (unconfirmed)");
    const confirm = buttons((await bot.ask("/sources review")).reply).find((run) =>
      run.endsWith("confirm"),
    )!;
    await bot.ask(confirm);
    const waiting = (await bot.ask("/sources review")).reply.figures;
    expect(waiting).toMatchObject({ unconfirmed: 1, decided: 1 });
  });

  it("is no chat's to decide, and an unknown name is told", async () => {
    const bot = await testBot({ dir: await folder() });
    const same = buttons((await bot.ask("/sources review")).reply)[0]!;
    const admin = asker(bot, "U1", { admin: true });
    expect((await admin("/sources review")).title).toContain("1 pair");
    expect((await admin(same)).reason).toBe("not_allowed");
    expect((await bot.ask("/sources review q00000 same")).reply.reason).toBe("not_found");
    expect((await bot.ask("/sources review q00000")).reply.reason).toBe("missing_argument");
  });
});

it("a headline's figure is shown with its own page and as unconfirmed, in rankings too", async () => {
  const dir = mkdtempSync(join(tmpdir(), "pulse-figure-"));
  const { importFile } = await import("../../src/sources/import.ts");
  const now = Date.UTC(2026, 10, 21);
  const item = (headline: string, path: string) =>
    `<item><title>${headline}</title><link>https://tech.example/${path}</link><guid>${path}</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>`;
  const files = {
    "layoffs_2026-11-20.csv": [
      HEADER,
      "Acme,Pune,Retail,,,2026-11-02,https://press.example/1,,,2026-11-02,India",
      "Other,Pune,Retail,40,,2026-11-19,https://press.example/2,,,2026-11-19,India",
    ].join("\n"),
    "feed.xml": `<rss version="2.0"><channel><title>t</title>${item("Acme lays off 200 employees", "a")}${item("Bolt lays off 10% of its workforce", "b")}</channel></rss>`,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(dir, name), text);
    await importFile(join(dir, name), { dir, now });
  }
  const bot = await testBot({ dir });
  const cells = async (question: string) =>
    (await bot.ask(question)).reply.blocks.flatMap((block) =>
      block.kind === "table"
        ? block.rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell : cell.text)))
        : [],
    );
  expect((await cells("/top cuts period:2026-11"))[0]).toEqual([
    "1",
    "Acme",
    "200 (unconfirmed)",
    "–",
    "2026-11-02",
    "tech.example",
  ]);
  expect((await cells("/top percent period:2026-11"))[0]).toEqual([
    "1",
    "Bolt",
    "not said",
    "10 % (unconfirmed)",
    "2026-11-02",
    "tech.example",
  ]);
  const card = JSON.stringify((await bot.ask("/layoffs acme")).reply.blocks);
  expect(card).toContain(
    '"Last: ","2 Nov 2026 · 200 (unconfirmed: one report alone says so) · ",{"link":"https://tech.example/a","text":"tech.example"}," · no size: ",{"link":"https://press.example/1","text":"press.example"}',
  );
});
