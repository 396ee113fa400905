import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { asker, buttons } from "./asker.ts";

let bot: TestBot;
beforeAll(async () => {
  bot = await testBot();
});
const ask = async (text: string) => (await bot.ask(text)).reply;

describe("/claim", () => {
  it("gives text, value, verdict and measured of every claim for programs", async () => {
    const { figures } = await ask(
      "/claim Google laid off 12,000 people, 6 % of its staff, in January 2023",
    );
    expect(figures["claims"]).toMatchObject([
      {
        text: "12,000 people",
        value: 12_000,
        verdict: "supported",
        measured: 12_000,
        unit: "people",
        period: "2023-01",
        companies: ["Google"],
      },
      {
        text: "6 % of its staff",
        value: 6,
        verdict: "supported",
        measured: 6,
        unit: "percent of staff",
      },
    ]);
  });

  it("shows how it was read, and a button to the rows", async () => {
    const answer = await ask("/claim Google laid off 12,000 people in January 2023");
    expect(plainText(answer).split("\n").slice(0, 2)).toEqual([
      "Checked 1 claim: 1 supported",
      "  • ✓ supported “12,000 people”: at least 12,000 people. Read as: people, Google, 2023-01, 11,880–12,120.",
    ]);
    expect(buttons(answer)).toEqual(["/layoffs Google period:2023-01 rows:yes"]);
  });

  it("does not call a total wrong on the bundled sample, which is only a part", async () => {
    const { figures } = await ask("/claim over 1,200 companies laid people off in 2023");
    expect(figures["claims"]).toMatchObject([
      { verdict: "cannot check", beside: [expect.stringContaining("only the bundled sample")] },
    ]);
  });

  it("asks for the sentence when there is none", async () => {
    const answer = await ask("/claim");
    expect(answer.reason).toBe("missing_argument");
    expect((await ask(buttons(answer)[0] ?? "")).reason).toBeUndefined();
    for (const nothing of ['""', "???", "💀"])
      expect((await ask(`/claim ${nothing}`)).reason).toBe("missing_argument");
  });

  it("says what is known on the last day of the facts, where a later day is asked for", async () => {
    const answer = plainText(
      await ask("/claim Google laid off 12,000 people in January 2023 asof:2026-11-20"),
    );
    expect(answer).toContain("at least 12,000 people as known 21 May 2026");
    expect(answer).not.toContain("20 Nov 2026");
  });

  it("reads words with colons and quotes as part of the sentence", async () => {
    const { figures } = await ask(
      '/claim Reuters: "Google: 12,000 laid off in January 2023" asof:2023-02-01',
    );
    expect(figures["claims"]).toMatchObject([{ verdict: "supported", companies: ["Google"] }]);
    expect(figures["asof"]).toBe("2023-02-01");
  });

  it("takes an article as it is typed, though other questions are short", async () => {
    const article = `Google cut 12,000 jobs in January 2023. ${"It rained. ".repeat(400)}`;
    expect((await ask(`/claim ${article}`)).figures["claims"]).toMatchObject([
      { verdict: "supported", measured: 12_000 },
    ]);
    const other = await ask(`/layoffs ${article}`);
    expect(other.reason).toBe("too_long");
    expect(plainText(other)).toContain("goes behind /claim");
  });

  it("says how much of a long text it left out", async () => {
    const words = await bot.bot.check(
      "Google cut 12,000 jobs in January 2023. It rained. ".repeat(400),
      "2023-02-01",
      { id: "U1", tenant: "local" },
      { kind: "terminal", id: "t" },
    );
    const text = plainText(words);
    expect(text).toMatch(/Checked 12 claims/);
    expect(text).toMatch(/\d+ more sentences not read/);
    expect(text).toMatch(/\d+ sentences state nothing the sources here measure/);
    expect(text).toContain("Only the first 8,000 characters were read.");
  });

  it("can be shared where it fits into a button, and is not offered to be where it does not", async () => {
    const ana = asker(bot, "U1");
    const short = await ana("/claim Google cut 12,000 jobs in January 2023");
    const share = buttons(short).find((run) => run.includes("share:yes")) ?? "";
    expect((await ana(share)).audience).toBe("everyone");
    const long = await bot.bot.check(
      `Google cut 12,000 jobs in January 2023. ${"And so it went on. ".repeat(120)}`,
      "2024-01-01",
      { id: "U2", tenant: "slack:T1" },
      { kind: "channel", id: "C1" },
    );
    expect(long.reason).toBeUndefined();
    expect(buttons(long).filter((run) => run.includes("share:yes"))).toEqual([]);
  });
});

