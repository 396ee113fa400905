import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";

const folder = mkdtempSync(join(tmpdir(), "pulse-boards-"));

function fileOf(name: string, answer: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(answer));
  return path;
}

function lever(token: string, id: string, text: string, more: object = {}) {
  return {
    id,
    text,
    categories: { location: "New York, NY", department: "Engineering" },
    country: "US",
    createdAt: Date.UTC(2026, 9, 1),
    hostedUrl: `https://jobs.lever.co/${token}/${id}`,
    ...more,
  };
}
const salary = (min: number, max: number, currency = "USD", interval = "per-year-salary") => ({
  salaryRange: { min, max, currency, interval },
});

describe("with three boards read", () => {
  let bot: TestBot;
  const ask = async (text: string) => (await bot.ask(text)).reply;
  beforeAll(async () => {
    bot = await testBot({
      files: [
        fileOf("spotify_2026-11-01.json", [
          lever("spotify", "s1", "Senior ML Engineer", salary(180_000, 260_000)),
          lever("spotify", "s2", "Senior ML Engineer", salary(180_000, 260_000)),
          lever(
            "spotify",
            "s3",
            "Staff Research Engineer, LLMs",
            salary(150, 210, "USD", "per-hour-wage"),
          ),
          lever("spotify", "s4", "AI Account Executive", salary(90_000, 500_000)),
          lever("spotify", "s5", "Backend Engineer", {
            country: "SE",
            ...salary(700_000, 900_000, "SEK"),
          }),
          lever("spotify", "s6", "Recruiter"),
        ]),
        fileOf("matchgroup_2026-11-01.json", [
          lever("matchgroup", "m1", "ML Engineer", {
            categories: { department: "Hinge" },
            ...salary(150_000, 240_000),
          }),
        ]),
        fileOf("palantir_2026-11-01.json", [lever("palantir", "p1", "AI Engineer")]),
      ],
    });
  });

  it("the highest AI pay holds the bundled two and the boards', ranked by upper end, hours as 2,080 a year", async () => {
    const reply = await ask("/top pay ai:yes");
    expect(reply.figures["items"]).toMatchObject([
      { company: "Spotify", max: 210, interval: "hour", maxPerYear: 436_800, open: true },
      { company: "Hinge", title: "Vice President of AI", max: 398_000, url: null, open: null },
      { company: "Amazon", max: 340_300 },
      { company: "Spotify", max: 260_000, url: "https://jobs.lever.co/spotify/s1" },
      { company: "Spotify", max: 260_000 },
      { company: "Hinge", title: "ML Engineer", max: 240_000 },
    ]);
    const text = plainText(reply);
    expect(text).toContain("$150 – $210 an hour");
    expect(text).toContain("2,080 paid hours");
    expect(text).toContain("Posted base pay, not paid");
    expect(text).toContain("New York, NY and 1 more place");
    expect(text).not.toContain("Account Executive");
    expect(text).toContain("Not ranked: 1 posting without pay.");
  });
  it("money of two kinds is not ranked together", async () => {
    const reply = await ask("/top pay");
    expect(reply.figures).toMatchObject({
      currency: "USD",
      otherCurrencies: [{ currency: "SEK", n: 1 }],
    });
    expect(reply.actions).toContainEqual({ label: "In SEK", run: "/top pay currency:SEK" });
    expect((await ask("/top pay currency:sek")).title).toContain(
      "700,000 SEK – 900,000 SEK a year",
    );
  });
  it("a company's ranges have quartiles of their ends from three on", async () => {
    const spotify = await ask("/salary company:spotify ai:yes");
    expect(spotify.figures).toMatchObject({
      kind: "posted",
      n: 3,
      low: { n: 3, median: 180_000 },
      high: { n: 3, p25: 260_000, median: 260_000, p75: 348_400 },
    });
    const hinge = await ask("/salary company:hinge");
    expect(hinge.figures).toMatchObject({ n: 2, low: null, high: null });
    expect(plainText(hinge)).toContain("no quartiles");
    expect(plainText(hinge)).toContain("names no employers");
  });
  it("an owner's question holds its brands, and a board's company that nobody cut is known too", async () => {
    expect((await ask('/salary company:"match group"')).figures).toMatchObject({ n: 2 });
    expect((await ask("/salary company:palantir")).title).toBe(
      "Posted pay, Palantir: 1 known posting, none with pay",
    );
  });
  it("a title's words are words, in any order and spelling", async () => {
    expect((await ask('/salary title:"engineer machine learning"')).figures).toMatchObject({
      n: 3,
    });
    expect((await ask("/salary title:vp")).figures).toMatchObject({ n: 1 });
  });
  it("as read up to an earlier day there was no board", async () => {
    expect((await ask("/salary company:spotify asof:2026-10-01")).figures).toMatchObject({
      postings: 0,
    });
  });
  it("words that narrow layoffs are refused, with the question without them", async () => {
    const reply = await ask("/top pay period:2023 ai:yes");
    expect(reply.reason).toBe("unsupported");
    expect(reply.actions).toMatchObject([
      { run: "/top pay ai:yes" },
      // What people report is known by time.
      { run: "/top pay period:2023 ai:yes by:role" },
    ]);
  });
  it("/overlap shows who cut and posts AI jobs, and how many boards that rests on", async () => {
    const reply = await ask("/overlap since:2023-01-01");
    expect(reply.figures).toMatchObject({ companies: 2, boards: 3, boardCompanies: 3 });
    expect(reply.figures["items"]).toMatchObject([
      { company: "Spotify", postings: 3, top: { max: 210, interval: "hour" } },
      // Its brand Hinge posts.
      { company: "Match Group", postings: 1, top: { company: "Hinge", max: 240_000 } },
    ]);
    expect(plainText(reply)).toContain("Nothing is known of what the other");
    expect((await ask("/overlap since:2023-01-01 window:90d")).reason).toBe("conflict");
  });
});

describe("without a board", () => {
  it("the bundled two stand alone, and /overlap says that nothing can be said", async () => {
    const bot = await testBot();
    const top = (await bot.ask("/top pay ai:yes")).reply;
    expect(top.figures["items"]).toMatchObject([{ max: 398_000 }, { max: 340_300 }]);
    expect(plainText(top)).toContain("No job board is read yet");
    const overlap = (await bot.ask("/overlap")).reply;
    expect(overlap.figures).toMatchObject({ companies: 0, boards: 0 });
    expect(plainText(overlap)).toContain("No job board is read yet, so nothing can be said");
  });
  it("/premium tells no change where the sample doubled, and offers what can be compared", async () => {
    const bot = await testBot();
    const quarters = (await bot.ask("/premium by:quarter")).reply;
    expect(quarters.figures).toMatchObject({ comparable: false, measure: "mean" });
    expect(plainText(quarters)).toContain("No change is claimed");
    const one = (await bot.ask("/premium period:2024Q2")).reply;
    expect(plainText(one)).toContain(
      "The sample changed: 559 AI and 1,002 other salaries in 2024Q1",
    );
    const none = (await bot.ask("/premium all")).reply;
    expect(none.reason).toBe("not_found");
    expect(none.actions).toMatchObject([{ run: "/premium" }]);
  });
});
