import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { standing } from "../alerts/entries.ts";
import { testBot } from "../bot.ts";

const WARN = new URL("../../../shared/data/warn/", import.meta.url);
const JOBS = new URL("../../../shared/data/jobs/", import.meta.url);

it.skipIf(!existsSync(WARN))("a rule on the notices of Washington in August 2026", async () => {
  const file = fileURLToPath(new URL("register_wa_2026-08-08.csv.gz", WARN));
  const bot = await testBot({ files: [file] });
  const told = async (rule: string, from: string) => {
    const { figures } = (
      await bot.ask(`/alert backtest on warn_notice where ${rule} from:${from} to:2026-08-08`)
    ).reply;
    return [figures.told, Array.isArray(figures.firings) && figures.firings.length];
  };
  // Counted from the file by a separate reading: rows still listed, on their own day where the list was loaded anew.
  expect(await told("state = WA and people >= 200", "2026-07-01")).toEqual([1, 1]);
  expect(await told("state = Washington and people >= 100", "2025-01-01")).toEqual([92, 73]);
  expect(await told("company = Microsoft", "2024-01-01")).toEqual([6, 6]);
  const { reply } = await bot.ask("/alert preview on warn_notice where company = Google");
  expect(reply.figures).toMatchObject({ events: 1, people: 52 });
  const age = await bot.ask("/alert preview when no data(warn:WA) for 3d");
  expect(age.reply.title).toBe("Nothing new from warn:WA for 107 days: the test holds");
});

it.skipIf(!existsSync(JOBS))(
  "a rule on postings says nothing of a board's first reading",
  async () => {
    const file = fileURLToPath(new URL("0xquinto_greenhouse_anthropic.json", JOBS));
    const bot = await testBot({ files: [file] });
    expect(bot.market.entries.postings.length).toBeGreaterThan(0);
    const rule = "on posting where company = Anthropic and role = ai notify me";
    expect((await bot.ask(`/alert preview ${rule}`)).reply.figures.events).toBe(0);
    expect((await bot.ask(`/alert new ${rule}`)).reply.title).toMatch(/^Alert r\w+: not looked at/);
    expect((await bot.ask("/alert backtest on posting")).reply.figures.told).toBe(0);
  },
);

describe("a rule on how sources fare", () => {
  const bot = () =>
    testBot({
      standings: async () => [
        standing("lever", { succeededAt: "2026-11-20T09:00:00.000Z" }),
        standing("bls-jolts", null),
      ],
    });

  it("shows the sources in trouble now, and a sample of them", async () => {
    const asked = await bot();
    const shown = (await asked.ask("/alert preview on source_down")).reply;
    expect(shown.title).toBe("Would tell of 1 source in trouble now: LEVER (lever)");
    const kept = (await asked.ask("/alert new on source_down notify me")).reply;
    const { rule } = kept.figures;
    expect(
      (await asked.ask(`/alert test ${typeof rule === "string" ? rule : ""}`)).reply.title,
    ).toMatch(/^Sample: LEVER \(lever\) is stale/);
    expect(kept.actions.map(({ label }) => label)).not.toContain("Backtest");
    expect(asked.broken).toEqual([]);
  });

  it("has no past to replay, and says so", async () => {
    const asked = await bot();
    const { reply } = await asked.ask("/alert backtest on source_down where source = bls-jolts");
    expect(reply.title).toContain("not kept day by day");
    const none = (await asked.ask("/alert preview on source_down where source = bls-jolts")).reply;
    expect(none.title).toBe("Would tell of nothing now: no source that fits is in trouble");
  });

  it("is refused where no source is asked", async () => {
    const asked = await testBot();
    expect((await asked.ask("/alert new on source_down")).reply.title).toContain(
      "No source is asked by itself here",
    );
  });
});