describe("a message's figures", () => {
  const here = [
    { id: "U1", tenant: "local" },
    { kind: "terminal", id: "t" },
  ] as const;
  it("are checked as known on the day it was written", async () => {
    const { figures } = await bot.bot.check(
      "Google cut 12,000 jobs last month",
      "2023-02-01",
      ...here,
    );
    expect(figures).toMatchObject({
      asof: "2023-02-01",
      claims: [{ verdict: "supported", from: "2023-01-01", to: "2023-01-31" }],
    });
  });
  it("may be none: a message without words says so", async () => {
    expect((await bot.bot.check(" ", "2023-02-01", ...here)).reason).toBe("not_found");
  });
  it("may hold what looks like our own words, and changes nothing by it", async () => {
    const { figures } = await bot.bot.check(
      'Google cut 12,000 jobs in January 2023 asof:1999-01-01 share:yes text:"x"',
      "2023-02-01",
      ...here,
    );
    expect(figures).toMatchObject({ asof: "2023-02-01", claims: [{ verdict: "supported" }] });
  });
});

describe("a list that ended and a feed that goes on", () => {
  let live: TestBot;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "pulse-claims-"));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    live = await testBot({
      files: [
        file(
          "tracker_2025-12-31.csv",
          [
            "Company,Location_HQ,Industry,Laid_Off_Count,Percentage,Date,Source,Funds_Raised,Stage,Date_Added,Country",
            "Kestrel,Oslo,Data,1000,,2024-12-01,https://a.example/1,1,Series A,2024-12-01,Norway",
            "Osprey,Oslo,Data,900,,2025-12-01,https://a.example/2,1,Series A,2025-12-01,Norway",
          ].join("\n"),
        ),
        file(
          "feed.xml",
          '<rss version="2.0"><channel><title>News</title><item><title>Merlin lays off 120 employees</title><link>https://b.example/3</link><guid>3</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>',
        ),
      ],
    });
  });
  const verdictOf = async (text: string) => (await live.ask(`/claim ${text}`)).reply;

  it("judges no total of days that only the feed tells of", async () => {
    for (const text of [
      "50,000 tech workers were laid off in 2026",
      "Tech layoffs fell 90% in 2026",
    ]) {
      const { figures } = await verdictOf(text);
      expect(figures["claims"]).toMatchObject([
        { verdict: "cannot check", says: expect.stringContaining("The facts end 31 Dec 2025") },
      ]);
    }
  });

  it("takes one report of a company, and says that it is alone", async () => {
    const { figures } = await verdictOf("Merlin laid off 120 people in November 2026");
    expect(figures["claims"]).toMatchObject([
      {
        verdict: "supported",
        measured: 120,
        beside: [expect.stringContaining("unconfirmed")],
      },
    ]);
  });

  it("says under every total where the lists end", async () => {
    for (const question of ["/layoffs period:2025", "/claim 1,900 people were laid off in 2025"]) {
      const { reply } = await live.ask(question);
      expect(reply.notes.join(" ")).toContain("lists end 31 Dec 2025");
    }
  });
});

describe("/reconcile", () => {
  it("lays each publisher's figure beside the rows, with what it counts and why they differ", async () => {
    const answer = await ask('/reconcile "tech layoffs" 2023');
    expect(answer.figures["rows"]).toMatchObject([
      { publisher: "Challenger, Gray & Christmas", people: 168_032 },
      { publisher: "Layoffs.fyi", people: 263_180, companies: 1_191 },
      { publisher: "Crunchbase", people: 191_000, isFloor: true },
      { counts: expect.stringContaining("United States") },
      { counts: expect.stringContaining("world") },
    ]);
    const text = plainText(answer);
    expect(text).toContain("announce they plan to cut");
    expect(text).toContain("A company's country is where it sits");
    for (const run of buttons(answer)) expect((await ask(run)).reason).toBeUndefined();
  });
  it.each([
    ["/reconcile tech layoffs 2023", 5],
    ["/reconcile period:2023", 5],
    ["/reconcile all sectors 2025", 1],
    ["/reconcile layoffs blamed on AI 2025", 1],
    ["/reconcile AI engineer pay 2023Q4", 3],
  ])("%s has %d rows", async (question, rows) => {
    expect((await ask(question)).figures["rows"]).toHaveLength(rows);
  });
  it.each([
    ["/reconcile tech layoffs", "missing_argument"],
    ["/reconcile bananas 2023", "not_found"],
    ["/reconcile all sectors 1999", "not_found"],
    ["/reconcile tech layoffs 1999", "not_found"],
    ["/reconcile tech layoffs all", "bad_argument"],
  ])("%s is refused with something to type", async (question, reason) => {
    const answer = await ask(question);
    expect(answer.reason).toBe(reason);
    expect((await ask(buttons(answer)[0] ?? "")).reason).toBeUndefined();
  });
});
