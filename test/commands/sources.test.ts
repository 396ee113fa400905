import { describe, expect, it } from "vitest";
import type { SourceHealth, SourceStanding } from "../../src/market/source-health.ts";
import { plainText } from "../../src/reply/plain.ts";
import { testBot, TODAY } from "../bot.ts";

const at = (minutesAgo: number) => new Date(TODAY - minutesAgo * 60_000).toISOString();

const HEALTHY: SourceHealth = {
  triedAt: at(5),
  succeededAt: at(5),
  rows: 1_204,
  newestOn: "2026-11-20",
  failures: 0,
  error: null,
  suspicious: null,
  notBefore: null,
};

function standing(
  id: string,
  health: SourceHealth | null,
  off: string | null = null,
): SourceStanding {
  return {
    id,
    publisher: `Office ${id}`,
    title: "notices",
    licence: "public records",
    attribution: `Office ${id}, as filed`,
    url: "https://register.example/about",
    gaps: "Only what was filed.",
    everyMinutes: 720,
    staleAfterHours: 48,
    off,
    health,
  };
}

const ALL = [
  standing("well", HEALTHY),
  standing("odd", {
    ...HEALTHY,
    succeededAt: at(26 * 60),
    failures: 2,
    suspicious: { since: at(24 * 60), why: "it lists 9 where the last one listed 20" },
  }),
  standing("down", {
    ...HEALTHY,
    failures: 1,
    error: "a.example cannot answer now (503).",
    notBefore: at(-60),
  }),
  standing("old", { ...HEALTHY, triedAt: at(72 * 60), succeededAt: at(72 * 60) }),
  standing("new", null),
  standing("files", null, "It comes as files: npm run -s import -- FILE"),
];

async function asked(text: string, standings: readonly SourceStanding[] = ALL) {
  const bot = await testBot({ standings: async () => standings });
  return (await bot.ask(text)).reply;
}

describe("/sources", () => {
  it("shows how each source that is asked by itself fares, and what is wrong", async () => {
    const text = plainText(await asked("/sources"), { actions: "brackets" });
    for (const line of [
      /well +ok +5 minutes ago +1,204 +2026-11-20/,
      /odd +suspicious +26 hours ago/,
      /down +failing/,
      /old +stale +3 days ago/,
      /new +waiting +never/,
      /odd: not believed since 2026-11-21 12:00 UTC: it lists 9 where the last one listed 20/,
      /down: a\.example cannot answer now \(503\)\./,
      /Not asked here: files\./,
    ])
      expect(text).toMatch(line);
  });
  it("shows one source by its id, typed or as a word of its own", async () => {
    for (const question of ["/sources down", "/sources id:DOWN"]) {
      const reply = await asked(question);
      expect(reply.figures).toMatchObject({ source: "down", state: "failing", failures: 1 });
      const text = plainText(reply, { actions: "brackets" });
      expect(text).toContain("cannot be asked; what it said before still counts");
      expect(text).toContain("Left alone until: 2026-11-22 13:00 UTC");
      expect(text).toContain("every 12 hours");
    }
  });
  it("says why one is off, and tells an unknown one with the nearest", async () => {
    expect(plainText(await asked("/sources files"), { actions: "brackets" })).toContain(
      "It comes as files",
    );
    expect(await asked("/sources wel")).toMatchObject({ reason: "not_found" });
    expect(plainText(await asked("/sources wel"), { actions: "brackets" })).toContain(
      "/sources well",
    );
    expect(await asked("/sources licenses", [])).toMatchObject({ reason: "not_found" });
  });
  it("names the attribution of each source that was asked", async () => {
    const text = plainText(await asked("/sources licences"), { actions: "brackets" });
    expect(text).toContain("public records · Office well, as filed");
    expect(text).not.toContain("Office new");
  });
});
