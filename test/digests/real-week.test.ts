import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { digestReply } from "../../src/digests/digest.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";

const export12 = resolve(
  import.meta.dirname,
  "../../../shared/data/layoffs/theakhilb_12col_2024-04-25.csv",
);

describe.skipIf(!existsSync(export12))("the week to 17 March 2024 of the 2024-04-25 export", () => {
  let reply: Reply;
  beforeAll(async () => {
    const { market } = await testBot({ files: [export12] });
    reply = digestReply({
      market,
      window: { from: "2024-03-11", to: "2024-03-17" },
      density: "standard",
      sections: [],
      filter: {},
    });
  });
  // Read from the file by a short separate script, not from the bot.
  it("has the figures the file gives", () => {
    expect(reply.figures).toMatchObject({
      week: { events: 8, people: 279, unknownSize: 2 },
      yearToDate: { people: 50_546 },
      lastYearToDate: { people: 139_315 },
      yearVsLastYear: { changePct: -63.7 },
    });
  });
  it("tells late reports apart, with the year they moved", () => {
    expect(reply.figures["moved"]).toMatchObject({
      late: 4,
      latePeople: 234,
      peopleBefore: 50_033,
      peopleNow: 50_267,
    });
  });
  it("links the largest to who reported them", () => {
    expect(plainText(reply)).toMatch(
      /2024-03-12 +Phantom Auto +100 +100 % +SF Bay Area +techcrunch\.com/,
    );
  });
});
