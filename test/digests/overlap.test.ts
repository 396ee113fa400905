import { describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { requireRead } from "../../src/authority/standing.ts";
import { createBot } from "../../src/command/answer.ts";
import { recentQuestions } from "../../src/command/recent.ts";
import { digestMessages, digestReply } from "../../src/digests/digest.ts";
import type { DigestRequest } from "../../src/digests/digest.ts";
import type { Market } from "../../src/market/market.ts";
import { plainText } from "../../src/reply/plain.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { memoryKeys } from "../../src/stores/button-keys.ts";
import { recordOf } from "../fakes/discord/json.ts";
import { layoff } from "../market/layoff-facts.ts";
import { job, marketWith, paid } from "../market/posting-facts.ts";

const WEEK = { from: "2024-03-11", to: "2024-03-17" };
const BEFORE = { from: "2024-02-01" };
const AI = { ai: true } as const;

const LAYOFFS = [
  layoff("Acme", "2024-03-12", { headcount: 100 }),
  layoff("Group Inc", "2023-09-01", { headcount: 500 }),
  layoff("Cove", "2024-03-13"),
  // Out of the year, without a board, and with one that lists no AI job.
  layoff("Old", "2023-03-18", { headcount: 8_000 }),
  layoff("Silent", "2024-03-12", { headcount: 9_000 }),
  layoff("Plain", "2024-03-12", { headcount: 70 }),
];
const market = marketWith(
  [
    job("Acme", "ML Engineer", { ...AI, ...paid(200_000, 300_000) }, BEFORE),
    job("Brand", "AI Engineer", AI, BEFORE),
    job("Cove", "AI Engineer", AI, BEFORE),
    job("Old", "AI Engineer", AI, BEFORE),
    job("Plain", "Accountant", {}, BEFORE),
    // Not yet listed on the digest's last day, and gone by then.
    job("Plain", "ML Engineer", AI, { from: "2024-03-18" }),
    job("Plain", "ML Lead", AI, { ...BEFORE, gone: "2024-03-01" }),
  ],
  LAYOFFS,
);

function told(request: Partial<DigestRequest> = {}): Reply {
  return digestReply({
    market,
    window: WEEK,
    density: "standard",
    sections: ["overlap"],
    filter: {},
    ...request,
  });
}

/** The command's answer on the same facts. */
async function answer(text: string, facts: Market): Promise<Reply> {
  const bot = createBot({
    market: () => facts,
    book: memoryBook(),
    commands,
    admit: requireRead,
    draw: async () => new Uint8Array(),
    clock: () => Date.UTC(2024, 2, 18),
    recent: recentQuestions(),
    keys: memoryKeys(),
    onBroken: () => {},
  });
  const caller = { id: "local", tenant: "local" };
  const place = { kind: "terminal", id: "terminal" } as const;
  return (await bot.ask({ caller, place, via: "typed", text })).reply;
}

describe("who cuts and posts AI jobs, in a digest", () => {
  it("is what /overlap says of that day: the same companies, figures and unknowns", async () => {
    const { cutNow, ...figures } = recordOf(told().figures["overlap"]);
    expect(figures).toEqual((await answer("/overlap asof:2024-03-17", market)).figures);
    expect(figures).toMatchObject({
      companies: 3,
      postings: 3,
      cutters: 5,
      cuttersWithBoard: 4,
      from: "2023-03-19",
      to: "2024-03-17",
      items: [{ company: "Group" }, { company: "Acme" }, { company: "Cove", unknownSize: 1 }],
    });
    expect(cutNow).toEqual(["Acme", "Cove"]);
  });
  it("says who of them cut in its own days, what is not known, and whose boards it read", () => {
    const text = plainText(told());
    expect(text).toContain(
      "3 companies that cut in the 365 days up to 17 Mar 2024 post 3 AI jobs; Acme and Cove cut this week. 5 companies cut; the boards of 4 of them are read, and 3 list AI jobs. Nothing is known of what the other 1 post.",
    );
    expect(text).toMatch(/Acme +100 +1 +2024-03-12 +1 +\$200,000 – \$300,000 a year · ML Engineer/);
    expect(text).toContain("does not say that one is for the other");
    expect(text).toContain("5 job boards are read; other companies' postings are not known.");
    const later = { from: "2024-03-18", to: "2024-03-24" };
    const quiet = marketWith(
      [job("Acme", "ML Engineer", AI, BEFORE)],
      [LAYOFFS[0]!, layoff("Cove", "2024-03-19", { headcount: 1 })],
    );
    expect(plainText(told({ market: quiet, window: later }))).toContain(
      "posts 1 AI job; none of them cut this week.",
    );
  });
  it("its boards are read up to its own day, also when they were read again since", () => {
    const boards = {
      ...market.sources[0]!,
      id: "lever",
      publisher: "Lever job boards",
      asOfOn: "2024-06-01",
    };
    const notes = told({ market: { ...market, sources: [boards] } }).notes.join();
    expect(notes).toContain("Source: Lever, as read up to 17 Mar 2024.");
  });
  it("keeps to the digest's filter", () => {
    expect(told({ filter: { companies: ["acme"] } }).figures["overlap"]).toMatchObject({
      companies: 1,
      cutters: 1,
    });
  });
  it("is silent where no company is known on both sides", () => {
    const none = told({ market: marketWith([], LAYOFFS) });
    expect(none.blocks).toEqual([]);
    expect(none.figures).not.toHaveProperty("overlap");
    expect(none.notes.join()).not.toContain("AI job");
  });
  it("is silent where the facts end before its days", () => {
    const window = { from: "2025-01-06", to: "2025-01-12" };
    expect(told({ window }).figures).not.toHaveProperty("overlap");
  });
  it("is one line of a brief digest that asks for it, five rows of a standard one, a message of a deep one", () => {
    expect(told({ density: "brief" }).blocks).toMatchObject([{ kind: "text" }]);
    expect(told({ sections: [], density: "brief" }).figures).not.toHaveProperty("overlap");
    expect(told({ sections: [] }).figures).toHaveProperty("overlap");
    const names = ["Ara", "Bix", "Cyn", "Dol", "Elm", "Fig", "Gum"];
    const many = marketWith(
      names.map((name) => job(name, "ML Engineer", AI, BEFORE)),
      names.map((name) => layoff(name, "2024-03-12", { headcount: 10 })),
    );
    expect(told({ market: many }).blocks[1]).toMatchObject({ kind: "table", more: 2 });
    const { parts } = digestMessages({
      market,
      window: WEEK,
      density: "deep",
      sections: [],
      filter: {},
    });
    const part = parts.find(({ title }) => title.startsWith("Companies that cut and post AI jobs"));
    expect(part?.notes.join()).toContain("5 job boards are read");
    expect(part?.figures).toMatchObject({ companies: 3 });
  });
});
